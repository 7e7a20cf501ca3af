"""Maps: true to scale, light, nothing covered, every symbol by its number, every shape with its place and notice."""

import csv
import json
import math
from collections import Counter
from itertools import combinations, product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from components import reader
from components.charts import page
from components.figures import mentions_by_county
from components.figures.catalogue import CATALOGUE, every, figure
from components.figures.plotted import place_name
from components.maps import deck, shapes
from components.maps.crowd import tangled
from components.maps.design import borders, inside, mix, point
from components.maps.frame import EARTH, PAGES, SIZES, STAGE, held, pixels
from components.maps.ground import apart as apart_from
from components.maps.placing import ARROW, layouts, reach
from components.theme import DARK, LIGHT
from components.words import LANGUAGES, words
from geo.load import children, feature, features, places
from geo.topology import GRID, topology
from tests.components.scripts import HAN

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
MOST = 60_000  # bytes of geometry one map may send; a page may send MOST_ON_PAGE (tests/pages/test_pages.py)
REQUESTS = [(id, p) for id, p in every() if figure(id, "en", **p).is_map]
NAMES = ["-".join([id, *p.values()]) for id, p in REQUESTS]
MAPS = pytest.mark.parametrize(("id", "parameters"), REQUESTS, ids=NAMES)


def read(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def design_of(made):
    """The design that a map Figure draws: what its functions draw() and deck() hold."""
    return next(cell.cell_contents for cell in made.draw.__closure__ if hasattr(cell.cell_contents, "symbols"))


def km_between(one, other):
    """The distance of two points on the globe."""
    (a, b), (c, d) = ([math.radians(part) for part in place] for place in (one, other))
    half = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def test_there_are_maps():
    assert {id for id, _ in REQUESTS} >= {"who-is-who", "numbers-by-place", "goals-by-place", "mentions-by-county"}


@MAPS
def test_geometry_is_light_and_stays_json(id, parameters):
    sent = page.specification(figure(id, "en", **parameters), "light")["datasets"]
    geometry = [data for data in sent.values() if isinstance(data, dict)]
    assert [data["type"] for data in geometry] == ["Topology"]
    assert len(json.dumps(geometry[0], separators=(",", ":"))) < MOST
    assert all(isinstance(data, bytes) for data in sent.values() if data is not geometry[0])


def decoded(made):
    """The rings of every geometry of a Topology, back in degrees."""
    arcs = []
    for steps in made["arcs"]:
        x = y = 0
        arcs.append([((x := x + dx) / GRID, (y := y + dy) / GRID) for dx, dy in steps])
    for shape in made["objects"]["areas"]["geometries"]:
        yield [
            [
                [corner for number in ring for corner in (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]]
                for ring in part
            ]
            for part in shape["arcs"]
        ]


def turned(ring):
    """A ring begun at its least corner, in the direction it runs."""
    start = ring.index(min(ring))
    return ring[start:] + ring[:start]


@pytest.mark.parametrize("level", ["province", "prefecture", "county"])
def test_a_topology_holds_every_corner_in_its_order(level):
    shown = features(level)
    back = list(decoded(topology(shown, "areas")))
    assert len(back) == len(shown)
    for one, parts in zip(shown, back, strict=True):
        own = one["geometry"]["coordinates"]
        assert [[turned(ring) for ring in part] for part in parts] == [
            [turned([tuple(corner) for corner in ring[:-1]]) for ring in part] for part in own
        ]


def test_a_topology_writes_a_common_border_once():
    counties = [feature(place) for place in children("guiyang")]
    both = topology([*counties, feature("guiyang")], "areas")
    assert both["arcs"] == topology(counties, "areas")["arcs"]


@MAPS
def test_the_scale_bar_is_true_in_the_middle(id, parameters):
    for layout in layouts(design_of(figure(id, "en", **parameters))):
        frame = layout.frame
        x, y, length = frame.width / 2, frame.height / 2, frame.km(frame.bar)
        ends = [frame.back(x - length / 2, y), frame.back(x + length / 2, y)]
        assert km_between(*ends) == pytest.approx(frame.bar, rel=0.002)
        assert 30 < length < frame.width / 4


@MAPS
def test_degrees_and_pixels_agree_with_the_projection(id, parameters):
    made = figure(id, "en", **parameters)
    for layout in layouts(design_of(made)):
        for place in ("guiyang", "bijie"):
            there = layout.frame.back(*layout.frame.at(*point(place)))
            assert there == pytest.approx(point(place), abs=1e-9)


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@MAPS
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_label_covers_another_or_a_symbol_or_leaves_the_map(id, parameters, lang):
    design = design_of(figure(id, lang, **parameters))
    for layout in layouts(design):
        boxes = [placed.box for placed in layout.placed] + [layout.corner]
        assert all(apart(one, other) for one, other in combinations(boxes, 2))
        width, height = layout.frame.width, layout.frame.height
        assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height for box in boxes)
        for place in {symbol.place for symbol in design.symbols}:
            x, y = layout.frame.at(*point(place))
            far = reach(place, design.symbols) * layout.unit
            held = [math.hypot(max(b[0] - x, 0, x - b[2]), max(b[1] - y, 0, y - b[3])) for b in boxes]
            assert min(held) >= far - 0.1
        for symbol in design.symbols:
            if symbol.bound == "at_least":  # its arrow: from the circle's edge to the right
                x, y = layout.frame.at(*point(symbol.place))
                edge = x + (symbol.dx + symbol.radius) * layout.unit
                assert all(apart(box, (edge, y - 4, edge + ARROW - 2, y + 4)) for box in boxes)


@MAPS
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sizes", [PAGES, STAGE], ids=["pages", "stage"])
def test_a_label_leads_to_its_own_place_and_the_scale_bar_stands_clear(id, parameters, lang, sizes):
    design = design_of(figure(id, lang, **parameters))
    for layout in layouts(design, sizes):
        assert held([layout.corner], pixels(layout.frame, borders(design))) == [False]
        leaders = [placed.spot.leader for placed in layout.placed if placed.spot.leader]
        crossed = [tangled(np.array([one]), np.array([other]))[0] for one, other in combinations(leaders, 2)]
        assert not any(crossed)
        discs = {symbol.place: (*layout.frame.at(*point(symbol.place)), reach(symbol.place, design.symbols) * layout.unit)
                 for symbol in design.symbols}  # fmt: skip
        for placed in layout.placed:
            away = {place: apart_from(np.array([placed.box]), np.array([disc]))[0, 0] for place, disc in discs.items()}
            near = [place for place, px in away.items() if px < min(10, away.get(placed.label.place, 0))]
            assert near == [], placed.label.name


@MAPS
def test_symbols_of_two_places_never_touch(id, parameters):
    design = design_of(figure(id, "en", **parameters))
    for layout in layouts(design):
        discs = [(*layout.frame.at(*point(place)), reach(place, design.symbols) * layout.unit)
                 for place in {symbol.place for symbol in design.symbols}]  # fmt: skip
        assert all(math.dist(one[:2], other[:2]) >= one[2] + other[2] for one, other in combinations(discs, 2))


def test_points_lie_inside_their_places():
    for place in ("guiyang", "bijie", "wudang", "qingzhen"):
        held = inside(place)
        spread = (held.max(axis=0) - held.min(axis=0)) / 12
        assert (abs(held - point(place)) < spread).all(axis=1).any()
    assert len(inside("bijie")) > 60


@pytest.mark.parametrize("indicator", CATALOGUE["numbers-by-place"].parameters["indicator"])
def test_circles_are_as_large_as_their_numbers(indicator):
    made = figure("numbers-by-place", "en", indicator=indicator)
    drawn = [symbol for symbol in design_of(made).symbols if symbol.form in ("dot", "ring")]
    rows = made.table.to_dict("records")
    assert [(s.place, s.form) for s in drawn] == [
        (row["place"], "dot" if row["kind"] == "result" else "ring") for row in rows
    ]
    area = [s.radius**2 / row["amount"] for s, row in zip(drawn, rows, strict=True)]
    assert area == pytest.approx([area[0]] * len(area))
    bounds = [row["bound"] if math.isnan(row["amount_high"]) else "exact" for row in rows]
    assert [s.bound for s in drawn] == bounds
    ghosts = [s for s in design_of(made).symbols if s.form == "ghost"]
    assert len(ghosts) == sum(not math.isnan(row["amount_high"]) for row in rows)
    if rows[0]["unit"] == "%":
        assert [s.radius**2 * 100 for s in drawn] == pytest.approx([row["value"] for row in rows])


@pytest.mark.parametrize("indicator", CATALOGUE["numbers-by-place"].parameters["indicator"])
def test_numbers_by_place_leaves_no_statement_out_unsaid(indicator):
    stated = [row for row in read("observations")
              if row["indicator"] == indicator and row["value"] and not row["repeats"]]  # fmt: skip
    made = figure("numbers-by-place", "en", indicator=indicator)
    without = [row for row in stated if not places().at[row["place"], "polygon"]]
    assert set(made.observations) == {row["id"] for row in stated} - {row["id"] for row in without}
    assert len(set(made.table["place"])) >= 2
    assert any(f"{len(without)} more number" in note for note in made.notes) == bool(without)
    assert any("neither added to nor ranked" in note for note in made.notes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_city_without_a_number_is_shown_where_it_is_asked_for_and_said_to_have_none(lang):
    plain, asked = (figure("numbers-by-place", lang, indicator="gdp", **given) for given in ({}, {"place": "bijie"}))
    name = place_name("bijie", words(lang), short=False)
    for made in (plain, asked):
        assert any(words(lang)("numbers-by-place.without", places=place_name("bijie", words(lang))) == note
                   for note in made.notes)  # fmt: skip
        assert "bijie" not in set(made.table["place"]) and name not in made.alt
    assert not any(area.place == "bijie" for area in plain.areas if area.outline)
    assert any(area.place == "bijie" for area in asked.areas if area.outline)
    bare = {label.place: label for label in design_of(asked).labels if label.missing}
    assert {*bare} == {"bijie"} and {label.place for label in design_of(plain).labels if label.missing} == set()
    assert bare["bijie"].listed == {"zh": "毕节市：未给出", "en": "Bijie: not given"}[lang]
    assert bare["bijie"].name == {"zh": "毕节：未给出", "en": "Bijie: not given"}[lang]


def test_areas_are_coloured_by_place_never_by_number():
    seen: dict[str, set[tuple[str, float]]] = {}
    for indicator in CATALOGUE["numbers-by-place"].parameters["indicator"]:
        for area in figure("numbers-by-place", "en", indicator=indicator).areas:
            if area.colour and not area.outline:
                seen.setdefault(area.place, set()).add((area.colour, area.tint))
    assert len(seen) == len(children("guiyang")) + len(children("bijie"))
    assert all(len(ways) == 1 for ways in seen.values())


@pytest.mark.parametrize("place", CATALOGUE["mentions-by-county"].parameters["place"])
def test_every_mention_is_a_dot_at_its_county(place):
    made = figure("mentions-by-county", "en", place=place)
    rows = [row for row in read("mentions") if row["place"] in children(place)]
    wanted = Counter((row["place"], mentions_by_county.FORMS[row["kind"]]) for row in rows)
    assert Counter((symbol.place, symbol.form) for symbol in design_of(made).symbols) == wanted
    assert len(made.table) == len(rows)
    for county, number in Counter(row["place"] for row in rows).items():
        name = str(places().at[county, "name_en"])
        assert f"{name}: {number} mention" in made.alt
    named = {label.place for label in design_of(made).labels}
    assert named == set(children(place))


def test_a_county_without_mentions_is_simply_named():
    label = mentions_by_county._label("xifeng", 0, words("en"))
    assert (label.name, label.colour, label.number) == ("Xifeng", "", "")


def test_findings_of_mentions_by_county():
    rows = read("mentions")
    own = [row for row in rows if row["place"] in ("wudang", "qingzhen")]
    rest = [row for row in rows if row["place"] in set(children("guiyang")) - {"wudang", "qingzhen"}]
    assert figure("mentions-by-county", "zh", place="guiyang").title == (
        f"乌当、清镇有自己的文件，共被提到{len(own)}处；贵阳其余八个区县市合计{len(rest)}处"
    )
    bijie = [row for row in rows if row["place"] in children("bijie")]
    done = sum(row["kind"] == "done" for row in bijie)
    assert len({row["place"] for row in bijie}) == 8
    assert figure("mentions-by-county", "en", place="bijie").title == (
        f"All eight counties of Bijie are named, {len(bijie)} times in all, {done} of them for things done"
    )


def test_goals_by_place_counts_each_place_by_itself():
    goals = [row for row in read("observations") if row["kind"] == "goal" and not row["repeats"]]
    counted = Counter(row["place"] for row in goals)
    made = figure("goals-by-place", "en")
    table = made.table.set_index("place")
    drawn = {place for place in counted if places().at[place, "polygon"]}
    assert table["value"].to_dict() == {place: counted[place] for place in drawn}
    assert f"their {len(goals) - sum(counted[place] for place in drawn)} goals" in made.notes[1]
    rings = {symbol.place: symbol.radius for symbol in design_of(made).symbols if symbol.form == "ring"}
    assert rings["wudang"] ** 2 / rings["guiyang"] ** 2 == pytest.approx(counted["wudang"] / counted["guiyang"])
    years = {place: Counter(row["period"][-4:] for row in goals if row["place"] == place).most_common(1)[0][0]
             for place in ("guiyang", "wudang", "qingzhen", "bijie")}  # fmt: skip
    assert made.title == (
        f"When most goals fall due: {years['guiyang']} in Guiyang, {years['wudang']} in Wudang, "
        f"{years['bijie']} in Qingzhen and Bijie"
    )
    assert years["qingzhen"] == years["bijie"]


def test_findings_of_who_is_who():
    area = {row["id"]: float(row["area_km2"]) for row in places().reset_index().to_dict("records") if row["area_km2"]}
    share = round(100 * (area["qingzhen"] + area["wudang"]) / area["guiyang"])
    assert f"合占全市面积约{share}%" in figure("who-is-who", "zh", place="guiyang").title
    assert f"about {round(area['bijie'] / area['guiyang'], 1)} times" in figure("who-is-who", "en", place="bijie").title
    assert figure("who-is-who", "zh", place="guizhou").title == (
        "贵州九个市州，文件只讲其中两个市，以及贵阳市里的两个区县"
    )
    assert len(figure("who-is-who", "en", place="guizhou").table) == 9 + 2
    for place in ("qingzhen", "wudang"):
        made = figure("who-is-who", "en", place=place)
        assert {area.place for area in made.areas if area.outline} == {"guiyang"}
        assert f"{round(100 * area[place] / area['guiyang'])}%" in made.title


@MAPS
def test_the_collection_holds_the_shapes_and_the_notice(id, parameters):
    made = figure(id, "zh", **parameters)
    collection = json.loads(json.dumps(shapes.collection(made)))
    assert [one["properties"]["id"] for one in collection["features"]] == list(
        dict.fromkeys(area.place for area in made.areas)
    )
    assert "GS（2024）0650号" in collection["attribution"]["zh"] and "Tianditu" in collection["attribution"]["en"]
    for one in collection["features"]:
        row = places().loc[one["properties"]["id"]]
        assert (one["properties"]["name_zh"], one["properties"]["name_en"]) == (row["name_zh"], row["name_en"])
        assert one["geometry"] == feature(one["properties"]["id"])["geometry"]


def test_only_a_map_has_a_collection():
    with pytest.raises(ValueError, match="growth-2023 is no map"):
        shapes.collection(figure("growth-2023", "en"))


@MAPS
@pytest.mark.parametrize(
    ("lang", "look", "phone"),
    list(product(LANGUAGES, (LIGHT, DARK), (True, False))),
    ids=lambda value: str(getattr(value, "name", value)),
)
def test_the_interactive_map_calls_nobody_and_speaks_the_language(id, parameters, lang, look, phone):
    made = figure(id, lang, **parameters)
    assert made.deck is not None
    text = made.deck(look, phone).to_json()
    spec = json.loads(text)
    assert "http" not in text and len(text) < 150_000
    # The placeholder of a map without a style; a real style would bring another host's tiles.
    assert (spec.get("mapProvider"), spec["mapStyle"]) == (None, "__MAP_STYLE__")
    layers = {layer["id"]: layer for layer in spec["layers"]}
    names = [row["name"] for row in layers["names"]["data"]]
    picked = [one["properties"] for one in layers["places"]["data"]]
    assert layers["places"]["pickable"] is True and not layers.get("outlines", {}).get("pickable")
    assert {one["id"] for one in picked} == {area.place for area in made.areas if not area.outline}
    assert len(names) == len(design_of(made).labels)
    assert all(bool(HAN.search(name)) == (lang == "zh") for name in [*names, *(one["name"] for one in picked)])


def test_what_is_picked_is_what_lies_on_top():
    """A county drawn over its city comes later in the layer, so that a click finds it and not the city under it."""
    order = [area.place for area in figure("who-is-who", "en", place="guizhou").areas]
    assert order.index("guiyang") < order.index("wudang")


def test_colours_are_thinned_with_paper():
    assert (mix("#000000", "#ffffff", 0.5), mix("#112233", "#ffffff", 1)) == ("#808080", "#112233")
    assert deck.rgb("#0102ff") == [1, 2, 255]


def test_sizes_grow():
    starts, widths, _ = zip(*SIZES, strict=True)
    assert starts[0] == 0 and list(starts) == sorted(starts) and list(widths) == sorted(widths)
    assert all(width <= start for start, width in zip(starts[1:], widths[1:], strict=True))


def test_a_page_opens_its_map_larger_and_with_its_cards():
    made = figure("four-places", "zh")
    assert made.deck
    phone, page = (json.loads(made.deck(LIGHT, narrow).to_json()) for narrow in (True, False))
    assert page["initialViewState"]["zoom"] > phone["initialViewState"]["zoom"] + 0.5
    said = {layer["id"]: [row.get("name") for row in layer["data"]] for layer in page["layers"]}
    assert "地区生产总值 5154.75亿元" in said["numbers"] and "2025年目标，力争350亿元" in said["details"]
    assert not {"numbers", "details"} & {layer["id"] for layer in phone["layers"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_interactive_map_says_numbers_years_and_bounds(lang):
    made = figure("numbers-by-place", lang, indicator="resident-population")
    assert made.deck
    phone, page = (made.deck(LIGHT, narrow) for narrow in (True, False))
    assert [label.number for label in phone.listed] == [label.number for label in design_of(made).cards]
    assert page.listed == () and len(phone.listed) == 3
    for shown in (phone, page):
        layers = {layer["id"]: layer for layer in json.loads(shown.to_json())["layers"]}
        said = {one["properties"]["id"]: one["properties"]["said"] for one in layers["places"]["data"]}
        own = {label.place: [label.number, *label.details] for label in design_of(made).cards}
        assert said["qingzhen"].split("\n")[1:] == own["qingzhen"] and "≥" in said["qingzhen"]
        assert said["xifeng"].split("\n")[1:] == [f"{place_name('guiyang', words(lang), short=False)}　{own['guiyang'][0]}",
                                                  *own["guiyang"][1:]]  # fmt: skip
        assert "\n" not in said["zunyi"]
        least = [symbol for symbol in design_of(made).symbols if symbol.bound == "at_least"]
        assert [row["name"] for row in layers["bounds"]["data"]] == ["→"] * len(least) != []
        assert {row["name"] for row in layers["scale-words"]["data"]} >= {f"↑ {words(lang)('map.north')}"}


def test_an_approximate_number_has_a_haze_and_an_upper_bound_an_arrow_to_the_left():
    made = figure("numbers-by-place", "en", indicator="built-up-area")
    assert made.deck
    layers = {layer["id"]: layer for layer in json.loads(made.deck(LIGHT, False).to_json())["layers"]}
    rough = [symbol for symbol in design_of(made).symbols if symbol.bound == "about"]
    assert len(layers["hazes"]["data"]) == len(rough) > 0
    most = deck._arrow({"bound": "at_most", "radius": 9.0, "line": [1, 2, 3]})
    assert (most["name"], most["anchor"], most["offset"]) == ("←", "end", [-9.0, 0])


@MAPS
def test_the_scale_bar_of_an_interactive_map_lies_on_the_ground(id, parameters):
    made = figure(id, "en", **parameters)
    assert made.deck
    for phone, size in ((True, deck.PHONE), (False, deck.PAGE)):
        spec = json.loads(made.deck(LIGHT, phone).to_json())
        (bar,) = next(layer["data"] for layer in spec["layers"] if layer["id"] == "scale")
        frame = layouts(design_of(made))[size].frame
        assert km_between(bar["from"], bar["to"]) == pytest.approx(frame.bar, rel=0.001)
        assert frame.width <= (340 if phone else 700)
        assert spec["views"][0]["controller"] == {"dragRotate": False, "touchRotate": False}
        touched = json.loads(made.deck(LIGHT, phone).two_fingers().to_json())
        assert touched["views"][0]["controller"] == {"dragRotate": False, "touchRotate": False, "dragPan": False}


@pytest.mark.parametrize(
    ("agent", "phone"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148",
            True,
        ),
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36", True),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36", False),
        ("", False),
    ],
)
def test_a_phone_says_that_it_is_one(agent, phone, monkeypatch):
    context = SimpleNamespace(theme=SimpleNamespace(type="light"), headers={"User-Agent": agent} if agent else {})
    monkeypatch.setattr(reader, "st", SimpleNamespace(query_params=SimpleNamespace(to_dict=dict), context=context))
    assert reader.current().phone is phone
