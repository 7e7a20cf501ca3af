"""HAProxy with several replicas on one machine, without containers: what `make cluster` runs and the cluster tests break.

HAProxy's configuration is that of deploy/haproxy; only its servers are named one by one, since here they differ by port.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from tests.browser.serve import ROOT, free_port, start

CONFIGURATION: Final = ROOT / "deploy" / "haproxy" / "haproxy.cfg"
SERVERS: Final = re.compile(r"^ *server-template .*$", re.MULTILINE)
BROKERS: Final = ("valkey-server", "redis-server")
MISSING: Final = "HAProxy is not installed; on Debian or Ubuntu: apt install haproxy"
PATIENCE: Final = 120.0  # seconds: a slow machine is not a fault
LOOK: Final = 0.1  # seconds between two looks
SETTINGS: Final = {
    "LOG_FORMAT": "json",
    "DRAIN_SECONDS": "5",
    "STOP_SECONDS": "20",
    "STREAMLIT_LOGGER_ENABLE_RICH": "false",
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
}


def haproxy_path() -> str | None:
    """Return where HAProxy is, or None; Debian keeps it out of the path of ordinary users."""
    return shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")


def wait_for(what: str, true: Callable[[], object], within: float = PATIENCE) -> float:
    """Return how many seconds it took until something was true; raises TimeoutError that says what was not."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > within:
            raise TimeoutError(f"not within {within:.0f} s: {what}")
        time.sleep(LOOK)
    return time.monotonic() - began


@dataclass
class Replica:
    """One replica: a process with a port and a log of its own."""

    name: str
    port: int
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Return its own address, past the balancer."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start its process; it is ready later."""
        self.process = start(ROOT, "app.py", self.port, self.log, **self.environment)

    def readiness(self) -> int:
        """Return what /readyz answers, 0 where nobody does."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code
        except httpx.HTTPError:
            return 0

    def measure(self, name: str) -> float:
        """Return one of its measures."""
        text = httpx.get(f"{self.url}/metrics", timeout=10, trust_env=False).text
        return float(next(line.rsplit(" ", 1)[1] for line in text.splitlines() if line.startswith(f"{name} ")))

    def send(self, number: int) -> None:
        """Send its process a signal."""
        if self.process is not None:
            self.process.send_signal(number)

    def end(self, number: int = signal.SIGTERM, within: float = PATIENCE) -> int:
        """Send its process a signal and return its exit code once it has ended."""
        if self.process is None:
            return 0
        self.send(number)
        return self.process.wait(timeout=within)

    def close(self) -> None:
        """End its process whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGKILL)
            self.process.wait(timeout=PATIENCE)


@dataclass
class Cluster:
    """HAProxy and its replicas."""

    port: int
    folder: Path
    replicas: list[Replica] = field(default_factory=list)
    balancer: int = 0  # HAProxy's process

    @property
    def url(self) -> str:
        """Return the address that readers use."""
        return f"http://127.0.0.1:{self.port}"

    def replica(self, name: str) -> Replica:
        """Return a replica by its name."""
        return next(replica for replica in self.replicas if replica.name == name)

    def other(self, replica: Replica) -> Replica:
        """Return a replica that is not this one."""
        return next(other for other in self.replicas if other is not replica)

    def state(self, replica: Replica) -> str:
        """Return how HAProxy sees a replica: UP, DOWN, NOLB (it drains), or in between."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(self.folder / "stats"))
            line.sendall(b"show stat\n")
            said = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        rows = [line.split(",") for line in said.splitlines() if line.startswith("pages,")]
        return next(row[17] for row in rows if row[1] == replica.name)

    def mend(self) -> None:
        """Start every replica that is gone, and return once all are up."""
        for replica in self.replicas:
            if replica.process is None or replica.process.poll() is not None:
                replica.start()
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """Return once every replica is ready and HAProxy sends readers to it."""
        for replica in self.replicas:
            self.wait_until(replica, "UP")

    def wait_until(self, replica: Replica, state: str) -> None:
        """Return once HAProxy sees a replica as `state` says."""
        wait_for(f"{replica.name} is {state}", lambda: self.state(replica) == state)


@contextmanager
def cluster(count: int = 2, port: int = 0) -> Iterator[Cluster]:
    """Run HAProxy and replicas while the context lasts; raises FileNotFoundError where HAProxy is missing."""
    if not haproxy_path():
        raise FileNotFoundError(MISSING)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="cluster-")))
        running = Cluster(port or free_port(), folder)
        settings = dict(SETTINGS)
        if broker := stack.enter_context(_broker(folder)):
            settings["TALK_BROKER"] = broker
        for number in range(1, count + 1):
            log = folder / f"replica{number}.log"
            running.replicas.append(Replica(f"replica{number}", free_port(), log, settings))
        for replica in running.replicas:
            stack.callback(replica.close)
            replica.start()
        stack.enter_context(_haproxy(running))
        try:
            running.wait_until_up()
        except TimeoutError as late:
            logs = "\n".join(replica.log.read_text(encoding="utf-8")[-3000:] for replica in running.replicas)
            raise TimeoutError(f"{late}\n{logs}") from None
        yield running


@contextmanager
def _haproxy(running: Cluster) -> Iterator[None]:
    named = "\n".join(f"    server {replica.name} 127.0.0.1:{replica.port}" for replica in running.replicas)
    file = running.folder / "haproxy.cfg"
    file.write_text(SERVERS.sub(named, CONFIGURATION.read_text(encoding="utf-8")), encoding="utf-8")
    environment = {
        "LISTEN": f"127.0.0.1:{running.port}",
        "AFFINITY_KEY": "of one machine",
        "STATS_SOCKET": str(running.folder / "stats"),
        "REPLICA": "", "REPLICAS": "",
    }  # fmt: skip
    with (running.folder / "haproxy.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(haproxy_path()), "-db", "-f", str(file)], env={**os.environ, **environment}, stdout=log, stderr=log
        )
        running.balancer = process.pid
        try:
            wait_for(
                "HAProxy runs", lambda: (running.folder / "stats").exists() or process.poll() is not None, within=10
            )
            if process.poll() is not None:
                raise RuntimeError(f"HAProxy does not start: {Path(log.name).read_text(encoding='utf-8')}")
            yield
        finally:
            process.kill()
            process.wait(timeout=PATIENCE)


@contextmanager
def _broker(folder: Path) -> Iterator[str]:
    """Run a broker where one is installed and yield its address, else ''."""
    path = next(filter(None, map(shutil.which, BROKERS)), None)
    if path is None:
        yield ""
        return
    port = free_port()
    command = [
        path,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"valkey://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
