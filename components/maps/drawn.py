"""The drawn map: Altair, for pages and files. Shapes keep their own colours; labels stand outside with leader lines.

On a phone the labels shrink to names and their numbers move to a list under the map: one drawing, by the signal
`width`, as in components/charts/rows.py.
"""

import math

import altair as alt
import pandas as pd

from components import typeset
from components.maps.labels import ANCHORS, CENTRE, EXTENT
from components.theme import LABEL, SMALL, TITLE, Look
from geo.load import shapes

HEIGHT = 580
WIDEST = 665  # px beyond which the map grows no further
BESIDE = 740  # px from which there is room for the numbers beside the map; below it they go in a list under it
LISTED = 400  # px the map takes at most where the list follows
NAME = TITLE - 5
LIST_STEP = 50
TEXT_LIMIT = 190


def by_width(wide: object, narrow: object) -> alt.ExprRef:
    """Choose between two Vega expressions by whether there is room beside the map."""
    return alt.ExprRef(expr=f"width < {BESIDE} ? {narrow} : {wide}")


def draw(table: pd.DataFrame, look: Look) -> alt.LayerChart:
    """Draw Guizhou with the places of `table` (place, name, number, detail, in list order) in their colours."""
    layers = [
        _areas(shapes("prefecture"), look, None),
        *(_areas(shapes("county", place), look, place) for place in ("guiyang", "bijie")),
        *(_areas(shapes("county", place), look, place) for place in ("qingzhen", "wudang")),
        *_labels(_with_anchors(table, look), look),
    ]
    return alt.LayerChart(layer=layers, height=HEIGHT, projection=_projection())


def _projection() -> alt.Projection:
    """Fit the province to the width, keeping it at the top on a phone, where the list needs the rest."""
    scale = f"min(width, width < {BESIDE} ? {LISTED} : {WIDEST}) / {math.radians(EXTENT):.5f}"
    middle = f"width < {BESIDE} ? min(width, {LISTED}) * 0.43 : {HEIGHT} / 2"
    return alt.Projection(
        type="mercator",
        center=list(CENTRE),
        scale=alt.ExprRef(expr=scale),
        translate=alt.ExprRef(expr=f"[width / 2, {middle}]"),
    )


def _areas(collection: dict[str, object], look: Look, place: str | None) -> alt.Chart:
    fill = look.fill(place) if place else look.land
    data = alt.Data(values=collection, format=alt.DataFormat(type="json", property="features"))
    area: alt.Chart = alt.Chart(data).mark_geoshape(fill=fill, stroke=look.paper, strokeWidth=1)
    return area


def _with_anchors(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    anchors = pd.DataFrame([vars(ANCHORS[place]) for place in table["place"]], index=table.index)
    detail = table["detail"].map(lambda text: "\n".join(typeset.wrap(text, SMALL, TEXT_LIMIT)))
    placed = table.join(anchors).assign(colour=table["place"].map(look.place), detail_wide=detail)
    step = placed["align"].map({"left": 0.06, "right": -0.06})
    return placed.assign(text_lon=placed["label_lon"] + step, row=range(len(placed)))


def _labels(placed: pd.DataFrame, look: Look) -> list[alt.Chart]:
    colour = alt.Color("colour:N", scale=None, legend=None)
    base = alt.Chart(placed)
    at = {"longitude": "text_lon:Q", "latitude": "label_lat:Q"}
    leader = base.mark_rule(strokeWidth=1.5).encode(
        longitude="lon:Q", latitude="lat:Q", longitude2="label_lon:Q", latitude2="label_lat:Q", color=colour
    )
    dot = base.mark_point(filled=True, size=40, opacity=1).encode(longitude="lon:Q", latitude="lat:Q", color=colour)
    align = alt.ExprRef(expr="datum.align")
    wide, narrow = by_width(1, 0), by_width(0, 1)
    name = base.mark_text(
        text=by_width("datum.name", "datum.short"),
        align=align,
        fontSize=NAME,
        fontWeight="bold",
        dy=by_width(-12, 0),
        baseline="middle",
    )
    number = base.mark_text(
        align=align, fontSize=LABEL, fontWeight="bold", color=look.ink, dy=9, opacity=wide, baseline="middle"
    )
    detail = base.mark_text(
        align=align, fontSize=SMALL, color=look.quiet, dy=28, opacity=wide, lineBreak="\n", baseline="middle"
    )
    return [
        leader, dot,
        name.encode(**at, color=colour),
        number.encode(**at, text="number:N"),
        detail.encode(**at, text="detail_wide:N"),
        *_list(base, look, colour, narrow),
    ]  # fmt: skip


def _list(base: alt.Chart, look: Look, colour: alt.Color, shown: alt.ExprRef) -> list[alt.Chart]:
    """The numbers as a list under the map, seen on a phone only."""
    # Where it is not seen it stands at the top: invisible text below the map would still take room there.
    y = by_width(0, f"min(width, {LISTED}) * 0.86 + 26 + datum.row * {LIST_STEP}")
    second = by_width(0, f"min(width, {LISTED}) * 0.86 + 46 + datum.row * {LIST_STEP}")
    line = base.mark_text(align="left", x=0, y=y, fontSize=LABEL, fontWeight="bold", opacity=shown)
    detail = base.mark_text(align="left", x=0, y=second, fontSize=SMALL, color=look.quiet, opacity=shown)
    return [line.encode(text="line:N", color=colour), detail.encode(text="detail:N")]
