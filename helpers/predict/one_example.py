"""What the questions about one training example share."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .. import arguments
from ..learning import Descent, gradient_descent
from .explorer import ExplorerOfOneExample

INPUTS = ("toes", "record", "fans")
OUTPUTS = ("hurt", "win", "sad")
ITERATIONS = 30  # over which an alpha is tried out


def names_for(name: str, given: Sequence[str] | None, values: np.ndarray, lesson: Sequence[str]) -> tuple[str, ...]:
    """A name for each value: those that are given, or else the lesson's; `number 3` where it has too few."""
    if given is not None:
        return arguments.names(name, given, len(values))
    more = [f"number {i}" for i in range(len(lesson), len(values))]
    return (*lesson, *more)[: len(values)]


def secret(explorer: ExplorerOfOneExample, answer: str) -> Callable[[], None]:
    """Have the explorer hide an answer; give what reveals it."""
    explorer.hide(answer)
    return partial(explorer.reveal, answer)


def is_same_example(run: Descent, other: Descent) -> bool:
    """Whether the inputs are the same, and the weights that may learn."""
    return np.array_equal(run.inputs, other.inputs) and run.frozen == other.frozen


def learn_again(run: Descent, alpha: float, iterations: int = ITERATIONS) -> Descent:
    """The same example, learnt with another alpha."""
    return gradient_descent(run.inputs, run.targets, run.weights[0], alpha, iterations, run.frozen)
