"""Figures of networks, and of one output node from near."""

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Circle

from ..learning import Step
from . import sizes
from .axes import bare
from .colours import INK, MUTED, NODE
from .network_view import MARGIN, STAGES, X_LIMITS, NetworkView, has_reached, make_room, sign_colour, spread
from .numbers import number
from .picture import Picture
from .style import course_style

WIDTH, WIDTH_OF_EACH_OF_TWO = 480, 430  # pixels
TITLE_HEIGHT = 20  # pixels


@course_style()
def network(
    *steps: Step,
    inputs: Sequence[str] = ("toes", "record", "fans"),
    outputs: Sequence[str] = ("win",),
    stage: str = "compare",
    titles: Sequence[str] = (),
) -> Picture:
    """One or more steps, each as a network: two side by side, more below each other.

    steps: `Step`s, such as `run[0]`. inputs, outputs: the names of the nodes; a step with fewer takes
    the first ones. stage: how far the step is drawn: "empty", "predict", "compare", "learn" or "update".
    titles: one for each step, or none. Raises ValueError where there are fewer names than nodes.
    """
    if stage not in STAGES:
        raise ValueError(f"stage must be one of {', '.join(STAGES)}; got {stage!r}.")
    for step in steps:
        if len(inputs) < len(step.inputs) or len(outputs) < len(step.targets):
            raise ValueError(
                f"inputs and outputs must name {len(step.inputs)} inputs and {len(step.targets)} outputs; "
                f"got {list(inputs)} and {list(outputs)}."
            )
    across, width = 1, WIDTH
    if len(steps) == 2:
        across, width = 2, WIDTH_OF_EACH_OF_TWO
    down = len(steps) // across
    nodes = max(max(len(step.inputs), len(step.targets), 2) for step in steps)
    height, top = (nodes + 2 * MARGIN) * width / np.ptp(X_LIMITS), 1.0
    if titles:
        height, top = height + TITLE_HEIGHT, 1 - 0.08 / down
    picture = Picture(width * across, down * height)
    captions = []
    grid = picture.subplots(down, across, squeeze=False).ravel()
    for axes, step, title in zip(grid, steps, titles or [""] * len(steps)):
        names_in, names_out = inputs[: len(step.inputs)], outputs[: len(step.targets)]
        NetworkView(axes, names_in, names_out).show(step, stage)
        make_room(axes, nodes)
        axes.set_title(title, fontsize=sizes.TITLE, color=INK, pad=2)
        caption = describe(step, stage, names_in, names_out)
        if title:
            caption = f"{title}: {caption}"
        captions.append(caption)
    picture.subplots_adjust(left=0.005, bottom=0.01, right=0.995, top=top, wspace=0.01, hspace=0.12)
    picture.caption = " | ".join(captions)
    return picture


@course_style()
def output_node(
    step: Step, output: int = 0, inputs: Sequence[str] = ("toes", "record", "fans"), name: str = "win"
) -> Picture:
    """Close-up of one output node: its delta goes out to all its weights."""
    picture = Picture(620, 300)
    axes = bare(picture.add_axes_at(left=0, bottom=0, width=1, height=1))
    axes.set(xlim=(-3.1, 3.1), ylim=(-1.5, 1.5), aspect="equal")
    centre, radius = 0.9, 0.62
    axes.add_patch(Circle((centre, 0), radius, facecolor=NODE, edgecolor=INK, linewidth=1.6))
    pred, true, delta = (number(values[output]) for values in (step.preds, step.targets, step.deltas))
    axes.text(centre, 0.08, delta, ha="center", va="center", fontsize=sizes.DELTA, fontweight="bold", color=INK)
    axes.text(centre, -0.27, "delta", ha="center", va="center", fontsize=sizes.LABEL, color=MUTED)
    beside = f"{name}\npred {pred}\n− true {true}\n= delta {delta}"
    axes.text(1.62, 0, beside, va="center", fontsize=sizes.TITLE, color=INK)
    weight_deltas = step.weight_deltas[output]
    for y, x, weight_delta, label in zip(spread(len(step.inputs)), step.inputs, weight_deltas, inputs):
        on_the_rim = (centre - radius * np.cos(0.8 * y), radius * np.sin(0.8 * y))
        arrow = {"arrowstyle": "-|>", "color": sign_colour(weight_delta), "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (-0.75, y), on_the_rim, arrowprops=arrow)
        text = f"{label}: {delta} × {number(x)} = {number(weight_delta)}"
        axes.text(-0.85, y, text, ha="right", va="center", fontsize=sizes.TITLE, color=INK)
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
