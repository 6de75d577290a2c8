"""The error surface over two weights, and the path of learning on it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm

from .. import arguments
from ..learning import Descent, Step, error_along
from . import sizes
from .axes import place_of, quiet, write_ticks
from .colours import DEPTH, INK
from .given import INPUTS, names_for, run_of_one_output
from .numbers import number
from .picture import Picture
from .style import course_style
from .trail import Trail
from .zoom import Windows, nearest_inside, widened

POINTS_PER_SIDE = 80
BANDS = 9
SMALLEST_SHARE = 1e-9  # of a window's weights, that it is wide
SMALLEST, LARGEST = 1e-100, 1e100  # errors and weights that can be drawn


class ErrorSurfaceView:
    """The error over two weights as bands, white where it is 0, with the path that the weights took.

    Both axes have the same scale, so that a step straight downhill is seen to go straight across the bands.
    limit: the error of the highest band.
    """

    def __init__(self, axes: Axes, limit: float) -> None:
        self.axes = quiet(axes, "error over two weights (white: 0)")
        self.limit = limit
        write_ticks(axes)
        self.image = axes.imshow(
            np.zeros((POINTS_PER_SIDE, POINTS_PER_SIDE)), cmap=DEPTH, norm=self._bands(1), aspect="auto",
            origin="lower", interpolation="bilinear", interpolation_stage="data",
        )  # fmt: skip
        self.trail = Trail(axes)
        (self.point,) = axes.plot([], [], color=INK, marker="o", markersize=8, linestyle="none", zorder=5)
        self.note = axes.text(
            0.97, 0.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=INK, zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        )  # fmt: skip
        self.moving = [self.image, *self.trail.moving, self.point, self.note]

    def look_at(self, columns: Sequence[int], windows: Windows, names: Sequence[str]) -> None:
        """Choose the two input columns whose weights are the axes; windows: (low, high) that must be seen."""
        self.columns = list(columns)
        self._unzoomed = equally_scaled(self.axes, windows)
        self.axes.set_xlabel(f"weight of {names[columns[0]]}")
        self.axes.set_ylabel(f"weight of {names[columns[1]]}")
        self.zoom_to(1)

    def zoom_to(self, zoom: float) -> None:
        """Show `zoom` times as many weights, and bands `zoom ** 2` times as high."""
        self.windows = [widened(window, zoom) for window in self._unzoomed]
        self.axes.set(xlim=self.windows[0], ylim=self.windows[1])
        self.image.set_extent((*self.windows[0], *self.windows[1]))
        self.image.set_norm(self._bands(zoom))
        self.highest_band = zoom**2 * self.limit

    def show(self, run: Descent, iteration: int) -> None:
        """Show the surface as it is at an iteration (from 1), and the point that the weights are at."""
        step = run[iteration - 1]
        across, up = (np.linspace(*window, POINTS_PER_SIDE) for window in self.windows)
        heights = errors_over(step, self.columns, across, up)
        highest = 10 * self.highest_band
        self.image.set_data(np.minimum(np.nan_to_num(heights, nan=highest), highest))
        x, y = step.weights[0, self.columns]
        (left, right), (bottom, top) = self.windows
        if left <= x <= right and bottom <= y <= top:
            self.point.set_data([x], [y])
            self.note.set_text("")
        else:
            self.point.set_data([], [])
            self.note.set_text("the weights are off the chart")

    def show_way(self, run: Descent, iteration: int) -> None:
        """The path up to an iteration, and where the next step lands."""
        path = run.weights[: iteration + 1, 0, self.columns]
        self.trail.show(path[:-1], path[-1])

    def show_no_way(self) -> None:
        self.trail.show_nothing()

    def position(self) -> tuple[float, float] | None:
        """Where the point is in pixels of the picture, from its lower left corner; None if it is off the chart."""
        return place_of(self.point)

    def weights_at(self, x: float, y: float) -> tuple[float, ...]:
        """The two weights at a place in pixels of the picture, or the nearest that are shown."""
        weights = self.axes.transData.inverted().transform((x, y))
        return tuple(nearest_inside(window, weight) for weight, window in zip(weights, self.windows))

    def _bands(self, zoom: float) -> BoundaryNorm:
        levels = zoom**2 * self.limit * np.linspace(0, 1, BANDS + 1) ** 2
        return BoundaryNorm(levels, DEPTH.N, extend="max")


def equally_scaled(axes: Axes, windows: Windows) -> np.ndarray:
    """The windows, the narrower of them widened until a weight is as long across as it is up."""
    low, high = np.transpose(windows)
    width, height = axes.bbox.size
    per_pixel = np.max((high - low) / [width, height])
    half = per_pixel * np.array([width, height]) / 2
    middle = (low + high) / 2
    return np.stack([middle - half, middle + half], axis=-1)


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
    names: Sequence[str] | None = None,
) -> Picture:
    """The error over the weights of two input columns, with the path of a run of one output.

    columns: the two input columns. windows: ((low, high), (low, high)), the weights to show, and more where
    that gives both axes the same scale. names: of all inputs; without them toes, record and fans.
    Raises ValueError, naming the argument, for what can't be shown.
    """
    run = run_of_one_output("run", run)
    columns, windows = _two_columns(columns, len(run.inputs)), _two_windows(windows)
    names = names_for("names", names, run.inputs, INPUTS)
    if not run.errors.max() < LARGEST:
        raise ValueError("run must have finite errors, of which a map can be drawn; got one that has diverged.")
    picture = Picture(480, 440)
    axes = picture.add_axes_at(left=0.16, bottom=0.13, width=0.75, height=0.818)
    view = ErrorSurfaceView(axes, max(run.errors.max(), SMALLEST))
    view.look_at(columns, windows, names)
    view.show(run, len(run))
    view.show_way(run, len(run))
    start, end = run.weights[0, 0, list(columns)], run.weights[len(run) - 1, 0, list(columns)]
    moved = ", ".join(f"{names[c]} {number(a)} to {number(b)}" for c, a, b in zip(columns, start, end))
    picture.caption = (
        f"Error surface with the path of {len(run)} iterations: {moved}; error {number(run.errors[-1, 0])}."
    )
    return picture


def _two_columns(columns: Sequence[int], n_in: int) -> tuple[int, int]:
    try:
        first, second = (arguments.place("columns", column, n_in) for column in columns)
    except (TypeError, ValueError):
        first = second = 0
    if first == second:
        raise ValueError(
            f"columns must be two different input columns, each from 0 to {n_in - 1}, such as (1, 2); "
            f"got {arguments.quoted(columns)}."
        )
    return first, second


def _two_windows(windows: Windows) -> np.ndarray:
    found = arguments.of_shape("windows", windows, (2, 2), "(weights, ends)")
    if not (np.abs(found).max() < LARGEST and (np.diff(found) > SMALLEST_SHARE * np.abs(found).max()).all()):
        raise ValueError(
            "windows must be two, each from a lower to a higher weight, such as ((0, 1), (-1, 1)); "
            f"got {arguments.quoted(found.tolist())}."
        )
    return found
