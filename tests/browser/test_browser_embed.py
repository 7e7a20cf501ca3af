"""An embedded Figure in a page of another site: drawn, as high as it needs, in the reader's light or dark, without scripts too."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from components.figures.catalogue import figure
from components.web.embed import frame
from tests.browser.serve import opened

pytestmark = pytest.mark.browser
LISTENER = """<script>addEventListener('message', (event) => {
  if (event.data?.type !== 'story-figure-height') return;
  for (const frame of document.querySelectorAll('iframe'))
    if (frame.contentWindow === event.source) frame.height = event.data.height;
});</script>"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def newsroom(site, tmp_path_factory):
    """Another site, whose page holds the frame that the product gives out."""
    folder = tmp_path_factory.mktemp("newsroom")
    code = frame(f"{site}/embed/ratio-goals?place=wudang&lang=en", "Wudang", height=200)
    (folder / "index.html").write_text(f"<!doctype html><title>News</title>{LISTENER}<p>Before</p>{code}<p>After</p>")
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
