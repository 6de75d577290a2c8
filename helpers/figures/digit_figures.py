"""Figures of handwritten digits and of the network of 784 inputs and 10 outputs that learns them."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from .. import arguments
from . import sizes
from .axes import bare
from .colours import FAINT, FAN, INK, MUTED
from .given import check_nodes
from .numbers import number
from .picture import Picture
from .pixel_images import ColourBar, DigitView, WeightImageView, colour_scale
from .scores import ScoresView, SimilarityView, score_in_words
from .style import course_style

MOST_IMAGES = 500
WIDTH_WITHOUT_SCORES, WIDTH_WITH_SCORES = 480, 720  # of the network of 784 inputs, in pixels


@course_style()
def digits(images: npt.ArrayLike, labels: Sequence[int] | np.ndarray) -> Picture:
    """Images of digits in rows of ten, each under its label.

    images: (n, 784) or (n, 28, 28), 0 to 1 (or 0 to 255). labels: (n,) integers.
    Raises ValueError, naming the argument, for what can't be shown whole.
    """
    shades = arguments.array("images", images, 2, 3)
    if shades.shape[1:] not in ((784,), (28, 28)):
        raise ValueError(f"images must have the shape (n, 784) or (n, 28, 28); got {shades.shape}.")
    check_nodes("images", shades, MOST_IMAGES)
    if shades.max() > 1:
        shades = shades / 255
    arguments.check_shades("images", shades)
    labels = arguments.whole_numbers("labels", labels)
    arguments.check_same_length("images", shades, "labels", labels)
    across, rows = min(len(shades), 10), math.ceil(len(shades) / 10)
    picture = Picture(max(86 * across, 200), 108 * rows)
    grid = picture.subplots(rows, across, squeeze=False).ravel()
    for axes in grid[len(shades) :]:
        axes.remove()
    for axes, image, label in zip(grid, shades, labels):
        DigitView(axes).show(image, f"{label}")
    picture.subplots_adjust(left=0.01, bottom=0.02, right=0.99, top=1 - 0.2 / rows, hspace=0.3)
    picture.caption = f"Handwritten digits, {len(shades)} in all: {' '.join(str(label) for label in labels)}."
    return picture


@course_style()
def digit_network(image: npt.ArrayLike, scores: npt.ArrayLike | None = None) -> Picture:
    """The network of 784 inputs and 10 outputs with an image going into it, and its outputs if given.

    image: (784,), 0 to 1. scores: (10,), what the network puts out, or None.
    Raises ValueError, naming the argument, for what does not fit.
    """
    image = arguments.image("image", image)
    if scores is not None:
        scores = arguments.of_shape("scores", scores, (10,), "(outputs,)")
    width, height = WIDTH_WITH_SCORES, 340
    if scores is None:
        width = WIDTH_WITHOUT_SCORES
    picture = Picture(width, height)
    beside_the_inputs = picture.add_axes_at(left=14 / width, bottom=0.28, width=144 / width, height=0.44)
    DigitView(beside_the_inputs).show(image, "28 × 28 pixels")
    network = bare(picture.add_axes_at(left=158 / width, bottom=0.02, width=302 / width, height=0.96))
    at_outputs = _draw_digit_network(network)
    if scores is None:
        for digit, y in enumerate(at_outputs):
            network.text(9.2, y, f"{digit}?", va="center", fontsize=sizes.LABEL, color=INK)
        picture.caption = "A network with 784 inputs, one for each pixel, and 10 outputs, one for each digit."
    else:
        beside_the_outputs = picture.add_axes_at(left=490 / width, bottom=0.0287, width=216 / width, height=0.9067)
        ScoresView(beside_the_outputs).show(scores)
        beside_the_outputs.spines["bottom"].set_visible(False)
        beside_the_outputs.xaxis.tick_top()
        beside_the_outputs.tick_params(axis="x", length=0, pad=1)
        numbers = ", ".join(f"{digit}? {score_in_words(score)}" for digit, score in enumerate(scores))
        picture.caption = f"The image goes in, ten numbers come out: {numbers}."
    return picture


def _draw_digit_network(axes: Axes) -> np.ndarray:
    """Twelve of the inputs, all outputs and the weights between them. Returns the heights of the outputs, (10,)."""
    x_inputs, x_outputs = 2.4, 8.6
    at_outputs = np.linspace(9.3, 0.3, 10)
    places = np.linspace(9.4, 1, 13)
    ellipsis, at_inputs = places[6], np.delete(places, 6)
    axes.set(xlim=(0, 10), ylim=(-0.4, 10.4))
    for y in at_inputs:
        axes.plot([x_inputs, x_outputs], [np.full(10, y), at_outputs], color=FAINT, linewidth=0.4, zorder=0)
        axes.annotate("", (2.2, y), (0.5, ellipsis), arrowprops={"arrowstyle": "-", "color": FAN, "linewidth": 0.6})
    axes.scatter(np.full(12, x_inputs), at_inputs, s=42, facecolor="white", edgecolor=INK, zorder=2)
    axes.text(x_inputs, ellipsis, "⋮", ha="center", va="center", fontsize=sizes.ELLIPSIS, color=INK)
    label: dict[str, Any] = {"ha": "center", "fontsize": sizes.LABEL}
    axes.text(x_inputs, 10, "784 inputs", color=INK, **label)
    axes.text(x_outputs, 10, "10 outputs", color=INK, **label)
    axes.text((x_inputs + x_outputs) / 2, -0.35, "7,840 weights, one for each line", color=MUTED, **label)
    axes.scatter(np.full(10, x_outputs), at_outputs, s=60, facecolor="white", edgecolor=INK, zorder=2)
    return at_outputs


@course_style()
def weight_images(weights: npt.ArrayLike, digits: Iterable[int] = range(10)) -> Picture:
    """The weights of some outputs, each as a 28 x 28 image, all on one scale of colours.

    weights: (10, 784), finite or not. digits: whose weights.
    Raises ValueError, naming the argument, for what does not fit.
    """
    weights, digits = arguments.weights_of_digits("weights", weights), arguments.digits("digits", digits)
    across, rows = min(len(digits), 5), math.ceil(len(digits) / 5)
    width = 160 * across + 70
    picture = Picture(width, 185 * rows)
    scale = colour_scale(weights[list(digits)])
    for axes, digit in zip(picture.subplots(rows, across, squeeze=False).ravel(), digits):
        view = WeightImageView(axes, f"{digit}?")
        view.show(weights[digit], scale)
    picture.subplots_adjust(left=0.01, bottom=0.02, right=1 - 75 / width, top=1 - 0.12 / rows, wspace=0.06, hspace=0.2)
    beside_the_images = picture.add_axes_at(left=1 - 65 / width, bottom=0.1, width=14 / width, height=0.8)
    ColourBar(beside_the_images, view).show(scale)
    extremes = "; ".join(f"{d}? from {number(weights[d].min(), 3)} to {number(weights[d].max(), 3)}" for d in digits)
    picture.caption = f"Weights as images: {extremes}."
    return picture


@course_style()
def similarity(image: npt.ArrayLike, label: int, weights: npt.ArrayLike, digits: Sequence[int] = (2, 1)) -> Picture:
    """One image against the weights of some outputs: where each score comes from, pixel by pixel.

    image: (784,), 0 to 1. label: what it shows. weights: (10, 784), finite or not. digits: whose weights.
    Raises ValueError, naming the argument, for what does not fit.
    """
    image, label = arguments.image("image", image), arguments.place("label", label, 10)
    weights, digits = arguments.weights_of_digits("weights", weights), arguments.digits("digits", digits)
    picture = Picture(720, 185 * len(digits))
    scale = colour_scale(weights[list(digits)])
    for digit, axes_row in zip(digits, picture.subplots(len(digits), 3, squeeze=False)):
        SimilarityView(axes_row).show(image, label, weights, digit, scale)
    picture.subplots_adjust(left=0.01, bottom=0.02, right=0.78, top=1 - 0.12 / len(digits), wspace=0.2, hspace=0.22)
    scores = ", ".join(f"{digit}? {number(image @ weights[digit], 3)}" for digit in digits)
    picture.caption = f"An image of a {label} against the weights of some outputs; the scores: {scores}."
    return picture
