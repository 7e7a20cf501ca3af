"""What maps cost a page: the geometry that reaches a reader, whatever page they open."""

import json

import pytest

from components.address import PAGES
from tests.pages.reading import open_page

MOST = 150_000  # bytes of geometry on one page
PLACES = [{"at": place} for place in ("guiyang", "bijie", "qingzhen", "wudang")]
VISITS = [*((page, {}) for page in PAGES), *(("places", query) for query in PLACES)]


def geometry(visit):
    """The bytes of shapes in each chart of a page, as they are sent."""
    specs = [json.loads(chart.spec) for chart in visit.charts]
    return [
        sum(len(json.dumps(data, separators=(",", ":"))) for data in spec.get("datasets", {}).values())
        for spec in specs
    ]


@pytest.mark.parametrize(
    ("page", "query"), VISITS, ids=lambda part: part if isinstance(part, str) else part.get("at", "")
)
def test_a_page_sends_little_geometry(page, query):
    visit = open_page(page, lang="en", **query)
    assert visit.failed == []
    found = geometry(visit)
    assert sum(found) < MOST
    if page == "places":
        assert any(found)
