"""The process that draws, beside the one that answers.

vl-convert holds its interpreter for as long as it draws, and ends its process where the system refuses it memory: both are to
concern no reader. In: questions, out: answers, until there are no more questions. Nothing else of the product is imported,
so that it is small and begins at once: `python painting.py FOLDER`, where the fonts are.
"""

import json
import os
import signal
import struct
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

HEAD: Final = struct.Struct(">BQ")  # what follows: its kind, and how many bytes
ASKED, DRAWN, WRONG = range(3)
FIRST: Final = {"mark": "text", "data": {"values": [{}]}, "encoding": {"text": {"value": "0"}}}
EXPENDABLE: Final = "800"  # where memory runs out, Linux ends who has most of these


@lru_cache(maxsize=1)
def converter(fonts: str) -> Any:
    """Return vl-convert with a folder of fonts registered, to draw in this very process."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    return vl_convert


def send(pipe: BinaryIO, kind: int, body: bytes) -> None:
    """Write one message."""
    pipe.write(HEAD.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[int, bytes]:
    """Read one message; raises EOFError where the other side is gone."""
    head = pipe.read(HEAD.size)
    if len(head) == HEAD.size:
        kind, length = HEAD.unpack(head)
        body = pipe.read(length)
        if len(body) == length:
            return kind, body
    raise EOFError


def answer(question: bytes, convert: Any) -> tuple[int, bytes]:
    """Draw what is asked for: the name of one of vl-convert's functions and what it takes."""
    name, given, named = json.loads(question)
    try:
        made = getattr(convert, name)(*given, **named)
    except Exception as error:  # said by the one who asked
        return WRONG, str(error).encode("utf-8", "replace")
    return DRAWN, made.encode() if isinstance(made, str) else bytes(made)


def main(fonts: str) -> None:
    """Answer until the process that asks is gone; it alone decides when to end, whoever else gets a signal."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(EXPENDABLE, encoding="ascii")
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    convert = converter(fonts)
    convert.vegalite_to_svg(FIRST)  # the first one takes four times as long
    with suppress(EOFError, BrokenPipeError):
        while True:
            _, question = receive(asked)
            send(answers, *answer(question, convert))


if __name__ == "__main__":
    main(sys.argv[1])
