"""What is quick says the same as what is plain: search, filters, orders, reasons and scales, on random questions."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from data.compare import EXPLAINED, REFUSED, compatible, reasons, scales
from data.load import Tables, read, tables, typed
from data.near import near
from data.rows import with_indicators
from data.search import LATIN, NAMES, OWN, find, spell
from data.select import SORTS, Selection, counts, last_year, positions, select
from geo.load import places
from tests.growth import generate

KINDS = ("real", "grown")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    rows = len(tables().observations)
    grown = typed(read(generate.write(tmp_path_factory.mktemp("grown"), rows * 3)))
    return {name: (found, _plain_texts(found)) for name, found in (("real", tables()), ("grown", grown))}


def _plain_texts(given: Tables) -> tuple[list[str], list[str]]:
    """Join everything that names a row, and spell it: how search was first written."""
    texts, spelled, known = [], [], dict[str, str]()
    for row in given.observations.to_dict("records"):
        named = [given.indicators.loc[row["indicator"]], places().loc[row["place"]]]
        parts = [*(row[name] for name in OWN), *(table[name] for table in named for name in NAMES)]
        texts.append("\n".join(parts).casefold().replace("’", "'"))
        names = (named[0]["name_zh"], row["scope_zh"], named[1]["name_zh"])
        known |= {name: spell(name) for name in names if name not in known}
        spelled.append("\n".join(known[name] for name in names))
    return texts, spelled


def _plain_search(texts: list[str], spelled: list[str], query: str) -> list[bool]:
    words = query.casefold().replace("’", "'").split()
    return [
        all(word in text or bool(LATIN.fullmatch(word) and word.replace("'", "") in pinyin) for word in words)
        for text, pinyin in zip(texts, spelled, strict=True)
    ]


def words_of(texts: list[str]) -> some.SearchStrategy[str]:
    """Draw a part of a text that stands there, as a reader would who half remembers it, or anything at all."""
    part = some.sampled_from(texts).flatmap(
        lambda text: some.tuples(some.integers(0, len(text) - 1), some.integers(1, 9)).map(
            lambda cut: text[cut[0] : cut[0] + cut[1]]
        )
    )
    known = some.sampled_from(
        ["gdp", "GDP", "2023", "ß", "’s", "'", "xi'an", "a", "guiyang", "增长", "\x00", "\ud800", "%"]
    )
    return part | known | some.text(max_size=4)


@pytest.mark.parametrize("kind", KINDS)
def test_search_finds_what_the_plain_search_finds(both, kind):
    given_tables, (texts, spelled) = both[kind]

    @settings(max_examples=150)
    @given(some.lists(words_of([*texts[::7], *spelled[::7]]), max_size=3).map(" ".join))
    def alike(query):
        assert find(given_tables, query).tolist() == _plain_search(texts, spelled, query)

    alike()


def _plain_select(given: Tables, asked: Selection) -> list[str]:
    rows = with_indicators(given)
    for name in ("place", "source", "theme", "kind", "bound", "period"):
        if chosen := getattr(asked, name):
            rows = rows[rows[name].isin(chosen)]
    if asked.due:
        rows = rows[last_year(rows["period"]).astype(str).isin(asked.due)]
    if asked.search:
        rows = rows[find(given, asked.search).loc[rows.index]]
    if asked.sort == "value":
        units = given.units.reindex(rows["unit"])
        keys = rows.assign(dimension=units["dimension"].to_numpy(), amount=rows["value"] * units["factor"].to_numpy())
        rows = keys.sort_values(["dimension", "amount"], ascending=[True, False], kind="stable")
    elif asked.sort == "period":
        rows = rows.assign(year=last_year(rows["period"])).sort_values("year", kind="stable")
    elif asked.sort == "name":
        rows = rows.sort_values("name_zh", kind="stable")
    return list(rows["id"])


SELECTIONS = some.builds(
    Selection,
    **{
        name: some.lists(some.sampled_from(codes), max_size=3, unique=True).map(tuple)
        for name, codes in {
            "place": ("guiyang", "wudang", "bijie", "kaiyang", "nowhere"),
            "source": ("guiyang-report-2024", "wudang-action-plan", "bijie-five-years-x1"),
            "theme": ("economy", "livelihood", "ecology"),
            "kind": ("goal", "result", "context"),
            "bound": ("exact", "at_least", ""),
            "period": ("2023", "2024", "2021/2025"),
            "due": ("2025", "2024"),
        }.items()
    },
    search=some.sampled_from(["", "增长", "gdp", "2023 亿"]),
    sort=some.sampled_from(SORTS),
)


@pytest.mark.parametrize("kind", KINDS)
def test_selections_hold_the_same_rows_in_the_same_order(both, kind):
    given_tables, _ = both[kind]

    @settings(max_examples=120)
    @given(SELECTIONS)
    def alike(asked):
        chosen, expected = select(given_tables, asked), _plain_select(given_tables, asked)
        assert list(chosen["id"]) == expected
        assert list(chosen) == list(with_indicators(given_tables))
        counted = with_indicators(given_tables).loc[expected, "theme"].value_counts()
        assert counts(given_tables, positions(given_tables, asked), "theme") == counted.to_dict()

    alike()


def test_a_selection_has_the_columns_and_types_of_the_joined_table():
    chosen = select(tables(), Selection(kind=("goal",)))
    expected = with_indicators(tables())
    pd.testing.assert_frame_equal(chosen, expected[expected["kind"] == "goal"])


@pytest.mark.parametrize("kind", KINDS)
def test_reasons_and_scales_are_those_of_every_pair(both, kind):
    given_tables, _ = both[kind]
    ids = list(given_tables.observations.index[given_tables.observations["value"].notna()])
    named = given_tables.pairs[["goal", "result"]].to_numpy().tolist()
    told_apart = [code for pair in named for code in pair if code in set(ids)]

    @settings(max_examples=40)
    @given(some.lists(some.sampled_from([*ids, *told_apart, *ids[:60] * 5]), max_size=14, unique=True))
    def alike(chosen):
        pairs: dict[str, list[tuple[str, str]]] = {}
        for one, other in combinations(chosen, 2):
            for reason in compatible(given_tables, one, other):
                pairs.setdefault(reason, []).append((one, other))
        if set(pairs) & set(REFUSED):
            pairs.pop("measures_differ", None)
        expected = [(code, *pairs[code][0], len(pairs[code])) for code in (*REFUSED, *EXPLAINED) if code in pairs]
        assert [(one.reason, one.one, one.other, one.pairs) for one in reasons(given_tables, chosen)] == expected
        assert scales(given_tables, chosen) == _plain_scales(given_tables, chosen)

    alike()


def _plain_scales(given: Tables, ids: list[str]) -> dict[str, int]:
    groups: list[list[str]] = []
    for code in ids:
        for group in groups:
            if not any(set(compatible(given, code, had)) & set(REFUSED) for had in group):
                group.append(code)
                break
        else:
            groups.append([code])
    return {code: number for number, group in enumerate(groups) for code in group}


def test_what_comes_near_among_very_many_codes():
    many = [f"gyr-{number:06}-1" for number in range(50_000)]
    assert near("gyr-012345-2", many) == ["gyr-012345-1"]
    assert near("gyr-012345-1x", many, n=3)[0] == "gyr-012345-1"
    assert near("完全不同", many) == [] and near("", many) == []
    assert near("guiyng", ["guiyang", "wudang"]) == ["guiyang"]
