"""What a chart draws, read back as rows, gaps or slopes: forms that an office program can draw itself.

In: a Figure and a look of the stage. Out: a Form whose marks carry numbers, qualified texts and colours, or None where
only a picture keeps the finding: maps, squares, dots counted one by one, matrices, ranks, rows that have a scale each.
It is read from the marks of the drawn chart: rows left out, shared scales and colours are those of the stage.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

from components import numbers
from components.export import specification
from components.figures.figure import Figure
from components.theme import Look
from components.words import Words, words
from data.load import record, records, tables

ROWS: Final = frozenset({"position", "scaled", "text", "amount"})
GAPS: Final = frozenset({"position", "base", "text", "amount"})
SLOPES: Final = frozenset({"pole", "line", "label_wide", "text"})
FORMS: Final = {"rows": ROWS, "gaps": GAPS, "slopes": SLOPES}
NEAR: Final = 1e-6
DASHED: Final = [5, 4]
LINE: Final = {"position", "y", "end", "name"}  # what the line of comparison of a chart of gaps says


@dataclass(frozen=True)
class Mark:
    """One number that is drawn: `value` in the unit of its block, None where the document prints none; `text` as it reads.

    `series` names what it is (2024 goal, at least), `hollow` tells what is promised from what is done.
    """

    label: str
    detail: str
    series: str
    kind: str
    bound: str
    value: float | None
    high: float | None
    text: str
    colour: str
    hollow: bool
    observation: str = ""
    line: str = ""  # slopes: what ties a result to its goal
    shift: float = 0.0  # slopes: how far the label is moved from its mark, as a share of the chart's height
    dashed: bool = False

    @property
    def category(self) -> str:
        """Name the mark's row."""
        return "\n".join(filter(None, (self.label, self.detail)))

    def on_one_line(self, separator: str) -> "Mark":
        """Return the same with the detail behind the label."""
        return replace(self, label=separator.join(filter(None, (self.label, self.detail))), detail="")


@dataclass(frozen=True)
class Block:
    """Marks on one scale from `base` to `top`, in one unit; without a scale they are a table."""

    heading: str
    marks: tuple[Mark, ...]
    unit: str = ""
    base: float = 0.0
    top: float | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        """Name the rows, each once, in order."""
        return tuple(dict.fromkeys(mark.category for mark in self.marks))

    @property
    def paired(self) -> bool:
        """Tell whether rows hold several marks, each a series of its own."""
        return len(self.categories) < len(self.marks)


@dataclass(frozen=True)
class Form:
    """How a Figure can be drawn natively: `kind` is rows, gaps (bars from a line of comparison) or slopes."""

    kind: str
    blocks: tuple[Block, ...]

    def on_one_line(self, separator: str) -> "Form":
        """Return the same with every detail behind its label, not under it."""
        blocks = [
            replace(block, marks=tuple(mark.on_one_line(separator) for mark in block.marks)) for block in self.blocks
        ]
        return replace(self, blocks=tuple(blocks))


def read(figure: Figure, look: Look) -> Form | None:
    """Read the form of a Figure's chart in a look; None where it needs a picture."""
    if figure.is_map:
        return None
    spec = specification.chart(figure, look)
    for kind, columns in FORMS.items():
        drawn = _drawn(spec, columns)
        if drawn and not (kind == "gaps" and "scaled" in drawn[0]):
            blocks = _blocks(kind, drawn, figure, spec)
            return Form(kind, blocks) if blocks else None
    return None


def _drawn(spec: dict[str, Any], columns: frozenset[str]) -> list[dict[str, Any]]:
    """Return every mark whose rows have these columns, each once, from the top down."""
    found: dict[str, dict[str, Any]] = {}
    for rows in spec["datasets"].values():
        for row in rows:
            if columns <= set(row):
                told = (row.get(name) for name in ("observation", "panel", "label", "kind", "period", "text", "line"))
                found.setdefault("\n".join(map(str, told)), row)
    return sorted(found.values(), key=lambda row: row["y"])


def _blocks(kind: str, drawn: list[dict[str, Any]], figure: Figure, spec: dict[str, Any]) -> tuple[Block, ...]:
    """Part marks into the panels of their chart; empty where a position is no share of an amount, as with ranks."""
    speech = words(figure.lang)
    known = {row["observation"]: row for row in records(figure.table)} if "observation" in figure.table else {}
    for row in drawn:  # as the table says it, not as the drawing breaks it
        same = known.get(row.get("observation", ""), {})
        names = ("text",) if kind == "slopes" else ("label", "detail", "text")
        row.update({name: same.get(name, row.get(name) or "") for name in names})
    panels: dict[str, list[dict[str, Any]]] = {}
    for row in drawn:
        panels.setdefault(row.get("panel") or "", []).append(row)
    blocks = [_block(kind, heading, rows, spec, speech) for heading, rows in panels.items()]
    return tuple(block for block in blocks if block) if all(blocks) else ()


def _block(kind: str, heading: str, rows: list[dict[str, Any]], spec: dict[str, Any], speech: Words) -> Block | None:
    name, factor = _measure(rows, speech)
    scaled = all(row.get("scaled", True) for row in rows)
    base, top = 0.0, None
    if scaled and kind == "rows":
        tops = [row["amount"] / row["position"] for row in rows if row["amount"] and row["position"]]
        if any(not row["position"] and row["amount"] for row in rows) or (
            tops and max(tops) - min(tops) > NEAR * max(tops)
        ):
            return None
        top = max(tops, default=1.0) * factor
    elif kind == "gaps":
        base, top = _ends(rows, factor)
        heading = heading or _line(spec)
    elif scaled:
        top = max(row["amount"] or 0.0 for row in rows) * factor
    return Block(heading, _marks(kind, rows, factor, spec, speech), name, base, top)


def _ends(rows: list[dict[str, Any]], factor: float) -> tuple[float, float]:
    """Return where bars of a chart of gaps begin, and the largest amount, from two of its marks and their positions."""
    first = rows[0]
    other = next(row for row in rows if abs(row["position"] - first["position"]) > NEAR)
    step = (other["amount"] - first["amount"]) / (other["position"] - first["position"])
    base, top = first["amount"] + (first["base"] - first["position"]) * step, max(row["amount"] for row in rows)
    return float(f"{base * factor:.9g}"), top * factor


def _line(spec: dict[str, Any]) -> str:
    """Return the name of the line that gaps begin at."""
    return next(str(row["name"]) for rows in spec["datasets"].values() for row in rows if set(row) == LINE)


def _measure(rows: list[dict[str, Any]], speech: Words) -> tuple[str, float]:
    """Return the unit of a block's values and what an amount must be multiplied by to be in it.

    Chinese counts in the units printed (亿元, 万人), English in the base unit.
    """
    units = {row.get("converted_unit") or row.get("unit") or "" for row in rows}
    if len(units) > 1 or (name := next(iter(units))) in ("", "1"):
        return "", 1.0
    if speech.lang == "zh":
        return name, 1.0 / float(record(tables().units, name)["factor"])
    return numbers.unit_name(name, speech), 1.0


def _marks(
    kind: str, rows: list[dict[str, Any]], factor: float, spec: dict[str, Any], speech: Words
) -> tuple[Mark, ...]:
    per_row = Counter((row["label"], row["detail"]) for row in rows)
    heads = {row["kind"]: row["head"] for row in rows if row.get("head")}
    dashed = _dashed(spec) if kind == "slopes" else set()
    marks = []
    for row in rows:
        paired = per_row[row["label"], row["detail"]] > 1
        hollow = row["kind"] in ("goal", "standard")
        series = heads.get(row["kind"]) or _series(row, speech, bound=not paired)
        series = series if row.get("observation") else speech("column.value")  # counts are no results or goals
        marks.append(
            Mark(
                label=row["label"], detail=row["detail"], kind=row["kind"],
                series=row["detail"] if kind == "slopes" else series,
                bound=row["bound"] or "", value=_value(row.get("amount"), factor), high=_value(row.get("amount_high"), factor),
                text=row["text"].replace("\n", "" if speech.lang == "zh" else " "), colour=row["colour"], hollow=hollow,
                observation=row.get("observation", ""), line=row.get("line", ""),
                shift=(row["label_wide"] - row["y"]) / spec["height"] if kind == "slopes" else 0.0,
                dashed=row.get("line") in dashed,
            )
        )  # fmt: skip
    return tuple(marks)


def _value(amount: float | None, factor: float) -> float | None:
    """Return an amount in its block's unit, as it is printed; what is missing stays missing."""
    return None if amount is None else float(f"{amount * factor:.12g}")


def _series(row: dict[str, Any], speech: Words, bound: bool) -> str:
    name = speech(f"kind.one.{row['kind']}") if row["kind"] else ""
    if not bound or row["bound"] in ("", None, "exact"):
        return name
    return speech("deck.series", kind=name, bound=speech(f"bound.{row['bound']}"))


def _dashed(spec: dict[str, Any]) -> set[str]:
    """Name the lines of a chart of slopes that join what is only similar."""
    layers = [layer for layer in spec["layer"] if layer["mark"].get("strokeDash") == DASHED]
    return {row["line"] for layer in layers for row in spec["datasets"][layer["data"]["name"]]}
