"""The interactive map: pydeck without tiles and without network, from the same shapes and labels as the drawn one."""

from typing import Any

import pandas as pd
import pydeck as pdk

from components.figures.plotted import place_name
from components.maps.labels import ANCHORS
from components.theme import Look
from components.words import Words
from geo.load import shapes

# One view for phone and desk: at this zoom the four labels fit 340 px, and all of Guizhou a text column.
VIEW = {"longitude": 106.5, "latitude": 26.95, "zoom": 5.7, "min_zoom": 5, "max_zoom": 10}


def make(table: pd.DataFrame, look: Look, words: Words) -> pdk.Deck:
    """Make the deck of a map's table (place, short); every shape says its name in the reader's language."""
    layers = [
        _areas("prefectures", shapes("prefecture"), look, words),
        *(_areas(place, shapes("county", place), look, words) for place in ("guiyang", "bijie", "qingzhen", "wudang")),
        *_labels(table, look),
    ]
    # map_provider=None without a map_style draws no base map and calls no other host; map_style=None would.
    return pdk.Deck(
        layers=layers,
        initial_view_state=pdk.ViewState(**VIEW),
        map_provider=None,
        tooltip={"text": "{name}"},
    )


def rgb(colour: str) -> list[int]:
    """Turn #rrggbb into deck's list of three numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _areas(name: str, collection: dict[str, Any], look: Look, words: Words) -> pdk.Layer:
    for feature in collection["features"]:
        feature["properties"]["name"] = place_name(feature["properties"]["id"], words, short=False)
    return pdk.Layer(
        "GeoJsonLayer",
        collection,
        id=name,
        get_fill_color=rgb(look.fill(name)),
        get_line_color=rgb(look.paper),
        line_width_min_pixels=1,
        pickable=True,
    )


def _labels(table: pd.DataFrame, look: Look) -> list[pdk.Layer]:
    rows = []
    for row in table.to_dict("records"):
        anchor = ANCHORS[row["place"]]
        rows.append(
            {
                "name": row["short"],
                "colour": rgb(look.place(row["place"])),
                "from": [anchor.lon, anchor.lat],
                "to": [anchor.label_lon, anchor.label_lat],
                "anchor": "end" if anchor.align == "right" else "start",
                "offset": [-6 if anchor.align == "right" else 6, 0],
            }
        )
    leaders = pdk.Layer(
        "LineLayer", rows, id="leaders", get_source_position="from", get_target_position="to",
        get_color="colour", get_width=1.5,
    )  # fmt: skip
    names = pdk.Layer(
        "TextLayer", rows, id="names", get_position="to", get_text="name", get_color="colour", get_size=17,
        get_text_anchor="anchor", get_pixel_offset="offset", font_weight=700,
        font_family=pdk.types.String("'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"),
        character_set=pdk.types.String("auto"),  # a plain "auto" or a list draws no Chinese
    )  # fmt: skip
    return [leaders, names]
