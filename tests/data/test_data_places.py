"""What the documents say of each place: counted once, never added up from its parts, chosen by one rule."""

import pytest

from data.load import record, records, tables
from data.places import KEY_NUMBERS, counts, documents, key_numbers, mentions_within, stated
from data.select import last_year
from geo.load import ancestors, places

OBSERVED = sorted(set(tables().observations["place"]))


def test_every_place_is_counted_and_every_statement_once():
    found = counts(tables())
    rows = tables().observations
    assert list(found.index) == list(places().index)
    assert int(found["stated"].sum()) == int((rows["repeats"] == "").sum())
    assert int(found["mentions"].sum()) == len(tables().mentions)
    assert (found["results"] + found["goals"] <= found["stated"]).all()


def test_a_place_counts_its_own_only():
    province, city, county = (record(counts(tables()), place) for place in ("guizhou", "guiyang", "wudang"))
    assert province["stated"] == 0
    assert city["mentions"] == 0 < city["within"]
    assert county["within"] == 0 < county["mentions"]


def test_within_a_place_are_its_counties_and_within_a_union_its_parts():
    inside = mentions_within(tables(), "guiyang")
    assert set(inside["place"]) >= {"wudang", "qingzhen"}
    assert all("guiyang" in ancestors(place) for place in inside["place"])
    assert set(mentions_within(tables(), "guiyang-guian")["place"]) == {*inside["place"], "guian"}
    assert len(inside) == counts(tables()).at["guiyang", "within"]


@pytest.mark.parametrize("place", OBSERVED)
def test_the_numbers_to_begin_with_follow_the_rule(place):
    chosen = key_numbers(tables(), place)
    rows = stated(tables(), place)
    able = rows[rows["value"].notna() & rows["kind"].isin(["result", "goal"])]
    assert len(chosen) <= KEY_NUMBERS and set(chosen.index) <= set(able.index)
    assert bool(len(chosen)) == bool(len(able)) and chosen["indicator"].is_unique
    whole = able[able["scope_zh"] == ""]
    themes = min(whole["theme"].nunique(), KEY_NUMBERS)
    assert chosen["theme"].head(themes).is_unique  # every theme has had its turn before a second of any
    for row in records(chosen[chosen["scope_zh"] == ""]):
        same = whole[whole["indicator"] == row["indicator"]]
        assert row["kind"] == "result" or "result" not in set(same["kind"])
        assert int(row["period"][-4:]) == last_year(same.loc[same["kind"] == row["kind"], "period"]).max()


def test_a_place_as_a_whole_comes_before_its_parts():
    scopes = list(key_numbers(tables(), "guian")["scope_zh"] != "")
    assert scopes == sorted(scopes) and True in scopes


def test_a_limit_is_kept_and_a_place_without_numbers_has_none():
    assert len(key_numbers(tables(), "guiyang", limit=3)) == 3
    assert key_numbers(tables(), "zunyi").empty and documents(tables(), "zunyi").empty


@pytest.mark.parametrize("place", ["guiyang", "qingzhen", "dafang", "guian"])
def test_documents_add_up(place):
    found = documents(tables(), place)
    own = record(counts(tables()), place)
    assert int(found["statements"].sum()) == own["stated"] and int(found["mentions"].sum()) == own["mentions"]
    assert (found[["statements", "mentions"]].sum(axis=1) > 0).all()
    assert list(found.index) == [source for source in tables().sources.index if source in found.index]
