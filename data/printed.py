"""Reads a figure as printed: does `printed`, in its paragraph, say the value, unit and bound that its row says?

Used by the audit as a second pair of eyes. It proposes nothing: where a row and the print disagree it says how. What a
pattern cannot know (a bound at the end of a 分别 list, a unit in a table's heading) is looked for in the surroundings.
"""

import re
from collections.abc import Iterator
from typing import Final

from data import documents
from data.load import Row

NUMERALS: Final = {"首": 1, "一": 1, "两": 2, "二": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
                   "九": 9, "十": 10, "零": 0, "无": 0, "翻": 2, "唯": 1, "Ⅱ": 2, "千": 1000, "百": 100}  # fmt: skip
INSIDE: Final = {
    "at_least": ("以上", "超过", "突破", "超", "至少", "不少于"),
    "at_most": ("以内", "以下", "不超过", "前"),
    "about": ("左右", "约", "级"),
}
# Close before the figure, and close behind it: behind its unit, or at the end of the list it opens (4%、9%和6%左右).
BEFORE: Final = {"at_least": r"(超过?|突破|至少|不少于)$", "at_most": r"(不超过|前)$", "about": r"约$"}
LIST: Final = r"^(?!规模)[^\d，。；、：]{0,3}?(?:[、和]\d+(?:\.\d+)?%)*"
AFTER: Final = {"at_least": LIST + "以上", "at_most": LIST + "(以内|以下)", "about": LIST + "左右"}
MAGNITUDE: Final = re.compile("[百千万亿]级$")
LEAVING: Final = "退出"  # to leave the first twenty is to be at place twenty or later
UNPRINTED: Final = ("1", "位", "倍", "次")  # units that a figure does not print, or writes as a word
LIST_END = 14  # characters behind a figure in which its list may end and name the unit
HEADING = 60  # characters before a figure in which a table's row names its unit


def disagreements(row: Row, paragraphs: tuple[str, ...]) -> Iterator[str]:
    """Yield in what a row with a number differs from its print; nothing where they agree."""
    if row["value"] != row["value"]:
        return
    number = int(row["paragraph"])
    text = documents.fold(paragraphs[number - 1])
    at = text.find(row["printed"])
    if at < 0:
        return  # the audit says so already
    before, behind = (
        text[:at],
        text[at + len(row["printed"]) :] + documents.fold("".join(paragraphs[number : number + 1])),
    )
    yield from _numbers(row)
    if not _unit_printed(row, before, behind):
        yield f"unit {row['unit']} stands neither in the figure nor beside it"
    if (found := _bound(row["printed"], before, behind)) != row["bound"]:
        yield f"bound is {row['bound']}, the print reads as {found}"


def _numbers(row: Row) -> Iterator[str]:
    printed = str(row["printed"])
    said = {float(run) for run in documents.DIGIT_RUN.findall(printed)}
    said |= {float(NUMERALS[character]) for character in printed if character in NUMERALS}
    for column in ("value", "value_high"):
        if row[column] == row[column] and row[column] not in said:
            yield f"{column} {row[column]:g} does not stand in {printed!r}"


def _unit_printed(row: Row, before: str, behind: str) -> bool:
    """Look for the unit in the figure, right behind it, at the end of its list, or in the heading of its table row.

    An order of magnitude (千亿级) and a bare 130万 print its first character only.
    """
    unit, printed = row["unit"], str(row["printed"])
    if unit in UNPRINTED or unit in printed or f"{unit[0]}级" in printed or printed.endswith(unit[0]):
        return True
    return behind[:LIST_END].find(unit) >= 0 or f"({unit})" in before[-HEADING:] or unit.endswith(behind[:1] or "-")


def _bound(printed: str, before: str, behind: str) -> str:
    """Read the bound from the figure itself, else from what stands close behind it, else close before it."""
    for bound, inside in INSIDE.items():
        if any(word in printed and not (word == "级" and not MAGNITUDE.search(printed)) for word in inside):
            return "at_least" if bound == "at_most" and before.endswith((LEAVING, LEAVING + "全国")) else bound
    for patterns, text in ((AFTER, behind), (BEFORE, before)):
        for bound, pattern in patterns.items():
            if re.search(pattern, text):
                return bound
    return "exact"
