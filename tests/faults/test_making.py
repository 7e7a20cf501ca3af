"""Files that cannot be made: no memory, no disk, no folder, no font. Readers hear why, and the next file is made."""

import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from io import BytesIO
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import anyio
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import typeset
from components.charts import page
from components.export import formats, image, painter, specification
from components.export.kit import Kit
from components.figures import catalogue
from components.figures.catalogue import figure
from components.web import files, kits, start
from components.web import shelf as shelves
from components.web.faults import RETRY, KitFailed
from components.web.front import MIDDLEWARE, ROUTES
from components.web.operations.state import State
from components.words import LANGUAGES, words
from tests.pages.reading import open_page

PNG = "/figures/three-scopes.png"
KIT = "/figures/three-scopes.zip"
DEVICE = Path("/dev/full")  # every byte written to it finds the disk full


@pytest.fixture
def client():
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    """An empty shelf in a folder of its own; its kits are small."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(shelves, "write", lambda kit, file, report: file.write(kit.name.encode() * 5))
    shelves._unwritable.cache_clear()
    fresh = shelves.Shelf()
    monkeypatch.setattr(kits, "shelf", lambda: fresh)
    return fresh


def forget():
    """Let go of everything that was laid out: without its font a text is as wide as it is guessed to be."""
    for kept in (typeset._font, typeset.text_width, page._specification, catalogue._build):
        kept.cache_clear()
    for store in (specification.CHARTS, image.DRAWN, files.KEPT):
        store.clear()


@pytest.fixture
def bare(monkeypatch):
    """A product whose folder of fonts is empty."""
    forget()
    monkeypatch.setattr(typeset, "FONTS", Path("/nowhere"))
    yield
    for thread in threading.enumerate():
        if thread.name == "next-step":  # still lays out without the font
            thread.join(60)
    monkeypatch.undo()
    forget()


def refused(answer, status, text):
    """Say that an answer is a problem in plain words, without the inside of the program."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"] == text
    assert "Traceback" not in answer.text and str(Path.cwd()) not in answer.text


# Memory


@pytest.mark.fault("no memory for a file", "503: ask for a smaller size, or in a minute; the next file is made")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_little_memory_is_told_and_given_back(client, monkeypatch, lang, lines):
    files.KEPT.clear()  # another test may have asked for the very file
    files.KEPT.put("old", b"kept")

    def greedy(_):
        raise MemoryError

    monkeypatch.setattr(formats, "make", greedy)
    answer = client.get(f"/figures/three-scopes.csv?lang={lang}")
    refused(answer, 503, words(lang)("told.memory.detail", seconds=RETRY, id=answer.json()["id"]))
    assert answer.headers["retry-after"] == str(RETRY) and files.KEPT.entries == 0
    assert any("MemoryError" in line and answer.json()["id"] in line for line in lines)
    monkeypatch.undo()
    assert client.get(f"/figures/three-scopes.csv?lang={lang}").status_code == 200


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be stopped there")
@pytest.mark.fault("the process that draws ends or hangs", "503: a smaller size, or in a minute; the next has another")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_process_that_draws_costs_its_own_picture(client, monkeypatch, lang, lines):
    image.renderer()
    ended = painter.painter()._process
    assert ended
    ended.send_signal(signal.SIGSTOP)
    image.DRAWN.clear()
    with monkeypatch.context() as impatient:
        impatient.setattr(painter, "PATIENCE", 0.01)
        answer = client.get(f"/figures/three-scopes.svg?lang={lang}&width=555")
    refused(answer, 503, words(lang)("told.memory.detail", seconds=RETRY, id=answer.json()["id"]))
    assert ended.returncode and any("the process that draws ended" in line for line in lines)
    assert client.get(f"/figures/three-scopes.svg?lang={lang}&width=555").status_code == 200


# Disk


def left(shelf):
    return [path for path in shelf._path.rglob("*") if path.is_file() or path.is_symlink()]


@pytest.mark.skipif(not DEVICE.exists(), reason="this system has no /dev/full")
@pytest.mark.fault(
    "the disk becomes full under a kit", "507: how much room it needs, single files go on; nothing half-written stays"
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_disk_is_told_and_leaves_nothing(client, shelf, lang, lines):
    kit = kits.of_figure(figure("three-scopes", lang))
    (shelf._path / f"{shelves.tag(kit).strip(chr(34))}.zip").symlink_to(DEVICE)
    answer = client.get(f"{KIT}?lang={lang}")
    refused(answer, 507, words(lang)("refused.full", needed=shelves.EACH // 2**20, seconds=shelves.RETRY))
    assert answer.headers["retry-after"] == str(shelves.RETRY)
    assert any("kit failed" in line and "OSError" in line for line in lines)
    assert left(shelf) == []
    assert client.get(f"{KIT}?lang={lang}").status_code == 200  # there is room again


@pytest.mark.fault("the disk is full", "every file of a Figure and every deck comes: they are made in memory")
@pytest.mark.parametrize("address", [
    *(f"/figures/four-places.{ending}?lang=en" for ending in formats.TYPES if ending != "zip"),
    "/figures/growth-2023.svg?text=outlines", "/observations.xlsx?place=bijie", "/embed/growth-2023.svg",
    "/decks/en-dark.pdf?steps=ranks", "/decks/en-dark.pptx?steps=ranks", "/stage/deck.html?steps=ranks",
])  # fmt: skip
def test_only_kits_need_the_disk(client, monkeypatch, address):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for name in ("mkstemp", "mkdtemp", "gettempdir"):  # on these stands everything else of tempfile
        monkeypatch.setattr(tempfile, name, full)
    files.KEPT.clear()
    answer = client.get(address)
    assert answer.status_code == 200 and len(answer.content) > 500


@pytest.mark.fault("the disk is nearly full", "507 before a kit is begun; old kits go first")
def test_a_kit_is_not_begun_without_room(client, shelf, monkeypatch):
    made = shelf.build(Kit("old", ()))
    wait(made)
    usage, free = shutil.disk_usage(shelf._path), shelves.EACH - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    refused(
        client.get(f"{KIT}?lang=en"),
        507,
        words("en")("refused.full", needed=shelves.EACH // 2**20, seconds=shelves.RETRY),
    )
    assert left(shelf) == []
    visit = open_page("desk", lang="en")
    visit.app.button(key="desk-kit-make").click().run()
    assert "needs at least" in visit.notices[0] and not visit.app.exception
    free = shelves.EACH
    assert client.get(KIT).status_code == 200


def wait(build):
    until = time.monotonic() + 60
    while not build.done and time.monotonic() < until:
        time.sleep(0.01)
    assert build.done


@pytest.mark.fault("a kit fails while it is sent", "the download breaks off, so that no part is taken for the whole")
def test_a_kit_that_fails_on_its_way_is_cut_off(shelf, monkeypatch):
    go = Event()

    def broken(kit, file, report):
        file.write(b"begun")
        go.wait(60)
        raise OSError(errno.EIO, "no more")

    monkeypatch.setattr(shelves, "write", broken)
    build = shelf.build(Kit("small", ()))
    sent = []

    async def take():
        async for piece in kits._as_it_comes(build):
            sent.append(piece)
            go.set()

    with pytest.raises(KitFailed):
        anyio.run(take)
    assert b"".join(sent) == b"begun" and left(shelf) == []
    assert build.failed and not build.full


@pytest.mark.fault("a kit fails at once", "503 with an id; the next request makes it anew")
def test_a_kit_that_fails_at_once_is_told(client, shelf, monkeypatch):
    def broken(*_):
        raise ValueError("inside")

    monkeypatch.setattr(shelves, "write", broken)
    answer = client.get(f"{KIT}?lang=zh")
    refused(answer, 503, words("zh")("told.kit.detail", seconds=RETRY, id=answer.json()["id"]))
    monkeypatch.setattr(shelves, "write", lambda kit, file, report: file.write(b"made"))
    assert client.get(KIT).content == b"made"


@pytest.mark.fault("a kit fails after its first bytes", "503 with an id: nothing is sent before there is a piece of it")
def test_a_kit_that_fails_soon_is_told(client, shelf, monkeypatch):
    looked, size = Event(), vars(shelves.Build)["size"].fget

    def seen(build):
        found = size(build)
        if found:
            looked.set()
        return found

    def broken(kit, file, report):
        file.write(b"begun")
        assert looked.wait(60)  # whoever waits for the kit has seen its beginning
        raise ValueError("inside")

    monkeypatch.setattr(shelves.Build, "size", property(seen))
    monkeypatch.setattr(shelves, "write", broken)
    answer = client.get(f"{KIT}?lang=en")
    refused(answer, 503, words("en")("told.kit.detail", seconds=RETRY, id=answer.json()["id"]))


# Folders


@pytest.mark.fault("no folder can be written to", "kits come all the same, made in memory; the log says so once")
def test_without_a_folder_kits_are_made_in_memory(client, monkeypatch, lines):
    def read_only(**_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "TemporaryDirectory", read_only)
    shelves._unwritable.cache_clear()
    fresh = shelves.Shelf()
    monkeypatch.setattr(kits, "shelf", lambda: fresh)
    first = client.get(KIT)
    with ZipFile(BytesIO(first.content)) as packed:
        assert packed.testzip() is None and "three-scopes/SHA256SUMS" in packed.namelist()
    again = client.get(KIT)  # as it was kept
    assert again.content == first.content and again.headers["etag"] == first.headers["etag"]
    monkeypatch.setattr(shelves, "MEMORY", 100)
    monkeypatch.setattr(shelves, "tag", lambda _: '"another"')
    assert client.get(KIT).status_code == 507  # too large for memory
    assert len([line for line in lines if "no folder can be written to" in line]) == 1


@pytest.mark.fault("the folder becomes read-only", "the same")
def test_a_folder_that_can_no_longer_be_written_to(client, shelf, monkeypatch, lines):
    def read_only(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", read_only)
    assert client.get(KIT).content == b"three-scopes" * 5
    assert client.get("/figures/four-places.zip").content == b"four-places" * 5
    assert left(shelf) == [] and len([line for line in lines if "no folder can be written to" in line]) == 1


@pytest.mark.fault("something cleans up the temporary folder", "the kit is made again")
def test_a_kit_that_vanished_is_made_again(client, shelf):
    first = client.get(KIT)
    shutil.rmtree(shelf._path)
    assert client.get(KIT).content == first.content != b""
    (path,) = left(shelf)
    path.write_bytes(b"torn")
    assert client.get(KIT).content == first.content


def test_what_a_killed_process_left_is_removed(shelf, tmp_path):
    old, young = tmp_path / f"{shelves.PREFIX}old", tmp_path / f"{shelves.PREFIX}young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "kit.zip").write_bytes(b"part")
    os.utime(old, (1, 1))
    shelves.Shelf()
    assert not old.exists() and young.exists() and shelf._path.exists()


# Fonts


@pytest.mark.fault("a font is missing", "no picture: 503 names the font; pages and data go on")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_its_font_no_picture_is_made_and_pages_live(client, bare, lang):
    file = typeset.FACES[0]
    answer = client.get(f"{PNG}?lang={lang}")
    refused(answer, 503, words(lang)("told.font.detail", file=file, id=answer.json()["id"]))
    assert client.get(f"/figures/three-scopes.csv?lang={lang}").status_code == 200
    visit = open_page("story", lang=lang, step="three-scopes")
    assert not visit.failed and visit.charts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_decks_reader_hears_it_too(client, bare, lang):
    assert client.get(f"/decks/{lang}-dark.pdf?steps=three-scopes").json()["type"] == "urn:problem:request:font"


def test_a_spoilt_font_is_a_missing_one(monkeypatch, tmp_path):
    for file in typeset.FACES:
        shutil.copy(typeset.FONTS / file, tmp_path)
    monkeypatch.setattr(typeset, "FONTS", tmp_path)
    typeset.check()
    (tmp_path / typeset.FACES[1]).write_bytes(b"<html>not found</html>")
    with pytest.raises(typeset.FontMissing, match=r"NotoSansSC-Bold\.otf .* components/fonts/.* make fonts"):
        typeset.check()


@pytest.mark.fault(
    "a font is missing at the start", "the start names it and the way out; the replica serves, but is not ready"
)
def test_the_start_names_the_font(bare, monkeypatch, capsys, lines):
    state = State()
    monkeypatch.setattr(start, "STATE", state)
    start._look_around()
    said = capsys.readouterr().err
    assert typeset.FACES[0] in said and "components/fonts/" in said and "make fonts" in said
    assert state.reasons()["fonts"] == "failed" and "boundaries" not in state.reasons()
    assert json.loads(lines[0])["event"] == "fonts missing"
