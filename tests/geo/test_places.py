"""The table of places: complete, spelled one way, and true to its notes."""

import re
import unicodedata

import pytest

from geo.layers import Layers, Row, read_rows
from geo.load import FOLDER, sites
from geo.tables import PLACE_COLUMNS

# Characters with several readings, where the usual one is not the one of the place.
READINGS = {"都匀": "Dūyún", "长顺": "Chángshùn", "三都": "Sāndū"}
GENERIC = {"市": "City", "县": "County", "区": "District"}


def plain(text: str) -> str:
    """Take tone marks off."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def by_id(rows: list[Row]) -> dict[str, Row]:
    """Index rows by id."""
    return {row["id"]: row for row in rows}


def test_columns(rows: list[Row]) -> None:
    assert tuple(rows[0]) == PLACE_COLUMNS


def test_names_are_given_for_every_place(rows: list[Row]) -> None:
    columns = ("id", "name_zh", "short_zh", "pinyin", "name_en", "short_en")
    assert [row["id"] for row in rows for column in columns if not row[column].strip()] == []


def test_ids_fit_an_address(rows: list[Row]) -> None:
    assert [row["id"] for row in rows if not re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"])] == []


def test_english_is_the_pinyin_without_tones(rows: list[Row]) -> None:
    assert [row["id"] for row in rows if plain(row["pinyin"]) != row["short_en"]] == []


def test_pinyin_is_the_reading_of_the_characters(rows: list[Row]) -> None:
    pypinyin = pytest.importorskip("pypinyin", reason="needs requirements-dev.txt")
    bare = str.maketrans("", "", "'–")
    for row in rows:
        syllables = "".join(pypinyin.lazy_pinyin(row["short_zh"], style=pypinyin.Style.TONE))
        expected = READINGS.get(row["short_zh"], syllables)
        assert row["pinyin"].translate(bare).lower() == expected.lower(), row["name_zh"]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("自治县", "Autonomous County"), ("自治州", "Autonomous Prefecture"), ("特区", "Special District")],
)
def test_special_units_are_named_in_full(rows: list[Row], chinese: str, english: str) -> None:
    assert {row["id"] for row in rows if row["name_zh"].endswith(chinese)} == {
        row["id"] for row in rows if row["name_en"].endswith(english)
    }


def test_every_nationality_of_a_name_is_in_the_english_one(rows: list[Row]) -> None:
    english = {
        "布依族": "Buyei", "苗族": "Miao", "侗族": "Dong", "仡佬族": "Gelao",
        "彝族": "Yi", "回族": "Hui", "土家族": "Tujia", "水族": "Shui",
    }  # fmt: skip
    for row in rows:
        found = re.findall("|".join(english), row["name_zh"])
        listed = re.findall("|".join(english.values()), row["name_en"].partition(" ")[2])
        assert [english[name] for name in found] == listed, row["id"]


def test_ordinary_counties_end_in_their_kind(rows: list[Row]) -> None:
    for row in rows:
        if row["level"] == "county" and not row["name_zh"].endswith(("自治县", "特区")):
            assert row["name_en"] == f"{row['short_en']} {GENERIC[row['name_zh'][-1]]}"


@pytest.mark.parametrize(
    ("place", "adcode", "name_en"),
    [
        ("qianxi", "520581", "Qianxi City"),
        ("qianxinan", "522300", "Qianxinan Buyei and Miao Autonomous Prefecture"),
        ("weining", "520526", "Weining Yi, Hui and Miao Autonomous County"),
        ("guanshanhu", "520115", "Guanshanhu District"),
        ("guian", "", "Gui'an New Area"),
        ("guiyang-guian", "", "Guiyang–Gui'an"),
    ],
)
def test_known_places(rows: list[Row], place: str, adcode: str, name_en: str) -> None:
    row = by_id(rows)[place]
    assert (row["adcode"], row["name_en"]) == (adcode, name_en)


def test_notes_come_in_both_languages(rows: list[Row]) -> None:
    assert [row["id"] for row in rows if bool(row["note_zh"]) != bool(row["note_en"])] == []


def test_years_are_years(rows: list[Row]) -> None:
    cells = {row[column] for row in rows for column in ("valid_from", "valid_to")}
    assert [cell for cell in cells if cell and not re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", cell)] == []


def test_the_table_says_what_names_csv_says(rows: list[Row]) -> None:
    for written, built in zip(read_rows(FOLDER / "names.csv"), rows, strict=True):
        assert {column: built[column] for column in written} == written


def test_airports_stand_in_their_counties(layers: Layers) -> None:
    from shapely.geometry import Point

    polygons = {county.id: county.polygon for county in layers["county"]}
    assert dict(sites()["place"]) == {"guiyang-airport": "nanming", "bijie-airport": "dafang"}
    for site in sites().itertuples():
        assert polygons[str(site.place)].contains(Point(site.lon, site.lat))


def test_the_hole_in_bijie_is_an_exclave_of_liupanshui(layers: Layers) -> None:
    from shapely.geometry import Polygon

    bijie = next(one.polygon for one in layers["prefecture"] if one.id == "bijie")
    (hole,) = (ring for part in bijie.geoms for ring in part.interiors)
    inside = Polygon(hole).representative_point()
    assert [one.id for one in layers["county"] if one.polygon.contains(inside)] == ["zhongshan"]
