"""A network with its numbers on nodes and edges."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.text import Text

from ..learning import Step
from . import sizes
from .axes import bare
from .colours import INK, MUTED, NEGATIVE, POSITIVE
from .numbers import number

STAGES = ("empty", "predict", "compare", "learn", "update")
Point = tuple[float, float]

X_INPUTS, X_OUTPUTS = 0, 4
X_LIMITS = (-1.25, 6.3)  # room for the names of the inputs, and for what is said beside the outputs
RADIUS = 0.36
MARGIN = 0.05  # above and below the nodes
HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
THINNEST, POINTS_PER_UNIT = 0.8, 2.4  # of the edges, which are as wide as their number is large
WIDEST_FROM = 1.3  # numbers of this size and above


class NetworkView:
    """A network drawn once; `show` puts the numbers of a step on it.

    `moving` are the artists that change from step to step of one example; its inputs stay.
    """

    def __init__(self, axes: Axes, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        self.axes = bare(axes)
        self.inputs, self.outputs = inputs, outputs
        axes.set(xlim=X_LIMITS, aspect="equal")
        make_room(axes, max(len(inputs), len(outputs), 2))
        self.at_inputs = [(X_INPUTS, y) for y in spread(len(inputs))]
        self.at_outputs = [(X_OUTPUTS, y) for y in spread(len(outputs))]
        for x, y in self.at_inputs + self.at_outputs:
            axes.add_patch(Circle((x, y), RADIUS, facecolor="white", edgecolor=INK, linewidth=1.4))
        for (x, y), name in zip(self.at_inputs, inputs):
            axes.text(x - RADIUS - 0.1, y, name, ha="right", va="center", fontsize=sizes.LABEL, color=INK)
        for (x, y), name in zip(self.at_outputs, outputs):
            axes.text(x, y - RADIUS - 0.03, name, ha="center", va="top", fontsize=sizes.LABEL, color=INK)

        self.in_nodes = [self._text(at, fontsize=sizes.LABEL) for at in self.at_inputs]
        self.preds = [self._text(at, fontweight="bold") for at in self.at_outputs]
        self.notes = [self._text((x + RADIUS + 0.12, y), ha="left") for x, y in self.at_outputs]
        self.edges = [[self._edge(start, end) for start in self.at_inputs] for end in self.at_outputs]
        along = _label_position(len(inputs), len(outputs))
        self.labels = [
            [self._text(_between(start, end, along), bbox=HALO, zorder=4) for start in self.at_inputs]
            for end in self.at_outputs
        ]
        lines = [line for row in self.edges for line in row]
        labels = [label for row in self.labels for label in row]
        self.moving = [*lines, *labels, *self.preds, *self.notes]

    def show(self, step: Step, stage: str = "compare") -> None:
        """Show a step up to a stage: empty, predict, compare, learn (weight_deltas) or update (new weights)."""
        if stage == "empty":
            for text in (*self.in_nodes, *self.preds, *self.notes):
                text.set_text("")
        else:
            for node, value in zip(self.in_nodes, step.inputs):
                node.set_text(number(value))
            for j in range(len(self.outputs)):
                self._show_output(step, stage, j)
        for j, i in np.ndindex(len(self.outputs), len(self.inputs)):
            self._show_edge(step, stage, j, i)

    def _show_output(self, step: Step, stage: str, j: int) -> None:
        inside = number(step.preds[j], 3)
        self.preds[j].set(text=inside, fontsize=sizes.NOTE if len(inside) < 6 else sizes.TINY)
        if stage == "predict":
            self.notes[j].set_text(f"pred {number(step.preds[j])}")
        else:
            self.notes[j].set_text(
                f"true {number(step.targets[j])}\nerror {number(step.errors[j])}\ndelta {number(step.deltas[j])}"
            )

    def _show_edge(self, step: Step, stage: str, j: int, i: int) -> None:
        value, text = self._on_edge(step, stage, j, i)
        colour = sign_colour(value)
        self.labels[j][i].set(text=text, color=colour)
        self.edges[j][i].set(color=colour, linewidth=_width(value))
        self.edges[j][i].set_linestyle((0, (4, 2)) if i in step.frozen else "-")

    def _on_edge(self, step: Step, stage: str, j: int, i: int) -> tuple[float, str]:
        """What an edge shows: a number, and the number in words, with where it comes from if there is room."""
        weight, change, new = step.weights[j, i], step.weight_deltas[j, i], step.new_weights[j, i]
        has_room = len(self.inputs) * len(self.outputs) <= 3
        if stage == "learn" and i in step.frozen:
            return change, "frozen: 0"
        if stage == "learn" and has_room:
            return change, f"{number(step.deltas[j])} × {number(step.inputs[i])} = {number(change)}"
        if stage == "learn":
            return change, number(change)
        if stage == "update" and has_room:
            return new, f"{number(weight)} → {number(new, 5)}"
        if stage == "update":
            return new, number(new)
        return weight, number(weight)

    def _text(self, at: Point, ha: str = "center", fontsize: float = sizes.NOTE, **style: Any) -> Text:
        return self.axes.text(*at, "", ha=ha, va="center", fontsize=fontsize, color=INK, **style)

    def _edge(self, start: Point, end: Point) -> Line2D:
        direction = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
        (x0, y0), (x1, y1) = start + RADIUS * direction, end - RADIUS * direction
        return self.axes.add_line(Line2D([x0, x1], [y0, y1], zorder=1, solid_capstyle="round"))


def has_reached(stage: str, earlier: str) -> bool:
    """Whether a step drawn up to `stage` shows what belongs to the `earlier` one."""
    return STAGES.index(stage) >= STAGES.index(earlier)


def make_room(axes: Axes, nodes: int) -> None:
    """Make the axes as high as a column of so many nodes."""
    axes.set_ylim(-nodes / 2 - MARGIN, nodes / 2 + MARGIN)


def spread(n: int) -> np.ndarray:
    """Heights of n nodes, the first on top, their middle at 0."""
    return np.arange(n)[::-1] - (n - 1) / 2


def sign_colour(value: float) -> str:
    """The colour of numbers above 0, or below; muted for 0 and for what is not finite."""
    if not np.isfinite(value) or value == 0:
        return MUTED
    if value > 0:
        return POSITIVE
    return NEGATIVE


def _label_position(n_in: int, n_out: int) -> float:
    """How far along its edge each number stands, 0 to 1: where the edges are apart from each other."""
    if n_out == 1:
        return 0.5
    if n_in == 1:
        return 0.55
    return 1 / (n_out + 1)


def _between(start: Point, end: Point, along: float) -> Point:
    (x0, y0), (x1, y1) = start, end
    return x0 + along * (x1 - x0), y0 + along * (y1 - y0)


def _width(value: float) -> float:
    """Points, growing with the size of the value, never thin enough to be lost."""
    return THINNEST + POINTS_PER_UNIT * min(np.nan_to_num(abs(value), nan=np.inf), WIDEST_FROM)
