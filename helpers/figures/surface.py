"""The error surface over two weights, and the path of learning on it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm

from ..learning import Descent, Step, error_along
from . import sizes
from .axes import quiet
from .colours import DEPTH, INK, NEGATIVE
from .numbers import number
from .picture import Picture
from .style import course_style

Windows = Sequence[Sequence[float]] | np.ndarray  # lowest and highest weight of two columns

POINTS_PER_SIDE = 80
FAR_OFF = 1e6  # errors beyond this are drawn as if they were this, weights not at all


class ErrorSurfaceView:
    """The error over two weights as bands of equal height, with the path that the weights took."""

    def __init__(self, axes: Axes, limit: float) -> None:
        self.axes = quiet(axes, "error over two weights (white: 0)")
        axes.locator_params(nbins=5)
        levels = limit * np.linspace(0, 1, 10) ** 2
        self.image = axes.imshow(
            np.zeros((POINTS_PER_SIDE, POINTS_PER_SIDE)), cmap=DEPTH, norm=BoundaryNorm(levels, DEPTH.N, extend="max"),
            aspect="auto", origin="lower", interpolation="bilinear", interpolation_stage="data",
        )  # fmt: skip
        (self.path,) = axes.plot([], [], color=NEGATIVE, marker=".", markersize=5, linewidth=1.4)
        (self.point,) = axes.plot([], [], color=INK, marker="o", markersize=8, linestyle="none")
        self.note = axes.text(
            0.97, 0.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        )  # fmt: skip
        self.moving = [self.image, self.path, self.point, self.note]

    def look_at(self, columns: Sequence[int], windows: Windows, names: Sequence[str]) -> None:
        """Choose the two input columns whose weights are the axes; windows: (low, high) of each."""
        self.columns, self.windows = list(columns), windows
        (left, right), (bottom, top) = windows
        self.axes.set(xlim=(left, right), ylim=(bottom, top))
        self.axes.set_xlabel(f"weight of {names[columns[0]]}")
        self.axes.set_ylabel(f"weight of {names[columns[1]]}")
        self.image.set_extent((left, right, bottom, top))

    def show(self, run: Descent, iteration: int) -> None:
        """Show the surface as it is at an iteration (from 1), and the path up to there."""
        step = run[iteration - 1]
        (left, right), (bottom, top) = self.windows
        across, up = np.linspace(left, right, POINTS_PER_SIDE), np.linspace(bottom, top, POINTS_PER_SIDE)
        heights = errors_over(step, self.columns, across, up)
        self.image.set_data(np.minimum(np.nan_to_num(heights, nan=FAR_OFF), FAR_OFF))
        path = run.weights[:iteration, 0, self.columns]
        self.path.set_data(*path[(np.abs(path) < FAR_OFF).all(axis=1)].T)
        x, y = step.weights[0, self.columns]
        if left <= x <= right and bottom <= y <= top:
            self.point.set_data([x], [y])
            self.note.set_text("")
        else:
            self.point.set_data([], [])
            self.note.set_text("the weights are off the chart")


def errors_over(step: Step, columns: Sequence[int], across: np.ndarray, up: np.ndarray) -> np.ndarray:
    """The error of a step's one output over the weights of two input columns, (len(up), len(across)).

    Each weight `across` takes the place of the first column's, and the error is looked up along the second from there.
    """
    first, second = columns
    with np.errstate(all="ignore"):
        deltas = step.deltas[0] + step.inputs[first] * (across - step.weights[0, first])
    return error_along(replace(step, deltas=deltas[None]), 0, second, up[:, None])


@course_style()
def error_surface(
    run: Descent,
    columns: Sequence[int],
    windows: Windows,
    names: Sequence[str] = ("toes", "record", "fans"),
) -> Picture:
    """The error over the weights of two input columns, with the path of a run of one output.

    columns: the two input columns. windows: ((low, high), (low, high)), the weights to show.
    """
    picture = Picture(480, 440)
    axes = picture.add_axes_at(left=0.16, bottom=0.13, width=0.75, height=0.818)
    view = ErrorSurfaceView(axes, run.errors.max())
    view.look_at(columns, windows, names)
    view.show(run, len(run))
    start, end = run.weights[0, 0, list(columns)], run.weights[len(run) - 1, 0, list(columns)]
    moved = ", ".join(f"{names[c]} {number(a)} to {number(b)}" for c, a, b in zip(columns, start, end))
    picture.caption = (
        f"Error surface with the path of {len(run)} iterations: {moved}; error {number(run.errors[-1, 0])}."
    )
    return picture
