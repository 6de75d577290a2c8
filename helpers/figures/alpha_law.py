"""Where alpha stands among the limits of many images: the law of one example, said of each."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from . import sizes
from .axes import quiet
from .colours import DIVERGES, DIVERGES_HATCH, INK, LEARNS
from .numbers import number

TICKS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
# Room for the two labels above the bar, in shares of its width, which is about 770 pixels of the page.
FIRST_WIDTH, HALF_WIDTH = 0.22, 0.17


class AlphaLawView:
    """Alpha on a line, on a log scale, with the limits of many images: above the first, and above half of them.

    An image's limit is the alpha above which its own step makes its own error larger: 2 / |x|^2.
    """

    def __init__(self, axes: Axes, lowest: float, highest: float) -> None:
        self.axes = quiet(axes)
        self.lowest, self.highest = lowest, highest
        axes.spines["left"].set_visible(False)
        axes.set(xscale="log", xlim=(lowest, highest), ylim=(0, 1), yticks=[])
        axes.xaxis.set_major_locator(FixedLocator([tick for tick in TICKS if lowest <= tick <= highest]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda alpha, _: number(alpha)))
        axes.xaxis.set_minor_locator(NullLocator())
        self.below_all = Rectangle((lowest, 0), 0, 1, color=LEARNS, linewidth=0)
        self.above_some = Rectangle(
            (lowest, 0), 0, 1, facecolor=DIVERGES, edgecolor=DIVERGES_HATCH, hatch="//", linewidth=0
        )
        self.above_most = Rectangle(
            (lowest, 0), 0, 1, facecolor=DIVERGES, edgecolor=DIVERGES_HATCH, hatch="xxxx", linewidth=0
        )
        for area in (self.below_all, self.above_some, self.above_most):
            axes.add_patch(area)
        self.edges = [axes.axvline(lowest, color=INK, linewidth=1, linestyle=":") for _ in range(2)]
        above: dict[str, Any] = {"transform": axes.transAxes, "color": INK}
        axes.text(-0.015, 0.5, "alpha", ha="right", va="center", fontsize=sizes.LABEL, **above)
        axes.text(0, 2.15, "limits 2 / |x|² of the training images", fontsize=sizes.TITLE, **above)
        self.labels = [axes.text(0, 1.15, "", ha="right", fontsize=sizes.SMALL, **above) for _ in range(2)]
        self.note = axes.text(1, 2.15, "", ha="right", fontsize=sizes.NOTE, **above)
        (self.marker,) = axes.plot([], [], color=INK, marker="v", markersize=9, linestyle="none", clip_on=False)
        self.moving = [self.marker, self.note]

    def mark(self, limits: np.ndarray) -> None:
        """limits: (n,), the limit of each image; infinite for one without ink."""
        self.limits = limits
        first, half = limits.min(), np.median(limits)
        ends = np.clip([self.lowest, first, half, self.highest], self.lowest, self.highest)
        for area, start, width in zip((self.below_all, self.above_some, self.above_most), ends, np.diff(ends)):
            area.set(x=start, width=width)
        for edge, end in zip(self.edges, ends[1:]):
            edge.set_data([end, end], [0, 1])
        at_first = np.clip(self._share(ends[1]), FIRST_WIDTH, 1 - HALF_WIDTH)
        at_half = np.clip(self._share(ends[2]), at_first + HALF_WIDTH, 1)
        self.labels[0].set(x=at_first, text=f"the lowest: {number(first)}")
        self.labels[1].set(x=at_half, text=f"half of them: {number(half)}")

    def hide_marks(self, hidden: bool) -> None:
        """Hide what `mark` has drawn, or show it again."""
        for artist in (self.below_all, self.above_some, self.above_most, *self.edges, *self.labels):
            artist.set_visible(not hidden)

    def show(self, alpha: float) -> None:
        self.marker.set_data([alpha], [0.5])
        self.note.set_text(f"alpha is above {self.share_above(alpha):.1%} of them")

    def share_above(self, alpha: float) -> float:
        """The share of the images, 0 to 1, whose limit is below alpha."""
        return float(np.mean(self.limits < alpha))

    def _share(self, alpha: float) -> float:
        """Where alpha is on the bar, 0 to 1."""
        return float(np.log(alpha / self.lowest) / np.log(self.highest / self.lowest))
