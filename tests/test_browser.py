"""The course in a real browser, as a learner meets it."""

import re

import pytest
from playwright.sync_api import Locator, expect
from running_browser import (
    arrive,
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
)
from running_lab import COURSE, RunningLab

NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))

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

    live = explorers_of(panel)
    assert live.count() > 0 or notebook.name == "MNISTPreprocessor.ipynb"
    for number in range(live.count()):
        if live.nth(number).get_by_role("button", name="train").count():
            train(live.nth(number))
            continue
        for slider in ("alpha", "iterations"):
            press(live.nth(number), slider)
            drag(live.nth(number), slider)
