"""The error surface over two weights, and the path of learning on it."""

import numpy as np
from matplotlib.colors import BoundaryNorm

from .picture import DEPTH, INK, NEGATIVE, Picture, number, quiet
from .style import course_style

GRID = 80


class ErrorSurfaceView:
    """The error over two weights as bands of equal height, with the path that the weights took."""

    def __init__(self, axes, limit):
        self.axes = quiet(axes, "error over two weights (white: 0)")
        axes.locator_params(nbins=5)
        levels = limit * np.linspace(0, 1, 10) ** 2
        self.image = axes.imshow(
            np.zeros((GRID, GRID)), cmap=DEPTH, norm=BoundaryNorm(levels, DEPTH.N, extend="max"), aspect="auto",
            origin="lower", interpolation="bilinear", interpolation_stage="data",
        )  # fmt: skip
        (self.path,) = axes.plot([], [], color=NEGATIVE, marker=".", markersize=5, linewidth=1.4)
        (self.point,) = axes.plot([], [], color=INK, marker="o", markersize=8, linestyle="none")
        self.note = axes.text(0.97, 0.03, "", transform=axes.transAxes, ha="right", fontsize=8.5, color=INK,
                              bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5})  # fmt: skip
        self.moving = [self.image, self.path, self.point, self.note]

    def look_at(self, columns, windows, names):
        """Choose the two input columns whose weights are the axes; windows: (low, high) of each."""
        self.columns, self.windows = list(columns), windows
        self.axes.set(xlim=windows[0], ylim=windows[1])
        self.axes.set_xlabel(f"weight of {names[columns[0]]}")
        self.axes.set_ylabel(f"weight of {names[columns[1]]}")
        self.image.set_extent(np.ravel(windows))

    def show(self, run, iteration):
        """Draw the surface as it is at an iteration (from 1), and the path up to there."""
        step = run[iteration - 1]
        here, inputs = step.weights[0, self.columns], step.inputs[self.columns]
        across, up = (np.linspace(*window, GRID) for window in self.windows)
        with np.errstate(over="ignore", invalid="ignore"):
            delta = step.deltas[0] + inputs[0] * (across - here[0]) + inputs[1] * (up[:, None] - here[1])
            heights = np.nan_to_num(delta**2, nan=1e6, posinf=1e6)
        self.image.set_data(np.minimum(heights, 1e6))
        path = run.weights[:iteration, 0, self.columns]
        path = path[(np.abs(path) < 1e6).all(axis=1)]
        self.path.set_data(*path.T)
        inside = all(low <= at <= high for at, (low, high) in zip(here, self.windows))
        self.point.set_data(*([[at] for at in here] if inside else ([], [])))
        self.note.set_text("" if inside else "the weights are off the chart")


@course_style()
def error_surface(run, columns, windows, names=("toes", "record", "fans")):
    """The error over the weights of two input columns, with the path of a run of one output.

    columns: the two input columns. windows: ((low, high), (low, high)), the weights to show.
    """
    picture = Picture(480, 440)
    view = ErrorSurfaceView(picture.add_axes((0.16, 0.13, 0.75, 0.818)), run.errors.max())
    view.look_at(columns, windows, names)
    view.show(run, len(run))
    start, end = run.weights[0, 0, list(columns)], run.weights[len(run) - 1, 0, list(columns)]
    moved = ", ".join(f"{names[c]} {number(a)} to {number(b)}" for c, a, b in zip(columns, start, end))
    picture.caption = (
        f"Error surface with the path of {len(run)} iterations: {moved}; error {number(run.errors[-1, 0])}."
    )
    return picture
