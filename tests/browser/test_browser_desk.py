"""The desk with hands and eyes: from a chart of the story to its embed code by keyboard, what is said, what is refused."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from components.figures.catalogue import figure
from components.words import words
from data.story import story
from tests.browser.access import violations
from tests.browser.serve import WIDTHS, opened, wait_until_drawn
from tests.browser.visit import FITS, address

pytestmark = pytest.mark.browser
CLIPBOARD = ["clipboard-read", "clipboard-write"]
ZH = words("zh")
FAR = 200  # presses of the tab key within which something must be reached
MEASURED = "() => document.querySelector('.desk-measured')?.textContent"


def tab_to(page, selector):
    """Press the tab key until something has the focus; fail where it never gets it."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the tab key does not reach {selector}")


def test_from_a_chart_of_the_story_to_its_embed_code_by_keyboard(site, chromium):
    step = story().chapters[1].steps[0].id
    shown = story().at(step).step
    with opened(chromium, address(site, "story", step=step), permissions=CLIPBOARD) as page:
        wait_until_drawn(page)
        tab_to(page, ".to-desk")
        page.keyboard.press("Enter")
        page.wait_for_selector(".desk-picture")
        asked = dict(parse_qsl(urlsplit(page.url).query))
        assert asked == {"figure": shown.figure, **figure(shown.figure, "zh", **shown.parameters).parameters}
        tab_to(page, "button.copy[data-copies=copy-embed]")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(said) => [...document.querySelectorAll('[role=status]')].some((one) => one.textContent === said)",
            arg=ZH("desk.copied", what=ZH("desk.embed")),
        )
        code = page.evaluate("navigator.clipboard.readText()")
        assert code.startswith(f'<iframe src="{site}/embed/{shown.figure}?') and code.endswith("</script>")
        assert page.evaluate("document.activeElement.matches('button.copy')")  # the focus stays where it was


@pytest.mark.parametrize(("lang", "said"), [("zh", "按回车键确认"), ("en", "Press Enter to apply")])
def test_a_field_says_in_the_pages_language_how_it_is_applied(site, chromium, lang, said):
    with opened(chromium, address(site, "desk", lang=lang), width=WIDTHS["phone"]) as page:
        wait_until_drawn(page)
        page.locator(".st-key-desk-filters input").first.fill("x")
        told = page.get_by_test_id("InputInstructions")
        assert told.evaluate("(told) => getComputedStyle(told, '::after').content") == f'"{said}"'
        assert told.evaluate("(told) => told.innerText") == ""  # Streamlit's own words are not shown


def test_without_permission_the_text_is_copied_all_the_same(site, chromium):
    with opened(chromium, address(site, "desk", figure="income-gap"), permissions=CLIPBOARD) as page:
        wait_until_drawn(page)
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
        page.click("button.copy[data-copies=copy-alt]")
        page.wait_for_selector("button.copy.done")
        assert page.evaluate("navigator.clipboard.readText()") == figure("income-gap", "zh").alt


def test_a_card_opens_its_figure_and_the_back_button_returns(site, chromium):
    with opened(chromium, address(site, "desk", search="senlin")) as page:
        wait_until_drawn(page)
        page.click(".gallery a")
        page.wait_for_selector(".desk-picture")
        assert page.evaluate("document.activeElement.className") == "desk-title"  # said, and the keyboard goes on there
        page.go_back()
        page.wait_for_selector(".gallery a")
        assert dict(parse_qsl(urlsplit(page.url).query)) == {"search": "senlin"}


def test_the_picture_says_how_large_its_file_is(site, chromium):
    with opened(chromium, address(site, "desk", figure="income-gap", size="web", scale="2")) as page:
        page.wait_for_function(MEASURED)
        assert page.inner_text(".desk-measured") == ZH("desk.measured", width=2400, height=1350)


def test_a_width_of_ones_own_is_taken(site, chromium):
    with opened(chromium, address(site, "desk", figure="income-gap", width="640")) as page:
        wait_until_drawn(page)
        field = page.get_by_role("spinbutton", name=ZH("parameter.width"), exact=True)
        field.fill("700")
        field.press("Enter")
        page.wait_for_url(lambda url: dict(parse_qsl(urlsplit(url).query)).get("width") == "700")


def test_a_size_that_cannot_be_made_says_why(site, chromium):
    with opened(chromium, address(site, "desk", figure="income-gap", size="a4", scale="4")) as page:
        page.wait_for_function("() => document.querySelector('.desk-refused')?.textContent")
        assert "4000" in page.inner_text(".desk-refused")
        assert not page.is_visible(".desk-take")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", WIDTHS)
def test_one_figure_is_open_to_everyone_on_every_device(site, chromium, device, scheme):
    where = address(site, "desk", figure="comparison", lang="en")
    with opened(chromium, where, width=WIDTHS[device], color_scheme=scheme) as page:
        wait_until_drawn(page)
        page.wait_for_function(MEASURED)
        assert violations(page) == []
        page.wait_for_function(FITS)
