"""From the slider to the pixels, in JupyterLab in a real browser: our explorers and the usual way in turn."""

from dataclasses import dataclass, replace

import numpy as np
from playwright.sync_api import BrowserContext

from tests.support.browser import CHROMIUM, end_kernels
from tests.support.lab import RunningLab
from tests.support.lesson import INPUTS, START, TRUE

from .report import Row, Section
from .tab import MOUSE_MOVES, Tab, lab_and_browser, new_learner, open_tab

USUAL_WAY = "interact, inline"
NO_CHROMIUM = "Left out: there is no Chromium on the PATH."
KEY_NOTES = [
    "JupyterLab in headless Chromium, window 1,400 x 1,000. The usual way draws at the same size, on the fine screen "
    '(two pixels for each of the page, each way) with `figure_format = "retina"`, so both pictures have as many '
    "pixels; all else is as it comes.",
    "From the keydown event to the end of the frame in which the new picture, decoded, is painted. Five keys here, "
    "five there, in turn, each after a pause.",
]
DRAG_NOTES = [
    f"{MOUSE_MOVES} moves of the mouse, at most 60 a second, each after the page took in the one before. To "
    "settle: from the last move to the last picture. Of pictures a second the second number is the 5th percentile.",
]

OURS = """\
import helpers
from helpers import explorers
{make}
explorer.alpha.value, explorer.iterations.value = {alpha}, {iterations}
explorer
"""

USUAL = """\
%config InlineBackend.figure_format = "{format}"
from ipywidgets import FloatLogSlider, FloatSlider, IntSlider, interact
import usual_way
wide = {{"style": {{"description_width": "70px"}}, "layout": {{"width": "400px"}}}}
interact(usual_way.{function}, {controls});
"""

ONE_EXAMPLE = f"{INPUTS}, {TRUE}, {START}"
MNIST = "*helpers.load_mnist(), *helpers.load_mnist('test')"
LINEAR_ALPHA = "alpha=FloatSlider({}, min=0, max=0.1, step=0.001, readout_format='.3f', **wide)"
LOG_ALPHA = "alpha=FloatLogSlider({}, min={}, max={}, step=0.02, readout_format='.4f', **wide)"


@dataclass(frozen=True)
class Case:
    """A slider of an explorer, where it starts, and the usual way's function and sliders."""

    what: str
    explorer: str
    function: str
    slider: str  # its name in the explorer
    alpha: float
    iterations: int
    controls: str
    usual_slider: str = ""  # its name in interact, if another
    density: int = 1  # the screen's pixels for each pixel of the page, each way

    def notebooks(self) -> tuple[str, str]:
        ours = OURS.format(make=f"explorer = explorers.{self.explorer}", alpha=self.alpha, iterations=self.iterations)
        form = "retina" if self.density == 2 else "png"
        return ours, USUAL.format(function=self.function, controls=self.controls, format=form)


def _iterations(name: str, value: int, highest: int) -> str:
    return f"{name}=IntSlider({value}, min=1, max={highest}, **wide)"


CASES = [
    Case(
        "notebook 1, alpha", f"MultipleInputs({ONE_EXAMPLE})", "multiple_inputs", "alpha", 0.001, 3,
        f"{LINEAR_ALPHA.format(0.001)}, {_iterations('iterations', 3, 30)}",
    ),
    Case(
        "notebook 2, alpha", f"FreezingOneWeight({ONE_EXAMPLE})", "freezing_one_weight", "alpha", 0.01, 3,
        f"{LOG_ALPHA.format(0.01, -3, 0.2)}, {_iterations('iterations', 3, 30)}",
    ),
    Case(
        "notebook 4, iterations", f"Training({MNIST})", "training", "iterations", 0.001, 11,
        _iterations("passes", 11, 100), "passes",
    ),
    Case(
        "notebook 4, alpha (trains 10 passes)", f"Training({MNIST})", "training_anew", "alpha", 0.001, 10,
        f"{LOG_ALPHA.format(0.001, -4, -1.5)}, {_iterations('passes', 10, 100)}",
    ),
    Case(
        "notebook 5, iterations", f"Weights({MNIST})", "weights", "iterations", 0.0001, 11,
        _iterations("passes", 11, 100), "passes",
    ),
    Case(
        "notebook 5, alpha (trains 10 passes)", f"Weights({MNIST})", "weights_anew", "alpha", 0.0005, 10,
        f"{LOG_ALPHA.format(0.0005, -4, -1.5)}, {_iterations('passes', 10, 100)}",
    ),
]  # fmt: skip
CASES += [
    replace(case, what=f"{case.what}, fine screen", density=2)
    for case in CASES
    if case.function in ("multiple_inputs", "training_anew")
]


def measure(quick: bool = False) -> tuple[list[Section], dict[str, dict[str, float]]]:
    """Sections of the report; and for each case the median seconds of the whole, and of the page's part of it."""
    if not CHROMIUM:
        return [Section("From the slider to the pixels", [], [NO_CHROMIUM])], {}
    keys, dragging, notes, profile = [], [], [], {}
    with lab_and_browser() as (lab, browser):
        learners = {density: new_learner(browser, lab, density) for density in (1, 2)}
        for number, case in enumerate(CASES):
            ours, usual = _in_turn(learners[case.density], lab, number, case, quick)
            profile[case.what] = {"whole": float(np.median(ours.keys)), "page": float(np.median(ours.painting))}
            keys.append(Row(case.what, ours.keys, USUAL_WAY, usual.keys))
            dragging += drag_rows(case.what, ours, USUAL_WAY, usual)
            moves = [min(tab.moves) for tab in (ours, usual)]
            notes.append(f"{case.what}: at least {moves[0]:.0f} and {moves[1]:.0f} moves a second reached the page.")
            if ours.lost or usual.lost:
                notes.append(f"{case.what}: {ours.lost} and {usual.lost} keys brought no new picture.")
    sections = [
        Section("From a key on the slider to the pixels", keys, KEY_NOTES),
        Section("While dragging", dragging, [*DRAG_NOTES, *notes]),
    ]
    return sections, profile


def drag_rows(what: str, ours: Tab, against: str, theirs: Tab) -> list[Row]:
    return [
        Row(f"{what}: shown", ours.rates, against, theirs.rates, "pictures/s"),
        Row(f"{what}: time to settle", ours.settling, against, theirs.settling),
    ]


def _in_turn(learner: BrowserContext, lab: RunningLab, number: int, case: Case, quick: bool) -> tuple[Tab, Tab]:
    our_source, usual_source = case.notebooks()
    ours = open_tab(learner, lab, f"ours_{number}.ipynb", our_source, case.slider)
    usual = open_tab(learner, lab, f"usual_{number}.ipynb", usual_source, case.usual_slider or case.slider)
    tabs = [ours, usual]
    for tab in tabs:
        tab.press(5)
        tab.forget()
    for _ in range(1 if quick else 7):
        for tab in tabs:
            tab.press(5)
    for _ in range(1 if quick else 5):
        for tab in tabs:
            tab.drag_slider()
    for tab in tabs:
        tab.close()
    end_kernels(learner, lab)
    return ours, usual
