"""From the slider to the pixels, on the website: what is recorded there beside the notebook in JupyterLab."""

from dataclasses import dataclass

import numpy as np
from playwright.sync_api import BrowserContext, expect

from tests.support.browser import CHROMIUM
from tests.support.website import SITE, served_site

from .report import Row, Section
from .sliders import CASES, DRAG_NOTES, NO_CHROMIUM, drag_rows
from .tab import MOUSE_MOVES, WATCH, Tab, lab_and_browser, new_learner, open_tab

NOTEBOOK_1 = CASES[0]
PAGE = "notebooks/1_multiple_inputs.html"
LAB = "the notebook in JupyterLab"
KNOB = 16  # pixels, the width of what Chromium's sliders are held at
NOTES = [
    "The website's recording of notebook 1's explorer, from a web server on this machine; JupyterLab as in the "
    "sections before. The recording has fewer stops than the notebook's slider: there, the mouse goes to and fro "
    "from stop to stop, so that each move asks for another picture.",
    *DRAG_NOTES,
]


@dataclass
class SiteTab(Tab):
    """A tab with a page of the website. handle: a slider, knob and all."""

    def drag_slider(self) -> None:
        """From the first stop to the last and back, and on and on."""
        self.handle.press("Home")
        stops = int(self.handle.get_attribute("max"))
        to_and_fro = [*range(1, stops + 1), *range(stops - 1, -1, -1)]
        width = self.handle.bounding_box()["width"] - KNOB
        self._drag(np.resize(to_and_fro, MOUSE_MOVES) * width / stops)

    def held_at(self) -> tuple[float, float]:
        box = self.handle.bounding_box()
        share = self.handle.evaluate("slider => (slider.value - slider.min) / (slider.max - slider.min)")
        return box["x"] + KNOB / 2 + share * (box["width"] - KNOB), box["y"] + box["height"] / 2


def measure(quick: bool = False) -> list[Section]:
    title = "On the website"
    if not CHROMIUM:
        return [Section(title, [], [NO_CHROMIUM])]
    if not (SITE / PAGE).exists():
        return [Section(title, [], ["Left out: there is no website yet; `make site` makes it."])]
    with lab_and_browser() as (lab, browser), served_site() as address:
        learner = new_learner(browser, lab)
        our_source, _ = NOTEBOOK_1.notebooks()
        site = _site_tab(learner, f"{address}/{PAGE}")
        notebook = open_tab(learner, lab, "beside_the_site.ipynb", our_source, "alpha")
        for number in range(2 if quick else 7):
            for tab in (site, notebook):
                tab.press(5)
                if number == 0:
                    tab.forget()
            site.handle.press("Home")
        for _ in range(1 if quick else 5):
            for tab in (site, notebook):
                tab.drag_slider()
        for tab in (site, notebook):
            tab.close()
    keys = Row("website, notebook 1, alpha", site.keys, LAB, notebook.keys)
    return [Section(title, [keys, *drag_rows("website, notebook 1, alpha", site, LAB, notebook)], NOTES)]


def _site_tab(learner: BrowserContext, address: str) -> SiteTab:
    page = learner.new_page()
    page.goto(address)
    place = page.locator(".recorded-explorer").first
    place.scroll_into_view_if_needed()
    slider = place.get_by_role("slider", name="alpha")
    expect(slider).to_be_visible()
    place.evaluate(WATCH)
    return SiteTab(page, place, slider)
