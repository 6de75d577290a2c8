"""How the error went, iteration by iteration, and where alpha stands between learning and diverging."""

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from .picture import FAINT, INK, NEGATIVE, POSITIVE, THIRD, Picture, number, quiet
from .style import course_style

FLOOR, CEILING = 1e-12, 1e4
STYLES = [(POSITIVE, "o", "-"), (NEGATIVE, "s", "--"), (THIRD, "^", "-."), (INK, "D", ":")]


class ErrorHistoryView:
    """The error of each output over the iterations, on a log scale that stays as it is."""

    def __init__(self, axes, iterations, names=("",)):
        self.axes = quiet(axes, "error at each iteration", "iteration", "")
        axes.set(xlim=(0.5, iterations + 0.5), yscale="log", ylim=(FLOOR, CEILING))
        axes.set_yticks([1e-12, 1e-8, 1e-4, 1, 1e4])
        axes.yaxis.set_minor_locator(NullLocator())
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        self.lines, self.points = [], []
        for (colour, marker, dashes), name in zip(STYLES, names):
            self.lines += axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.6, label=name)
            self.points += axes.plot([], [], color=colour, marker=marker, markersize=7, linestyle="none", clip_on=False)
        if len(names) > 1:
            axes.legend(fontsize=8, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(names), frameon=False)
        self.note = axes.text(0.98, 0.5, "", transform=axes.transAxes, ha="right", va="center", fontsize=8.5, color=INK)
        self.moving = [*self.lines, *self.points, self.note]

    def show(self, errors, iteration):
        """errors: (iterations, n_out). iteration: how many of them to draw, from 1."""
        drawn = np.clip(np.nan_to_num(errors[:iteration], nan=np.inf), FLOOR, CEILING)
        for j, (line, point) in enumerate(zip(self.lines, self.points)):
            line.set_data(np.arange(1, iteration + 1), drawn[:, j])
            point.set_data([iteration], drawn[-1:, j])
        self.note.set_text(_leaves(drawn >= CEILING, "above") or _leaves(drawn <= FLOOR, "below"))


class AlphaView:
    """Alpha on a line: where learning works, where it lands in one step, where it diverges."""

    def __init__(self, axes, lowest, highest, log=False):
        self.axes = quiet(axes)
        self.lowest, self.highest = lowest, highest
        axes.spines["left"].set_visible(False)
        axes.set(xscale="log" if log else "linear", xlim=(lowest, highest), ylim=(0, 1), yticks=[])
        axes.text(-0.01, 0.5, "alpha", transform=axes.transAxes, ha="right", va="center", fontsize=9, color=INK)
        self.learns = axes.add_patch(Rectangle((lowest, 0), 0, 1, color="#D6EAF6", linewidth=0))
        self.diverges = axes.add_patch(
            Rectangle((lowest, 0), 0, 1, facecolor="#FBE6D6", edgecolor="#E0B090", hatch="///", linewidth=0)
        )
        self.edges = [axes.axvline(lowest, color=INK, linewidth=1, linestyle=":") for _ in range(2)]
        self.labels = [axes.text(lowest, 1.12, "", ha=ha, fontsize=8, color=INK) for ha in ("right", "left")]
        (self.marker,) = axes.plot([], [], color=INK, marker="v", markersize=9, linestyle="none", clip_on=False)
        self.moving = [self.marker]

    def mark(self, limit):
        """limit: the largest stable alpha, where learning ends."""
        edge = min(max(limit, self.lowest), self.highest)
        self.learns.set_width(edge - self.lowest)
        self.diverges.set(x=edge, width=self.highest - edge)
        for line, label, at, text in zip(self.edges, self.labels, (limit / 2, limit), ("one step", "limit")):
            inside = self.lowest < at < self.highest
            line.set_xdata([at, at] if inside else [])
            line.set_ydata([0, 1] if inside else [])
            label.set(x=at if inside else self.lowest, text=f"{text} {number(at)}" if inside else "")

    def show(self, alpha):
        self.marker.set_data([alpha], [0.55])


@course_style()
def errors(runs):
    """Error at each iteration of several runs, on one log scale. runs: {what to call it: `Descent`}."""
    longest = max(len(run) for run in runs.values())
    picture = Picture(620, 300)
    axes = picture.add_axes((0.09, 0.15, 0.74, 0.75))
    quiet(axes, "error at each iteration", "iteration").set(yscale="log", xlim=(0.5, longest + 0.5))
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    captions = []
    for (name, run), (colour, marker, dashes) in zip(runs.items(), STYLES):
        total = run.errors.sum(axis=1)
        iterations = np.arange(1, len(run) + 1)
        axes.plot(iterations, total, color=colour, marker=marker, linestyle=dashes, markersize=4, linewidth=1.5)
        axes.annotate(name, (len(run), total[-1]), (8, 0), textcoords="offset points", va="center", fontsize=9,
                      color=colour, annotation_clip=False)  # fmt: skip
        captions.append(f"{name}: {number(total[0])} to {number(total[-1])}")
    picture.caption = "Error from the first iteration to the last: " + "; ".join(captions) + "."
    return picture


def _leaves(outside, side):
    """In words, since when any output has been off the chart. outside: (iterations, n_out)."""
    found = np.flatnonzero(outside.any(axis=1))
    return f"{side} the chart from iteration {found[0] + 1}" if len(found) else ""
