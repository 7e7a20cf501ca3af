"""A PDF in, the same PDF out with its objects in one fixed order and its title written inside.

The renderer keeps fonts and groups in a table without order, so the same picture would be other bytes each time.
Objects are numbered here as they are reached from the document's root, with the keys of every dictionary sorted.
"""

from hashlib import sha256
from io import BytesIO
from typing import Any

from components.figures.figure import Figure

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def finished(pdf: bytes, figure: Figure, author: str) -> bytes:
    """Return a PDF in canonical order, with title, subject, author and language."""
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"].get_object()
    root[NameObject("/Lang")] = TextStringObject("zh-Hans" if figure.lang == "zh" else "en")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): _true()})
    said = {"Title": figure.title, "Subject": figure.subtitle, "Author": author, "Keywords": figure.name}
    info = DictionaryObject({NameObject(f"/{name}"): TextStringObject(text) for name, text in said.items()})
    objects = _Objects()
    numbers = objects.number(root, None), objects.number(info, None)
    return _written(objects.written, *numbers)


def _true() -> Any:
    from pypdf.generic import BooleanObject

    return BooleanObject(True)


class _Objects:
    """Numbers what is reached and writes it, each thing once."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self._numbers: dict[int, int] = {}

    def number(self, thing: Any, old: int | None) -> int:
        """Give a thing the next number, unless it has one, and write it with all that it names."""
        if old is not None and old in self._numbers:
            return self._numbers[old]
        number = len(self.written) + 1
        self.written.append(b"")
        if old is not None:
            self._numbers[old] = number
        stream = BytesIO()
        self._ordered(thing).write_to_stream(stream)
        self.written[number - 1] = stream.getvalue()
        return number

    def _ordered(self, thing: Any) -> Any:
        """Return a copy of a thing with sorted keys and new numbers in its references."""
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, StreamObject

        if isinstance(thing, IndirectObject):
            target = thing.get_object()
            if target is None:
                return NullObject()
            return IndirectObject(self.number(target, thing.idnum), 0, thing.pdf)
        if isinstance(thing, ArrayObject):
            return ArrayObject([self._ordered(part) for part in thing])
        if not isinstance(thing, DictionaryObject):
            return thing
        copied = StreamObject() if isinstance(thing, StreamObject) else DictionaryObject()
        for key in sorted(key for key in thing if key != "/Length"):
            copied[NameObject(key)] = self._ordered(thing.raw_get(key))
        if isinstance(thing, StreamObject) and isinstance(copied, StreamObject):
            copied._data = thing._data
        return copied


def _written(objects: list[bytes], root: int, info: int) -> bytes:
    """Put the objects into a file, with the table of where each begins."""
    body, places = BytesIO(), []
    body.write(HEADER)
    for number, written in enumerate(objects, start=1):
        places.append(body.tell())
        body.write(b"%d 0 obj\n%s\nendobj\n" % (number, written))
    start, mark = body.tell(), sha256(body.getvalue()).hexdigest()[:32].encode()
    body.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    body.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    named = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]" % (len(objects) + 1, root, info, mark, mark)
    body.write(b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (named, start))
    return body.getvalue()
