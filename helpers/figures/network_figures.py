"""Figures of networks, and of one output node from near."""

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Circle

from .. import arguments
from ..learning import Step
from ..learning.descent import check_step
from . import sizes
from .axes import bare
from .colours import INK, MUTED, NODE
from .given import INPUTS, OUTPUT, check_nodes, check_steps, names_for
from .network_view import (
    STAGES,
    X_LIMITS,
    NetworkView,
    column_height,
    drawing_height,
    has_reached,
    key,
    make_room,
    sign_colour,
    spread,
)
from .numbers import number, short
from .picture import Picture
from .style import course_style

WIDTH, WIDTH_OF_EACH_OF_TWO = 480, 430  # pixels
TITLE_HEIGHT = 20  # pixels
KEY_LINE_HEIGHT, KEY_MARGIN = 14, 4  # pixels
KEY_BETWEEN = {1: "\n", 2: " · "}  # the two halves of the key: two networks side by side have room for one line

HALF_WIDTH = 3.1  # of the close-up of a node, in its units
HIGHEST = 2.5  # from its first input to the last
MOST_INPUTS = 8  # of it


@course_style()
def network(
    *steps: Step,
    inputs: Sequence[str] | None = None,
    outputs: Sequence[str] | None = None,
    stage: str = "compare",
    titles: Sequence[str] = (),
) -> Picture:
    """One or more steps, each as a network: two side by side, more below each other.

    steps: `Step`s, such as `run[0]`. inputs, outputs: the names of the nodes, without them toes, record and fans, and
    win; a step with fewer nodes than others takes the first ones. stage: how far the step is drawn: "empty", "predict",
    "compare", "learn" or "update". titles: one for each step, or none.
    Raises ValueError, naming the argument, for what can't be shown whole.
    """
    check_steps(steps)
    arguments.choice("stage", stage, STAGES)
    most_inputs, most_outputs = (max(each, key=len) for each in zip(*((s.inputs, s.targets) for s in steps)))
    check_nodes("steps", most_inputs)
    check_nodes("steps", most_outputs)
    inputs = names_for("inputs", inputs, most_inputs, INPUTS)
    outputs = names_for("outputs", outputs, most_outputs, OUTPUT)
    titles = arguments.titles("titles", titles, len(steps), "steps")
    across, width = 1, WIDTH
    if len(steps) == 2:
        across, width = 2, WIDTH_OF_EACH_OF_TWO
    column = max(column_height(len(step.inputs), len(step.targets)) for step in steps)
    network_height = drawing_height(column) * width / np.ptp(X_LIMITS)
    row_height = network_height
    if titles:
        row_height += TITLE_HEIGHT
    key_text = KEY_BETWEEN[across].join(key(stage, any(step.frozen for step in steps)))
    key_height = KEY_LINE_HEIGHT * len(key_text.splitlines()) + KEY_MARGIN
    height = len(steps) // across * row_height + key_height
    picture = Picture(width * across, height)
    captions = []
    for place, (step, title) in enumerate(zip(steps, titles or [""] * len(steps))):
        row, left = divmod(place, across)
        axes = picture.add_axes_at(
            left=left / across, bottom=1 - (row + 1) * row_height / height,
            width=1 / across, height=network_height / height,
        )  # fmt: skip
        names_in, names_out = inputs[: len(step.inputs)], outputs[: len(step.targets)]
        NetworkView(axes, names_in, names_out, with_key=False).show(step, stage)
        make_room(axes, column)
        axes.set_title(title, fontsize=sizes.TITLE, color=INK, pad=2)
        caption = describe(step, stage, names_in, names_out)
        if title:
            caption = f"{title}: {caption}"
        captions.append(caption)
    picture.text(0.5, KEY_MARGIN / height, key_text, ha="center", fontsize=sizes.SMALL, color=MUTED)
    picture.caption = " | ".join(captions)
    return picture


@course_style()
def output_node(step: Step, output: int = 0, inputs: Sequence[str] | None = None, name: str = "win") -> Picture:
    """Close-up of one output node: its delta goes out to all its weights.

    output: which one, from 0. inputs: the names of the inputs, without them toes, record and fans. name: the output's.
    Raises ValueError, naming the argument, for what can't be shown whole.
    """
    check_step("step", step)
    output = arguments.place("output", output, len(step.targets))
    check_nodes("step", step.inputs, MOST_INPUTS)
    inputs, name = names_for("inputs", inputs, step.inputs, INPUTS), arguments.text("name", name)
    picture = Picture(620, 300)
    axes = bare(picture.add_axes_at(left=0, bottom=0, width=1, height=1))
    axes.set(xlim=(-HALF_WIDTH, HALF_WIDTH), ylim=(-1.5, 1.5), aspect="equal")
    unit = sizes.points_per_unit(axes)
    centre, radius = 0.9, 0.62
    axes.add_patch(Circle((centre, 0), radius, facecolor=NODE, edgecolor=INK, linewidth=1.6))
    pred, true, delta = (short(values[output], 9) for values in (step.preds, step.targets, step.deltas))
    in_node = axes.text(centre, 0.08, delta, ha="center", va="center", fontweight="bold", color=INK)
    sizes.fit(in_node, 1.8 * radius * unit, sizes.DELTA)
    axes.text(centre, -0.27, "delta", ha="center", va="center", fontsize=sizes.LABEL, color=MUTED)
    beside = axes.text(1.62, 0, f"{name}\npred {pred}\n− true {true}\n= delta {delta}", va="center", color=INK)
    sizes.fit(beside, (HALF_WIDTH - 1.62) * unit, sizes.TITLE)
    weight_deltas = step.weight_deltas[output]
    heights = spread(len(inputs)) * min(1, HIGHEST / max(len(inputs) - 1, 1))
    for y, x, weight_delta, label in zip(heights, step.inputs, weight_deltas, inputs):
        on_the_rim = (centre - radius * np.cos(0.8 * y), radius * np.sin(0.8 * y))
        arrow = {"arrowstyle": "-|>", "color": sign_colour(weight_delta), "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (-0.75, y), on_the_rim, arrowprops=arrow)
        product = f"{label}: {delta} × {number(x)} = {short(weight_delta, 9)}"
        sizes.fit(
            axes.text(-0.85, y, product, ha="right", va="center", color=INK), (HALF_WIDTH - 0.9) * unit, sizes.TITLE
        )
    shares = ", ".join(f"{label} {number(weight_delta)}" for label, weight_delta in zip(inputs, weight_deltas))
    picture.caption = f"Output node {name}: its one delta {delta}, times each input, gives the weight_deltas {shares}."
    return picture


def describe(step: Step, stage: str, inputs: Sequence[str], outputs: Sequence[str]) -> str:
    """A step in words: what its network shows at a stage."""
    name, values = "weights", step.weights
    if stage == "learn":
        name, values = "weight_deltas", step.weight_deltas
    elif stage == "update":
        name, values = "new weights", step.new_weights
    networks = []
    for j, output in enumerate(outputs):
        parts = []
        if has_reached(stage, "predict"):
            parts.append(f"pred {number(step.preds[j])}")
        if has_reached(stage, "compare"):
            parts += [f"error {number(step.errors[j])}", f"delta {number(step.deltas[j])}"]
        edges = ", ".join(f"{label} {number(value, 5)}" for label, value in zip(inputs, values[j]))
        networks.append(f"{output}: " + ", ".join([*parts, f"{name} {edges}"]))
    return "; ".join(networks)
