"""The drawing pad in the page: it sees, scores and says what the notebook's does."""

import base64
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, expect

from helpers import explorers, load_mnist
from helpers.datasets import as_mnist
from helpers.explorers.pad import SIDE, as_drawing
from helpers.figures.colours import WEIGHTS
from helpers.figures.pixel_images import colour_scale
from tests.support.browser import needs_chromium, stroke
from tests.support.website import SITE, Reader

pytestmark = needs_chromium

PAGE = "notebooks/5_visualizing_weights.html"
DRAWINGS = 200
FINER = 4  # times; made smaller later, so that edges are grey, as the page's are

READ_ALL = """inks => {
    const [{ weights, labels }] = Object.values(course.ownDigits);
    const network = new course.DigitNetwork(weights, new Uint8Array(28 * 28), labels);
    return inks.map((ink) => {
        const { seen, scores, words } = network.read(Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0)), 0);
        return { seen: [...seen], scores, words };
    });
}"""
PIXELS = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return [...data].filter((_, i) => i % 4 < 3);
}"""


@pytest.fixture(scope="module")
def own():
    """The notebook's explorer, with the weights that the page has."""
    (script,) = SITE.glob("_static/5_visualizing_weights_*.js")
    assert script.stat().st_size < 80_000
    data = json.loads(script.read_text(encoding="utf-8").partition(" = ")[2].removesuffix(";\n"))
    weights = np.frombuffer(base64.b64decode(data["weights"]), "<f4").reshape(10, 784)
    images, labels = load_mnist("test", count=100)
    return explorers.OwnDigit(weights, images, labels)


@pytest.fixture
def pad(chromium, root):
    with Reader(chromium) as reader:
        reader.page.goto(f"{root}/{PAGE}")
        pad = reader.page.locator(".own-digit")
        expect(pad.get_by_role("status")).to_contain_text("test image 0, a 7, is taken for a 7")
        yield pad
        assert reader.complaints == []


def random_drawing(rng: np.random.Generator) -> bytes:
    """The ink of a few strokes with a round pen."""
    image = Image.new("L", (SIDE * FINER, SIDE * FINER))
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(1, 4)):
        pen = int(rng.integers(2, 20)) * FINER
        places = [tuple(place) for place in rng.integers(0, SIDE * FINER, (rng.integers(2, 6), 2)).tolist()]
        draw.line(places, fill=255, width=pen, joint="curve")
        draw.circle(places[0], pen / 2, fill=255)
    return image.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()


def picture(pad: Locator, name: str) -> np.ndarray:
    """(784, 3): the colours of the picture whose name begins like this."""
    return np.reshape(pad.get_by_role("img", name=re.compile(f"^{re.escape(name)}")).first.evaluate(PIXELS), (784, 3))


@pytest.mark.parametrize("root", ["folder"], indirect=True)
def test_drawings_are_centred_scored_and_named_as_in_the_notebook(own, pad):
    rng = np.random.default_rng(19)
    inks = [bytes(SIDE * SIDE), *(random_drawing(rng) for _ in range(DRAWINGS))]
    found = pad.page.evaluate(READ_ALL, [base64.b64encode(ink).decode() for ink in inks])
    for ink, read in zip(inks, found, strict=True):
        seen = as_mnist(as_drawing(ink))
        np.testing.assert_allclose(read["seen"], seen, atol=1e-9)
        np.testing.assert_allclose(read["scores"], own.weights @ seen, atol=1e-9)
        assert read["words"] == own.place(SimpleNamespace(image=0, ink=ink))
    assert len({read["words"].partition(":")[0] for read in found}) > 8  # taken for most of the ten digits


def test_what_the_mouse_draws_is_shown_in_numbers_words_and_colours(own, pad):
    pad.get_by_role("button", name="clear").click()
    expect(pad.get_by_role("status")).to_have_text("nothing is drawn yet: draw a digit, or choose a test image")
    stroke(pad.get_by_role("img", name="drawing pad"), (140, 40), (140, 240))
    expect(pad.get_by_role("status")).to_contain_text("your drawing is taken for a 1: 1? scores ")
    seen = 1 - picture(pad, "what the network sees")[:, 0] / 255
    scores = own.weights @ seen
    shown = [float(text.split("?")[1]) for text in pad.get_by_role("listitem").all_text_contents()]
    np.testing.assert_allclose(shown, scores, atol=0.02)
    assert pad.locator(".highest").all_text_contents() == [f"1? {shown[1]:.2f}"]
    scale = colour_scale(own.weights)
    for name, values in (("weights of 1?", own.weights[1]), ("pixel × weight", own.weights[1] * seen)):
        colours = 255 * WEIGHTS((values / scale + 1) / 2)[:, :3]
        np.testing.assert_allclose(picture(pad, name), colours, atol=8)


def test_the_keyboard_chooses_a_test_image_and_clears_it(own, pad):
    slider, words = pad.get_by_role("slider", name="test image"), pad.get_by_role("status")
    for key, number in (("ArrowRight", 1), ("End", 99), ("ArrowLeft", 98)):
        slider.press(key)
        own.image.value = number
        expect(words).to_have_text(own.summary)
    pad.get_by_role("button", name="clear").press("Enter")
    expect(words).to_contain_text("nothing is drawn yet")


def test_on_paper_and_without_scripts_a_picture_stands_there(chromium, address):
    for options in ({}, {"java_script_enabled": False}):
        with Reader(chromium, **options) as reader:
            reader.page.goto(f"{address}/{PAGE}")
            if not options:
                reader.page.emulate_media(media="print")
            pad = reader.page.locator(".own-digit")
            expect(pad.locator("figure img")).to_be_visible()
            expect(pad.get_by_role("slider")).not_to_be_visible()
            expect(pad).to_contain_text("test image 0, a 7, is taken for a 7")
