"""The live picture: a page that puts down the pieces it is sent shows the picture."""

import base64
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image
from traitlets.config import Config

from helpers.figures.pixel_images import PixelImage
from tests.support.explorers import MAKERS, png
from tests.support.lesson import INPUTS, START, TRUE


class Page:
    """What live.js does, in Python: it asks when it comes up, and puts down what it is sent."""

    def __init__(self, live):
        self.live, self.messages, self.canvas = live, [], None
        live.send = self.receive

    def ask(self, density=1):
        self.live.draw_for_page(None, {"density": density}, [])
        return self

    def receive(self, message, buffers):
        self.messages.append(message)
        self.words = message["summary"]
        if self.canvas is None or self.canvas.size != tuple(message["pixels"]):
            self.canvas = Image.new("RGB", message["pixels"])
        tile, changed = message["tile"], message["changed"]
        assert len(buffers) == (1 if changed else 0)
        sheet = Image.open(io.BytesIO(buffers[0])).convert("RGB") if buffers else None
        for i, number in enumerate(changed):
            left, top = place(i, sheet.width, tile)
            piece = sheet.crop((left, top, left + tile, top + tile))
            self.canvas.paste(piece, place(number, self.canvas.width, tile))


def place(number, width, tile):
    """Where a tile is, as they go row by row: (left, top)."""
    row, column = divmod(number, -(-width // tile))
    return column * tile, row * tile


@pytest.fixture(scope="module")
def explorer():
    return MAKERS["several inputs"]()


@pytest.fixture
def page(explorer):
    return Page(explorer.live)


def whole(explorer):
    return np.asarray(Image.open(io.BytesIO(png(explorer))).convert("RGB"))


def test_nothing_is_sent_to_nobody():
    explorer = MAKERS["several inputs"]()
    page = Page(explorer.live)
    explorer.alpha.value = 0.02
    explorer.alpha.value = 0.01
    assert page.messages == []


@pytest.mark.parametrize(("density", "drawn"), [(1, 1), (1.5, 1.5), (2, 2), (0.5, 1), (8, 3)])
def test_a_page_gets_the_whole_picture_as_finely_as_its_screen_shows_it(explorer, page, density, drawn):
    page.ask(density)
    assert page.canvas.size == (860 * drawn, 590 * drawn)
    np.testing.assert_array_equal(page.canvas, whole(explorer))
    assert page.words == explorer.summary
    assert len(page.canvas.getcolors(page.canvas.width * page.canvas.height)) > 50


@settings(max_examples=15, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=4))
def test_the_page_shows_the_picture_wherever_the_sliders_go(explorer, moves):
    page = Page(explorer.live).ask()
    for alpha, iterations in moves:
        explorer.alpha.value, explorer.iterations.value = alpha / 1000, iterations
        np.testing.assert_array_equal(page.canvas, whole(explorer))
        assert page.words == explorer.summary


def test_only_what_has_changed_is_sent(explorer, page, monkeypatch):
    explorer.alpha.value, explorer.iterations.value = 0.01, 3
    page.ask()
    del page.messages[:]
    explorer.live.draw()
    assert page.messages == []
    monkeypatch.setattr(explorer.live, "place", lambda: "the same picture in other words")
    explorer.live.draw()
    assert page.words == "the same picture in other words" and page.messages[0]["changed"] == []
    explorer.alphas.show(0.05)
    explorer.live.draw()
    places = [place(number, 860, page.messages[1]["tile"]) for number in page.messages[1]["changed"]]
    assert 0 < len(places) < 12 and all(y > 500 for _, y in places)


def test_a_page_that_comes_up_later_gets_the_whole_picture(explorer, page):
    page.ask()
    explorer.alpha.value = 0.015
    later = Page(explorer.live).ask()
    np.testing.assert_array_equal(later.canvas, whole(explorer))


@pytest.mark.parametrize("density", [1, 1.25, 2])
@pytest.mark.parametrize("name", ["training", "weights", "own digit"])
def test_images_keep_all_sides_of_their_frame(name, density):
    explorer = MAKERS[name]()
    canvas = np.asarray(Page(explorer.live).ask(density).canvas, int)
    framed = [axes for axes in explorer.figure.axes if any(isinstance(each, PixelImage) for each in axes.images)]
    for axes in framed:
        (left, bottom), (right, top) = axes.bbox.get_points().round().astype(int)
        upper, lower = len(canvas) - top, len(canvas) - bottom
        sides = [
            canvas[upper - 1 : upper + 2, left:right].min(axis=0),
            canvas[lower - 1 : lower + 2, left:right].min(axis=0),
            canvas[upper:lower, left - 1 : left + 2].min(axis=1),
            canvas[upper:lower, right - 1 : right + 2].min(axis=1),
        ]
        assert all((np.median(side, axis=0) < 230).all() for side in sides), (axes.get_title(), sides)


def test_the_state_that_is_saved_has_the_last_picture_where_no_page_was():
    """As in `jupyter nbconvert --execute --to html`, and in JupyterLab where the state of widgets is saved."""
    cells = [
        "from helpers import explorers",
        f"explorer = explorers.MultipleInputs({INPUTS}, {TRUE}, {START})",
        "explorer",
        "explorer.alpha.value = 0.026",
    ]
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    encrypted = Config({"KernelManager": {"transport_encryption": "auto"}})
    NotebookClient(notebook, kernel_name="python3", config=encrypted).execute()
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    (live,) = [state for state in states if "still" in state["state"]]
    assert live["state"]["still"]["words"].startswith("alpha 0.0260, 3 iterations")
    (buffer,) = live["buffers"]
    expected = MAKERS["several inputs"]()
    expected.alpha.value = 0.026
    kept = Image.open(io.BytesIO(base64.b64decode(buffer["data"]))).convert("RGB")
    np.testing.assert_array_equal(kept, whole(expected))
