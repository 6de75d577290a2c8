"""What the questions about one training example share."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ..learning import Descent, gradient_descent
from .explorer import ExplorerOfOneExample

INPUTS = ("toes", "record", "fans")
OUTPUTS = ("hurt", "win", "sad")
ITERATIONS = 30  # over which an alpha is tried out


def names_for(values: np.ndarray, names: Sequence[str]) -> tuple[str, ...]:
    """A name for each value; `number 3` where there are too few."""
    more = [f"number {i}" for i in range(len(names), len(values))]
    return (*names, *more)[: len(values)]


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
