"""The story in a reader's hands: keys, swipe, back and forward, the list, focus, reduced motion, print."""

from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from components.words import words
from data.story import story
from tests.browser.serve import ROOT, drawn, opened, wait_until_drawn
from tests.browser.visit import address

pytestmark = pytest.mark.browser
STEPS = [at.step.id for at in story().steps()]
FIRST, SECOND, THIRD, LAST = *STEPS[:3], STEPS[-1]
WHERE = ".step-where"
PHONE = {"width": 390, "height": 844}
# A finger, as a touch screen tells of it: from x to x + dx, y to y + dy.
SWIPE = """([selector, dx, dy]) => {
  const target = document.querySelector(selector);
  const box = target.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 40)];
  const tell = (type, x, y, down) => {
    const touch = new Touch({ identifier: 1, target, clientX: x, clientY: y });
    const touches = down ? [touch] : [];
    target.dispatchEvent(new TouchEvent(type, { touches, changedTouches: [touch], bubbles: true, cancelable: true }));
  };
  tell('touchstart', x, y, true); tell('touchmove', x + dx, y + dy, true); tell('touchend', x + dx, y + dy, false);
}"""
DISTANCE = """() => document.querySelector('.st-key-step').getBoundingClientRect().top
  - document.querySelector('.stMain').getBoundingClientRect().top"""


@pytest.fixture
def at(site, chromium):
    """Open the story at a step and wait until it is drawn."""
    with ExitStack() as kept:

        def open_step(step="", lang="", **options):
            query = {name: value for name, value in (("step", step), ("lang", lang)) if value}
            page = kept.enter_context(drawn(chromium, address(site, "story", **query), **options))
            page.locator(".st-key-step-ends button").last.wait_for()  # the last thing a step puts on the page
            return page

        yield open_step


def arrives(page, step):
    """Wait until the page shows a step, drawn, at its address."""
    page.locator(f'{WHERE}[data-step="{step}"]').wait_for()
    wait_until_drawn(page)
    query = parse_qs(urlsplit(page.url).query)
    assert query.get("step", [""]) == ["" if step == FIRST else step]
    assert page.locator('[class*="st-key-figure-"]').count() == 1


def test_keys_step_on_and_back(at):
    page = at()
    for key, step in [("ArrowRight", SECOND), ("ArrowRight", THIRD), ("ArrowLeft", SECOND), ("End", LAST),
                      ("Home", FIRST)]:  # fmt: skip
        page.keyboard.press(key)
        arrives(page, step)


def test_page_down_scrolls_and_goes_on_at_the_end_only(at):
    page = at(SECOND, reduced_motion="reduce")  # it scrolls at once: no movement that runs on
    page.keyboard.press("PageDown")
    page.wait_for_function("document.querySelector('.stMain').scrollTop > 0")
    arrives(page, SECOND)
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 1e6)")
    page.keyboard.press("PageDown")
    arrives(page, THIRD)
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    page.keyboard.press("PageUp")
    arrives(page, SECOND)


def test_back_and_forward_return_to_the_step_without_loading_anew(at):
    page = at()
    page.evaluate("window.stillHere = true")
    for step in (SECOND, THIRD):
        page.keyboard.press("ArrowRight")
        arrives(page, step)
    page.go_back()
    arrives(page, SECOND)
    page.go_back()
    arrives(page, FIRST)
    page.go_forward()
    arrives(page, SECOND)
    assert page.evaluate("window.stillHere") is True


def test_the_list_leads_on_without_loading_anew(at):
    page = at()
    page.evaluate("window.stillHere = true")
    page.locator(".step-list summary").click()
    page.locator(f'.step-list a[href$="step={LAST}"]').click()
    arrives(page, LAST)
    page.locator(".story-name a").click()
    arrives(page, FIRST)
    page.go_back()
    arrives(page, LAST)
    assert page.evaluate("window.stillHere") is True


@pytest.mark.parametrize(
    ("dx", "dy", "step"), [(-160, 10, THIRD), (160, -10, FIRST), (-40, 0, SECOND), (-120, 90, SECOND)]
)
def test_a_swipe_turns_the_page(at, dx, dy, step):
    page = at(SECOND, viewport=PHONE, has_touch=True)
    page.evaluate(SWIPE, [".fig-head", dx, dy])
    if step == SECOND:  # too short or too steep: nothing is to happen, so the next key must come first
        page.keyboard.press("ArrowRight")
        step = THIRD
    arrives(page, step)


def test_a_swipe_in_what_scrolls_sideways_scrolls_it(at):
    page = at(SECOND, viewport=PHONE, has_touch=True)
    page.locator(".fig-foot summary").first.click()
    page.evaluate("document.querySelector('.fig-foot .scroll').style.width = '120px'")
    page.evaluate(SWIPE, [".fig-foot .scroll table", -160, 0])
    page.keyboard.press("ArrowRight")
    arrives(page, THIRD)


def test_the_thumb_finds_the_buttons_wherever_the_page_stands(at):
    page = at(SECOND, viewport=PHONE)
    for top in (0, 200, 10_000):
        page.evaluate("top => document.querySelector('.stMain').scrollTo(0, top)", top)
        for name in ("previous", "next"):
            box = page.locator(f".st-key-step-{name} button").bounding_box()
            assert box is not None and box["height"] >= 44 and box["width"] >= 72
            assert PHONE["height"] - 120 < box["y"] + box["height"] <= PHONE["height"]


def test_a_step_begins_at_its_top(at):
    page = at(SECOND)
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 600)")
    page.keyboard.press("ArrowRight")
    arrives(page, THIRD)
    assert -2 <= page.evaluate(DISTANCE) <= 160  # the top of the page, or of the step where the page is long enough
    page.keyboard.press("Home")
    arrives(page, FIRST)
    assert page.evaluate("document.querySelector('.stMain').scrollTop") == 0


def test_the_focus_stays_where_the_reader_works(at):
    page = at(STEPS[-3])
    on = page.locator(".st-key-step-next button")
    on.focus()
    page.keyboard.press("Enter")
    arrives(page, STEPS[-2])
    expect(on).to_be_focused()
    page.keyboard.press("Enter")
    arrives(page, LAST)
    expect(on).to_be_disabled()
    expect(page.locator(".st-key-step-previous button")).to_be_focused()


def test_a_step_is_said_to_those_who_do_not_see_it(at):
    page = at(SECOND, lang="en")
    page.keyboard.press("ArrowRight")
    arrives(page, THIRD)
    said = page.get_by_role("status").filter(has_text=words("en")("step.progress", number=3, total=len(STEPS)))
    expect(said).to_contain_text(page.locator(".fig-head h2").inner_text())


# A step that comes in pieces, its title before or after a long wait, its progress last.
PIECES = """<p class="step-where" data-step="a"></p><div class="st-key-step"><div class="fig-head"><h2>A</h2></div></div>
<div class="progress" data-step="a" aria-label="1 of 2"></div>"""


def test_a_step_that_comes_in_pieces_is_said_when_it_is_whole(chromium):
    with opened(chromium) as page:
        page.clock.install()
        page.set_content(PIECES)
        page.add_script_tag(path=ROOT / "components" / "assets" / "reader.js")
        said = page.get_by_role("status")
        page.evaluate("document.body.append('')")  # the first sight of the page, which is not said
        for piece in ("document.querySelector('.step-where').dataset.step = 'b'", "document.body.append('more')",
                      "document.querySelector('h2').textContent = 'B'"):  # fmt: skip
            page.evaluate(piece)
            page.clock.run_for(1000)
            expect(said).to_have_count(0)
        page.evaluate("""document.querySelector('.progress').outerHTML =
          '<div class="progress" data-step="b" aria-label="2 of 2"></div>'""")
        expect(said).to_have_text("2 of 2 · B")


@pytest.mark.parametrize(("wish", "moving"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_those_who_asked_so(at, wish, moving):
    page = at(SECOND, reduced_motion=wish)
    name = page.evaluate("getComputedStyle(document.querySelector('.st-key-step .fig-head')).animationName")
    assert (name != "none") == moving


def test_paper_gets_the_step_and_no_buttons(at):
    page = at(SECOND)
    page.emulate_media(media="print")
    assert page.locator(".fig-head h2").is_visible()
    assert not [name for name in (".st-key-step-bar", ".st-key-step-list", ".st-key-navigation")
                if page.locator(name).is_visible()]  # fmt: skip
