"""Cut the two carried fonts out of Noto Sans CJK.

In:  NotoSansCJK-Regular.ttc and -Bold.ttc (Debian's fonts-noto-cjk, or the folder NOTO_CJK_DIR names) and
     every text of the project that ends up in a picture.
Out: NotoSansSC-Regular.otf and NotoSansSC-Bold.otf beside this file, the same bytes for the same input.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
FAMILY = "Noto Sans SC"
FACE = "Noto Sans CJK SC"
STYLES = ("Regular", "Bold")

# Texts a chart may draw. Their characters join the standard set, so a new rare name needs no edit here.
TEXTS = (
    "data/tables/**/*",
    "data/story/**/*",
    "components/words/**/*",
    "components/words.*",
    "geo/places.csv",
)
TEXT_SUFFIXES = {".csv", ".json", ".md", ".po", ".py", ".toml", ".txt", ".yaml", ".yml"}

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
PUNCTUATION = [*range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x3000, 0x3020)]
FULL_WIDTH = [*range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7)]
SIGNS = "≥≤±×÷−≈≠∞√→←↑↓↗↘⇒○●◯◎△▲▽▼▶◀◆◇□■★☆✓…·–—‰℃²³№⇄﹝﹞①②③④⑤⑥⑦⑧⑨⑩"
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"


def gb2312() -> Iterator[str]:
    """Every character of GB 2312: the 6763 ideographs of everyday Chinese, kana, Greek, Cyrillic, signs."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", errors="ignore")


def project_texts() -> Iterator[str]:
    """Yield the texts of the project that a chart may draw; none of them has to exist yet."""
    for pattern in TEXTS:
        for path in PROJECT.glob(pattern):
            if path.suffix in TEXT_SUFFIXES:
                yield path.read_text(encoding="utf-8")


def needed() -> set[str]:
    """Return the characters that must not be missing: the signs of our marks and whatever our texts use."""
    return {character for character in SIGNS + PINYIN + "".join(project_texts()) if character.isprintable()}


def characters() -> set[str]:
    """Return every character the carried fonts hold, as far as the original has it."""
    return {*map(chr, LATIN + PUNCTUATION + FULL_WIDTH), *"".join(gb2312())} | needed()


def source(style: str) -> Path:
    """Find the original collection of one style."""
    name = f"NotoSansCJK-{style}.ttc"
    if folder := os.environ.get("NOTO_CJK_DIR"):
        return Path(folder) / name
    finder = shutil.which("fc-match")
    if not finder:
        sys.exit("fc-match is not installed: name the fonts' folder in NOTO_CJK_DIR")
    query = [finder, "--format=%{file}", f"{FACE}:style={style}"]
    found = Path(subprocess.run(query, capture_output=True, text=True, check=True).stdout)
    if found.name != name:  # fc-match always answers, with its best guess
        sys.exit(f"{name} is not installed: apt install fonts-noto-cjk, or name its folder in NOTO_CJK_DIR")
    return found


def face(path: Path) -> TTFont:
    """Open the Simplified Chinese face: the other faces draw some ideographs the Japanese or Korean way."""
    # The time stamp of the original is kept, or every build would give other bytes.
    fonts: list[TTFont] = TTCollection(path, recalcTimestamp=False).fonts
    return next(font for font in fonts if font["name"].getDebugName(1) in (FACE, f"{FACE} Bold"))


def rename(font: TTFont, style: str) -> None:
    """Name the cut after Google's own cut of this face; renderers look a font up by this family name."""
    names, full, postscript = font["name"], f"{FAMILY} {style}", f"NotoSansSC-{style}"
    for stale in [record for record in names.names if record.langID != 0x409 or record.nameID in (16, 17)]:
        names.names.remove(stale)
    for name_id, text in {1: FAMILY, 2: style, 3: f"{postscript};cut", 4: full, 6: postscript}.items():
        names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = FAMILY, full


def cut(style: str) -> None:
    """Write one style; say which needed characters the original lacks."""
    font = face(source(style))
    lacking = sorted(needed() - set(map(chr, font.getBestCmap())))
    options = subset.Options(
        hinting=False,  # pictures and projectors have the pixels; hints cost half of the size
        layout_features=["ccmp", "kern", "mark", "mkmk"],  # no vertical text, no regional variants
        notdef_outline=True,  # an unknown character shows as a box, never as nothing
        name_IDs=["*"],
        recalc_timestamp=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(characters()))
    cutter.subset(font)
    rename(font, style)
    target = HERE / f"NotoSansSC-{style}.otf"
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size / 1e6:.2f} MB")
    if lacking:
        print(f"  needed, but not in {FACE}: {' '.join(lacking)}; write it another way", file=sys.stderr)


if __name__ == "__main__":
    for each in STYLES:
        cut(each)
