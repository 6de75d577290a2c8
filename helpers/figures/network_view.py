"""A network with its numbers on nodes and edges."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text

from ..learning import Step
from . import sizes
from .axes import bare
from .colours import INK, MUTED, NEGATIVE, POSITIVE
from .label_places import along_lines
from .numbers import number, short

STAGES = ("empty", "predict", "compare", "learn", "update")
Point = tuple[float, float]

# In the units of the drawing. It is as wide as its axes.
X_INPUTS, X_OUTPUTS = 0, 4
X_LIMITS = (-1.25, 6.3)  # room for the names of the inputs, and for what is said beside the outputs
RADIUS = 0.36
ABOVE, BELOW = 0.45, 0.65  # from the middle of the highest node up, and of the lowest down to its name's lower edge
KEY_HEIGHT = 0.5
GAP, GAP_IF_EDGES_CROSS = 1, 1.35  # from node to node
HIGHEST_IF_EDGES_CROSS = 3.3  # from the first node of a column to the last
AT_THE_RIM = 0.12  # of an edge that no label may cover
LABEL_LENGTH, LONG_LABEL_LENGTH, LABEL_HEIGHT = 1.1, 2.5, 0.26

FEW = 3  # edges, of which each has room for a long label
LETTERS_OF_A_LABEL, LETTERS_OF_A_LONG_LABEL, LETTERS_IN_A_NODE, LETTERS_OF_A_NOTE = 9, 23, 7, 9
BESIDE_A_LABEL = 0.4  # of its height: nearer, the end of its line looks like a minus, or a piece of it like a full stop
THINNEST, WIDEST = 0.8, 5.0  # points
DASHES_IF_FROZEN = (0, (4, 2))


class NetworkView:
    """A network drawn once; `show` puts the numbers of a step on it.

    `moving` are the artists that change from step to step of one example; its inputs stay, and so does the key below
    it, which says what the edges mean at a stage.
    """

    def __init__(self, axes: Axes, inputs: Sequence[str], outputs: Sequence[str], with_key: bool = True) -> None:
        self.axes = bare(axes)
        self.inputs, self.outputs = inputs, outputs
        axes.set(xlim=X_LIMITS, aspect="equal")
        make_room(axes, column_height(len(inputs), len(outputs)), with_key)
        gap = _gap(len(inputs), len(outputs))
        self.at_inputs = [(X_INPUTS, y) for y in gap * spread(len(inputs))]
        self.at_outputs = [(X_OUTPUTS, y) for y in gap * spread(len(outputs))]
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
        self.labels = self._labels()
        self.key = axes.text(0.5, 0, "", transform=axes.transAxes, ha="center", fontsize=sizes.SMALL, color=MUTED)
        self.key.set_visible(with_key)
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
                _write_in_node(node, short(value, LETTERS_IN_A_NODE), sizes.LABEL)
            for j in range(len(self.outputs)):
                self._show_output(step, stage, j)
        for j, i in np.ndindex(len(self.outputs), len(self.inputs)):
            self._show_edge(step, stage, j, i)
        self.key.set_text("\n".join(key(stage, bool(step.frozen))))

    def _show_output(self, step: Step, stage: str, j: int) -> None:
        _write_in_node(self.preds[j], short(step.preds[j], LETTERS_IN_A_NODE, 3), sizes.NOTE)
        if stage == "predict":
            self.notes[j].set_text(f"pred {short(step.preds[j], LETTERS_OF_A_NOTE)}")
        else:
            true, error, delta = (
                short(values[j], LETTERS_OF_A_NOTE) for values in (step.targets, step.errors, step.deltas)
            )
            self.notes[j].set_text(f"true {true}\nerror {error}\ndelta {delta}")

    def _show_edge(self, step: Step, stage: str, j: int, i: int) -> None:
        value, text = self._on_edge(step, stage, j, i)
        colour = frame = sign_colour(value)
        dashes: Any = DASHES_IF_FROZEN
        if i not in step.frozen:
            frame, dashes = "none", "-"
        self.labels[j][i].set(text=text, color=colour)
        cast(FancyBboxPatch, self.labels[j][i].get_bbox_patch()).set_edgecolor(frame)
        self.edges[j][i].set(color=colour, linewidth=_width(value), linestyle=dashes)

    def _on_edge(self, step: Step, stage: str, j: int, i: int) -> tuple[float, str]:
        """What an edge shows: a number, and the number in words, with where it comes from if there is room."""
        weight, change, new = step.weights[j, i], step.weight_deltas[j, i], step.new_weights[j, i]
        value, text, long = weight, short(weight, LETTERS_OF_A_LABEL), ""
        if stage == "learn" and i in step.frozen:
            value, text = change, "frozen: 0"
        elif stage == "learn":
            value, text = change, short(change, LETTERS_OF_A_LABEL)
            long = f"{number(step.deltas[j])} × {number(step.inputs[i])} = {number(change)}"
        elif stage == "update":
            value, text = new, short(new, LETTERS_OF_A_LABEL)
            long = f"{number(weight)} → {number(new, 5)}"
        if long and self._has_few_edges() and len(long) <= LETTERS_OF_A_LONG_LABEL:
            text = long
        return value, text

    def _has_few_edges(self) -> bool:
        return len(self.inputs) * len(self.outputs) <= FEW

    def _labels(self) -> list[list[Text]]:
        """A label for each edge, turned into its direction."""
        starts, ends = [], []
        for end in self.at_outputs:
            for start in self.at_inputs:
                rim = (RADIUS + AT_THE_RIM) * _direction(start, end)
                starts.append(tuple(start + rim))
                ends.append(tuple(end - rim))
        length = LABEL_LENGTH
        if self._has_few_edges():
            length = LONG_LABEL_LENGTH
        labels = []
        for start, end, at in zip(starts, ends, along_lines(tuple(starts), tuple(ends), length, LABEL_HEIGHT)):
            x, y = _direction(start, end)
            halo = {"boxstyle": _halo, "facecolor": "white", "edgecolor": "none", "linewidth": 0.8}
            labels.append(self._text(at, rotation=np.degrees(np.arctan2(y, x)), bbox=halo, zorder=4))
        return [labels[first : first + len(self.inputs)] for first in range(0, len(labels), len(self.inputs))]

    def _text(self, at: Point, ha: str = "center", fontsize: float = sizes.NOTE, **style: Any) -> Text:
        return self.axes.text(*at, "", ha=ha, va="center", fontsize=fontsize, color=INK, **style)

    def _edge(self, start: Point, end: Point) -> Line2D:
        rim = RADIUS * _direction(start, end)
        (x0, y0), (x1, y1) = start + rim, end - rim
        return self.axes.add_line(Line2D([x0, x1], [y0, y1], zorder=1, solid_capstyle="round"))


def has_reached(stage: str, earlier: str) -> bool:
    """Whether a step drawn up to `stage` shows what belongs to the `earlier` one."""
    return STAGES.index(stage) >= STAGES.index(earlier)


def key(stage: str, some_frozen: bool) -> tuple[str, str]:
    """What the edges show at a stage, and how; each in a few words."""
    what = "each line: a weight"
    if stage == "learn":
        what = "each line: weight_delta = delta × input"
    elif stage == "update":
        what = "each line: new weight = weight − step, step = alpha × weight_delta"
    how = "blue above 0, orange below 0; the larger, the thicker"
    if some_frozen:
        how += "; dashed and framed: frozen"
    return what, how


def column_height(n_in: int, n_out: int) -> float:
    """From the middle of the first node of the longer column to the last one's."""
    return _gap(n_in, n_out) * (max(n_in, n_out) - 1)


def drawing_height(column: float) -> float:
    """Of a network whose longer column is so high, without its key."""
    return ABOVE + column + BELOW


def make_room(axes: Axes, column: float, with_key: bool = False) -> None:
    """Make the axes as high as a network whose longer column is so high."""
    bottom = -column / 2 - BELOW
    if with_key:
        bottom -= KEY_HEIGHT
    axes.set_ylim(bottom, column / 2 + ABOVE)


def spread(n: int) -> np.ndarray:
    """Heights of n nodes 1 apart, the first on top, their middle at 0."""
    return np.arange(n)[::-1] - (n - 1) / 2


def sign_colour(value: float) -> str:
    """The colour of numbers above 0, or below; muted for 0 and for what is not finite."""
    if not np.isfinite(value) or value == 0:
        return MUTED
    if value > 0:
        return POSITIVE
    return NEGATIVE


def _gap(n_in: int, n_out: int) -> float:
    if min(n_in, n_out) == 1:
        return GAP
    return min(GAP_IF_EDGES_CROSS, HIGHEST_IF_EDGES_CROSS / (max(n_in, n_out) - 1))


def _direction(start: Point, end: Point) -> np.ndarray:
    way = np.subtract(end, start)
    return way / np.hypot(*way)


def _write_in_node(text: Text, inside: str, fontsize: float) -> None:
    if len(inside) >= 6 or "e" in inside:
        fontsize = sizes.TINY
    text.set(text=inside, fontsize=fontsize)


def _halo(x: float, y: float, width: float, height: float, letter_height: float) -> Path:
    """A box around a text whose lower left corner is at (x, y); all in pixels."""
    beside = BESIDE_A_LABEL * letter_height
    left, right = x - beside, x + width + beside
    return Path([(left, y), (right, y), (right, y + height), (left, y + height), (left, y)], closed=True)


def _width(value: float) -> float:
    """Points, growing with the size of the value: never thin enough to be lost, never thick enough to hide others."""
    if not np.isfinite(value):
        return WIDEST
    return WIDEST - (WIDEST - THINNEST) / (1 + abs(value))
