"""The course in a real browser, as a learner meets it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser import (
    arrive,
    barriers,
    choose,
    choose_theme,
    drag,
    explorers_of,
    handle_of,
    needs_chromium,
    press,
    ready,
    run_all,
    stroke,
)
from tests.support.lab import COURSE

NOTEBOOKS = sorted(path.name for path in (COURSE / "notebooks").glob("*.ipynb"))
FIRST, SECOND = NOTEBOOKS[:2]
FOLLOWED = 3  # explorers of a notebook; test_playing has all of them
PAD = re.compile("^drawing pad")

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def asked(learner) -> list[str]:
    """All that the pages asked for."""
    asked = []
    learner.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.fixture(scope="module")
def page(learner, lab, asked):
    """The tab in which all notebooks are opened, one after the other."""
    tab = learner.new_page()
    tab.goto(lab.address)
    return tab


@pytest.fixture(scope="module")
def panel(page, request):
    """A notebook that has been run whole without an error, for all tests of this notebook."""
    page.locator(".jp-DirListing-itemText").get_by_text(request.param, exact=True).dblclick()
    panel = ready(page, request.param)
    run_all(page, panel)
    yield panel
    choose(page, "File", "docmanager:save")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.locator(".lm-TabBar-tab.jp-mod-current .lm-TabBar-tabCloseIcon").click()
    expect(panel).to_have_count(0)


def on(*notebooks: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("panel", notebooks, indirect=True, scope="module")


def train(explorer: Locator) -> None:
    """Asks for one more pass and trains them all."""
    handle = handle_of(explorer, "iterations")
    handle.press("ArrowRight")
    passes = round(float(handle.get_attribute("aria-valuenow")))
    summary = explorer.locator(".explorer-summary")
    expect(summary).to_contain_text(f"of {passes} passes")
    explorer.get_by_role("button", name="train").click()
    expect(summary).to_contain_text(f"{passes} of {passes} passes over 10,000 images: training error")


def draw(explorer: Locator) -> None:
    """Draws a 1 on the blank pad."""
    explorer.get_by_role("button", name="clear").click()
    summary = explorer.locator(".explorer-summary")
    expect(summary).to_contain_text("draw a digit")
    stroke(explorer.get_by_role("img", name=PAD), (140, 40), (140, 240))
    expect(summary).to_contain_text("your drawing is taken for a 1")


def test_the_course_opens_with_the_first_notebook_in_front(page, learner, lab):
    arrive(page, lab)
    ready(page, FIRST)
    listed = page.locator(".jp-DirListing-itemText")
    expect(listed).to_have_text([*NOTEBOOKS, "Welcome.md"])
    expect(page.locator(".jp-FileBrowser .jp-BreadCrumbs-item")).to_have_text(["work", "Grokking-Deep-Learning"])
    expect(page.locator(".jp-MainAreaPanel .lm-TabBar-tabLabel, #jp-main-dock-panel .lm-TabBar-tabLabel")).to_have_text(
        [FIRST, "Welcome.md"]
    )
    expect(page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    assert len(learner.request.get(f"{lab.address}/api/kernels").json()) == 1


@on(*NOTEBOOKS)
def test_a_notebook_shows_no_error_and_hinders_nobody(panel):
    expect(panel.get_by_text("Error displaying widget")).to_have_count(0)
    assert barriers(panel.page) == []


@on(SECOND)
def test_a_screen_reader_is_told_which_slider_it_is_and_what_is_shown(panel):
    explorer = explorers_of(panel).first
    status = explorer.get_by_role("status")
    expect(status).to_contain_text("fans frozen, alpha 0.0100, 10 iterations")  # where the last cell has put them
    press(explorer, "iterations")
    press(explorer, "alpha")
    expect(status).to_contain_text("fans frozen, alpha 0.0110, 11 iterations")
    for name, value in (("alpha", "0.011"), ("iterations", "11")):
        expect(explorer.get_by_role("slider", name=name, exact=True)).to_have_attribute("aria-valuetext", value)
    expect(explorer.get_by_role("img", name=status.text_content())).to_have_count(1)


@on(*NOTEBOOKS)
def test_every_explorer_follows_the_hand(panel):
    live = explorers_of(panel)
    assert live.count() > 0 or panel.page.url.endswith("MNISTPreprocessor.ipynb")
    for number in range(live.count()):
        if live.nth(number).get_by_role("button", name="train").count():
            train(live.nth(number))
            continue
        if live.nth(number).get_by_role("img", name=PAD).count():
            draw(live.nth(number))
            continue
        if number >= FOLLOWED:
            continue
        for slider in ("alpha", "iterations"):
            press(live.nth(number), slider)
            drag(live.nth(number), slider)


@on(FIRST)
def test_a_guess_is_answered_when_the_slider_moves(panel):
    question = panel.locator(".prediction").filter(has_text="At which alpha does learning stop working?")
    reply = question.locator(".prediction-reply")
    question.get_by_role("textbox").fill("0.05")
    question.get_by_role("button", name="commit").click()
    expect(reply).to_have_text("You said: 0.05. Now slide, and see.")
    press(explorers_of(panel).first, "alpha")
    expect(reply).to_contain_text("Learning stops working above alpha 0.02699. You said 0.05: 1.85 times too large.")


@on(FIRST)
def test_an_exercise_is_answered_when_it_is_run(panel):
    keyboard = panel.page.keyboard
    cell = panel.locator(".jp-CodeCell").filter(has_text="check.largest_alpha(largest_alpha)")
    cell.locator(".cm-content").click()
    keyboard.press("Control+a")
    keyboard.insert_text("check.largest_alpha(lambda inputs: 1 / sum(value**2 for value in inputs))")
    keyboard.press("Control+Enter")
    expect(panel.locator(".jp-OutputArea").filter(has_text="✗ Exercise 1.4")).to_contain_text("lands in one step")


@on(FIRST)
def test_the_dark_theme_is_readable(panel):
    page = panel.page
    choose_theme(page, "JupyterLab Dark")
    try:
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
        assert barriers(page) == []
    finally:
        choose_theme(page, "JupyterLab Light")
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")


@on(FIRST)
def test_nothing_is_asked_of_other_hosts_and_no_news(panel, asked, lab):
    asked = [url for url in asked if not url.startswith(("data:", "blob:"))]
    assert f"{lab.address}/" in asked
    assert all(url.startswith(f"{lab.address}/") for url in asked)
    assert not any(re.search("/lab/api/(news|update)", url) for url in asked)
