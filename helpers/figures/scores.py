"""The outputs of a network for an image, and how the image and the weights make a score."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from . import sizes
from .axes import quiet
from .colours import EDGE, INK, MUTED, OTHER_SCORES, POSITIVE
from .numbers import short
from .pixel_images import DigitView, WeightImageView


class ScoresView:
    """The outputs of a network as bars on a scale that stays as it is; the highest one stands out, unless all are 0.

    A bar that goes beyond the scale ends in an arrowhead; its number is true all the same.
    """

    LOWEST, LONGEST = -0.6, 1.1  # of the bars
    LEFT, RIGHT = -0.7, 1.75  # of the axes: beyond the bars there is room for an arrowhead and a number
    BESIDE_BAR, BESIDE_ARROWHEAD = 0.03, 0.13

    def __init__(self, axes: Axes, title: str = "") -> None:
        self.axes = quiet(axes, title)
        rows = range(10)
        axes.set(xlim=(self.LEFT, self.RIGHT), ylim=(9.6, -0.6), yticks=rows, yticklabels=[f"{d}?" for d in rows])
        axes.tick_params(axis="y", length=0, labelsize=sizes.LABEL, labelcolor=INK)
        axes.set_xticks([0, 1], ["others: 0", "right digit: 1"])
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.axvline(1, color=EDGE, linewidth=0.8, zorder=0)
        self.bars = axes.barh(rows, np.zeros(10), height=0.7)
        self.arrowheads = [
            axes.plot([], [], color=INK, marker=marker, markersize=8, linestyle="none")[0] for marker in "<>"
        ]
        halo = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        self.labels = [axes.text(0, y, "", va="center", fontsize=sizes.SMALL, color=INK, bbox=halo) for y in rows]
        self.moving = [*self.bars, *self.arrowheads, *self.labels]

    def show(self, scores: np.ndarray) -> None:
        """scores: (10,)."""
        below, above = scores < self.LOWEST, scores > self.LONGEST
        widths = np.clip(np.nan_to_num(scores), self.LOWEST, self.LONGEST)
        at_labels = np.maximum(widths, 0) + self.BESIDE_BAR
        at_labels[above] = self.LONGEST + self.BESIDE_ARROWHEAD
        for bar, label, score, width, x in zip(self.bars, self.labels, scores, widths, at_labels):
            bar.set(width=width, color=OTHER_SCORES)
            label.set(x=x, text=score_in_words(score), fontweight="normal")
        for arrowhead, beyond, end in zip(self.arrowheads, (below, above), (self.LOWEST, self.LONGEST)):
            rows = np.flatnonzero(beyond)
            arrowhead.set_data(np.full(len(rows), end), rows)
        if np.any(scores) and np.isfinite(scores).all():
            highest = np.argmax(scores)
            self.bars[highest].set_color(POSITIVE)
            self.labels[highest].set_fontweight("bold")


def score_in_words(score: float) -> str:
    """With two decimals, unless it is out of hand: 0.66, -0.08, 12300, 1e+10."""
    if abs(score) < 100:
        return f"{round(score, 2) + 0.0:.2f}"
    return short(score, 6, 3)


class ProductView:
    """The weights of one output, their product with an image pixel by pixel, and the sum of it: the score."""

    def __init__(self, axes_pair: Sequence[Axes]) -> None:
        for_weights, for_product = axes_pair
        self.weights, self.product = WeightImageView(for_weights), WeightImageView(for_product, "pixel × weight")
        self.score = for_product.text(
            0.5, -0.04, "", transform=for_product.transAxes, ha="center", va="top", fontsize=sizes.TITLE, color=INK
        )
        self.moving = [*self.weights.moving, self.weights.title, *self.product.moving, self.score]

    def show(self, image: np.ndarray, weights: np.ndarray, digit: int, scale: float) -> None:
        """image: (784,). weights: (10, 784). digit: which output. scale: the number that gets the full colour."""
        with np.errstate(invalid="ignore"):
            product = image * weights[digit]
        self.weights.title.set_text(f"weights of {digit}?")
        self.weights.show(weights[digit], scale)
        self.product.show(product, scale)
        self.score.set_text(f"sum = {short(product.sum(), 8, 3)}")

    def show_nothing(self) -> None:
        self.weights.title.set_text("")
        self.weights.show_nothing()
        self.product.show_nothing()
        self.score.set_text("")


class SimilarityView:
    """An image, the weights of one output, their product pixel by pixel, and the sum of it: the score."""

    def __init__(self, axes_row: Sequence[Axes]) -> None:
        for_digit, *others = axes_row
        self.digit, self.product = DigitView(for_digit), ProductView(others)
        self.weights, self.score = self.product.weights, self.product.score
        self.score.set(x=1.1, y=0.5, ha="left", va="center", fontsize=sizes.SCORE)
        sign_style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": sizes.SIGN, "color": INK}
        for axes, sign in zip(others, ("×", "=")):
            axes.text(-0.09, 0.5, sign, transform=axes.transAxes, **sign_style)
        self.moving = [*self.product.moving, *self.digit.moving]

    def show(self, image: np.ndarray, label: int, weights: np.ndarray, digit: int, scale: float) -> None:
        """As in `ProductView`; label: what the image shows."""
        self.product.show(image, weights, digit, scale)
        self.digit.show(image, f"image of a {label}")
