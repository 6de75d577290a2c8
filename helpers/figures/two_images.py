"""Two images against each other: what they have in common, and the outputs for one where the next step leads."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from . import sizes
from .axes import quiet
from .colours import INK, MUTED, OTHER_SCORES, POSITIVE, THIRD
from .numbers import number
from .picture import Picture
from .pixel_images import DigitView
from .scores import score_in_words
from .trail import RING

TARGET: dict[str, Any] = {"color": THIRD, "marker": "|", "markersize": 17, "markeredgewidth": 2.5, "linestyle": "none"}


class InCommonView:
    """Images A and B, and their product pixel by pixel, with its sum below: the dot product."""

    def __init__(self, axes_row: Sequence[Axes]) -> None:
        self.first, self.second, self.product = (DigitView(axes) for axes in axes_row)
        _, *others = axes_row
        sign_style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": sizes.SIGN, "color": INK}
        for axes, sign in zip(others, ("×", "=")):
            axes.text(-0.1, 0.5, sign, transform=axes.transAxes, **sign_style)
        under = others[-1]
        self.sum = under.text(
            0.5, -0.05, "", transform=under.transAxes, ha="center", va="top", fontsize=sizes.SUM, color=INK
        )
        self.moving = [*self.first.moving, *self.second.moving, *self.product.moving, self.sum]

    def show(self, a: np.ndarray, b: np.ndarray, titles: Sequence[str]) -> None:
        """a, b: (784,), 0 to 1. titles: what stands above each of them."""
        self.first.show(a, titles[0])
        self.second.show(b, titles[1])
        self.product.show(a * b, "pixel × pixel")
        self.sum.set_text(f"A · B = {number(a @ b, 3)}")


class StepView:
    """What the next step does to an output for image B, as a formula and in numbers."""

    def __init__(self, picture: Picture, left: float, bottom: float) -> None:
        self.text = picture.text(left, bottom, "", fontsize=sizes.TITLE, color=INK)
        self.moving = [self.text]

    def show(self, digit: int, factors: Sequence[str], change: str) -> None:
        """factors: alpha, delta and A · B, in words, as the change is."""
        alpha, delta, in_common = factors
        self.text.set_text(
            f"Next step, output {digit}? for B:   -alpha × delta × (A · B)  =  "
            f"-{alpha} × ({delta}) × {in_common}  =  {change}"
        )


class OutputsView:
    """Ten outputs as bars with their numbers, the target 1, and a ring where the next step leads one of them.

    The one that changes stands out. Bars that don't fit end in an arrow.
    """

    LOWEST, HIGHEST = -1.1, 2.8
    SHORTEST, LONGEST = -1.0, 1.8  # of the bars: behind them there is room for an arrow and a number

    def __init__(self, axes: Axes) -> None:
        self.axes = quiet(axes)
        rows = range(10)
        axes.set(xlim=(self.LOWEST, self.HIGHEST), ylim=(9.6, -0.6), yticks=rows, yticklabels=[f"{d}?" for d in rows])
        axes.set(xticks=[-1, 0, 1])
        axes.tick_params(axis="y", length=0, labelsize=sizes.LABEL, labelcolor=INK)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        self.title = axes.set_title("", loc="left", fontsize=sizes.TITLE, color=INK)
        self.note = axes.text(1, 1.02, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=INK)
        self.bars = axes.barh(rows, np.zeros(10), height=0.62)
        numbers: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": sizes.SMALL, "color": INK}
        self.labels = [axes.text(self.HIGHEST, row, "", **numbers) for row in rows]
        (self.target,) = axes.plot([], [], **TARGET)
        arrow: dict[str, Any] = {"color": INK, "markersize": 7, "linestyle": "none", "zorder": 3}
        (self.too_high,) = axes.plot([], [], marker=">", **arrow)
        (self.too_low,) = axes.plot([], [], marker="<", **arrow)
        (self.ring,) = axes.plot([], [], **RING)
        lines = [self.target, self.too_high, self.too_low, self.ring]
        self.moving = [self.title, self.note, *self.bars, *self.labels, *lines]

    def show(self, outputs: np.ndarray, label: int, changing: int, landing: float) -> None:
        """outputs: (10,). label: whose target is 1. changing: the output that the next step changes, to `landing`."""
        lengths = np.clip(np.nan_to_num(outputs, nan=np.inf), self.SHORTEST, self.LONGEST)
        too_high, too_low = np.flatnonzero(lengths == self.LONGEST), np.flatnonzero(lengths == self.SHORTEST)
        self.too_high.set_data(lengths[too_high] + 0.04, too_high)
        self.too_low.set_data(lengths[too_low] - 0.03, too_low)
        self.target.set_data([1], [label])
        for bar, text, output, length in zip(self.bars, self.labels, outputs, lengths):
            bar.set(width=length, facecolor=OTHER_SCORES)
            text.set(text=score_in_words(output), fontweight="normal")
        self.bars[changing].set_facecolor(POSITIVE)
        self.labels[changing].set_fontweight("bold")
        self.ring.set_data([], [])
        if self.SHORTEST < landing < self.LONGEST:
            self.ring.set_data([landing], [changing])


def explain_outputs(picture: Picture, left: float, bottom: float) -> None:
    """One line that says what is drawn beside the bars; its lower left corner in shares of the picture."""
    handles = [Line2D([], [], **TARGET), Line2D([], [], **RING)]
    words = ["target 1 (all others: 0)", "where the next step leads"]
    picture.legend(
        handles, words, loc="lower left", bbox_to_anchor=(left, bottom), ncols=2, frameon=False, fontsize=sizes.SMALL,
        handletextpad=0.2, columnspacing=1.4, borderpad=0, borderaxespad=0, labelcolor=INK,
    )  # fmt: skip
