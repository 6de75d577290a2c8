"""A figure in JupyterLab, in a tab of a real browser and with a kernel of its own; and what is measured there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.support.browser import ERROR, SECONDS, chromium, handle_of, log_in, open_alone, run_all
from tests.support.lab import RunningLab
from tests.support.notebook import write

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
USUAL_WAY = Path(__file__).with_name("usual_way.py").read_text(encoding="utf-8")
QUIET_MS = 200  # without a new picture, after which the next key is pressed
DRAG_QUIET_MS = 1500  # the same after a drag, where a slow picture may be the last of several
GIVE_UP_MS = 5000  # after which a key that changed nothing is given up
MOUSE_MOVES = 60  # in a drag, one every 60th of a second
TRACK_ENDS = (0.1, 0.7)  # of the slider's length, where the mouse goes to and fro
POINT_PIXELS = 100  # of the page, that a point is dragged to the right before it comes back


@dataclass
class Tab:
    """A tab that shows the result of a notebook's last cell. handle: what is pressed and dragged there."""

    page: Page
    output: Locator
    handle: Locator
    keys: list[float] = field(default_factory=list)  # seconds from key to pixels
    painting: list[float] = field(default_factory=list)  # seconds of that from the picture's arrival in the page
    rates: list[float] = field(default_factory=list)  # pictures a second in a drag
    settling: list[float] = field(default_factory=list)  # seconds from a drag's last move to its last picture
    moves: list[float] = field(default_factory=list)  # moves a second that arrived in the page
    played: list[float] = field(default_factory=list)  # pictures a second from play to the last picture
    pictures_played: list[int] = field(default_factory=list)
    lost: int = 0  # keys that brought no new picture

    def press(self, times: int) -> None:
        self.page.bring_to_front()
        for _ in range(times):
            self.page.evaluate("watch.clear()")
            self.handle.press("ArrowRight")
            seen = self._settled()
            if seen["pictures"]:
                picture = seen["pictures"][-1]
                self.keys.append((picture["painted"] - seen["pressed"]) / 1000)
                self.painting.append((picture["painted"] - picture["arrived"]) / 1000)
            else:
                self.lost += 1

    def drag_slider(self) -> None:
        """From where the handle is to that end of `TRACK_ENDS` that is farther away."""
        track = self.handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box()
        x, _ = self.held_at()
        ends = [track["x"] + part * track["width"] for part in TRACK_ENDS]
        to = max(ends, key=lambda end: abs(end - x))
        self._drag((to - x) * np.linspace(0, 1, MOUSE_MOVES + 1)[1:])

    def held_at(self) -> tuple[float, float]:
        """Where the mouse takes hold of the handle."""
        return middle(self.handle)

    def drag_point(self) -> None:
        """To the right and back."""
        there = np.linspace(0, POINT_PIXELS, MOUSE_MOVES // 2 + 1)
        self._drag(np.concatenate([there[1:], there[-2::-1]]))

    def play(self, to_start: Locator, play: Locator) -> None:
        """to_start, play: the buttons."""
        self.page.bring_to_front()
        to_start.click()
        self._settled(DRAG_QUIET_MS)
        self.page.evaluate("watch.clear()")
        play.click()
        seen = self._settled(DRAG_QUIET_MS)
        seconds = (seen["pictures"][-1]["painted"] - seen["pressed"]) / 1000
        self.pictures_played.append(len(seen["pictures"]))
        self.played.append(len(seen["pictures"]) / seconds)

    def forget(self) -> None:
        """What was measured until now was for warming up."""
        for samples in (self.keys, self.painting, self.played, self.pictures_played):
            samples.clear()

    def close(self) -> None:
        assert self.page.locator(ERROR).count() == 0, self.page.locator(ERROR).all_text_contents()
        self.page.close()

    def _drag(self, offsets: np.ndarray) -> None:
        """Drag the handle to each of the offsets, in pixels to the right of where it is."""
        self.page.bring_to_front()
        x, y = self.held_at()
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.evaluate("watch.clear()")
        start = time.perf_counter()
        for move, offset in enumerate(offsets, 1):
            time.sleep(max(0, start + move / 60 - time.perf_counter()))
            self.page.mouse.move(x + offset, y)
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


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def lab_and_browser() -> Iterator[tuple[RunningLab, Browser]]:
    with TemporaryDirectory() as folder, RunningLab(Path(folder)) as lab, chromium() as browser:
        (lab.notebooks / "usual_way.py").write_text(USUAL_WAY, encoding="utf-8")
        yield lab, browser


def new_learner(browser: Browser, lab: RunningLab, density: int = 1) -> BrowserContext:
    """A window for the tabs. density: the screen's pixels for each pixel of the page, each way."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, device_scale_factor=density)
    log_in(context, lab)
    return context


def open_tab(learner: BrowserContext, lab: RunningLab, name: str, source: str, handle: str) -> Tab:
    """Run a notebook of one cell. name: its file's. handle: the name of the slider or point."""
    write([source], lab.notebooks / name)
    page = learner.new_page()
    run_all(page, open_alone(page, lab, name))
    output = page.locator(".jp-CodeCell .jp-Cell-outputWrapper").last
    expect(output.locator("img, .live-picture")).to_have_count(1, timeout=60 * SECONDS)
    found = handle_of(output, handle)
    if not found.count():
        found = output.get_by_role("slider", name=handle)
    output.evaluate(WATCH)
    found.scroll_into_view_if_needed()
    return Tab(page, output, found)
