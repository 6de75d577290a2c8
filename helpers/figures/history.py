"""How the error went, iteration by iteration, and where alpha stands between learning and diverging."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from .. import arguments
from ..learning import Descent
from ..learning.descent import check_run
from . import sizes
from .axes import quiet
from .colours import DIVERGES, DIVERGES_HATCH, FAINT, INK, LEARNS, MUTED, NEGATIVE, POSITIVE, THIRD
from .numbers import number
from .picture import Picture
from .style import course_style
from .trail import RING

FLOOR, CEILING = 1e-12, 1e4  # errors, on the log scale
LABEL_MARGIN = 0.16  # half the width of the longest label of an AlphaView, in shares of its axes
LINE_STYLES = [(POSITIVE, "o", "-"), (NEGATIVE, "s", "--"), (THIRD, "^", "-."), (INK, "D", ":")]


class ErrorHistoryView:
    """The error of each output over the iterations, on a log scale that stays as it is."""

    def __init__(self, axes: Axes, iterations: int, names: Sequence[str] = ("",)) -> None:
        self.axes, self.iterations = quiet(axes, "error at each iteration", "iteration", ""), iterations
        axes.set(xlim=(0.5, iterations + 0.5), yscale="log", ylim=(FLOOR, CEILING))
        axes.set_yticks([1e-12, 1e-8, 1e-4, 1, 1e4])
        axes.yaxis.set_minor_locator(NullLocator())
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        self.lines: list[Line2D] = []
        self.points: list[Line2D] = []
        self.rings: list[Line2D] = []
        for (colour, marker, dashes), name in zip(LINE_STYLES, names):
            self.lines += axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.6, label=name)
            self.points += axes.plot([], [], color=colour, marker=marker, markersize=7, linestyle="none", clip_on=False)
            self.rings += axes.plot([], [], zorder=3, **RING)
        if len(names) > 1:
            axes.legend(fontsize=sizes.SMALL, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(names), frameon=False)
        self.note = axes.text(
            0.98, 0.5, "", transform=axes.transAxes, ha="right", va="center", fontsize=sizes.NOTE, color=INK
        )
        self.moving = [*self.lines, *self.points, *self.rings, self.note]

    def show(self, errors: np.ndarray, iteration: int) -> None:
        """errors: (iterations, n_out). iteration: how many of them to draw, from 1."""
        drawn = np.clip(np.nan_to_num(errors[:iteration], nan=np.inf), FLOOR, CEILING)
        for j, (line, point) in enumerate(zip(self.lines, self.points)):
            line.set_data(np.arange(1, iteration + 1), drawn[:, j])
            point.set_data([iteration], drawn[-1:, j])
            point.set_marker(self._marker(j, drawn[-1, j]))
        for ring in self.rings:
            ring.set_data([], [])
        above, below = (drawn >= CEILING).any(axis=1), (drawn <= FLOOR).any(axis=1)
        if above.any():
            self.note.set_text(f"above the chart from iteration {above.argmax() + 1}")
        elif below.any():
            self.note.set_text(f"below the chart from iteration {below.argmax() + 1}")
        else:
            self.note.set_text("")

    def _marker(self, output: int, error: float) -> str:
        """An output's own, or the triangle of the edge that its error has left the chart by."""
        if error >= CEILING:
            return "^"
        if error <= FLOOR:
            return "v"
        _, marker, _ = LINE_STYLES[output]
        return marker

    def show_landing(self, errors: np.ndarray, iteration: int) -> None:
        """Rings where the next iteration's errors, (n_out,), will be. iteration: the one of now, from 1."""
        for ring, error in zip(self.rings, errors):
            if FLOOR < error < CEILING and iteration < self.iterations:
                ring.set_data([iteration + 1], [error])


class AlphaView:
    """Alpha on a line: where learning works, where it lands in one step, where it diverges."""

    def __init__(self, axes: Axes, lowest: float, highest: float, log: bool = False) -> None:
        self.axes = quiet(axes)
        self.lowest, self.highest = lowest, highest
        axes.spines["left"].set_visible(False)
        if log:
            axes.set_xscale("log")
        axes.set(xlim=(lowest, highest), ylim=(0, 1), yticks=[])
        axes.text(
            -0.01, 0.5, "alpha", transform=axes.transAxes, ha="right", va="center", fontsize=sizes.LABEL, color=INK
        )
        self.learns = Rectangle((lowest, 0), 0, 1, color=LEARNS, linewidth=0)
        self.diverges = Rectangle(
            (lowest, 0), 0, 1, facecolor=DIVERGES, edgecolor=DIVERGES_HATCH, hatch="///", linewidth=0
        )
        for area in (self.learns, self.diverges):
            axes.add_patch(area)
        self.edges = [axes.axvline(lowest, color=INK, linewidth=1, linestyle=":") for _ in range(2)]
        self.label = axes.text(0, 1.12, "", transform=axes.transAxes, ha="center", fontsize=sizes.SMALL, color=INK)
        (self.marker,) = axes.plot([], [], color=INK, marker="v", markersize=9, linestyle="none", clip_on=False)
        self.moving = [self.marker]

    def mark(self, limit: float) -> None:
        """limit: the largest stable alpha, where learning ends."""
        end = min(max(limit, self.lowest), self.highest)
        self.learns.set_width(end - self.lowest)
        self.diverges.set(x=end, width=self.highest - end)
        words, shares = [], []
        for edge, name, alpha in zip(self.edges, ("one step", "limit"), (limit / 2, limit)):
            edge.set_data([], [])
            if self.lowest < alpha < self.highest:
                edge.set_data([alpha, alpha], [0, 1])
                words.append(f"{name} {number(alpha)}")
                shares.append(self._share(alpha))
        self.label.set(text="      ".join(words), color=INK)
        if shares:
            self.label.set_x(np.clip(np.mean(shares), LABEL_MARGIN, 1 - LABEL_MARGIN))

    def mark_nothing(self, hint: str) -> None:
        """Leave the bar blank, with a hint above it that says why."""
        for area in (self.learns, self.diverges):
            area.set_width(0)
        for edge in self.edges:
            edge.set_data([], [])
        self.label.set(x=0.5, text=hint, color=MUTED)

    def _share(self, alpha: float) -> float:
        """Where alpha is on the bar, 0 to 1."""
        return self.axes.transAxes.inverted().transform(self.axes.transData.transform((alpha, 0)))[0]

    def show(self, alpha: float) -> None:
        self.marker.set_data([alpha], [0.55])


@course_style()
def errors(runs: Mapping[str, Descent]) -> Picture:
    """Error at each iteration of several runs, on one log scale.

    runs: {what to call it: `Descent`}, from 1 to 4 of them, which can be told apart. Raises ValueError for others.
    """
    if not isinstance(runs, Mapping) or not 1 <= len(runs) <= len(LINE_STYLES):
        raise ValueError(
            f"runs must be from 1 to {len(LINE_STYLES)} in a dictionary, such as {{'alpha 0.1': run}}: more can't be "
            f"told apart; got {_how_many(runs)}."
        )
    for name, run in runs.items():
        arguments.text("runs", name)
        check_run("runs", run)
    longest = max(len(run) for run in runs.values())
    picture = Picture(620, 300)
    axes = picture.add_axes_at(left=0.09, bottom=0.15, width=0.74, height=0.75)
    quiet(axes, "error at each iteration", "iteration").set(yscale="log", xlim=(0.5, longest + 0.5))
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    captions = []
    for (name, run), (colour, marker, dashes) in zip(runs.items(), LINE_STYLES):
        total = run.errors.sum(axis=1)
        iterations = np.arange(1, len(run) + 1)
        axes.plot(iterations, total, color=colour, marker=marker, linestyle=dashes, markersize=4, linewidth=1.5)
        axes.annotate(
            name, (len(run), total[-1]), (8, 0), textcoords="offset points", va="center",
            fontsize=sizes.LABEL, color=colour, annotation_clip=False,
        )  # fmt: skip
        captions.append(f"{name}: {number(total[0])} to {number(total[-1])}")
    picture.caption = "Error from the first iteration to the last: " + "; ".join(captions) + "."
    return picture


def _how_many(runs: object) -> str:
    if isinstance(runs, Mapping):
        return f"{len(runs)}"
    return arguments.quoted(runs)
