"""Which script a text is in, and the few Chinese words that English texts cite on purpose."""

import re

HAN = re.compile(r"[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# Words of the documents themselves, cited where their wording decides how a number is read.
CITED = ("力争", "争取", "四上", "500万以上", "万", "黔西县")
# The approval number of the boundaries' source is printed so, in either language.
APPROVAL = "GS（2024）0650号"


def stray_chinese(text: str) -> bool:
    """Tell whether an English text holds Chinese that it does not cite on purpose."""
    for cited in (APPROVAL, *CITED):
        text = text.replace(cited, "")
    return bool(HAN.search(text))
