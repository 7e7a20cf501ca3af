"""The start: the very first request may be a deep link; a broken table stops it with every fault listed."""

import shutil

import pytest

from components.web.start import TABLE_FAULTS
from components.words import words
from tests.browser.serve import PATIENCE, ROOT, free_port, opened, server, start, wait_until_drawn

pytestmark = pytest.mark.browser
DEEP = "/data?observation=gyr-006-2&lang=en"
PRODUCT = ("app.py", "pages", "components", "data", "geo", ".streamlit")


def test_a_deep_link_may_be_the_first_request_of_all(chromium):
    speech = words("en")
    with server() as fresh, opened(chromium, fresh.url + DEEP) as page:
        wait_until_drawn(page)
        assert page.get_by_role("link", name=speech("nav.goals")).is_visible()
        assert page.locator("h1").inner_text() == speech("nav.data")
        assert page.locator("details.proof[open]").get_by_text("gyr-006-2").is_visible()
        assert page.locator("ol.rows li").count() > 1


def test_a_broken_table_stops_the_start(tmp_path):
    where, row = _broken_copy(tmp_path)
    log = tmp_path / "server.log"
    process = start(where, "app.py", free_port(), log)
    try:
        code = process.wait(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    said = log.read_text(encoding="utf-8")
    assert f"observations.csv row {row}" in said and "column place: 'guiyangg'" in said and "guiyang" in said
    assert code == TABLE_FAULTS, said


def _broken_copy(folder):
    """Copy the product with one misspelt place; return the copy and the misspelt row."""
    for name in PRODUCT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    table = folder / "data" / "tables" / "observations.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if ",guiyang," in line)
    lines[number] = lines[number].replace(",guiyang,", ",guiyangg,", 1)
    table.write_text("".join(lines), encoding="utf-8")
    return folder, number + 1
