"""A cable between browser and server that can be pulled: bytes stop, connections stay open, as when a network goes dead."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tests.browser.serve import free_port

CHUNK = 65536


class Cable:
    """Forwards TCP connections from a port of its own to another; `pull` holds back every byte until `plug`."""

    def __init__(self, to: int) -> None:
        self.to, self.port = to, free_port()
        self._refusing = False
        self._through = Event()
        self._through.set()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Let nothing through any more, in either direction; new connections are taken and never answered."""
        self._through.clear()

    def cut(self) -> None:
        """End every connection, and let none through any more."""
        self.pull()
        self._end()

    def refuse(self) -> None:
        """End every connection, and every new one at once, as when nobody listens."""
        self._refusing = True
        self._end()

    def plug(self) -> None:
        """Let everything through again."""
        self._refusing = False
        self._through.set()

    def close(self) -> None:
        """End every connection."""
        self._through.set()
        self._end()
        self._listener.close()

    def _end(self) -> None:
        ended, self._sockets = self._sockets, []
        for one in ended:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        if self._refusing:
            near.close()
            return
        self._through.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            near.close()  # nobody listens there: as a server that is down
            return
        self._sockets += [near, far]
        for one, other in ((near, far), (far, near)):
            Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(CHUNK):
                self._through.wait()
                other.sendall(part)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable(to: int) -> Iterator[Cable]:
    """Lay a cable to a port while the context lasts."""
    laid = Cable(to)
    try:
        yield laid
    finally:
        laid.close()
