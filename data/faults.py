"""What is wrong in a table, in words an editor can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a table, and what to do about it."""

    file: str
    row: int | None  # line of the file, the header being line 1
    column: str
    value: str
    rule: str
    way_out: str

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        cell = f", column {self.column}: {self.value!r}" if self.column else ""
        return f"{where}{cell} {self.rule}. {self.way_out}" + ("" if self.way_out.endswith("?") else ".")


class TableFaults(Exception):
    """The tables are wrong; `faults` lists everything that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{len(faults)} fault(s) in data/tables:\n{lines}")
