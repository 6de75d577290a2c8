"""Error against one weight: the curve, the point where the weight is, its tangent, and the way that it came."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from .. import arguments
from ..learning import Descent, Step, error_along
from . import sizes
from .axes import place_of, quiet, write_ticks
from .colours import FAINT, INK, MUTED, POSITIVE
from .given import INPUTS, check_nodes, check_steps, names_for
from .numbers import number
from .picture import Picture
from .style import course_style
from .trail import TANGENT, Trail
from .zoom import Window, nearest_inside, widened

MOST_CURVES = 9  # beside each other
CURVE_POINTS, PAST_CURVE_POINTS = 161, 41
PAST_CURVES = 8  # the latest of them
TANGENT_LENGTH = 0.5  # in widths of the axes
SMALLEST_HALF, LARGEST = 1e-9, 1e100  # of a window, in weights: beyond, there is nothing to be seen
HEADROOM = 2  # how many times as high as the first error the axes go
BELOW_ZERO = 0.06  # how far the axes go on below an error of 0, in shares of the limit above


class ErrorCurveView:
    """The error of one output over one of its weights.

    `show` moves curve, point and tangent to a step; `show_way` adds the steps before it, and where the next one lands.
    window: the weights that are shown. limit: the highest error. output, column: which weight it is.
    """

    def __init__(self, axes: Axes, name: str, window: Window, limit: float, output: int = 0, column: int = 0) -> None:
        self.axes = quiet(axes, name, "weight", "error")
        self._unzoomed = window, limit
        self.output, self.column = output, column
        axes.axhline(0, color=FAINT, linewidth=1, zorder=0)
        write_ticks(axes)
        self.zoom_to(1)
        self.past = LineCollection([], colors=POSITIVE, linewidths=0.6, alpha=0.35, zorder=1.5)
        axes.add_collection(self.past)
        (self.curve,) = axes.plot([], [], color=POSITIVE, linewidth=2)
        (self.tangent,) = axes.plot([], [], **TANGENT)
        self.trail = Trail(axes)
        (self.point,) = axes.plot([], [], color=INK, markersize=8, linestyle="none", clip_on=False, zorder=5)
        self.note = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=MUTED)
        self.moving = [self.past, self.curve, self.tangent, *self.trail.moving, self.point, self.note]

    def zoom_to(self, zoom: float) -> None:
        """Show `zoom` times as many weights, and errors `zoom ** 2` times as high: the curve keeps its shape."""
        window, limit = self._unzoomed
        self.window, self.limit = widened(window, zoom), limit * zoom**2
        self.axes.set(xlim=self.window, ylim=(-BELOW_ZERO * self.limit, self.limit))

    def show(self, step: Step) -> None:
        weight, error = step.weights[self.output, self.column], step.errors[self.output]
        self.curve.set_data(*self._curve(step, CURVE_POINTS))
        marker = self._marker(weight, error)
        self._show_point(weight, error, marker)
        if marker == "o":
            self._show_tangent(weight, error, 2 * step.deltas[self.output] * step.inputs[self.column])
            self.note.set_text(self._weight_delta_in_words(step))
        else:
            self.tangent.set_data([], [])
            self.note.set_text("off the chart")

    def show_way(self, run: Descent, iteration: int) -> None:
        """iteration: where learning is now, from 1."""
        points = np.column_stack([run.weights[:-1, self.output, self.column], run.errors[:, self.output]])
        step = run[iteration - 1]
        landing = step.new_weights[self.output, self.column], errors_after(step)[self.output]
        self.trail.show(points[:iteration], np.array(landing))
        past = range(max(0, iteration - 1 - PAST_CURVES), iteration - 1)
        self.past.set_segments([np.column_stack(self._curve(run[i], PAST_CURVE_POINTS)) for i in past])

    def show_no_way(self) -> None:
        self.trail.show_nothing()
        self.past.set_segments([])

    def position(self) -> tuple[float, float] | None:
        """Where the point is in pixels of the picture, from its lower left corner; None if it is off the chart."""
        if self.point.get_marker() != "o":
            return None
        return place_of(self.point)

    def weight_at(self, x: float, y: float) -> float:
        """The weight below a place in pixels of the picture, or the nearest that is shown."""
        weight, _ = self.axes.transData.inverted().transform((x, y))
        return nearest_inside(self.window, weight)

    def _curve(self, step: Step, points: int) -> tuple[np.ndarray, np.ndarray]:
        along = np.linspace(*self.window, points)
        far_above = 50 * self.limit
        errors = error_along(step, self.output, self.column, along)
        return along, np.minimum(np.nan_to_num(errors, nan=far_above), far_above)

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


def errors_after(step: Step) -> np.ndarray:
    """The errors, (n_out,), that a step's new weights will have."""
    return (step.new_weights @ step.inputs - step.targets) ** 2


def frame(step: Step, same_scale: bool = True) -> tuple[np.ndarray, float]:
    """Windows (n_out, n_in, 2) of weights that hold each curve's start and bottom, and a limit for the error.

    With `same_scale` all windows are equally wide, so that the slopes can be compared by eye. Without, the bottom is in
    the middle, so that a step that overshoots is seen on the other side.
    """
    inputs = np.where(step.inputs == 0, np.inf, step.inputs)
    to_bottom = -step.deltas[:, None] / inputs
    if same_scale:
        left, right = min(to_bottom.min(), 0), max(to_bottom.max(), 0)
        middle, half = step.weights + (left + right) / 2, np.full(step.weights.shape, 0.9 * (right - left))
    else:
        middle, half = step.weights + to_bottom, np.sqrt(HEADROOM) * np.abs(to_bottom)
    half[half < SMALLEST_HALF * np.maximum(np.abs(middle), 1)] = 0.5
    windows, limit = np.stack([middle - half, middle + half], axis=-1), HEADROOM * max(step.errors.max(), 1e-6)
    if not (np.abs(windows).max() < LARGEST and limit < LARGEST):
        raise ValueError("steps must begin with inputs, targets and weights of which the error curves can be drawn.")
    return windows, limit


def curve_views(
    axes_grid: Sequence[Axes], step: Step, names: Sequence[str], same_scale: bool = True
) -> list[ErrorCurveView]:
    """An `ErrorCurveView` for every weight of a step, in the order of the axes."""
    windows, limit = frame(step, same_scale)
    weights = np.ndindex(step.weights.shape)
    views = [
        ErrorCurveView(axes, name, windows[j, i], limit, j, i) for axes, (j, i), name in zip(axes_grid, weights, names)
    ]
    for view in views[1:]:
        view.axes.set_ylabel("")
    return views


@course_style()
def error_curves(*steps: Step, names: Sequence[str] | None = None, same_scale: bool = True) -> Picture:
    """Error over each weight, a row for every step: the curve, the weight's point on it, its tangent.

    steps: `Step`s of one network, such as `run[0]`. names: one for each weight, row by row; without them toes, record
    and fans. same_scale: whether all curves of a row show equally many weights.
    Raises ValueError, naming the argument, for what can't be shown whole.
    """
    check_steps(steps)
    weights = steps[0].weights
    check_nodes("steps", weights.ravel(), MOST_CURVES)
    if any(step.weights.shape != weights.shape for step in steps):
        raise ValueError("steps must be of one network, with as many weights each.")
    names = names_for("names", names, weights.ravel(), INPUTS)
    same_scale = arguments.yes_or_no("same_scale", same_scale)
    rows, columns = len(steps), steps[0].weights.size
    picture = Picture(min(480 * columns, 860), 40 + 205 * rows)
    captions = []
    for row, (step, axes_row) in enumerate(zip(steps, picture.subplots(rows, columns, squeeze=False)), 1):
        for view in curve_views(axes_row, steps[0], names, same_scale):
            view.show(step)
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
