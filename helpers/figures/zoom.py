"""Zooming out in round steps, so that no point leaves the picture and two pictures can still be compared by eye."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from . import sizes
from .colours import NEGATIVE
from .numbers import number
from .picture import Picture

Window = Sequence[float] | np.ndarray  # lowest and highest weight
Windows = Sequence[Sequence[float]] | np.ndarray

FARTHEST = 60  # powers of ten; what lies beyond is marked at the edge of the chart
LADDER = [step * 10.0**power for power in range(FARTHEST) for step in (1, 2, 5)]


def widened(window: Window, zoom: float) -> tuple[float, float]:
    """The window around the same middle, `zoom` times as wide.

    An error curve keeps its shape if its errors are drawn up to `zoom ** 2` times as high: it is a parabola.
    """
    lowest, highest = window
    middle, half = (lowest + highest) / 2, (highest - lowest) / 2
    return middle - zoom * half, middle + zoom * half


def nearest_inside(window: Window, weight: float) -> float:
    """The weight, or the nearest that is well inside the window: as far as a point can be dragged."""
    return float(np.clip(weight, *widened(window, 0.99)))


def smallest_zoom(
    windows: Windows, weights: np.ndarray, limit: float = np.inf, errors: np.ndarray | None = None
) -> float:
    """The first step of the ladder 1, 2, 5, 10, 20 ... that holds all points.

    windows: (n, 2), without zoom. weights: (points, n). limit: the highest error without zoom. errors: (points,).
    Points that are not finite can't be held, and don't count.
    """
    lowest, highest = np.transpose(windows)
    needed = np.abs(weights - (lowest + highest) / 2) / ((highest - lowest) / 2)
    if errors is not None:
        needed = np.column_stack([needed, np.sqrt(errors / limit)])
    step = bisect_left(LADDER, needed[np.isfinite(needed)].max(initial=1) * (1 - 1e-9))
    return LADDER[min(step, len(LADDER) - 1)]


class ZoomNote:
    """Says how far the charts of a picture have zoomed out. bottom, right: where, in shares of the picture."""

    def __init__(self, picture: Picture, bottom: float, right: float) -> None:
        self.text = picture.text(right, bottom, "", ha="right", fontsize=sizes.NOTE, fontweight="bold", color=NEGATIVE)
        self.moving = [self.text]

    def show(self, zoom: float) -> None:
        self.text.set_text("")
        if zoom != 1:
            self.text.set_text(f"zoomed out × {number(zoom, 1)}")
