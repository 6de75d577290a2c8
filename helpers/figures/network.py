"""A network with its numbers on nodes and edges."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from .picture import INK, MUTED, NEGATIVE, POSITIVE, Picture, bare, number
from .style import course_style

HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
RADIUS = 0.36
STAGES = ("empty", "predict", "compare", "learn", "update")


class NetworkView:
    """A network drawn once; `show` puts the numbers of a step on it.

    `moving` are the artists that change from step to step of one example; its inputs stay.
    """

    def __init__(self, axes, inputs, outputs):
        self.axes = bare(axes)
        self.inputs, self.outputs = inputs, outputs
        n_in, n_out = len(inputs), len(outputs)
        rows = max(n_in, n_out, 2)
        axes.set(xlim=(-1.25, 6.3), ylim=(-rows / 2 - 0.05, rows / 2 + 0.05), aspect="equal")
        self.at_inputs = [(0, y) for y in _spread(n_in)]
        self.at_outputs = [(4, y) for y in _spread(n_out)]
        for (x, y), name in zip(self.at_inputs + self.at_outputs, list(inputs) + list(outputs)):
            axes.add_patch(Circle((x, y), RADIUS, facecolor="white", edgecolor=INK, linewidth=1.4))
            if x == 0:
                axes.text(x - RADIUS - 0.1, y, name, ha="right", va="center", fontsize=9, color=INK)
            else:
                axes.text(x, y - RADIUS - 0.03, name, ha="center", va="top", fontsize=9, color=INK)

        self.in_nodes = [self._text(at, "center", fontsize=9) for at in self.at_inputs]
        self.preds = [self._text(at, "center", fontsize=8.5, fontweight="bold") for at in self.at_outputs]
        self.notes = [self._text((x + RADIUS + 0.12, y), "left", fontsize=8.5) for x, y in self.at_outputs]
        self.edges = [[self._edge(a, b) for a in self.at_inputs] for b in self.at_outputs]
        along = 0.5 if n_out == 1 else 1 / (n_out + 1) if n_in > 1 else 0.55
        self.labels = [
            [self._text(_between(a, b, along), "center", fontsize=8.5, bbox=HALO, zorder=4) for a in self.at_inputs]
            for b in self.at_outputs
        ]
        lines = [line for row in self.edges for line in row]
        labels = [label for row in self.labels for label in row]
        self.moving = [*lines, *labels, *self.preds, *self.notes]

    def show(self, step, stage="compare"):
        """Draw a step up to a stage: empty, predict, compare, learn (weight_deltas) or update (new weights)."""
        stage = STAGES.index(stage)
        for node, value in zip(self.in_nodes, step.inputs):
            node.set_text(number(value) if stage >= 1 else "")
        for j in range(len(self.outputs)):
            pred, true = number(step.preds[j]), number(step.targets[j])
            inside = number(step.preds[j], 3) if stage >= 1 else ""
            self.preds[j].set(text=inside, fontsize=8.5 if len(inside) < 6 else 6)
            compared = f"true {true}\nerror {number(step.errors[j])}\ndelta {number(step.deltas[j])}"
            self.notes[j].set_text(compared if stage >= 2 else f"pred {pred}" if stage == 1 else "")
            for i in range(len(self.inputs)):
                value, text = self._on_edge(step, stage, j, i)
                self.labels[j][i].set_text(text)
                self.labels[j][i].set_color(_colour(value))
                self.edges[j][i].set(color=_colour(value), linewidth=_width(value))
                self.edges[j][i].set_linestyle((0, (4, 2)) if i in step.frozen else "-")

    def _on_edge(self, step, stage, j, i):
        weight, change, new = step.weights[j, i], step.weight_deltas[j, i], step.new_weights[j, i]
        few = len(self.inputs) * len(self.outputs) <= 3
        if STAGES[stage] == "learn":
            product = f"{number(step.deltas[j])} × {number(step.inputs[i])} = {number(change)}"
            return change, ("frozen: 0" if i in step.frozen else product if few else number(change))
        if STAGES[stage] == "update":
            return new, f"{number(weight)} → {number(new, 5)}" if few else number(new)
        return weight, number(weight)

    def _text(self, at, ha, **style):
        return self.axes.text(*at, "", ha=ha, va="center", **{"color": INK, **style})

    def _edge(self, start, end):
        direction = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
        (x0, y0), (x1, y1) = start + RADIUS * direction, end - RADIUS * direction
        return self.axes.add_line(Line2D([x0, x1], [y0, y1], zorder=1, solid_capstyle="round"))


@course_style()
def network(*steps, inputs=("toes", "record", "fans"), outputs=("win",), stage="compare", titles=()):
    """One or more steps, each as a network: two side by side, more below each other.

    steps: `Step`s, such as `run[0]`. inputs, outputs: the names of the nodes; a step with fewer takes
    the first ones. stage: how far the step is drawn: "empty", "predict", "compare", "learn" or "update".
    titles: one for each step, or none. Raises ValueError where there are fewer names than nodes.
    """
    for step in steps:
        if len(inputs) < len(step.inputs) or len(outputs) < len(step.targets):
            raise ValueError(
                f"inputs and outputs must name {len(step.inputs)} inputs and {len(step.targets)} outputs; "
                f"got {list(inputs)} and {list(outputs)}."
            )
    across = 2 if len(steps) == 2 else 1
    nodes = max(max(len(step.inputs), len(step.targets), 2) for step in steps)
    wide, down = 860 / 2 if across == 2 else 480, len(steps) // across
    picture = Picture(wide * across, down * (20 * bool(titles) + (nodes + 0.1) * wide / 7.55))
    captions = []
    axes_grid = picture.subplots(down, across, squeeze=False).ravel()
    for axes, step, title in zip(axes_grid, steps, titles or [""] * len(steps)):
        names_in, names_out = inputs[: len(step.inputs)], outputs[: len(step.targets)]
        NetworkView(axes, names_in, names_out).show(step, stage)
        axes.set_ylim(-nodes / 2 - 0.05, nodes / 2 + 0.05)
        axes.set_title(title, fontsize=10, color=INK, pad=2)
        captions.append((title + ": " if title else "") + describe(step, stage, names_in, names_out))
    picture.subplots_adjust(0.005, 0.01, 0.995, 1 - 0.08 * bool(titles) / down, wspace=0.01, hspace=0.12)
    picture.caption = " | ".join(captions)
    return picture


@course_style()
def output_node(step, output=0, inputs=("toes", "record", "fans"), name="win"):
    """Close-up of one output node: its delta goes out to all its weights."""
    picture = Picture(620, 300)
    axes = bare(picture.add_axes((0, 0, 1, 1)))
    axes.set(xlim=(-3.1, 3.1), ylim=(-1.5, 1.5), aspect="equal")
    axes.add_patch(Circle((0.9, 0), 0.62, facecolor="#EAF3FA", edgecolor=INK, linewidth=1.6))
    delta = number(step.deltas[output])
    axes.text(0.9, 0.08, delta, ha="center", va="center", fontsize=16, fontweight="bold", color=INK)
    axes.text(0.9, -0.27, "delta", ha="center", va="center", fontsize=9, color=MUTED)
    pred, true = number(step.preds[output]), number(step.targets[output])
    axes.text(1.62, 0, f"{name}\npred {pred}\n− true {true}\n= delta {delta}", va="center", fontsize=10, color=INK)
    for y, x, weight_delta, label in zip(_spread(len(step.inputs)), step.inputs, step.weight_deltas[output], inputs):
        arrow = {"arrowstyle": "-|>", "color": _colour(weight_delta), "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (-0.75, y), (0.9 - 0.62 * np.cos(y * 0.8), 0.62 * np.sin(y * 0.8)), arrowprops=arrow)
        text = f"{label}: {delta} × {number(x)} = {number(weight_delta)}"
        axes.text(-0.85, y, text, ha="right", va="center", fontsize=10, color=INK)
    shares = ", ".join(f"{n} {number(w)}" for n, w in zip(inputs, step.weight_deltas[output]))
    picture.caption = f"Output node {name}: its one delta {delta}, times each input, gives the weight_deltas {shares}."
    return picture


def describe(step, stage, inputs, outputs):
    """A step in words: what its network shows at a stage."""
    weights = {"learn": step.weight_deltas, "update": step.new_weights}.get(stage, step.weights)
    name = {"learn": "weight_deltas", "update": "new weights"}.get(stage, "weights")
    parts = []
    for j, output in enumerate(outputs):
        edges = ", ".join(f"{i} {number(w, 5)}" for i, w in zip(inputs, weights[j]))
        nodes = [] if stage == "empty" else [f"pred {number(step.preds[j])}"]
        if STAGES.index(stage) >= 2:
            nodes += [f"error {number(step.errors[j])}", f"delta {number(step.deltas[j])}"]
        parts.append(f"{output}: " + ", ".join(nodes + [f"{name} {edges}"]))
    return "; ".join(parts)


def _spread(n):
    """Heights of n nodes, the first on top, their middle at 0."""
    return np.arange(n)[::-1] - (n - 1) / 2


def _between(a, b, along):
    return a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])


def _colour(value):
    return MUTED if not np.isfinite(value) or value == 0 else POSITIVE if value > 0 else NEGATIVE


def _width(value):
    """Points, growing with the size of the value, never thin enough to be lost."""
    return 0.8 + min(np.nan_to_num(abs(value), nan=np.inf), 1.3) * 2.4
