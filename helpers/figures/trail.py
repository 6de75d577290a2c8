"""The way that learning took: past points from light to dark, and a ring where the next step will land."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from . import sizes
from .colours import INK, NEGATIVE
from .picture import Picture

OLDEST, NEWEST = 0.8, 0.2  # shades of grey: 0 is black
FAR_OFF = 50  # points farther away than so many widths of the axes are not drawn
RING: dict[str, Any] = {
    "marker": "o", "markersize": 9, "markerfacecolor": "none", "markeredgecolor": NEGATIVE, "markeredgewidth": 1.6,
    "linestyle": "none",
}  # fmt: skip
TANGENT: dict[str, Any] = {"color": NEGATIVE, "linewidth": 1.6, "linestyle": (0, (4, 2))}


class Trail:
    """Points joined in their order, and the step that comes next, on linear axes."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        (self.line,) = axes.plot([], [], color="#8C8C8C", linewidth=1, zorder=3)
        self.dots = axes.scatter([], [], s=22, linewidths=0, zorder=3.5)
        (self.aim,) = axes.plot([], [], color=NEGATIVE, linewidth=1, linestyle=(0, (1, 2)), zorder=3)
        (self.ring,) = axes.plot([], [], zorder=4.5, **RING)
        self.moving = [self.line, self.dots, self.aim, self.ring]

    def show(self, points: np.ndarray, landing: np.ndarray) -> None:
        """points: (n, 2), the oldest first, the last where learning is now. landing: (2,), where the next step ends."""
        near = points[self._are_near(points)]
        self.line.set_data(*near.T)
        self.dots.set_offsets(near[:-1])
        self.dots.set_facecolor([f"{shade:.2f}" for shade in np.linspace(OLDEST, NEWEST, len(near))[:-1]])
        step = np.array([points[-1], landing])
        if not self._are_near(step).all():
            step = np.empty((0, 2))
        self.aim.set_data(*step.T)
        self.ring.set_data(*step[1:].T)

    def show_nothing(self) -> None:
        for line in (self.line, self.aim, self.ring):
            line.set_data([], [])
        self.dots.set_offsets(np.empty((0, 2)))

    def _are_near(self, points: np.ndarray) -> np.ndarray:
        (left, right), (bottom, top) = self.axes.get_xlim(), self.axes.get_ylim()
        shares = (points - [left, bottom]) / [right - left, top - bottom]
        return np.all(np.abs(np.nan_to_num(shares, nan=np.inf)) < FAR_OFF, axis=1)


def explain_trail(picture: Picture, left: float, bottom: float) -> None:
    """One line that says what is drawn beside a curve or a map; its lower left corner in shares of the picture."""
    dot: dict[str, Any] = {"linestyle": "none", "marker": "o"}
    handles = [
        Line2D([], [], color=INK, markersize=8, **dot),
        Line2D([], [], color="0.6", markersize=5, **dot),
        Line2D([], [], **RING),
        Line2D([], [], **TANGENT),
    ]
    words = ["now", "before: darker is later", "where the next step will land", "slope: 2 × weight_delta"]
    picture.legend(
        handles, words, loc="lower left", bbox_to_anchor=(left, bottom), ncols=4, frameon=False, fontsize=sizes.SMALL,
        handletextpad=0.3, columnspacing=1.2, borderpad=0, borderaxespad=0, labelcolor=INK,
    )  # fmt: skip
