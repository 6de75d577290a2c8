"""Playing, and dragging a point, in notebook 1's explorer: in JupyterLab in a real browser, beside the usual way."""

from dataclasses import replace

import numpy as np
from playwright.sync_api import BrowserContext

from tests.support.browser import CHROMIUM, end_kernels
from tests.support.lab import RunningLab

from .report import Row, Section
from .sliders import CASES, NO_CHROMIUM, USUAL_WAY, drag_rows
from .tab import MOUSE_MOVES, POINT_PIXELS, Tab, lab_and_browser, new_learner, open_tab

NOTEBOOK_1 = CASES[0]
LEARNS, DIVERGES = 0.026, 0.1  # alphas: with the second, the charts zoom out as it plays
STEPS = 29  # from iteration 1 to 30
USUAL_PLAY = "Play and interact"
OUR_SLIDER = "our slider of alpha"
PLAY_INTERVAL_MS = 66

USUAL = """\
from ipywidgets import FloatSlider, IntSlider, Play, interact, jslink
import usual_way
wide = {{"style": {{"description_width": "70px"}}, "layout": {{"width": "400px"}}}}
play = Play(value=1, min=1, max=30, interval={interval})
iterations = IntSlider(1, min=1, max=30, **wide)
jslink((play, "value"), (iterations, "value"))
display(play)
alpha = FloatSlider({alpha}, min=0, max=0.1, step=0.001, readout_format=".3f", **wide)
interact(usual_way.multiple_inputs, alpha=alpha, iterations=iterations);
"""


def measure(quick: bool = False) -> list[Section]:
    if not CHROMIUM:
        return [Section("Playing, and dragging a point", [], [NO_CHROMIUM])]
    rounds = 2 if quick else 5
    with lab_and_browser() as (lab, browser):
        learner = new_learner(browser, lab)
        return [_playing(learner, lab, rounds), _dragging(learner, lab, rounds)]


def _playing(learner: BrowserContext, lab: RunningLab, rounds: int) -> Section:
    rows = []
    notes = [
        'Notebook 1, from iteration 1 to 30, trails on: ours "as fast as it can", the usual way with '
        f"`Play(interval={PLAY_INTERVAL_MS})` linked to the slider. All pictures that were painted, over the time from "
        "the click on play to the last of them. Of pictures a second the second number is the 5th percentile.",
    ]
    for number, alpha in enumerate((LEARNS, DIVERGES)):
        ours, usual = _play_in_turn(learner, lab, number, alpha, rounds)
        rows.append(Row(f"playing, alpha {alpha}", ours.played, USUAL_PLAY, usual.played, "pictures/s"))
        shown = [np.median(tab.pictures_played) for tab in (ours, usual)]
        notes.append(f"Alpha {alpha}: {shown[0]:.0f} and {shown[1]:.0f} pictures for the {STEPS} steps.")
    return Section("While playing", rows, notes)


def _play_in_turn(learner: BrowserContext, lab: RunningLab, number: int, alpha: float, rounds: int) -> tuple[Tab, Tab]:
    our_source, _ = replace(NOTEBOOK_1, alpha=alpha, iterations=1).notebooks()
    usual_source = USUAL.format(alpha=alpha, interval=PLAY_INTERVAL_MS)
    ours = open_tab(learner, lab, f"our_play_{number}.ipynb", our_source, "iterations")
    usual = open_tab(learner, lab, f"usual_play_{number}.ipynb", usual_source, "iterations")
    ours.output.get_by_label("steps a second").select_option("as fast as it can")
    usual_buttons = usual.output.locator(".widget-play button")
    buttons = {
        "ours": [ours.output.get_by_role("button", name=name, exact=True) for name in ("back to the start", "play")],
        "usual": [usual_buttons.nth(1), usual_buttons.nth(0)],
    }
    for a_round in range(rounds + 1):
        ours.play(*buttons["ours"])
        usual.play(*buttons["usual"])
        if a_round == 0:
            ours.forget()
            usual.forget()
    for tab in (ours, usual):
        tab.close()
    end_kernels(learner, lab)
    return ours, usual


def _dragging(learner: BrowserContext, lab: RunningLab, rounds: int) -> Section:
    our_source, usual_source = NOTEBOOK_1.notebooks()
    point = open_tab(learner, lab, "our_point.ipynb", our_source, "weight of toes")
    slider = open_tab(learner, lab, "our_slider.ipynb", our_source, "alpha")
    usual = open_tab(learner, lab, "usual_slider.ipynb", usual_source, "alpha")
    for _ in range(rounds):
        point.drag_point()
        for tab in (slider, usual):
            tab.drag_slider()
    for tab in (point, slider, usual):
        tab.close()
    end_kernels(learner, lab)
    what = "a point, notebook 1"
    moves = [min(tab.moves) for tab in (point, slider, usual)]
    notes = [
        f"The point of the weight of toes is dragged {POINT_PIXELS} pixels to the right and back in {MOUSE_MOVES} "
        "moves; the usual way has no points to drag, so that its slider of alpha is dragged, and ours too. "
        f"At least {moves[0]:.0f}, {moves[1]:.0f} (our slider) and {moves[2]:.0f} moves a second reached the page."
    ]
    rows = drag_rows(what, point, f"the slider of alpha, {USUAL_WAY}", usual)
    return Section("While dragging a point", [*rows, *drag_rows(what, point, OUR_SLIDER, slider)], notes)
