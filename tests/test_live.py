"""The live picture: a page that puts down the pieces it is sent shows the picture."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers.explorers import MultipleInputs
from helpers.figures.picture import encode


class Page:
    """What live.js does, in Python: it asks when it comes up, and puts down what it is sent."""

    def __init__(self, live):
        self.live, self.messages, self.canvas = live, [], None
        live.send = self.receive

    def ask(self, density=1):
        self.live._asked(None, {"density": density}, [])
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
    return MultipleInputs([8.5, 0.65, 1.2], [1], [0.1, 0.2, -0.1])


@pytest.fixture
def page(explorer):
    yield Page(explorer._live)
    explorer._live._sent = None


def whole(explorer):
    return np.asarray(Image.open(io.BytesIO(encode(explorer.figure.canvas.buffer_rgba(), compress_level=1))).convert("RGB"))


def test_nothing_is_sent_to_nobody(explorer, page):
    explorer.alpha.value = 0.02
    explorer.alpha.value = 0.01
    assert page.messages == []


@pytest.mark.parametrize(("density", "drawn"), [(1, 1), (1.5, 1.5), (2, 2), (0.5, 1), (8, 3)])
def test_a_page_gets_the_whole_picture_as_finely_as_its_screen_shows_it(explorer, page, density, drawn):
    page.ask(density)
    assert page.canvas.size == (860 * drawn, 600 * drawn)
    np.testing.assert_array_equal(page.canvas, whole(explorer))
    assert page.words == explorer.summary
    assert len(page.canvas.getcolors(page.canvas.width * page.canvas.height)) > 50


@settings(max_examples=15, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=4))
def test_the_page_shows_the_picture_wherever_the_sliders_go(explorer, moves):
    page = Page(explorer._live).ask()
    for alpha, iterations in moves:
        explorer.alpha.value, explorer.iterations.value = alpha / 1000, iterations
        np.testing.assert_array_equal(page.canvas, whole(explorer))
        assert page.words == explorer.summary


def test_only_what_has_changed_is_sent(explorer, page):
    explorer.alpha.value, explorer.iterations.value = 0.01, 3
    page.ask()
    del page.messages[:]
    explorer._live.draw()
    assert page.messages == []
    explorer._live.words = "the same picture in other words"
    explorer._live.draw()
    assert page.words == "the same picture in other words" and page.messages[0]["changed"] == []
    explorer.alphas.show(0.05)
    explorer._live.draw()
    places = [place(number, 860, page.messages[1]["tile"]) for number in page.messages[1]["changed"]]
    assert 0 < len(places) < 12 and all(y > 500 for _, y in places)
    explorer.redraw()


def test_a_page_that_comes_up_later_gets_the_whole_picture(explorer, page):
    page.ask()
    explorer.alpha.value = 0.015
    later = Page(explorer._live).ask()
    np.testing.assert_array_equal(later.canvas, whole(explorer))
