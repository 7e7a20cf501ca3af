"""The stage in a presenter's hands: keys, phases, detours, windows in step, lost connections, the file without a server."""

import re
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from components.words import words
from data.story import story
from tests.browser.access import violations
from tests.browser.proxy import cable
from tests.browser.serve import PATIENCE, ROOT, Server, free_port, opened, start, wait_until_drawn, wait_until_up
from tests.rehearsal.judge import contrast, faults
from tests.rehearsal.walk import LOOK, walk

pytestmark = pytest.mark.browser
STEPS = [at.step.id for at in story().steps()]
TALK = "result-against-target,goals-by-year,ranks"  # both kinds of rows; another chart; a third
FIRST, SECOND, THIRD = "result-against-target", "goals-by-year", "ranks"
IN_ORDER = sorted(TALK.split(","), key=STEPS.index)
HALL = {"width": 1280, "height": 720}
KEY = "a-key-of-the-talk"
LOST = ".lost"
SPOIL = """() => {
  const [one, two, three] = document.querySelectorAll('.chart svg text');
  one.style.fontSize = '3px';
  two.style.fill = '#222a30';
  three.textContent = '☃☃';
  three.setAttribute('transform', 'translate(-50, 20)');
  document.querySelector('.slide .subtitle').style.transform = 'translateY(-4vh)';
}"""


def stands(page, where):
    """Wait until the stage shows step.phase.language."""
    page.locator(f'#stage[data-ready="{where}"]').wait_for()


def press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)


@pytest.fixture
def stage(site, chromium):
    """Open windows of the talk, each in a context of its own, and close them in the end."""
    with ExitStack() as kept:

        def open_window(query=f"steps={TALK}", base=site, **options):
            settings = {"viewport": HALL, "reduced_motion": "reduce", **options}
            page = kept.enter_context(opened(chromium, f"{base}/stage?{query}", **settings))
            page.locator("#stage[data-ready]").wait_for()
            return page

        yield open_window


def test_keys_lead_through_questions_results_and_all(stage):
    page = stage()
    one, two, three = IN_ORDER
    phases = {FIRST: ["question", "results", "all"], SECOND: ["question", "all"], THIRD: ["question", "all"]}
    way = [f"{step}.{phase}.zh" for step in IN_ORDER for phase in phases[step]]
    stands(page, way[0])
    for key, where in zip(["ArrowRight", "PageDown", " ", "ArrowDown", "n", "ArrowRight"], way[1:], strict=True):
        page.keyboard.press(key)
        stands(page, where)
    for key, where in zip(["ArrowLeft", "PageUp", "Backspace"], way[-2::-1], strict=False):
        page.keyboard.press(key)
        stands(page, where)
    page.keyboard.press("End")
    stands(page, f"{three}.all.zh")
    page.keyboard.press("Home")
    stands(page, f"{one}.question.zh")
    press(page, "2 Enter")
    stands(page, f"{two}.question.zh")


def test_a_phase_shows_what_it_says_and_no_more(stage):
    page = stage(f"steps={FIRST}")
    labels = page.locator(".chart svg text")
    expect(page.locator("h1 .question")).to_be_visible()
    assert not re.search(r"\d%", " ".join(labels.all_text_contents()))
    page.keyboard.press("ArrowRight")
    stands(page, f"{FIRST}.results.zh")
    results = set(re.findall(r"[\d.]+%", " ".join(labels.all_text_contents())))
    page.keyboard.press("ArrowRight")
    stands(page, f"{FIRST}.all.zh")
    everything = set(re.findall(r"[\d.]+%", " ".join(labels.all_text_contents())))
    assert results and results < everything
    expect(page.locator("h1 .title")).to_be_visible()


@pytest.mark.parametrize("step", ["judged", "bijie-judged"])
def test_a_question_comes_without_its_verdict(stage, step):
    page = stage(f"steps={step}")
    labels, level = page.locator(".chart svg text"), words("zh")("judged-goals.level")
    for phase in ("question", "results"):
        stands(page, f"{step}.{phase}.zh")
        said = labels.all_text_contents()
        assert said and level not in said
        page.keyboard.press("ArrowRight")
    stands(page, f"{step}.all.zh")
    assert level in labels.all_text_contents()


@pytest.mark.parametrize(("key", "over"), [("o", "overview"), ("s", "proof"), ("t", "table"), ("q", "qr"), ("b", "black"),
                                            ("?", "help"), ("Escape", "overview")])  # fmt: skip
def test_a_detour_comes_back_to_the_same_step(stage, key, over):
    page = stage()
    press(page, "ArrowRight")
    where = page.locator("#stage").get_attribute("data-ready")
    page.keyboard.press(key)
    expect(page.locator(f".over.{over}")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape" if key == "Escape" else key)
    expect(page.locator(".over")).to_have_count(0)
    page.keyboard.press(key)
    page.keyboard.press("ArrowRight")  # on from a detour is first back from it
    expect(page.locator(".over")).to_have_count(0)
    assert page.locator("#stage").get_attribute("data-ready") == where


def test_the_overview_leads_anywhere(stage):
    page = stage()
    page.keyboard.press("o")
    expect(page.locator(".over li")).to_have_count(3)
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    press(page, "Tab Tab Enter")
    stands(page, f"{IN_ORDER[2]}.question.zh")


def test_the_other_language_is_one_key_away(stage):
    page = stage()
    page.keyboard.press("l")
    stands(page, f"{IN_ORDER[0]}.question.en")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.keyboard.press("l")
    stands(page, f"{IN_ORDER[0]}.question.zh")


def test_a_reload_comes_back_to_the_same_picture(stage):
    page = stage()
    press(page, "End l")
    where = f"{IN_ORDER[2]}.all.en"
    stands(page, where)
    page.reload()
    stands(page, where)


def test_the_end_shows_the_way_to_the_story(stage):
    page = stage()
    press(page, "End ArrowRight")
    expect(page.locator(".over.end .qr")).to_be_visible()
    assert page.locator(".qr-text").inner_text().endswith(f"/?step={IN_ORDER[2]}")


def test_two_speakers_stay_in_step_through_the_server_and_the_audience_only_follows(stage):
    one, other = stage(f"steps={TALK}&pair={KEY}"), stage(f"steps={TALK}&pair={KEY}&view=speaker")
    from components.web.pairing import code_of

    phone = stage(f"steps={TALK}&follow={code_of(KEY)}", viewport={"width": 390, "height": 844}, has_touch=True)
    press(one, "ArrowRight")
    for page in (one, other, phone):
        stands(page, one.locator("#stage").get_attribute("data-ready"))
    press(other, "3 Enter")
    for page in (one, other, phone):
        stands(page, f"{IN_ORDER[2]}.question.zh")
    press(phone, "Home ArrowLeft PageUp l 1 Enter")
    phone.mouse.click(20, 400)
    press(one, "ArrowRight")
    for page in (one, other, phone):
        stands(page, f"{IN_ORDER[2]}.all.zh")
    press(one, "b")
    expect(phone.locator(".over.black")).to_be_visible()
    press(other, "b")
    expect(phone.locator(".over.black")).to_have_count(0)


def test_the_speaker_sees_notes_time_proofs_and_what_comes_next(stage):
    page = stage(f"steps={TALK}&view=speaker&look=light")
    assert page.locator(".now .slide").count() == page.locator(".then .slide").count() == 1
    assert page.locator(".notes p").count() >= 1 and page.locator(".notes li").count() >= 1
    expect(page.locator(".elapsed")).to_contain_text(":")
    assert violations(page) == []


@pytest.fixture
def own():
    """A server of one's own on a fixed port, to be ended and started again."""
    running = []
    port = free_port()

    def begin(log):
        process = start(ROOT, "app.py", port, log)
        running.append(process)
        wait_until_up(Server(f"http://localhost:{port}", process, log))
        return process

    yield port, begin
    for process in running:
        process.terminate()
        process.wait(timeout=PATIENCE)


def test_a_talk_outlives_its_server_and_meets_it_again(own, stage, tmp_path):
    port, begin = own
    process = begin(tmp_path / "first.log")
    base = f"http://localhost:{port}"
    from components.web.pairing import code_of

    page, phone = stage(f"steps={TALK}&pair={KEY}", base), stage(f"steps={TALK}&follow={code_of(KEY)}", base)
    page.locator('body[data-loaded="all"]').wait_for()
    process.kill()
    process.wait(timeout=PATIENCE)
    expect(page.locator(LOST)).to_be_visible(timeout=PATIENCE * 1000)
    press(page, "End")
    where = f"{IN_ORDER[2]}.all.zh"
    stands(page, where)
    assert page.locator(LOST).inner_text() == words("zh")("stage.lost")
    begin(tmp_path / "second.log")
    expect(page.locator(LOST)).to_have_count(0)
    stands(page, where)
    stands(phone, where)  # a server that remembers nothing is told where the talk stands
    expect(phone.locator(LOST)).to_have_count(0)


def test_a_pulled_cable_stops_nothing_and_leads_nobody_back(site, stage):
    from components.web.pairing import code_of

    with cable(urlsplit(site).port) as laid:
        base = f"http://localhost:{laid.port}"
        page = stage(f"steps={TALK}&pair={KEY}-cable", base)
        phone = stage(f"steps={TALK}&follow={code_of(f'{KEY}-cable')}")
        page.locator('body[data-loaded="all"]').wait_for()
        stands(phone, f"{IN_ORDER[0]}.question.zh")
        laid.pull()
        press(page, "End")
        where = f"{IN_ORDER[2]}.all.zh"
        stands(page, where)
        expect(page.locator(LOST)).to_be_visible(timeout=PATIENCE * 1000)
        stands(phone, f"{IN_ORDER[0]}.question.zh")
        laid.plug()
        expect(page.locator(LOST)).to_have_count(0)
        stands(phone, where)
        stands(page, where)


def test_the_file_runs_with_every_request_refused(site, chromium, tmp_path):
    file = tmp_path / "deck.html"
    asked = []
    with opened(chromium, viewport=HALL) as page:
        answer = page.request.get(f"{site}/stage/deck.html?lang=en&steps={TALK}")
        file.write_bytes(answer.body())
    with opened(chromium, viewport=HALL, offline=True) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        stands(page, f"{IN_ORDER[0]}.question.en")
        press(page, "End l")
        stands(page, f"{IN_ORDER[2]}.all.zh")
        for key in "tsqob":
            page.keyboard.press(key)
            expect(page.locator(".over")).to_be_visible()
            page.keyboard.press(key)
        assert asked == [file.as_uri()]


@pytest.mark.parametrize(("lang", "look", "size"), [("zh", "dark", (1280, 720)), ("en", "light", (1024, 768))])
def test_a_small_rehearsal_finds_nothing(site, chromium, lang, look, size):
    walked = walk(chromium, site, lang, look, size, steps=f"{TALK},inside-guiyang,income-gap")
    assert walked.faults == {} and walked.outside == []
    assert len(walked.pictures) == len(set(walked.pictures)) == 11 == len(walked.ms) + 1


def test_a_rehearsal_finds_what_is_wrong(stage):
    page = stage()
    press(page, "End")
    stands(page, f"{IN_ORDER[2]}.all.zh")
    assert faults(page.evaluate(LOOK)) == []
    page.evaluate(SPOIL)
    found = {fault.split(":")[0] for fault in faults(page.evaluate(LOOK))}
    assert found == {"small", "pale", "no glyph", "cut", "overlap"}
    assert round(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")) == 21


@pytest.mark.parametrize(("look", "lang"), [("dark", "zh"), ("light", "en")])
def test_axe_finds_nothing_on_the_stage(stage, look, lang):
    page = stage(f"lang={lang}&look={look}&steps={TALK}")
    for _ in range(3):
        assert violations(page) == []
        page.keyboard.press("ArrowRight")
        page.locator("#stage").get_attribute("data-ready")


def test_the_page_for_presenters_keeps_its_talk_in_the_address(site, chromium):
    with opened(chromium, f"{site}/present?lang=en&stage=light&steps={TALK}") as page:
        wait_until_drawn(page)
        page.wait_for_url(re.compile("pair="))
        (key,) = re.findall(r"pair=([\w-]+)", page.url)
        stage = page.locator("#open-stage").get_attribute("href") or ""
        assert f"pair={key}" in stage and "look=light" in stage and TALK.split(",")[0] in stage
        assert key not in page.locator("#audience").inner_text()
        page.reload()
        wait_until_drawn(page)
        assert f"pair={key}" in page.url
        page.get_by_role("button", name="Dark (dim room)").or_(
            page.get_by_role("radio", name="Dark (dim room)")
        ).click()
        page.wait_for_url(lambda url: "stage=light" not in url)
        expect(page.locator("#open-stage")).to_have_attribute("href", re.compile("look=dark"))
        with page.expect_popup() as opening:
            page.locator("#open-stage").click()
        opening.value.locator("#stage[data-ready]").wait_for()


def test_a_step_of_the_story_opens_the_stage(site, chromium):
    with opened(chromium, f"{site}/?step=ranks&lang=en") as page:
        wait_until_drawn(page)
        page.locator("a.staged").click()
        stands(page, "ranks.question.en")
