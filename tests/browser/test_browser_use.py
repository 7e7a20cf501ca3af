"""What a reader does on a page: switch the language, filter, go back, move the map, take files, use the keyboard."""

import json
import time
from contextlib import ExitStack
from io import BytesIO
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import TimeoutError

from components.address import PAGES
from components.figures.plotted import place_name
from components.maps.deck import rgb
from components.prose import story_title
from components.theme import DARK, LIGHT
from components.words import LOCALES, words
from tests.browser.serve import PATIENCE, drawn, wait_until_drawn
from tests.browser.visit import Visit, address

pytestmark = pytest.mark.browser
ZH, EN = words("zh"), words("en")
ROWS = "ol.rows li"
PNG = b"\x89PNG\r\n\x1a\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LABEL = 20  # px: Bijie's leader line is steep, so its colour reaches that far across only where its name is written


@pytest.fixture
def to(site, chromium):
    """Open a page of the product and wait until it is drawn."""
    with ExitStack() as kept:
        yield lambda page, query=None, **options: kept.enter_context(
            drawn(chromium, address(site, page, **(query or {})), **options)
        )


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def rows(page):
    return page.locator(ROWS).all_inner_texts()


def until_url(page, part):
    page.wait_for_url(lambda url: part in url)
    wait_until_drawn(page)


def switch(page, heading):
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda url: "lang=en" in url)
    page.get_by_role("heading", name=heading, level=1, exact=True).wait_for()
    wait_until_drawn(page)


def test_the_other_language_shows_the_same_view(to):
    page = to("data", {"place": "bijie", "kind": "goal"})
    before = page.locator(ROWS).count()
    switch(page, EN("nav.data"))
    assert query(page) == {"place": "bijie", "kind": "goal", "lang": "en"}
    assert urlsplit(page.url).path == "/data" and page.locator(ROWS).count() == before > 0


def test_the_document_names_the_language_switched_to(to):
    page = to("places")
    switch(page, EN("nav.places"))
    assert page.evaluate("document.documentElement.lang") == LOCALES["en"]


def test_the_navigation_keeps_the_language(to):
    page = to("story", {"lang": "en"})
    page.get_by_role("link", name=EN("nav.sources"), exact=True).click()
    page.get_by_role("heading", name=EN("nav.sources"), level=1).wait_for()
    assert query(page) == {"lang": "en"} and urlsplit(page.url).path == "/sources"


def test_a_paragraph_is_led_to_and_its_name_takes_the_focus(to):
    page = to("sources", viewport={"width": 390, "height": 844})
    page.locator(".strip a", has_text="17").first.click()
    name = page.locator("#paragraph h2")
    name.wait_for()
    wait_until_drawn(page)
    page.wait_for_function("document.activeElement === document.querySelector('#paragraph h2')")
    assert -2 <= page.evaluate("document.querySelector('#paragraph').getBoundingClientRect().top") < 120


def test_back_from_a_number_shows_where_one_was(to):
    page = to("data", {"place": "guiyang"}, viewport={"width": 390, "height": 844})
    row = page.locator(f"{ROWS} a").nth(12)
    row.scroll_into_view_if_needed()
    left = page.evaluate("document.querySelector('.stMain').scrollTop")
    row.click()
    until_url(page, "observation=")
    page.go_back()
    page.wait_for_function("top => Math.abs(document.querySelector('.stMain')?.scrollTop - top) < 2", arg=left)
    assert left > 400


def choose(page, parameter, option):
    """Choose an option of a filter; a busy machine may take the first click before the page listens."""
    field = page.get_by_role("combobox", name=ZH(parameter))
    chosen = page.locator(".st-key-filters").get_by_text(option, exact=True)
    for _ in range(3):
        field.click()
        page.get_by_role("option", name=option, exact=True).click()
        try:
            chosen.first.wait_for(timeout=15_000)
            return
        except TimeoutError:
            continue


def test_a_filter_writes_the_address_and_a_reload_shows_the_same_rows(to):
    page = to("data")
    everything = rows(page)
    choose(page, "parameter.place", "毕节")
    until_url(page, "place=bijie")
    page.wait_for_function(f"text => document.querySelector({json.dumps(ROWS)}).innerText !== text", arg=everything[0])
    chosen = rows(page)
    page.reload()
    wait_until_drawn(page)
    assert rows(page) == chosen != everything and query(page) == {"place": "bijie"}


def test_searching_writes_the_address(to):
    page = to("data")
    field = page.get_by_label(ZH("filter.search"))
    field.fill("森林")
    field.press("Enter")
    until_url(page, "search=")
    page.wait_for_function(f"() => document.querySelectorAll({json.dumps(ROWS)}).length < 40")
    assert query(page) == {"search": "森林"} and all("森林" in row for row in rows(page))


def test_the_back_button_returns(to):
    page = to("story")
    page.get_by_role("link", name=ZH("nav.goals"), exact=True).click()
    page.get_by_role("heading", name=ZH("nav.goals"), level=1).wait_for()
    page.go_back()
    page.get_by_role("heading", name=story_title(ZH), level=1).wait_for()
    wait_until_drawn(page)
    assert urlsplit(page.url).path == "/"


def test_a_row_leads_to_its_proof_and_back_again(to):
    page = to("data", {"place": "bijie"})
    page.locator(f"{ROWS} a").first.click()
    page.locator("details.proof[open]").wait_for()
    assert query(page)["place"] == "bijie" and query(page)["observation"]
    page.go_back()
    page.locator("details.proof").wait_for(state="detached")
    assert query(page) == {"place": "bijie"}


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
def test_the_interactive_map_is_drawn_from_here(to, site, speech):
    page = to("story", {"lang": speech.lang})
    seen = Visit()
    seen.listen(page)
    page.get_by_text(speech("map.interactive")).first.click()
    page.locator('[data-testid="stDeckGlJsonChart"] canvas').first.wait_for()
    until_labelled(page)
    assert seen.complaints == [] and seen.hosts() <= {urlsplit(site).netloc}


def until_labelled(page):
    """Take pictures of the map until its labels are in them, at most as long as a page may take."""
    shown = page.get_by_test_id("stDeckGlJsonChart").first  # a page's; the next is a narrow window's
    deadline = time.monotonic() + PATIENCE
    while reach(shown.screenshot(), LIGHT.place("bijie")) < LABEL:
        assert time.monotonic() < deadline, "the map shows no label"


def reach(picture, colour):
    """Return how far apart the leftmost and rightmost pixels of a colour stand."""
    drawn = Image.open(BytesIO(picture)).convert("RGB")
    off = ImageChops.difference(drawn, Image.new("RGB", drawn.size, colour)).convert("L")
    box = off.point([255] * 13 + [0] * 243).getbbox()
    return box[2] - box[0] if box else 0


@pytest.mark.parametrize(("ending", "first"), [("PNG", PNG), ("CSV", BYTE_ORDER_MARK)])
def test_a_download_is_a_real_file(to, ending, first):
    page = to("places")
    with page.expect_download() as waiting:
        page.locator(".downloads").first.get_by_role("link", name=ending, exact=True).click()
    download = waiting.value
    content = download.path().read_bytes()
    assert content.startswith(first) and len(content) > 300
    assert download.suggested_filename.endswith(f".{ending.lower()}")


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
def test_an_unknown_value_is_named_and_left_out(to, speech):
    page = to("data", {"place": "guiyangg", "lang": speech.lang})
    said = page.locator(".notices").inner_text()
    name = speech("parameter.place")
    nearest = place_name("guiyang", speech, short=False)
    assert said.strip() == speech("notice.near", name=name, value="guiyangg", nearest=nearest)
    assert rows(page)


@pytest.mark.parametrize(("scheme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_paper_follows_the_readers_scheme(to, scheme, look):
    page = to("story", {"step": "three-scopes"}, color_scheme=scheme)
    colour = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert colour == f"rgb({', '.join(map(str, rgb(look.paper)))})"
    fills = page.locator('[class*="st-key-figure-three-scopes"] svg text').evaluate_all(
        "all => all.map((text) => text.getAttribute('fill'))"
    )
    assert look.ink in fills


def test_tab_reaches_the_navigation_and_then_the_links(to):
    page = to("story")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.tagName"))
    paths = [urlsplit(link).path.strip("/") for link in reached]
    order = [paths.index("" if page_name == PAGES[0] else page_name) for page_name in PAGES]
    assert order == sorted(order)
    assert any(link.startswith("/data?observation=") for link in reached)
    assert any(link.startswith("/figures/") for link in reached)


@pytest.mark.parametrize("path", ["/", "/data?lang=en", "/favicon.png", "/figures/three-scopes.csv", "/nowhere"])
def test_every_answer_carries_the_security_headers(site, path):
    try:
        with urlopen(site + path) as answer:  # noqa: S310 - our own server
            headers, status = answer.headers, answer.status
    except HTTPError as refused:
        headers, status = refused.headers, refused.code
    assert status == (404 if path == "/nowhere" else 200)
    assert headers["content-security-policy"].startswith(("default-src 'self'", "default-src 'none'"))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] and headers["permissions-policy"]
