"""The table of places: complete, spelled one way, and true to its notes."""

import re
import unicodedata

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Polygon

from geo.layers import read_text
from geo.load import FOLDER, sites
from geo.tables import PLACE_COLUMNS

# Characters with several readings, where the usual one is not the one of the place.
READINGS = {"都匀": "Dūyún", "长顺": "Chángshùn", "三都": "Sāndū"}
GENERIC = {"市": "City", "县": "County", "区": "District"}


def plain(text: str) -> str:
    """Take tone marks off."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def test_columns(places: pd.DataFrame) -> None:
    assert tuple(places) == PLACE_COLUMNS


def test_names_are_given_for_every_place(places: pd.DataFrame) -> None:
    names = places[["id", "name_zh", "short_zh", "pinyin", "name_en", "short_en"]]
    assert list(places["id"][(names == "").any(axis=1)]) == []


def test_ids_fit_an_address(places: pd.DataFrame) -> None:
    assert [place for place in places["id"] if not re.fullmatch(r"[a-z]+(-[a-z]+)*", place)] == []


def test_english_is_the_pinyin_without_tones(places: pd.DataFrame) -> None:
    assert list(places["id"][places["pinyin"].map(plain) != places["short_en"]]) == []


def test_pinyin_is_the_reading_of_the_characters(places: pd.DataFrame) -> None:
    pypinyin = pytest.importorskip("pypinyin", reason="needs requirements-dev.txt")
    bare = str.maketrans("", "", "'–")
    for short, pinyin in zip(places["short_zh"], places["pinyin"], strict=True):
        syllables = "".join(pypinyin.lazy_pinyin(short, style=pypinyin.Style.TONE))
        assert pinyin.translate(bare).lower() == READINGS.get(short, syllables).lower(), short


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("自治县", "Autonomous County"), ("自治州", "Autonomous Prefecture"), ("特区", "Special District")],
)
def test_special_units_are_named_in_full(places: pd.DataFrame, chinese: str, english: str) -> None:
    special = places["name_zh"].str.endswith(chinese)
    assert special.any() and special.equals(places["name_en"].str.endswith(english))


def test_every_nationality_of_a_name_is_in_the_english_one(places: pd.DataFrame) -> None:
    english = {
        "布依族": "Buyei", "苗族": "Miao", "侗族": "Dong", "仡佬族": "Gelao",
        "彝族": "Yi", "回族": "Hui", "土家族": "Tujia", "水族": "Shui",
    }  # fmt: skip
    for name_zh, name_en in zip(places["name_zh"], places["name_en"], strict=True):
        found = re.findall("|".join(english), name_zh)
        listed = re.findall("|".join(english.values()), name_en.partition(" ")[2])
        assert [english[name] for name in found] == listed, name_zh


def test_ordinary_counties_end_in_their_kind(places: pd.DataFrame) -> None:
    for row in places.to_dict("records"):
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
def test_known_places(places: pd.DataFrame, place: str, adcode: str, name_en: str) -> None:
    assert tuple(places.set_index("id").loc[place, ["adcode", "name_en"]]) == (adcode, name_en)


def test_notes_come_in_both_languages(places: pd.DataFrame) -> None:
    assert list(places["id"][(places["note_zh"] == "") != (places["note_en"] == "")]) == []


def test_years_are_years(places: pd.DataFrame) -> None:
    cells = {*places["valid_from"], *places["valid_to"]}
    assert [cell for cell in cells if cell and not re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", cell)] == []


def test_the_table_says_what_names_csv_says(places: pd.DataFrame) -> None:
    written = read_text(FOLDER / "names.csv")
    assert places[written.columns].equals(written)


def test_airports_stand_in_their_counties(shapes: gpd.GeoDataFrame) -> None:
    assert dict(sites()["place"]) == {"guiyang-airport": "nanming", "bijie-airport": "dafang"}
    counties = shapes.set_index("id").geometry[sites()["place"]]
    points = gpd.GeoSeries.from_xy(sites()["lon"], sites()["lat"], crs=counties.crs)
    assert counties.contains(points, align=False).all()


def test_the_hole_in_bijie_is_an_exclave_of_liupanshui(shapes: gpd.GeoDataFrame) -> None:
    (bijie,) = shapes.geometry[shapes["id"] == "bijie"]
    (hole,) = (ring for part in bijie.geoms for ring in part.interiors)
    inside = Polygon(hole).representative_point()
    counties = shapes[shapes["level"] == "county"]
    assert list(counties["id"][counties.contains(inside)]) == ["zhongshan"]
