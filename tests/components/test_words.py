"""The words: the same keys in both languages, each in its own script, all used, none missing."""

import ast
import csv
import re
from functools import lru_cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from components.words import FOLDER, LANGUAGES, catalogue, words
from data import vocabulary
from data.compare import EXPLAINED, REFUSED
from data.judge import VERDICTS
from data.load import tables
from data.select import SORTS
from data.story import story
from tests.components.scripts import CITED

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z]+(?:[.-][A-Za-z]+)*")
KEY = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
ANYTHING = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
# What a browser and a file are called in Chinese too; the search takes pinyin and English, so its hint shows both.
LATIN_IN_CHINESE = {
    "file.too-many": {"CSV", "JSON"},
    "present.trouble.4": {"HTML"},
    "present.handout": {"PDF"},
    "present.file.pptx": {"PowerPoint"},
    "present.windows": {"F"},
    "page.no-script": {"JavaScript"},
    "told.host.detail": {"Host"},
    "file.csv-machine": {"CSV"},
    "filter.search.hint": {"senlin", "forest"},
    "cite.style.gbt7714": {"GB", "T"},  # an editor looks for a style by the name it goes by
    "cite.style.apa": {"APA"},
    "cite.style.bibtex": {"BibTeX"},
}
# The search takes Chinese in English too.
HAN_IN_ENGLISH = {"filter.search.hint": {"森林"}}
# What the texts on method name: packages, licences and a typeface are called by their own names.
LATIN_IN_CHINESE_ABOUT = {"PyPI", "airportsdata", "MIT", "Noto", "Sans", "SC", "SIL", "OFL"}
# Spoken by code that chooses among several keys by a value that is no literal beside the call.
SHOWN = {
    "theme.{}": vocabulary.THEMES,
    "kind.{}": vocabulary.KINDS,
    "kind.one.{}": vocabulary.KINDS,
    "head.{}": vocabulary.KINDS,
    "bound.{}": vocabulary.BOUNDS,
    "bound.sign.{}": vocabulary.BOUNDS,
    "bound.spoken.{}": vocabulary.BOUNDS,
    "proof.bound.{}": vocabulary.BOUNDS,
    "basis.{}": vocabulary.BASES,
    "period-basis.{}": vocabulary.PERIOD_BASES,
    "excluded.{}": vocabulary.EXCLUDED_REASONS,
    "sort.{}": SORTS,
    "reason.{}": vocabulary.PAIR_REASONS,
    "verdict.{}": VERDICTS,
    "compare.reason.{}": (*REFUSED, *EXPLAINED),
}


def messages(lang):
    """Every key of a language with its texts: one, or one for each plural form."""
    found = {}
    for message in catalogue(lang):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found[key] = (not isinstance(message.id, str), tuple(texts))
    return found


ZH, EN = messages("zh"), messages("en")


def texts(lang):
    return [(key, text) for key, (_, forms) in messages(lang).items() for text in forms]


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys():
    assert sorted(ZH) == sorted(EN)
    assert len(ZH) > 200


@pytest.mark.parametrize("key", sorted(ZH))
def test_a_key_has_the_same_shape_in_both(key):
    (zh_plural, zh_forms), (en_plural, en_forms) = ZH[key], EN[key]
    assert zh_plural == en_plural
    assert (len(zh_forms), len(en_forms)) == ((1, 2) if zh_plural else (1, 1))
    assert all(form.strip() for form in zh_forms + en_forms)
    named = [placeholders(form) for form in zh_forms + en_forms]
    if key == "targets-2024.without":  # of one, both languages also say which; English has no words for more
        assert named == [{"n"}] * 3
    assert all(names == named[0] for names in named)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plural_names_its_second_form_by_its_key(lang):
    assert all(message.id[1] == f"{message.id[0]}#" for message in catalogue(lang) if isinstance(message.id, tuple))


def strays(lang, script):
    """The words of another script in a language's texts, by key."""
    bare = {key: re.sub(r"\{.*?\}", "", " ".join(forms)) for key, (_, forms) in messages(lang).items()}
    return {key: set(script.findall(text)) for key, text in bare.items() if script.search(text)}


def test_no_chinese_in_english():
    assert strays("en", HAN) == HAN_IN_ENGLISH


def test_no_english_in_chinese():
    assert strays("zh", LATIN) == LATIN_IN_CHINESE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_clean(lang):
    assert [key for key, text in texts(lang) if "  " in text or "\n" in text] == []
    # Only the joints of lists may end in white space.
    ends = {key for key, text in texts(lang) if text != text.strip()}
    joints = {"credit.comma", "strips.set-aside"}
    assert {key for key in ends if not key.endswith(".separator")} <= joints
    if lang == "zh":
        assert [key for key, text in texts("zh") if re.search(r"[\u4e00-\u9fff][,;:!?]", text)] == []


@lru_cache(maxsize=1)
def used():
    """Every key that the code speaks, as a pattern: literals as they stand, {values} as anything."""
    found: dict[str, str] = {}
    for path in [*ROOT.glob("components/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _speaks(node.func):
                for pattern in _patterns(node.args[0]):
                    found.setdefault(pattern, path.name)
    for path in ROOT.glob("components/templates/*.html"):
        for key in re.findall(r'words(?:\.count)?\(\s*"([^"]+)"', path.read_text(encoding="utf-8")):
            found.setdefault(re.escape(key), path.name)
    return found


def _speaks(function):
    if isinstance(function, ast.Attribute):
        return function.attr in ("words", "count")
    return isinstance(function, ast.Name) and function.id in ("words", "speech", "self")


def _patterns(argument):
    """The keys in a call's first argument; the parts of an f-string's value are no keys of their own."""
    if isinstance(argument, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANYTHING for part in argument.values]
        return ["".join(parts)] if any(isinstance(part, ast.Constant) for part in argument.values) else []
    if isinstance(argument, ast.Constant):
        return [re.escape(argument.value)] if isinstance(argument.value, str) and KEY.fullmatch(argument.value) else []
    return [pattern for child in ast.iter_child_nodes(argument) for pattern in _patterns(child)]


def constants():
    """Keys that stand in the code as plain texts and are spoken through a variable."""
    paths = [*ROOT.glob("components/**/*.py"), *ROOT.glob("pages/*.py")]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant) and node.value in ZH}


def test_the_keys_in_the_code_were_found():
    assert {re.escape("alt.more"), re.escape("nav.data"), re.escape("proof.printed")} <= set(used())
    assert len(used()) > 100


def test_every_key_in_the_code_exists():
    missing = {pattern: path for pattern, path in used().items() if not any(re.fullmatch(pattern, key) for key in ZH)}
    assert missing == {}


def test_no_key_is_unused():
    # f"{name}.{code}" would match any key: such patterns count for nothing, what they speak stands in SHOWN.
    patterns = [re.compile(pattern) for pattern in used() if re.search("[a-z]", pattern.replace(ANYTHING, ""))]
    spoken = {key for key in ZH if any(pattern.fullmatch(key) for pattern in patterns)}
    shown = {key.format(code) for key, codes in SHOWN.items() for code in codes}
    assert set(ZH) - spoken - constants() - shown == set()


@pytest.mark.parametrize(
    ("key", "lang"), list(product((key.format(code) for key, codes in SHOWN.items() for code in codes), LANGUAGES))
)
def test_every_code_a_reader_meets_has_its_words(key, lang):
    assert messages(lang)[key][1][0].strip()


def test_every_number_of_the_tables_can_be_said():
    rows = tables().observations
    assert {bound for bound in rows["bound"] if bound} <= set(vocabulary.BOUNDS)
    ranks = rows[rows["unit"].eq("位") & rows["indicator"].map(tables().indicators["stat"]).eq("rank")]
    assert {f"rank.{bound}" for bound in ranks["bound"]} <= set(ZH)
    assert {f"head.{kind}" for kind in rows["kind"]} <= set(ZH)


def test_counts_are_spelled_to_twelve():
    zh, en = words("zh"), words("en")
    assert [zh.number_word(n) for n in range(13)] == [*"零一两三四五六七八九十", "十一", "十二"]
    assert [en.number_word(n) for n in range(13)] == [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]  # fmt: skip
    assert (zh.number_word(13), en.number_word(13), en.number_word(-1)) == ("13", "13", "-1")


def test_counting_takes_the_right_form():
    zh, en = words("zh"), words("en")
    assert [en.count("count.goals", n) for n in (0, 1, 2, 21)] == ["0 goals", "1 goal", "2 goals", "21 goals"]
    assert [zh.count("count.goals", n) for n in (0, 1, 2)] == ["0个目标", "1个目标", "2个目标"]
    assert en.count("wudang-goals.annex", 1).endswith("differs from the body in one place.")
    assert en.count("wudang-goals.annex", 2).endswith("differs from the body in two places.")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_key_says_where_to_add_it(lang):
    with pytest.raises(KeyError, match=rf"words/{lang}/ has no text for 'no\.such\.key'"):
        words(lang)("no.such.key")


def test_joining_and_fields():
    zh, en = words("zh"), words("en")
    assert (zh.join(["甲", "乙"]), en.join(["a", "b"])) == ("甲、乙", "a, b")
    row = {"name_zh": "贵阳市", "name_en": "Guiyang"}
    assert (zh.of(row, "name"), en.of(row, "name")) == ("贵阳市", "Guiyang")


TABLES = [
    *sorted((ROOT / "data" / "tables").glob("*.csv")),
    *(ROOT / "geo" / f"{name}.csv" for name in ("places", "sites")),
]


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            yield from ((f"{path.name} row {number}, {column}", column, text, row) for column, text in row.items())


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_tables_speak_both_languages_or_neither(path):
    chinese = [(where, column, text, row) for where, column, text, row in cells(path) if column.endswith("_zh")]
    assert [
        where for where, column, zh, row in chinese if bool(zh.strip()) != bool(row[f"{column[:-3]}_en"].strip())
    ] == []
    # A slogan such as 1+6+N is no word of either language; whatever explains one is.
    said = [(where, zh) for where, column, zh, _ in chinese if zh and column != "term_zh"]
    assert [where for where, zh in said if not re.search(r"[\u4e00-\u9fff]", zh)] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_english_columns_cite_chinese_only_where_the_wording_decides(path):
    stray = {
        (where, run)
        for where, column, text, _ in cells(path)
        if column.endswith("_en")
        for run in re.findall(r"[0-9]*[\u2e80-\u9fff\uf900-\uffef]+", text)
        if run not in CITED
    }
    assert stray == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_story_speaks_both_languages(lang):
    for position in story().steps():
        said = [getattr(position.step, f"{field}_{lang}") for field in ("text", "question", "notes")]
        said = [getattr(position.chapter, f"title_{lang}"), *said]
        assert said[0].strip() and said[1].strip()
        for text in said:
            assert not (HAN if lang == "en" else LATIN).search(re.sub(r"\{#?[a-z0-9@-]+\}", "", text))


def test_the_long_texts_are_complete():
    zh, en = ((FOLDER / f"about.{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES)
    assert not HAN.search(en)
    bare = re.sub(r"\{.*?\}", "", zh)
    assert set(LATIN.findall(bare)) == LATIN_IN_CHINESE_ABOUT
    assert placeholders(zh) == placeholders(en) == {"boundaries", "version", "##documents", "##undated", "#newest-year"}
    for mark in ("## ", "- ", "**"):
        assert zh.count(f"\n{mark}") == en.count(f"\n{mark}")


def test_a_key_that_two_files_hold_is_named(monkeypatch, tmp_path):
    import components.words as module

    (tmp_path / "zh").mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for name in ("a.po", "b.po"):
        (tmp_path / "zh" / name).write_text(head + 'msgid "same.key"\nmsgstr "x"\n', encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"zh/b\.po repeats 'same\.key'"):
        module.catalogue("zh")


def test_both_languages_have_the_same_files():
    assert [path.name for path in sorted((FOLDER / "zh").glob("*.po"))] == [
        path.name for path in sorted((FOLDER / "en").glob("*.po"))
    ]
