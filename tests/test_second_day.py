"""In a real page: what a learner finds the next day, and that controls keep what code or a hand has set."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from helpers.explorers.explorer import BRING_BACK
from helpers.explorers.words import brief
from helpers.lab.views import STATE, VIEW
from tests.support.browser import (
    SECONDS,
    explorers_of,
    handle_of,
    learner_of,
    needs_chromium,
    open_alone,
    press,
    ready,
    restart_kernel,
    run_all,
    save,
)
from tests.support.explorers import MAKERS
from tests.support.lab import COURSE, RunningLab
from tests.support.notebook import write

NOTEBOOK = "3_multiple_outputs.ipynb"
TO_ANSWER = "To answer, choose Run → Run All Cells."

pytestmark = [needs_chromium, pytest.mark.thorough]

SHOW = """
import ipywidgets
from tests.support.explorers import MAKERS
made = {name: make() for name, make in MAKERS.items()}
controls = {"own digit, image": made["own digit"].image}
for name in set(made) - {"own digit"}:
    controls |= {f"{name}, {each}": control for each, control in made[name].controls.items() if each != "example"}
ipywidgets.VBox(list(made.values()))
"""
SET = """
for part in (0.123, 0.5077, 0.31):
    for control in controls.values():
        if hasattr(control, "values"):
            control.value = part * control.values[-1]
        elif hasattr(control, "max"):
            control.value = type(control.value)(control.min + part * (control.max - control.min))
        else:
            control.index = int(part * len(control.options))
was = {name: control.value for name, control in controls.items()}
"""
CHANGED = """
changed = [name for name, control in controls.items() if control.value != was[name]]
print(len(controls), "controls, changed by the page:", changed)
"""


@pytest.fixture(scope="module")
def controls(browser, tmp_path_factory):
    """A notebook with every explorer, whose cells have been run but for the last two."""
    folder = tmp_path_factory.mktemp("controls")
    with RunningLab(folder, PYTHONPATH=str(COURSE)) as lab, learner_of(browser, lab) as learner:
        write([SHOW, SET, CHANGED], lab.notebooks / "controls.ipynb")
        panel = open_alone(learner.new_page(), lab, "controls.ipynb")
        run_cell(panel, 0)
        expect(panel.locator(".live-picture[aria-label]")).to_have_count(len(MAKERS), timeout=60 * SECONDS)
        yield panel


def run_cell(panel: Locator, number: int) -> Locator:
    """Run a cell that has not been run before, and wait until it has."""
    cell = panel.locator(".jp-CodeCell").nth(number)
    cell.locator(".cm-content").click()
    panel.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\d"), timeout=60 * SECONDS)
    return cell


def type_number(explorer: Locator, slider: str, text: str) -> None:
    label = explorer.page.locator(f'.widget-label:text-is("{slider}")')
    readout = explorer.locator(".widget-slider").filter(has=label).locator(".widget-readout")
    readout.fill(text)
    readout.press("Enter")


def views(path: Path) -> list[dict]:
    """The outputs of a stored notebook that a viewer would take for live widgets."""
    cells = json.loads(path.read_bytes())["cells"]
    return [output for cell in cells for output in cell.get("outputs", []) if VIEW in output.get("data", {})]


def expect_pictures(panel: Locator) -> None:
    """No dead widget, but pictures, sentences, and how to get the sliders back."""
    expect(panel.get_by_text(BRING_BACK)).to_have_count(4)
    expect(panel.get_by_text(TO_ANSWER)).to_have_count(3)
    expect(panel.get_by_text("Error displaying widget")).to_have_count(0)
    expect(panel.get_by_text("Loading widget")).to_have_count(0)
    assert explorers_of(panel).count() == panel.locator(".jupyter-widgets").count() == 0
    expect(panel.get_by_text("alpha 5.00, 20 iterations: hurt error 0.00903 -> 0.519").first).to_be_attached()
    below = panel.locator(".jp-OutputArea").filter(has=panel.page.get_by_text(BRING_BACK))
    assert below.locator("img").count() == below.count() == 4


def expect_live(panel: Locator) -> None:
    expect(explorers_of(panel)).to_have_count(4, timeout=60 * SECONDS)
    press(explorers_of(panel).first, "alpha")
    expect(panel.get_by_text(BRING_BACK)).to_have_count(0)
    expect(explorers_of(panel).first.locator(".explorer-lost")).to_be_hidden()


def save_widget_state(page: Page) -> None:
    """What a reader may have chosen for all notebooks, in JupyterLab's menu."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Settings").click()
    page.locator(".lm-Menu-item", has_text="Save Widget State Automatically").click()


def test_the_second_day(browser, tmp_path):
    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        page, path = learner.new_page(), lab.notebooks / NOTEBOOK
        panel = open_alone(page, lab, NOTEBOOK)
        run_all(page, panel)
        expect_live(panel)
        save(page, path)
        assert views(path) == []
        page.reload()
        ready(page, NOTEBOOK)
        expect_live(panel)

    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        page = learner.new_page()
        panel = open_alone(page, lab, NOTEBOOK)
        expect_pictures(panel)
        save_widget_state(page)
        run_all(page, panel)
        expect_live(panel)
        page.wait_for_timeout(1500)  # the picture has come to rest
        save(page, path)
        assert views(path) == []
        widgets = json.loads(path.read_bytes())["metadata"]["widgets"][STATE]["state"].values()
        stills = [widget["state"]["still"]["words"] for widget in widgets if "still" in widget["state"]]
        assert explorers_of(panel).first.locator(".explorer-summary").text_content() in stills

        restart_kernel(page, panel)
        expect(explorers_of(panel).first.locator(".explorer-lost")).to_be_visible()
        page.reload()
        ready(page, NOTEBOOK)
        expect_pictures(panel)


def test_what_code_sets_stays(controls):
    run_cell(controls, 1)
    controls.page.wait_for_timeout(1500)  # time for the page to send back what it made of it
    expect(run_cell(controls, 2)).to_contain_text(re.compile(r"\d\d controls, changed by the page: \[\]"))
    alpha = controls.page.locator(".widget-slider").filter(has_text="alpha").first
    expect(alpha.locator(".widget-readout")).to_have_text("0.031")


@pytest.mark.parametrize(
    ("explorer", "slider", "typed", "shown"),
    [
        ("several inputs", "alpha", "0,02", "alpha 0.0200, "),
        ("several inputs", "alpha", " 0.0156 ", "alpha 0.0160, "),
        ("one input, several outputs", "alpha", "1,5", "alpha 1.50, "),
        ("several inputs", "iterations", "12,0", "12 iterations"),
        ("freezing", "alpha", "0.29", "alpha 0.280, "),
        ("training", "test image", "7", "test image 7,"),
        ("training", "test image", "1,000", "test image 99,"),
    ],
)
def test_numbers_can_be_typed_with_a_comma(controls, explorer, slider, typed, shown):
    picture = explorers_of(controls).nth(list(MAKERS).index(explorer))
    type_number(picture, slider, typed)
    expect(picture.locator(".explorer-summary")).to_contain_text(shown)


def test_a_dragged_slider_stands_where_the_picture_is(controls):
    picture = explorers_of(controls).first
    handle = handle_of(picture, "alpha")
    handle.press("Home")
    handle.press("PageUp")
    press(picture, "alpha")
    shown = brief(float(handle.get_attribute("aria-valuetext")))
    expect(picture.locator(".explorer-summary")).to_contain_text(f"alpha {shown}, ")
