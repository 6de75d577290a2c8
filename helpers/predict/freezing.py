"""The question about a weight that may not learn."""

from collections.abc import Sequence

import numpy as np

from ..learning import Step, error_along
from .explorer import ExplorerOfOneExample, run_of_one_example
from .one_example import INPUTS, is_same_example, learn_again, names_for, secret
from .question import Choice
from .words import name_change, verdict

STAYS, UNDER, AWAY, FLATTER = (
    "it stays where it is",
    "it slides until its lowest point is under the dot",
    "it slides away from the dot",
    "it becomes flatter",
)


def frozen_curve(explorer: ExplorerOfOneExample, names: Sequence[str] | None = None) -> Choice:
    """What happens to the error curve of the weight that is frozen now? Raises ValueError if none is.

    names: of the inputs, without them toes, record and fans; ValueError unless there is one for each.
    """
    asked, alpha = run_of_one_example(explorer), explorer.alpha.value
    if not asked.frozen:
        raise ValueError("No weight is frozen: choose one first, such as explorer.frozen.value = 0.")
    column = asked.frozen[0]
    name, value = names_for("names", names, asked.inputs, INPUTS)[column], asked.inputs[column]

    def reply_to(answer: str) -> list[str]:
        if not value:
            return [
                f"The input of {name} is 0, so its curve is a level line from the start. It can only move up or down."
            ]
        run = learn_again(asked, alpha, explorer.iterations.max)
        distances = np.abs(run.deltas[:, 0] / value)
        first, last = distances[0], distances[-1]
        truth = name_change(first, last, bool(np.isclose(last, first)), less=UNDER, same=STAYS, more=AWAY)
        paragraphs = [
            (
                f"{verdict(answer, truth)} At alpha {alpha:.3g} the lowest point is {first:.3g} away from the dot at "
                f"first, and {last:.2g} after {len(run)} iterations."
            ),
            (
                "Why? The curve shows the error at other values of this one weight, the others as they are. When the "
                "others learn, it is another curve, but of the same shape: how sharply it bends was "
                f"{_bend(run[0], column):.4g} and is {_bend(run[-1], column):.4g}, for the input alone sets that."
            ),
        ]
        if is_same_example(explorer.run, asked):
            now = learn_again(asked, explorer.alpha.value, explorer.iterations.value)[-1]
            dot = now.weights[0, column]
            bottom = dot - now.deltas[0] / value
            paragraphs.append(f"Where your sliders are: the dot at {dot:.4g}, the lowest point at {bottom:.4g}.")
        return paragraphs

    text = (
        f"The weight of {name} is frozen, so its dot can't move sideways. As the iterations go up, what does the "
        "curve under it do?"
    )
    return Choice(
        explorer.controls.values(),
        text,
        reply_to,
        choices=(STAYS, UNDER, AWAY, FLATTER),
        reveal=secret(explorer, "way"),
    )


def _bend(step: Step, column: int, width: float = 0.1) -> float:
    """How sharply the error curve of a weight bends, measured at three points of it."""
    weights = step.weights[0, column] + width * np.array([-1, 0, 1])
    left, middle, right = error_along(step, 0, column, weights)
    return (left - 2 * middle + right) / width**2
