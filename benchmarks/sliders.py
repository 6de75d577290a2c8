"""From the slider to the pixels, in JupyterLab in a real browser: our explorers and the usual way in turn."""

import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.browser import CHROMIUM, ERROR, FLAGS, SECONDS, end_kernels, handle_of, log_in, open_alone, run_all
from tests.support.lab import RunningLab
from tests.support.lesson import INPUTS, START, TRUE
from tests.support.notebook import write

from .report import Row, Section

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
QUIET_MS = 200  # without a new picture, after which the next key is pressed
DRAG_QUIET_MS = 1500  # the same after a drag, where a slow picture may be the last of several
GIVE_UP_MS = 5000  # after which a key that changed nothing is given up
MOUSE_MOVES = 60  # in a drag, one every 60th of a second
TRACK_ENDS = (0.1, 0.7)  # of the slider's length, where the mouse goes to and fro

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


@dataclass
class Tab:
    """One of the two figures, in a tab and with a kernel of its own."""

    page: Page
    slider: str
    keys: list[float] = field(default_factory=list)  # seconds from key to pixels
    painting: list[float] = field(default_factory=list)  # seconds of that from the picture's arrival in the page
    rates: list[float] = field(default_factory=list)  # pictures a second in a drag
    settling: list[float] = field(default_factory=list)  # seconds from a drag's last move to its last picture
    moves: list[float] = field(default_factory=list)  # moves a second that arrived in the page
    lost: int = 0  # keys that brought no new picture

    def __post_init__(self) -> None:
        output = self.page.locator(".jp-CodeCell .jp-Cell-outputWrapper").last
        self.handle = handle_of(output, self.slider)
        expect(output.locator("img, .live-picture")).to_have_count(1, timeout=60 * SECONDS)
        output.evaluate(WATCH)
        self.handle.scroll_into_view_if_needed()

    def press(self, times: int) -> None:
        self.page.bring_to_front()
        for _ in range(times):
            self.page.evaluate("watch.clear()")
            self.handle.press("ArrowRight")
            seen = self._settled()
            if seen["pictures"]:
                picture = seen["pictures"][-1]
                self.keys.append((picture["painted"] - seen["key"]) / 1000)
                self.painting.append((picture["painted"] - picture["arrived"]) / 1000)
            else:
                self.lost += 1

    def drag(self) -> None:
        """From where the handle is to that end of `TRACK_ENDS` that is farther away."""
        self.page.bring_to_front()
        track = self.handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box()
        grip = self.handle.bounding_box()
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        ends = [track["x"] + part * track["width"] for part in TRACK_ENDS]
        to = max(ends, key=lambda end: abs(end - x))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.evaluate("watch.clear()")
        start = time.perf_counter()
        for move in range(1, MOUSE_MOVES + 1):
            time.sleep(max(0, start + move / 60 - time.perf_counter()))
            self.page.mouse.move(x + (to - x) * move / MOUSE_MOVES, y)
        seen = self._settled(DRAG_QUIET_MS)
        self.page.mouse.up()
        first, last = seen["moves"][0], seen["moves"][-1]
        seconds = (last - first) / 1000
        self.moves.append((len(seen["moves"]) - 1) / seconds)
        painted = [picture["painted"] for picture in seen["pictures"]]
        self.rates.append(sum(first < time <= last for time in painted) / seconds)
        self.settling.append(max(0, max(painted, default=0) - last) / 1000)

    def _settled(self, quiet: int = QUIET_MS) -> dict:
        return self.page.evaluate(f"watch.settled({quiet}, {GIVE_UP_MS})")


def measure(quick: bool = False) -> tuple[list[Section], dict[str, dict[str, float]]]:
    """Sections of the report; and for each case the median seconds of the whole, and of the page's part of it."""
    if not CHROMIUM:
        return [Section("From the slider to the pixels", [], ["Left out: there is no Chromium on the PATH."])], {}
    keys, dragging, notes, profile = [], [], [], {}
    with TemporaryDirectory() as folder, RunningLab(Path(folder)) as lab, sync_playwright() as playwright:
        _write_notebooks(lab.notebooks)
        with playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
            learners = {density: _learner(browser, lab, density) for density in (1, 2)}
            for number, case in enumerate(CASES):
                ours, usual = _in_turn(learners[case.density], lab, number, case, quick)
                profile[case.what] = {"whole": float(np.median(ours.keys)), "page": float(np.median(ours.painting))}
                keys.append(Row(case.what, ours.keys, "interact, inline", usual.keys))
                dragging += [
                    Row(f"{case.what}: shown", ours.rates, "interact, inline", usual.rates, "pictures/s"),
                    Row(f"{case.what}: time to settle", ours.settling, "interact, inline", usual.settling),
                ]
                moves = [min(tab.moves) for tab in (ours, usual)]
                notes.append(
                    f"{case.what}: at least {moves[0]:.0f} and {moves[1]:.0f} moves a second reached the page."
                )
                if ours.lost or usual.lost:
                    notes.append(f"{case.what}: {ours.lost} and {usual.lost} keys brought no new picture.")
    sections = [
        Section("From a key on the slider to the pixels", keys, KEY_NOTES),
        Section("While dragging", dragging, [*DRAG_NOTES, *notes]),
    ]
    return sections, profile


def _learner(browser: Browser, lab: RunningLab, density: int) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, device_scale_factor=density)
    log_in(context, lab)
    return context


def _write_notebooks(folder: Path) -> None:
    shutil.copy(Path(__file__).with_name("usual_way.py"), folder)
    for number, case in enumerate(CASES):
        for whose, source in zip(("ours", "usual"), case.notebooks()):
            write([source], folder / f"{whose}_{number}.ipynb")


def _in_turn(learner: BrowserContext, lab: RunningLab, number: int, case: Case, quick: bool) -> tuple[Tab, Tab]:
    tabs = []
    for whose, slider in (("ours", case.slider), ("usual", case.usual_slider or case.slider)):
        page = learner.new_page()
        panel = open_alone(page, lab, f"{whose}_{number}.ipynb")
        run_all(page, panel)
        tabs.append(Tab(page, slider))
    for tab in tabs:
        tab.press(5)
        tab.keys.clear()
        tab.painting.clear()
    for _ in range(1 if quick else 7):
        for tab in tabs:
            tab.press(5)
    for _ in range(1 if quick else 5):
        for tab in tabs:
            tab.drag()
    for tab in tabs:
        assert tab.page.locator(ERROR).count() == 0, tab.page.locator(ERROR).all_text_contents()
        tab.page.close()
    end_kernels(learner, lab)
    ours, theirs = tabs
    return ours, theirs
