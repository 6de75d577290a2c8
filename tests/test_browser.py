"""The course in a real browser, as a learner meets it."""

import re

import pytest
from playwright.sync_api import Locator, expect
from running_browser import (
    arrive,
    barriers,
    choose_theme,
    chromium,
    drag,
    end_kernels,
    explorers_of,
    handle_of,
    learner_of,
    needs_chromium,
    open_alone,
    press,
    ready,
    run_all,
    stroke,
)
from running_lab import COURSE, RunningLab

NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))
PAD = re.compile("^drawing pad")

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="module")
def learner(lab):
    """A window of somebody who has logged in; `asked` holds all that the pages asked for."""
    with chromium() as browser, learner_of(browser, lab) as context:
        context.asked = []
        context.on("request", lambda request: context.asked.append(request.url))
        yield context


@pytest.fixture
def page(learner, lab):
    """A fresh tab; the kernels that it started end with it."""
    tab = learner.new_page()
    yield tab
    tab.close()
    end_kernels(learner, lab)


def train(explorer: Locator) -> None:
    """Asks for one more pass and trains them all."""
    handle = handle_of(explorer, "iterations")
    handle.press("ArrowRight")
    passes = round(float(handle.get_attribute("aria-valuenow")))
    summary = explorer.locator(".explorer-summary")
    expect(summary).to_contain_text(f"of {passes} passes")
    explorer.get_by_role("button", name="train").click()
    expect(summary).to_contain_text(f"{passes} of {passes} passes over 1,000 images: training error")


def draw(explorer: Locator) -> None:
    """Draws a 1 on the blank pad."""
    explorer.get_by_role("button", name="clear").click()
    summary = explorer.locator(".explorer-summary")
    expect(summary).to_contain_text("draw a digit")
    stroke(explorer.get_by_role("img", name=PAD), (140, 40), (140, 240))
    expect(summary).to_contain_text("your drawing is taken for a 1")


def test_the_course_opens_with_the_first_notebook_in_front(page, learner, lab):
    page.goto(lab.address)
    arrive(page, lab)
    ready(page, "1_multiple_inputs.ipynb")
    listed = page.locator(".jp-DirListing-itemText")
    expect(listed).to_have_text([*(notebook.name for notebook in NOTEBOOKS), "Welcome.md"])
    expect(page.locator(".jp-FileBrowser .jp-BreadCrumbs-item")).to_have_text(["work", "Grokking-Deep-Learning"])
    expect(page.locator(".jp-MainAreaPanel .lm-TabBar-tabLabel, #jp-main-dock-panel .lm-TabBar-tabLabel")).to_have_text(
        ["1_multiple_inputs.ipynb", "Welcome.md"]
    )
    expect(page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    assert len(learner.request.get(f"{lab.address}/api/kernels").json()) == 1


def test_nothing_is_asked_of_other_hosts_and_no_news(page, learner, lab):
    page.goto(lab.url)
    ready(page, "1_multiple_inputs.ipynb")
    asked = [url for url in learner.asked if not url.startswith(("data:", "blob:"))]
    assert all(url.startswith(f"{lab.address}/") for url in asked)
    assert not any(re.search("/lab/api/(news|update)", url) for url in asked)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_whole_with_live_sliders(page, lab, notebook):
    panel = open_alone(page, lab, notebook.name)
    run_all(page, panel)
    expect(panel.get_by_text("Error displaying widget")).to_have_count(0)

    assert barriers(page) == []

    live = explorers_of(panel)
    assert live.count() > 0 or notebook.name == "MNISTPreprocessor.ipynb"
    for number in range(live.count()):
        if live.nth(number).get_by_role("button", name="train").count():
            train(live.nth(number))
            continue
        if live.nth(number).get_by_role("img", name=PAD).count():
            draw(live.nth(number))
            continue
        for slider in ("alpha", "iterations"):
            press(live.nth(number), slider)
            drag(live.nth(number), slider)


def test_a_screen_reader_is_told_which_slider_it_is_and_what_is_shown(page, lab):
    panel = open_alone(page, lab, "2_freezing_one_weight.ipynb")
    run_all(page, panel)
    explorer = explorers_of(panel).first
    said = explorer.get_by_role("status")
    expect(said).to_contain_text("fans frozen, alpha 0.0100, 10 iterations")  # where the last cell has put the sliders
    press(explorer, "iterations")
    press(explorer, "alpha")
    expect(said).to_contain_text("fans frozen, alpha 0.0110, 11 iterations")
    for name, value in (("alpha", "0.011"), ("iterations", "11")):
        expect(explorer.get_by_role("slider", name=name, exact=True)).to_have_attribute("aria-valuetext", value)
    expect(explorer.get_by_role("img", name=said.text_content())).to_have_count(1)


def test_a_guess_is_answered_when_the_slider_moves_and_an_exercise_when_it_is_run(page, lab):
    panel = open_alone(page, lab, "1_multiple_inputs.ipynb")
    run_all(page, panel)
    question = panel.locator(".prediction").filter(has_text="At which alpha does learning stop working?")
    reply = question.locator(".prediction-reply")
    question.get_by_role("textbox").fill("0.05")
    question.get_by_role("button", name="commit").click()
    expect(reply).to_have_text("You said: 0.05. Now slide, and see.")
    handle_of(explorers_of(panel).first, "alpha").press("ArrowRight")
    expect(reply).to_contain_text("Learning stops working above alpha 0.02699. You said 0.05: 1.85 times too large.")

    cell = panel.locator(".jp-CodeCell").filter(has_text="check.largest_alpha(largest_alpha)")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("check.largest_alpha(lambda inputs: 1 / sum(value**2 for value in inputs))")
    page.keyboard.press("Control+Enter")
    expect(panel.locator(".jp-OutputArea").filter(has_text="✗ Exercise 1.4")).to_contain_text("lands in one step")


def test_the_dark_theme_is_readable(page, lab):
    panel = open_alone(page, lab, "1_multiple_inputs.ipynb")
    run_all(page, panel)
    choose_theme(page, "JupyterLab Dark")
    try:
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
        assert barriers(page) == []
    finally:
        choose_theme(page, "JupyterLab Light")
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")
