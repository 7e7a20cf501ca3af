"""Opens a page as a reader does and reads what stands on it; Streamlit's untyped names are wrapped here alone."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ("/story.html", "/figures.html", "/api/v1/")  # what stands beside the pages, linked at their foot
VOID = {"br", "hr", "img", "link", "meta", "input", "wbr"}


class _Texts(HTMLParser):
    """Collects the texts of a page's HTML with the language and the innermost tag each stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []  # text, lang, tag
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what is open, and the language it says."""
        if tag not in VOID:
            inherited = self._open[-1][1] if self._open else ""
            self._open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost of its kind."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        tag, lang = self._open[-1] if self._open else ("", "")
        if data.strip() and tag != "style":
            self.found.append((data.strip(), lang, tag))


@dataclass
class Visit:
    """A page as one reader sees it."""

    app: Any

    @property
    def failed(self) -> list[str]:
        """List the errors of the run, and what stands in the place of Figures that could not be made."""
        faulty = re.findall(r'<div class="notices faulty".*?</div>', self.html, re.DOTALL)
        return [str(error.value) for error in (*self.app.exception, *self.app.error)] + faulty

    @property
    def query(self) -> dict[str, str]:
        """Return the address's query."""
        return {name: value if isinstance(value, str) else value[-1] for name, value in self.app.query_params.items()}

    @property
    def html(self) -> str:
        """Return the HTML of the page itself, without its style, one piece after another."""
        return "\n".join(str(element.proto.body) for element in self.app.main.get("html"))

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Return the texts of the page's HTML, each with its language, if it says one, and its tag."""
        parser = _Texts()
        parser.feed(self.html)
        return parser.found

    @property
    def labels(self) -> list[str]:
        """Return what controls, links, notices and running text say outside of HTML."""
        app = self.app
        controls = [*app.text_input, *app.multiselect, *app.selectbox, *app.toggle, *app.get("button_group")]
        said = [str(control.label) for control in controls]
        said += [str(option) for control in (*app.multiselect, *app.selectbox) for option in control.options]
        said += [str(control.placeholder) for control in (*app.text_input, *app.multiselect)]
        said += [str(element.value) for element in (*app.markdown, *app.caption)]
        return [*said, *self.notices, *(label for label, _ in self.links)]

    @property
    def notices(self) -> list[str]:
        """Return what the page says of an address that names nothing, each notice as its plain text."""
        block = re.search(r'<div class="notices"[^>]*>(.*?)</div>', self.html, re.DOTALL)
        return [unescape(text) for text in re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL)] if block else []

    @property
    def language(self) -> tuple[str, dict[str, str]]:
        """Return the link to the same view in the other language, with its query."""
        found = re.search(r'<a class="language" href="([^"]*)"[^>]*>(.*?)</a>', self.html)
        assert found is not None
        return found[2], dict(parse_qsl(urlsplit(unescape(found[1])).query))

    @property
    def links(self) -> list[tuple[str, dict[str, str]]]:
        """Return the links to pages with their queries."""
        return [(str(link.proto.label), dict(parse_qsl(link.proto.query_string))) for link in self.app.get("page_link")]

    @property
    def charts(self) -> list[Any]:
        """Return the charts as Streamlit sends them."""
        return [chart.proto for chart in self.app.get("vega_lite_chart")]

    @property
    def maps(self) -> list[Any]:
        """Return the interactive maps as Streamlit sends them."""
        return [chart.proto for chart in self.app.get("deck_gl_json_chart")]


def open_page(page: str, /, **query: str) -> Visit:
    """Open a page with a query."""
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "story":  # the home page is where the script starts
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    return Visit(app.run())
