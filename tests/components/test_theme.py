"""Design tokens: readable for everyone, understood by Altair, the same in Streamlit's settings."""

import tomllib
from pathlib import Path

import altair as alt
import pytest

from components import theme
from components.theme import LOOKS
from geo.load import places

ROOT = Path(__file__).resolve().parents[2]
AA = 4.5  # WCAG 2.2, 1.4.3: the contrast of text of usual size


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


TEXT = [(name, token) for name in LOOKS for token in ("ink", "quiet", "accent", "context")]


@pytest.mark.parametrize(("name", "token"), TEXT)
def test_colours_of_text_are_readable_on_paper(name, token):
    look = LOOKS[name]
    assert contrast(getattr(look, token), look.paper) >= AA


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, look in LOOKS.items() for place in look.places])
def test_colours_of_places_are_readable_on_paper(name, place):
    look = LOOKS[name]
    assert contrast(look.place(place), look.paper) >= AA


@pytest.mark.parametrize("name", LOOKS)
def test_places_on_the_map_stand_out_from_each_other_by_name_not_by_colour_alone(name):
    look = LOOKS[name]
    assert set(look.fills) == {"guiyang", "bijie", "qingzhen", "wudang"}
    # Wudang and Qingzhen lie on Guiyang's fill; their edge is drawn in paper.
    assert len({look.fill(place) for place in look.fills} | {look.land}) == 5


@pytest.mark.parametrize("name", LOOKS)
def test_every_colour_is_a_plain_code_and_every_place_is_known(name):
    look = LOOKS[name]
    colours = [look.paper, look.ink, look.quiet, look.rule, look.land, look.accent, look.context,
               *look.places.values(), *look.fills.values()]  # fmt: skip
    assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in colours)
    assert {*look.places, *look.fills} - {"nation"} <= set(places().index)
    assert (look.place("nowhere"), look.fill("nowhere")) == (look.quiet, look.land)


@pytest.mark.parametrize("name", LOOKS)
def test_the_config_is_one_that_altair_knows(name):
    alt.Config.from_dict(theme.vega_config(LOOKS[name]), validate=True)


def test_a_misspelt_config_would_be_caught():
    with pytest.raises(Exception, match="titel"):
        alt.Config.from_dict({**theme.vega_config(theme.LIGHT), "titel": {}}, validate=True)


def test_the_config_holds_paper_ink_and_family():
    config = theme.vega_config(theme.DARK, family="Noto Sans SC")
    assert (config["background"], config["title"]["color"], config["font"]) == ("#14191f", "#edf0f2", "Noto Sans SC")
    assert theme.vega_config(theme.LIGHT)["font"] == theme.FONT_STACK
    assert theme.FONT_STACK.startswith("'Noto Sans SC', ") and theme.FONT_STACK.endswith(", sans-serif")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_streamlit_is_told_the_same_colours(name):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    look, told = LOOKS[name], config[name]
    assert told["backgroundColor"] == look.paper
    assert told["textColor"] == look.ink
    assert told["borderColor"] == look.rule
    assert told["primaryColor"] == told["linkColor"] == look.place("guiyang")
    assert config["font"] == config["headingFont"] == theme.FONT_STACK
    assert contrast(told["textColor"], told["secondaryBackgroundColor"]) >= AA
    assert contrast(told["linkColor"], told["secondaryBackgroundColor"]) >= AA


def test_type_sizes_descend():
    sizes = [theme.TITLE, theme.SUBTITLE, theme.LABEL, theme.SMALL, theme.TINY]
    assert sizes == sorted(sizes, reverse=True) == [22, 15, 14, 12.5, 11.5]
