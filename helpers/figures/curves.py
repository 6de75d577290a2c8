"""Error against one weight: the curve, the point where the weight is, and its tangent."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from ..learning import Step, error_along
from . import sizes
from .axes import quiet
from .colours import FAINT, INK, MUTED, NEGATIVE, POSITIVE
from .numbers import number
from .picture import Picture
from .style import course_style

Window = Sequence[float] | np.ndarray  # lowest and highest weight

CURVE_POINTS = 161
TANGENT_LENGTH = 0.5  # in widths of the axes
BELOW_ZERO = 0.06  # how far the axes go on below an error of 0, in shares of the limit above


class ErrorCurveView:
    """The error of one output over one of its weights; `show` moves curve, point and tangent to a step.

    window: the weights that are shown. limit: the highest error. output, column: which weight it is.
    """

    def __init__(self, axes: Axes, name: str, window: Window, limit: float, output: int = 0, column: int = 0) -> None:
        self.axes = quiet(axes, name, "weight", "error")
        self.window, self.limit, self.output, self.column = window, limit, output, column
        axes.set(xlim=window, ylim=(-BELOW_ZERO * limit, limit))
        axes.axhline(0, color=FAINT, linewidth=1, zorder=0)
        axes.locator_params(nbins=5)
        (self.curve,) = axes.plot([], [], color=POSITIVE, linewidth=2)
        (self.tangent,) = axes.plot([], [], color=NEGATIVE, linewidth=1.6, linestyle=(0, (4, 2)))
        (self.point,) = axes.plot([], [], color=INK, markersize=8, linestyle="none", clip_on=False, zorder=5)
        self.note = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=MUTED)
        self.moving = [self.curve, self.tangent, self.point, self.note]

    def show(self, step: Step) -> None:
        weight, error = step.weights[self.output, self.column], step.errors[self.output]
        self._show_curve(step)
        marker = self._marker(weight, error)
        self._show_point(weight, error, marker)
        if marker == "o":
            self._show_tangent(weight, error, 2 * step.deltas[self.output] * step.inputs[self.column])
            self.note.set_text(self._weight_delta_in_words(step))
        else:
            self.tangent.set_data([], [])
            self.note.set_text("off the chart")

    def _show_curve(self, step: Step) -> None:
        lowest, highest = self.window
        along = np.linspace(lowest, highest, CURVE_POINTS)
        errors = error_along(step, self.output, self.column, along)
        far_above = 50 * self.limit
        self.curve.set_data(along, np.minimum(np.nan_to_num(errors, nan=far_above), far_above))

    def _marker(self, weight: float, error: float) -> str:
        """A dot on the chart, or the triangle of the edge that the point has left it by; nan is too large."""
        lowest, highest = self.window
        if not weight <= highest:
            return ">"
        if weight < lowest:
            return "<"
        if not error <= self.limit:
            return "^"
        return "o"

    def _show_point(self, weight: float, error: float, marker: str) -> None:
        lowest, highest = self.window
        at = np.clip(np.nan_to_num([weight, error], nan=np.inf), [lowest, 0], [highest, self.limit])
        self.point.set_data(at[:1], at[1:])
        self.point.set_marker(marker)

    def _show_tangent(self, weight: float, error: float, slope: float) -> None:
        width, height = np.ptp(self.window), (1 + BELOW_ZERO) * self.limit
        half = TANGENT_LENGTH / 2 / np.hypot(1 / width, slope / height)
        self.tangent.set_data([weight - half, weight + half], [error - half * slope, error + half * slope])

    def _weight_delta_in_words(self, step: Step) -> str:
        if self.column in step.frozen:
            return "frozen"
        return f"weight_delta {number(step.weight_deltas[self.output, self.column], 3)}"


def frame(step: Step, same_scale: bool = True) -> tuple[np.ndarray, float]:
    """Windows (n_out, n_in, 2) of weights that hold each curve's start and bottom, and a limit for the error.

    With `same_scale` all windows are equally wide, so that the slopes can be compared by eye.
    """
    inputs = np.where(step.inputs == 0, np.inf, step.inputs)
    to_bottom = -step.deltas[:, None] / inputs
    to_left, to_right = np.minimum(to_bottom, 0), np.maximum(to_bottom, 0)
    if same_scale:
        to_left[:], to_right[:] = to_left.min(), to_right.max()
    width = to_right - to_left
    margin = np.where(width > 0, 0.8 * width, 1) / 2
    windows = np.stack([step.weights + to_left - margin, step.weights + to_right + margin], axis=-1)
    return windows, 1.6 * max(step.errors.max(), 1e-6)


def curve_views(
    axes_grid: Sequence[Axes], step: Step, names: Sequence[str], same_scale: bool = True
) -> list[ErrorCurveView]:
    """An `ErrorCurveView` for every weight of a step, in the order of the axes."""
    windows, limit = frame(step, same_scale)
    weights = np.ndindex(step.weights.shape)
    return [
        ErrorCurveView(axes, name, windows[j, i], limit, j, i) for axes, (j, i), name in zip(axes_grid, weights, names)
    ]


@course_style()
def error_curves(*steps: Step, names: Sequence[str] = ("toes", "record", "fans"), same_scale: bool = True) -> Picture:
    """Error over each weight, a row for every step: the curve, the weight's point on it, its tangent."""
    rows, columns = len(steps), steps[0].weights.size
    picture = Picture(860, 40 + 205 * rows)
    captions = []
    for row, (step, axes_row) in enumerate(zip(steps, picture.subplots(rows, columns, squeeze=False)), 1):
        for view in curve_views(axes_row, steps[0], names, same_scale):
            view.show(step)
        for axes in axes_row[1:]:
            axes.set_ylabel("")
        if rows > 1:
            axes_row[0].set_ylabel(f"iteration {row}\nerror")
        if row < rows:
            for axes in axes_row:
                axes.set_xlabel("")
        slopes = ", ".join(f"{name} {number(w)}" for name, w in zip(names, step.weight_deltas.ravel()))
        errors = ", ".join(number(error) for error in step.errors)
        captions.append(f"iteration {row}: error {errors}, weight_deltas {slopes}")
    picture.tight_layout(pad=0.6, w_pad=1.2, h_pad=1)
    picture.caption = "Error over each weight, with tangent; " + "; ".join(captions) + "."
    return picture
