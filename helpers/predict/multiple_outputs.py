"""Questions about one training example with several outputs."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from ..learning import gradient_descent
from .explorer import ExplorerOfOneExample, run_of_one_example
from .one_example import ITERATIONS, OUTPUTS, learn_again, names_for, secret
from .question import Choice
from .words import name_change, verdict

ALL_THE_SAME = "none: all by the same factor"


def fastest_output(explorer: ExplorerOfOneExample, outputs: Sequence[str] | None = None) -> Choice:
    """Which output's error shrinks by the largest factor?

    outputs: their names, without them hurt, win and sad; ValueError unless there is one for each, or for an explorer of
    something else.
    """
    asked = run_of_one_example(explorer)
    outputs = names_for("outputs", outputs, asked.targets, OUTPUTS)

    def reply_to(answer: str) -> list[str]:
        run = learn_again(asked, explorer.alpha.value, 2)
        wrong = np.flatnonzero(run.errors[0])
        if not len(wrong):
            return ["No error is left to shrink: every output is right from the start."]
        factors = run.errors[1, wrong] / run.errors[0, wrong]
        truth = outputs[wrong[factors.argmin()]]
        if np.allclose(factors, factors[0], rtol=1e-6):
            truth = ALL_THE_SAME
        steps = ", ".join(
            f"{outputs[j]} from {run.errors[0, j]:.3g} to {run.errors[1, j]:.3g} (times {factor:.3f})"
            for j, factor in zip(wrong, factors)
        )
        return [
            verdict(answer, truth),
            f"One step at alpha {run.alpha:.3g}, where your slider is, takes the error of {steps}.",
            (
                "Why? An output that is further off takes larger steps, but has further to go. "
                "The factor comes from alpha and the input, which all outputs share."
            ),
        ]

    text = (
        "The outputs start with different errors. Which output's error shrinks fastest, that is, is multiplied by the "
        "smallest number in each iteration?"
    )
    return Choice(
        explorer.controls.values(), text, reply_to, choices=(*outputs, ALL_THE_SAME), reveal=secret(explorer, "way")
    )


SMALLER, SAME, LARGER = "smaller", "the same", "larger"


def limit_of_all(explorer: ExplorerOfOneExample) -> Choice:
    """Is the largest alpha that works another one if there are several outputs?"""
    asked = run_of_one_example(explorer)

    @cache
    def limits() -> tuple[float, float]:
        """Of the output that is most wrong alone, and of all together."""
        one = [np.abs(asked.deltas[0]).argmax()]
        alone = measured_limit(asked.inputs, asked.targets[one], asked.weights[0][one])
        return alone, measured_limit(asked.inputs, asked.targets, asked.weights[0])

    def reply_to(answer: str) -> list[str]:
        if not (asked.inputs.any() and asked.deltas[0].any()):
            return ["There is nothing to learn here: every input is 0, or no output is wrong."]
        alone, together = limits()
        same = bool(np.isclose(alone, together, rtol=1e-3))
        truth = name_change(alone, together, same, less=SMALLER, same=SAME, more=LARGER)
        errors = learn_again(asked, explorer.alpha.value).errors.sum(axis=1)
        return [
            (
                f"{verdict(answer, truth)} Tried out with one output alone, the error begins to grow at alpha "
                f"{alone:.4g}; with all {len(asked.targets)}, at {together:.4g}."
            ),
            (
                "Why? The outputs share their inputs but no weight, so a step of one changes nothing for another. "
                "What limits alpha is the inputs."
            ),
            (
                f"Where your slider is, at alpha {explorer.alpha.value:.3g}, {ITERATIONS} iterations take all errors "
                f"together from {errors[0]:.3g} to {errors[-1]:.3g}."
            ),
        ]

    text = (
        f"There are {asked.weights[0].size} weights now, for {len(asked.targets)} outputs. Compared with the same "
        "inputs and a single output, the largest alpha that works is ..."
    )
    return Choice(
        explorer.controls.values(), text, reply_to, choices=(SMALLER, SAME, LARGER), reveal=secret(explorer, "limit")
    )


def measured_limit(inputs: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> float:
    """The alpha at which the error stops shrinking, found by halving an interval; no formula for it is used."""

    def shrinks(alpha: float) -> bool:
        errors = gradient_descent(inputs, targets, weights, alpha, 2).errors.sum(axis=1)
        return errors[1] < errors[0]

    low, high = 0.0, 1.0
    while shrinks(high) and high < 1e12:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        if shrinks(middle):
            low = middle
        else:
            high = middle
    return low
