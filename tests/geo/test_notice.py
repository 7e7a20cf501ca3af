"""The source is named, and its approval number is never taken for ours."""

import pytest

from geo import notice
from geo.load import FOLDER
from geo.source import REQUIREMENT

NOTICE = (FOLDER / "boundaries" / "NOTICE.md").read_text(encoding="utf-8")
NUMBER = "GS（2024）0650号"
FULL = (notice.ATTRIBUTION_ZH, notice.ATTRIBUTION_EN)
LINES = (notice.MAP_LINE_ZH, notice.MAP_LINE_EN)


@pytest.mark.parametrize("text", [*FULL, *LINES, NOTICE])
def test_the_number_stands_with_its_owner(text: str) -> None:
    assert "源图审图号 " + NUMBER in text or NUMBER in text.partition("ource map approval n")[2]


@pytest.mark.parametrize("text", FULL)
def test_the_attribution_opens_as_the_notice_does(text: str) -> None:
    source = text.partition("审图号属于")[0].partition(" The approval")[0]
    assert source in NOTICE and REQUIREMENT.replace("==", " ") in source


@pytest.mark.parametrize(
    "words",
    ["审图号属于源图，不属于本产品", "The approval number is the source map's, not this product's",
     "并非开放许可", "not openly licensed", "观山湖区有一条", "tail of Guanshanhu District",
     "毕节市图形中的洞是真实的", "The hole in Bijie is real"],
)  # fmt: skip
def test_the_notice_says_it_plainly(words: str) -> None:
    assert words in NOTICE


@pytest.mark.parametrize("words", ["审图号属于源图，不属于本产品", "仅供地图展示", "并非开放许可"])
def test_the_chinese_attribution_states_the_terms(words: str) -> None:
    assert words in notice.ATTRIBUTION_ZH


@pytest.mark.parametrize("words", ["not this product's", "for map display", "not openly licensed"])
def test_the_english_attribution_states_the_terms(words: str) -> None:
    assert words in notice.ATTRIBUTION_EN
