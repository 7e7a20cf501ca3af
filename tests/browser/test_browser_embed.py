"""An embedded Figure in a page of another site: drawn, as high as it needs, in the reader's light or dark, without scripts too."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from components.export.face import face
from components.figures.catalogue import figure
from components.web.embed import frame
from tests.browser.serve import opened

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def newsroom(site, tmp_path_factory):
    """Another site, whose page holds the code that the product gives out; /plain.html is one whose editor drops scripts."""
    folder = tmp_path_factory.mktemp("newsroom")
    shown = face(figure("ratio-goals", "en", place="wudang"))
    code = frame(f"{site}/embed/ratio-goals?place=wudang&lang=en", shown)
    head = '<!doctype html><meta name="viewport" content="width=device-width"><title>News</title>'
    bare, script, _ = code.partition("<script>")
    assert script
    for name, pasted in (("index", code.replace(' height="', ' height="200" data-was="')), ("plain", bare)):
        (folder / f"{name}.html").write_text(f"{head}<p>Before</p>{pasted}<p>After</p>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_draws_itself_in_the_page_of_another_site(chromium, site, newsroom, scheme):
    with opened(chromium, color_scheme=scheme) as tab:
        asked, said = [], []
        tab.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
        tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        tab.goto(newsroom)
        inside = tab.frame_locator("iframe")
        inside.locator("#chart svg").wait_for()
        assert inside.locator("h1").inner_text() == figure("ratio-goals", "en", place="wudang").title
        tab.wait_for_function("document.querySelector('iframe').height > 400")
        body = tab.frames[1].evaluate(
            "[document.body.scrollHeight, innerHeight, document.body.scrollWidth, innerWidth]"
        )
        assert body[0] <= body[1] + 1 and body[2] <= body[3]
        paper = tab.frames[1].evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 25, 31)"}[scheme]
        assert set(filter(None, asked)) == {urlsplit(site).netloc, urlsplit(newsroom).netloc}
        assert [text for text in said if "favicon" not in text and "404" not in text] == []


def test_without_scripts_the_still_picture_stays(chromium, newsroom):
    with opened(chromium, newsroom, java_script_enabled=False) as tab:
        picture = tab.frame_locator("iframe").locator("#chart img")
        picture.wait_for()
        assert min(picture.evaluate("(image) => [image.width, image.height]")) > 300
        assert picture.get_attribute("alt") == figure("ratio-goals", "en", place="wudang").alt


@pytest.mark.parametrize("width", [390, 776])
def test_a_page_that_drops_the_script_shows_the_source_and_the_link(chromium, newsroom, width):
    with opened(chromium, f"{newsroom}plain.html", width=width) as tab:
        inside = tab.frame_locator("iframe")
        inside.locator("#chart svg").wait_for()
        link = inside.locator("footer a")
        assert link.evaluate("(link) => link.getBoundingClientRect().bottom <= innerHeight")
        assert tab.evaluate("document.querySelector('iframe').scrolling") == ""  # and what is set larger can be reached


FRAMED = """(address) => {
  const frame = document.createElement('iframe');
  frame.src = address;
  document.body.append(frame);
}"""


@pytest.mark.parametrize(
    ("address", "stands"), [("/embed/ratio-goals?lang=en", True), ("/goals", False), ("/stage", False)]
)
def test_only_embeds_may_stand_in_a_frame_of_another_site(chromium, site, newsroom, address, stands):
    with opened(chromium, newsroom) as tab:
        shows = site + address if stands else "chrome-error://chromewebdata/"
        with tab.expect_event("framenavigated", lambda frame: frame.url == shows):
            tab.evaluate(FRAMED, site + address)
