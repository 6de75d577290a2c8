"""No text runs into another, over its cell, bar or node, or off its picture: at any position, whatever the numbers."""

import itertools
from dataclasses import replace

import ipywidgets
import numpy as np
import pytest
from matplotlib.patches import Circle, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

import helpers
from helpers import explorers, figures
from tests.support.explorers import MAKERS, on_a_page
from tests.support.lesson import IMAGES, INPUTS, NAMES, OUTCOMES, OUTPUTS, START, TABLE, TEST, TRUE, trained

pytestmark = pytest.mark.thorough

TOLERANCE = 1  # pixels
ALL_NAMES, ALL_OUTPUTS = [*NAMES, "noise"], [*OUTPUTS, "calm"]
FACTORS = (1, 0, -1, 1e-5, 1e-300, 123456.7, 1e300, np.inf, np.nan)
RUN = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, 0.01, 3)
ONE_OUTPUT = helpers.gradient_descent(INPUTS, TRUE, START, 0.3, 3, frozen=[0])
SCORES = np.array([0, 1.05, 1.53, 1.23e10, 1e300, -0.05, -0.83, -1e300, 0.96, -0.0049])


@pytest.fixture
def drawn(monkeypatch):
    """The texts that have been drawn; clear it before a drawing."""
    texts, draw = {}, Text.draw
    monkeypatch.setattr(Text, "draw", lambda text, renderer: (texts.setdefault(text), draw(text, renderer)))
    return texts


def outline(text, renderer):
    """The rectangle around a text, which may be turned, without the pixel that is tolerated."""
    angle, (low, high) = text.get_rotation(), text.get_window_extent(renderer).get_points()
    width, height = (high - low) / 2 - TOLERANCE
    if angle:
        text.set_rotation(0)
        width, height = text.get_window_extent(renderer).size / 2 - TOLERANCE
        text.set_rotation(angle)
    corners = [(-width, -height), (width, -height), (width, height), (-width, height), (-width, -height)]
    return Path(Affine2D().rotate_deg(angle).translate(*(low + high) / 2).transform(corners))


def faults(figure, texts):
    """What is wrong with the texts that were drawn, in words."""
    renderer = figure.canvas.get_renderer()
    boxes = {text: outline(text, renderer) for text in texts if text.get_visible() and text.get_text().strip()}
    sides = {text: box.get_extents().extents for text, box in boxes.items()}
    for text, (left, bottom, right, top) in sides.items():
        if min(left, bottom) < 0 or right > figure.bbox.width or top > figure.bbox.height:
            yield f"{text.get_text()!r} leaves the picture"
    for axes in figure.axes:
        for patch in axes.patches:
            shape = patch.get_path().transformed(patch.get_transform())
            around = shape.get_extents().extents
            for text in boxes:
                if text.axes is axes and isinstance(patch, Rectangle | Circle) and near(around, sides[text]):
                    inside = around[0] <= sides[text][0] and sides[text][2] <= around[2]
                    if not inside and shape.intersects_path(boxes[text]):
                        yield f"{text.get_text()!r} runs over a cell, a bar or a node"
    for one, other in itertools.combinations(boxes, 2):
        if near(sides[one], sides[other]) and boxes[one].intersects_path(boxes[other]):
            yield f"{one.get_text()!r} runs into {other.get_text()!r}"


def near(one, other):
    """Whether two upright boxes meet: left, bottom, right and top of each."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check(figure, texts, where):
    found = list(faults(figure, texts))
    assert not found, f"{where}: {found}"


def controls(explorer):
    """The controls by name; the pad to draw on counts for none."""
    if isinstance(explorer, explorers.OwnDigit):
        return {"image": explorer.image}
    return dict(explorer.controls)


def values(control):
    """Some values of a choice, of many the first and the last."""
    if isinstance(control, ipywidgets.IntSlider):
        return control.min, control.max
    if isinstance(control, ipywidgets.Checkbox):
        return False, True
    options = tuple(getattr(control, "options", ()))
    if len(options) > 4:
        return options[0], options[-1]
    return options


def positions(explorer):
    """The name of a control and a value for it, one after the other."""
    choices = controls(explorer)
    alpha, iterations = choices.pop("alpha", None), choices.pop("iterations", None)
    if alpha:
        limit = explorer.limit or alpha.value
        for each in (alpha.values[0], limit * 0.99, limit * 1.1, alpha.values[-1]):
            yield "alpha", each
            for passes in (1, 2, iterations.max):
                yield "iterations", passes
    for name, control in choices.items():
        for value in values(control):
            if isinstance(value, tuple):
                value = value[1]
            yield name, value


@pytest.mark.parametrize("name", MAKERS)
def test_texts_of_an_explorer_keep_apart(name, drawn):
    explorer = on_a_page(name)
    for control, value in positions(explorer):
        controls(explorer)[control].value = value
        drawn.clear()
        explorer.live.forget_background()
        explorer.live.draw()
        check(explorer.figure, drawn, explorer.summary)


def scaled(step, factor):
    """A step whose numbers, but for the inputs, are so many times as large."""
    names = ("targets", "weights", "preds", "errors", "deltas", "weight_deltas", "new_weights")
    with np.errstate(all="ignore"):
        return replace(step, **{name: getattr(step, name) * factor for name in names})


def some_networks():
    generator = np.random.default_rng(0)
    for n_in, n_out in itertools.product((1, 2, 3, 4), repeat=2):
        weights = generator.normal(size=(n_out, n_in)).round(4)
        step = helpers.gradient_descent(weights[0].round(2), generator.normal(size=n_out), weights, 0.01, 1)[0]
        yield figures.network(step, inputs=ALL_NAMES[:n_in], outputs=ALL_OUTPUTS[:n_out], stage="learn")
    for factor in FACTORS:
        one, three = scaled(ONE_OUTPUT[0], factor), scaled(RUN[0], factor)
        for stage in ("predict", "learn", "update"):
            yield figures.network(one, three, inputs=NAMES, outputs=OUTPUTS, stage=stage, titles=["one", "three"])
        yield figures.network(one, stage="learn")


def some_tables():
    for factor in FACTORS:
        yield figures.outer_product(scaled(RUN[0], factor))
        yield figures.output_node(scaled(RUN[1], factor), 1)
        with np.errstate(all="ignore"):
            numbers = ("d", np.array([1, -0.125, 0, -0.33333]) * factor)
        yield figures.dot_products((("a", [0, 1, 0, 1]), numbers), (numbers, ("a long name", range(4))))


def some_images():
    image, label = TEST[0][0], TEST[1][0]
    yield figures.digits(IMAGES[0][:12], IMAGES[1][:12])
    yield figures.digit_network(image)
    for scores in (SCORES, -SCORES, np.full(10, np.inf), np.full(10, np.nan), SCORES * 0):
        yield figures.digit_network(image, scores)
    for factor in FACTORS:
        with np.errstate(all="ignore"):
            weights = trained() * factor
        yield figures.weight_images(weights, [2, 1])
        yield figures.similarity(image, label, weights)


def some_charts():
    wild = helpers.gradient_descent(INPUTS, TRUE, START, 0.1, 400)
    yield figures.error_curves(*ONE_OUTPUT, same_scale=False)
    yield figures.error_curves(wild[0], wild[4], wild[399])
    yield figures.error_surface(ONE_OUTPUT, (1, 2), ((0.1, 0.4), (-0.2, 0.1)))
    yield figures.errors({"slow": ONE_OUTPUT, "of three": RUN})
    for factor in (1, 1e-7, 1e300):
        yield figures.training(np.array([[0.5, 0.4], [0.6, 0.5]]) * factor, ([0.8, 0.9], [0.7, 0.7]))


@pytest.mark.parametrize("some", [some_networks, some_tables, some_images, some_charts], ids=lambda some: some.__name__)
def test_texts_of_a_figure_keep_apart(some, drawn):
    for figure in some():
        figure.set_dpi(100)
        drawn.clear()
        figure.canvas.draw()
        check(figure, drawn, figure.caption)
