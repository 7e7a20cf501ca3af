"""The product with a script in every text column, in an interpreter of its own; prints what was found as JSON.

`python -m tests.web.poisoned` asks every kind of answer and opens every page; `serve PORT` runs it for a browser.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from data import load

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "<script>alert(7)</script>"
ESCAPED = ("&lt;script&gt;alert(7)", "\\u003cscript\\u003ealert(7)")
NO_SUFFIX = ("printed", "note", "digits", "variants", "given", "published")  # text in columns without a language
LANGS = ("zh", "en")
RAW_IS_MARKUP = ("text/html", "image/svg+xml", "application/xml", "text/xml")


def poison() -> int:
    """Write the script behind every text of every table, in memory; return how many cells hold it."""
    from pandas.api.types import is_numeric_dtype

    cells = 0
    stated = load.tables()
    for name in load.NAMES:
        frame = getattr(stated, name)
        for column in frame.columns:
            if not (column.endswith(("_zh", "_en")) or column in NO_SUFFIX[:2]) or is_numeric_dtype(frame[column]):
                continue
            filled = frame[column].astype(str) != ""
            frame[column] = frame[column].astype(object).where(~filled, frame[column].astype(str) + SCRIPT)
            cells += int(filled.sum())
    return cells


def addresses() -> list[str]:
    """Return one address or more of every kind of answer."""
    from components.address import PAGES
    from components.figures import catalogue

    found = [f"/{'' if page == 'story' else page}?lang={lang}" for page in PAGES for lang in LANGS]
    for id in ("growth-2023", "numbers-by-document", "goal-verdicts"):
        assert any(id == name for name, _ in catalogue.every())
        found += [f"/figures/{id}.{ending}?lang=en" for ending in ("html", "svg", "csv", "json")]
        found += [f"/embed/{id}?lang=zh", f"/embed/{id}.svg?lang=zh"]
    observation = load.tables().observations.iloc[0]["id"]
    found += [
        "/story.html", "/figures.html?lang=en", "/stage?lang=en", "/stage/talk.json", "/api/v1/?lang=en", "/sitemap.xml",
        "/api/v1/observations", "/api/v1/indicators", "/api/v1/terms?format=csv", "/api/v1/openapi.json",
        f"/data?{urlencode({'observation': observation, 'lang': 'en'})}", "/observations.json", "/observations.csv",
        f"/{SCRIPT}", f"/figures/{SCRIPT}.html", f"/api/v1/{SCRIPT}", f"/data?search={SCRIPT}", f"/stage?lang={SCRIPT}",
        f"/figures/growth-2023.html?lang={SCRIPT}", f"/embed/{SCRIPT}", f"/oembed?url={SCRIPT}",
    ]  # fmt: skip
    return found


def answers() -> list[dict[str, Any]]:
    """Ask every address as a browser does; say of each whether the script stands in it as markup or as text."""
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from components.web.front import MIDDLEWARE, ROUTES

    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), follow_redirects=False)
    found = []
    for address in addresses():
        answer = client.get(address, headers={"Accept": "text/html,*/*"})
        kind = answer.headers.get("content-type", "")
        markup = kind.startswith(RAW_IS_MARKUP)
        found.append({
            "address": address, "status": answer.status_code, "type": kind,
            "nosniff": answer.headers.get("x-content-type-options") == "nosniff",
            "raw": markup and "<script>alert(7)" in answer.text,
            "text": any(text in answer.text for text in (*ESCAPED, SCRIPT)),
        })  # fmt: skip
    return found


def pages() -> list[dict[str, Any]]:
    """Open every page; say whether the script stands in its HTML as markup or as text."""
    from components.address import PAGES
    from tests.pages.reading import open_page

    found = []
    for page in PAGES:
        for lang in LANGS:
            visit = open_page(page, lang=lang)
            html = [element.proto.body for element in visit.app.get("html")]
            said = "\n".join(html)
            found.append({
                "page": page, "lang": lang, "failed": visit.failed,
                "raw": "<script>alert(7)" in said, "text": ESCAPED[0] in said,
                "markdown": any("<script" in text.value and text.allow_html for text in visit.app.markdown),
            })  # fmt: skip
    return found


if __name__ == "__main__":
    count = poison()
    if sys.argv[1:2] == ["serve"]:
        sys.argv[0] = str(ROOT / "app.py")
        import app

        app.app.run(config={"server.port": int(sys.argv[2])})
    else:
        print(json.dumps({"cells": count, "answers": answers(), "pages": pages()}))
