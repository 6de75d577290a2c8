"""The course in a real browser, as a learner meets it."""

import os
import re

import pytest
from playwright.sync_api import Locator, expect, sync_playwright
from running_browser import (
    CHROMIUM,
    FLAGS,
    arrive,
    end_kernels,
    handle_of,
    log_in,
    open_alone,
    ready,
    run_all,
)
from running_lab import COURSE, RunningLab

NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))
WIDGET = ".jp-OutputArea-output:not([data-mime-type])"

pytestmark = pytest.mark.skipif(not CHROMIUM and os.environ.get("CI") != "true", reason="needs Chromium on the PATH")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    assert CHROMIUM, "install Chromium: with CI=true these tests are not skipped"
    with sync_playwright() as playwright:
        with playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as running:
            yield running


@pytest.fixture(scope="module")
def learner(browser, lab):
    """A window of somebody who has logged in; `asked` holds all that the pages asked for."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.asked = []
    context.on("request", lambda request: context.asked.append(request.url))
    log_in(context, lab)
    yield context
    context.close()


@pytest.fixture
def page(learner, lab):
    """A fresh tab; the kernels that it started end with it."""
    tab = learner.new_page()
    yield tab
    tab.close()
    end_kernels(learner, lab)


def move(explorer: Locator, slider: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Moves the slider by one step on the keyboard: picture and summary before and after."""
    handle = handle_of(explorer, slider)
    before = shown(explorer)
    at_its_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.press("ArrowLeft" if at_its_end else "ArrowRight")
    expect(explorer.locator(".explorer-summary")).not_to_have_text(before[1])
    return before, shown(explorer)


def train(explorer: Locator) -> None:
    """Asks for one more pass and trains them all."""
    handle = handle_of(explorer, "iterations")
    handle.press("ArrowRight")
    passes = round(float(handle.get_attribute("aria-valuenow")))
    summary = explorer.locator(".explorer-summary")
    expect(summary).to_contain_text(f"of {passes} passes")
    explorer.get_by_role("button", name="train").click()
    expect(summary).to_contain_text(f"{passes} of {passes} passes over 1,000 images: training error")


def shown(explorer: Locator) -> tuple[str, str]:
    return (
        explorer.locator(".live-picture").first.evaluate("canvas => canvas.toDataURL()"),
        explorer.locator(".explorer-summary").text_content(),
    )


def test_the_course_opens_with_the_first_notebook_in_front(page, learner, lab):
    page.goto(lab.address)
    arrive(page, lab)
    ready(page, "1_multiple_inputs.ipynb")
    listed = page.locator(".jp-DirListing-itemText")
    expect(listed).to_have_text([notebook.name for notebook in NOTEBOOKS])
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

    live = panel.locator(WIDGET)
    assert live.count() > 0 or notebook.name == "MNISTPreprocessor.ipynb"
    for number in range(live.count()):
        if live.nth(number).get_by_role("button", name="train").count():
            train(live.nth(number))
            continue
        for slider in ("alpha", "iterations"):
            before, after = move(live.nth(number), slider)
            assert before != after
