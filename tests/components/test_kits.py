"""Press kits: whole, checked, the same bytes twice, sent while they are being made."""

import re
from hashlib import sha256
from threading import Event
from time import monotonic, sleep
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.citation import STYLES, citations
from components.export import kit
from components.export.asked import Refused
from components.export.kit import FILES, Kit
from components.figures.catalogue import every, figure
from components.web import files, kits
from components.web import shelf as shelves
from components.words import LANGUAGES, words
from data.load import version
from data.story import story

SMALL = Kit("small", (("three-scopes", ()),))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    told = []
    path = kit.make(
        ["three-scopes", ("four-places", ())],
        lambda done, total: told.append((done, total)),
        tmp_path_factory.mktemp("kit") / "kit.zip",
    )
    return path, told


def test_progress_is_told(made):
    assert made[1] == [(1, 2), (2, 2)]


def test_everything_is_inside_and_whole(made):
    with ZipFile(made[0]) as packed:
        assert packed.testzip() is None
        names = [name.removeprefix("kit/") for name in packed.namelist()]
        assert names[:-1] == sorted(names[:-1]) and names[-1] == "SHA256SUMS"
        sums = dict(line.split("  ")[::-1] for line in packed.read("kit/SHA256SUMS").decode().splitlines())
        assert sums == {name: sha256(packed.read(f"kit/{name}")).hexdigest() for name in names[:-1]}
        assert {entry.date_time for entry in packed.infolist()} == {kit.WHEN}
    for name in ("three-scopes", "four-places"):
        for lang in LANGUAGES:
            endings = [*FILES, "alt.txt", "bib", "citation.txt"]
            assert {f"figures/{name}/{name}.{lang}.{ending}" for ending in endings} <= set(names)
    assert "figures/four-places/four-places.geojson" in names
    both = [f"{name}.{lang}.md" for name in ("README", "METHOD") for lang in LANGUAGES]
    assert {"LICENSE", "NOTICE", *both} <= set(names)


def test_texts_of_a_kit_say_what_it_is(made):
    with ZipFile(made[0]) as packed:
        for lang in LANGUAGES:
            shown = figure("three-scopes", lang)
            readme = packed.read(f"kit/README.{lang}.md").decode()
            assert shown.title in readme and version() in readme and "{" not in readme
            assert shown.alt in packed.read(f"kit/figures/three-scopes/three-scopes.{lang}.alt.txt").decode()
            for ending in FILES:  # every kind of file is explained
                assert f"`{ending}`" in readme


def test_the_same_figures_are_the_same_bytes(tmp_path):
    one, other = (kit.make(["three-scopes"], path=tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_kit_of_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValueError, match="There is no Figure"):
        kit.make(["nothing"], path=tmp_path / "kit.zip")


def test_there_is_a_kit_for_each_chapter_and_for_all():
    found = kit.kits()
    assert list(found) == [*(f"chapter-{chapter.id}" for chapter in story().chapters), "all"]
    for chapter in story().chapters:
        assert {id for id, _ in found[f"chapter-{chapter.id}"].views} == {step.figure for step in chapter.steps}
    assert len(found["all"].views) == len({figure(id, "zh", **parameters).name for id, parameters in every()})
    with pytest.raises(Refused):
        kits.named("chapter-none")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_citations(lang):
    shown = figure("growth-2023", lang)
    cited = citations(shown, words(lang))
    assert tuple(cited) == STYLES
    assert all(version() in text and "/figures/growth-2023" in text for text in cited.values())
    assert all(words(lang)("product.name") in text for text in cited.values())
    assert cited["gbt7714"].count("[DS/OL]") == 1
    assert re.match(r"@misc\{growth-2023-[0-9a-f]+,\n", cited["bibtex"])
    assert cited["bibtex"].count("{") == cited["bibtex"].count("}")


def test_a_kit_is_sent_as_it_is_made_and_then_from_disk(monkeypatch):
    shelf = shelves.Shelf()
    monkeypatch.setattr(kits, "shelf", lambda: shelf)
    begun, write, read = Event(), kit.write, shelves.Build.read

    def held_up(asked, file, report):
        whole = write(asked, file, report)
        assert begun.wait(60)  # its bytes are on their way before it is finished
        return whole

    def beginning(build, start):
        begun.set()
        return read(build, start)

    monkeypatch.setattr(shelves, "write", held_up)
    monkeypatch.setattr(shelves.Build, "read", beginning)
    client = TestClient(Starlette(routes=files.ROUTES))
    head = client.head("/figures/three-scopes.zip")
    assert (head.status_code, head.content) == (200, b"")
    first = client.get("/figures/three-scopes.zip?lang=en")
    again = client.get("/figures/three-scopes.zip?lang=en")
    assert first.headers["content-type"] == "application/zip"
    assert "content-length" not in first.headers and int(again.headers["content-length"]) == len(first.content)
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"] == head.headers["etag"]
    known = client.get("/figures/three-scopes.zip", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def fake(monkeypatch, size=10):
    """Make kits of `size` bytes at once, so that only the shelf is looked at."""
    monkeypatch.setattr(shelves, "write", lambda kit, file, progress: file.write(bytes(size)))


def test_kits_on_disk_are_bounded(monkeypatch):
    fake(monkeypatch, 1000)
    shelf = shelves.Shelf(room=2500)
    builds = []
    for number in range(6):
        builds.append(shelf.build(Kit(f"kit-{number}", ())))
        wait(builds[-1])
    kept = [build for build in builds if build.path.exists()]
    assert kept == builds[-len(kept) :] and len(kept) <= 3


def test_a_kit_removed_while_it_is_looked_at_weighs_nothing(monkeypatch, tmp_path):
    build = shelves.Build(SMALL, tmp_path / "gone.zip")
    monkeypatch.setattr("pathlib.Path.exists", lambda _: True)  # it was there a moment ago
    assert build.size == 0 and build.read(0) == b""


def test_too_many_kits_at_once_are_refused(monkeypatch):
    fake(monkeypatch)
    shelf = shelves.Shelf()
    with shelves.ONE_AT_A_TIME:
        waiting = [shelf.build(Kit(f"kit-{number}", ())) for number in range(shelves.UNFINISHED)]
        assert shelf.build(Kit("kit-0", ())) is waiting[0]  # who asks for the same shares the work
        with pytest.raises(Refused) as refused:
            shelf.build(Kit("one-more", ()))
    assert (refused.value.status, refused.value.about) == (503, {"seconds": shelves.RETRY})
    for build in waiting:
        wait(build)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_kit_that_fails_is_made_again(monkeypatch):
    def broken(*_):
        raise OSError("no room left")

    shelf = shelves.Shelf()
    monkeypatch.setattr(shelves, "write", broken)
    wait(first := shelf.build(SMALL))
    assert first.failed
    fake(monkeypatch)
    wait(second := shelf.build(SMALL))
    assert second is not first and not second.failed


def wait(build):
    end = monotonic() + 20
    while not build.done and monotonic() < end:
        sleep(0.01)
    assert build.done
