"""The process that draws: the same pictures as in this process, and one that ends costs its own drawing alone."""

import json
import signal
import sys

import pytest

from components import typeset
from components.export import image, painter, painting
from components.export.painter import Painter
from components.figures.catalogue import figure

HERE = painting.converter(str(typeset.FONTS))


@pytest.fixture(scope="module")
def draws():
    made = Painter(typeset.FONTS)
    yield made
    made.end()


@pytest.fixture(scope="module")
def spec():
    return image.finish(figure("growth-2023", "zh"))


def test_pictures_are_those_of_this_process(draws, spec):
    svg = draws.vegalite_to_svg(spec)
    assert svg == draws.vegalite_to_svg(json.dumps(spec)) == HERE.vegalite_to_svg(spec) and "贵阳" in svg
    assert draws.svg_to_png(svg, 2) == bytes(HERE.svg_to_png(svg, scale=2))
    assert draws.svg_to_pdf(svg)[:5] == b"%PDF-"
    assert draws.javascript_bundle() == HERE.javascript_bundle()


def test_what_is_no_chart_is_said_and_the_process_stays(draws):
    draws.begin()
    process = draws._process
    with pytest.raises(ValueError, match="conversion failed"):
        draws.vegalite_to_svg({"mark": "none such"})
    assert (
        draws.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>') and draws._process is process
    )


def test_one_that_ended_is_begun_again(draws, spec):
    draws.begin()
    ended = draws._process
    ended.kill()
    ended.wait()
    assert draws.vegalite_to_svg(spec).startswith("<svg") and draws._process is not ended


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be stopped there")
def test_one_that_hangs_is_given_up_and_the_next_drawing_has_another(draws, spec, monkeypatch, lines):
    draws.begin()
    hung = draws._process
    hung.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(painter, "PATIENCE", 0.01)
    with pytest.raises(MemoryError):
        draws.vegalite_to_svg(spec)
    monkeypatch.undo()
    assert hung.returncode == -signal.SIGKILL and "the process that draws ended" in "".join(lines)
    assert draws.vegalite_to_svg(spec).startswith("<svg")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the memory of another process")
def test_one_that_memory_is_refused_costs_its_own_drawing(draws, spec, lines):
    import resource

    svg = draws.vegalite_to_svg(spec)
    ended = draws._process
    resource.prlimit(ended.pid, resource.RLIMIT_AS, (2**20, 2**20))  # what it has stays, it gets no more
    with pytest.raises(MemoryError):
        draws.svg_to_png(svg, 12)
    assert ended.returncode and "the process that draws ended" in "".join(lines)
    assert draws.svg_to_png(svg, 1)


def test_it_ends_with_who_asks():
    made = Painter(typeset.FONTS)
    made.begin()
    process = made._process
    assert process and process.stdin
    process.stdin.close()  # as when the process that asks is gone
    assert process.wait(60) == 0
    made.end()
