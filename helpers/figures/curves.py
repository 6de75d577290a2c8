"""Error against one weight: the curve, the point where the weight is, and its tangent."""

import numpy as np

from ..learning import error_along
from .picture import FAINT, INK, MUTED, NEGATIVE, POSITIVE, Picture, number, quiet
from .style import course_style

TANGENT = 0.5  # its length, in widths of the axes


class ErrorCurveView:
    """The error of one output over one of its weights; `show` moves curve, point and tangent to a step."""

    def __init__(self, axes, name, window, limit, output=0, column=0):
        self.axes = quiet(axes, name, "weight", "error")
        self.window, self.limit, self.output, self.column = window, limit, output, column
        axes.set(xlim=window, ylim=(-0.06 * limit, limit))
        axes.axhline(0, color=FAINT, linewidth=1, zorder=0)
        axes.locator_params(nbins=5)
        (self.curve,) = axes.plot([], [], color=POSITIVE, linewidth=2)
        (self.tangent,) = axes.plot([], [], color=NEGATIVE, linewidth=1.6, linestyle=(0, (4, 2)))
        (self.point,) = axes.plot([], [], color=INK, markersize=8, linestyle="none", clip_on=False, zorder=5)
        self.note = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=8.5, color=MUTED)
        self.moving = [self.curve, self.tangent, self.point, self.note]

    def show(self, step):
        weight = step.weights[self.output, self.column]
        error, weight_delta = step.errors[self.output], step.weight_deltas[self.output, self.column]
        along = np.linspace(*self.window, 161)
        errors = error_along(step, self.output, self.column, along)
        far_above = 50 * self.limit
        self.curve.set_data(along, np.minimum(np.nan_to_num(errors, nan=far_above), far_above))
        marker = self._place(weight, error)
        slope = 2 * step.deltas[self.output] * step.inputs[self.column]
        if marker == "o":
            width, height = np.ptp(self.window), 1.06 * self.limit
            half = TANGENT / 2 / np.hypot(1 / width, slope / height)
            self.tangent.set_data([weight - half, weight + half], [error - half * slope, error + half * slope])
        else:
            self.tangent.set_data([], [])
        note = "frozen" if self.column in step.frozen else f"weight_delta {number(weight_delta, 3)}"
        self.note.set_text(note if marker == "o" else "off the chart")

    def _place(self, weight, error):
        """Put the point where the weight is, or on the edge that it left the chart by. Returns the marker."""
        lowest, highest = self.window
        marker = "o"
        if not weight <= highest:
            marker = ">"
        elif weight < lowest:
            marker = "<"
        elif not error <= self.limit:
            marker = "^"
        at = np.clip(np.nan_to_num([weight, error], nan=np.inf), [lowest, 0], [highest, self.limit])
        self.point.set_data(at[:1], at[1:])
        self.point.set_marker(marker)
        return marker


def frame(step, same_scale=True):
    """Windows (n_out, n_in, 2) of weights that hold each curve's start and bottom, and a limit for the error.

    With `same_scale` all windows are equally wide, so that the slopes can be compared by eye.
    """
    inputs = np.where(step.inputs == 0, np.inf, step.inputs)
    to_bottom = -step.deltas[:, None] / inputs
    low, high = np.minimum(to_bottom, 0), np.maximum(to_bottom, 0)
    if same_scale:
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    margin = np.where(high > low, 0.8 * (high - low), 1)
    low, high = step.weights + low - margin / 2, step.weights + high + margin / 2
    return np.stack([low, high], axis=-1), 1.6 * max(step.errors.max(), 1e-6)


def curve_views(axes_grid, step, names, same_scale=True):
    """An `ErrorCurveView` for every weight of a step, in the order of the axes."""
    windows, limit = frame(step, same_scale)
    weights = [(j, i) for j in range(len(step.targets)) for i in range(len(step.inputs))]
    return [
        ErrorCurveView(axes, name, windows[j, i], limit, j, i) for axes, (j, i), name in zip(axes_grid, weights, names)
    ]


@course_style()
def error_curves(*steps, names=("toes", "record", "fans"), same_scale=True):
    """Error over each weight, a row for every step: the curve, the weight's point on it, its tangent."""
    rows, columns = len(steps), steps[0].weights.size
    picture = Picture(860, 40 + 205 * rows)
    captions = []
    for row, (step, axes) in enumerate(zip(steps, picture.subplots(rows, columns, squeeze=False)), 1):
        for view in curve_views(axes, steps[0], names, same_scale):
            view.axes.set_ylabel("")
            view.axes.set_xlabel("weight" if row == rows else "")
            view.show(step)
        axes[0].set_ylabel(f"iteration {row}\nerror" if rows > 1 else "error")
        slopes = ", ".join(f"{name} {number(w)}" for name, w in zip(names, step.weight_deltas.ravel()))
        errors = ", ".join(number(error) for error in step.errors)
        captions.append(f"iteration {row}: error {errors}, weight_deltas {slopes}")
    picture.tight_layout(pad=0.6, w_pad=1.2, h_pad=1)
    picture.caption = "Error over each weight, with tangent; " + "; ".join(captions) + "."
    return picture
