"""Gradient descent on one training example: any number of inputs, any number of outputs."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import arguments


@dataclass(frozen=True)
class Step:
    """One iteration: what was predicted, how far off it was, and what that did to the weights."""

    inputs: np.ndarray  # (n_in,)
    targets: np.ndarray  # (n_out,)
    alpha: float
    frozen: tuple[int, ...]  # input columns whose weights do not change
    weights: np.ndarray  # (n_out, n_in), before the update
    preds: np.ndarray  # (n_out,)
    errors: np.ndarray  # (n_out,), (pred - true) ** 2
    deltas: np.ndarray  # (n_out,), pred - true
    weight_deltas: np.ndarray  # (n_out, n_in), delta * input; 0 where frozen
    new_weights: np.ndarray  # (n_out, n_in), after the update

    def __post_init__(self) -> None:
        make_read_only(self)


@dataclass(frozen=True)
class Descent:
    """Everything that happened in a run of gradient descent, iteration by iteration.

    `run[i]` is iteration `i` as a `Step`; `len(run)` is the number of iterations. The arrays can't be changed: a
    record goes on saying what happened. `run.weights[-1].copy()` can.
    """

    inputs: np.ndarray  # (n_in,)
    targets: np.ndarray  # (n_out,)
    alpha: float
    frozen: tuple[int, ...]
    preds: np.ndarray  # (iterations, n_out)
    errors: np.ndarray  # (iterations, n_out)
    deltas: np.ndarray  # (iterations, n_out)
    weight_deltas: np.ndarray  # (iterations, n_out, n_in)
    weights: np.ndarray  # (iterations + 1, n_out, n_in): from the start to the end

    def __post_init__(self) -> None:
        make_read_only(self)

    def __len__(self) -> int:
        return len(self.preds)

    def __getitem__(self, index: int) -> Step:
        i = range(len(self))[index]
        return Step(
            inputs=self.inputs,
            targets=self.targets,
            alpha=self.alpha,
            frozen=self.frozen,
            weights=self.weights[i],
            preds=self.preds[i],
            errors=self.errors[i],
            deltas=self.deltas[i],
            weight_deltas=self.weight_deltas[i],
            new_weights=self.weights[i + 1],
        )

    @property
    def diverged_at(self) -> int | None:
        """Index of the first iteration with a number that is not finite; None if there is none."""
        return first_not_finite(self.errors, self.weight_deltas, self.weights[1:])


@np.errstate(all="ignore")
def gradient_descent(
    inputs: npt.ArrayLike,
    targets: npt.ArrayLike,
    weights: npt.ArrayLike,
    alpha: float,
    iterations: int,
    frozen: Iterable[int] = (),
) -> Descent:
    """Learn one training example by gradient descent on the squared error.

    inputs: (n_in,) numbers. targets: (n_out,) numbers, what `pred` should become.
    weights: (n_out, n_in), where learning starts; a flat list serves where one side is 1.
    alpha: how large a part of each weight_delta is taken off its weight.
    iterations: how often to predict, compare and update, 0 or more.
    frozen: input columns (from 0) whose weights must not change.

    Returns a `Descent`. Raises ValueError, naming the argument, for input that does not fit.
    Too large an alpha is no error: the numbers grow to infinity, see `Descent.diverged_at`.

    Each iteration recomputes `pred = weights @ inputs` and `delta = pred - true`; the update is
    `weight -= alpha * delta * input`: half the derivative of the squared error, the factor 2 being
    part of alpha (Trask, Grokking Deep Learning, 2019, chapters 4 and 5).
    """
    inputs = arguments.array("inputs", inputs, 1).copy()
    targets = arguments.array("targets", targets, 1).copy()
    n_out, n_in = len(targets), len(inputs)
    start = arguments.weight_matrix(weights, n_out, n_in)
    alpha = arguments.learning_rate(alpha)
    iterations = arguments.count("iterations", iterations)
    frozen = arguments.columns(frozen, n_in)
    arguments.check_memory("iterations", iterations, iterations * n_out * (3 + 2 * n_in))

    preds, errors, deltas = np.empty((3, iterations, n_out))
    weight_deltas = np.empty((iterations, n_out, n_in))
    weights = np.empty((iterations + 1, n_out, n_in))
    weights[0] = start
    for i in range(iterations):
        preds[i] = weights[i] @ inputs
        deltas[i] = preds[i] - targets
        errors[i] = deltas[i] ** 2
        weight_deltas[i] = np.outer(deltas[i], inputs)
        weight_deltas[i][:, frozen] = 0
        weights[i + 1] = weights[i] - alpha * weight_deltas[i]
    return Descent(inputs, targets, alpha, frozen, preds, errors, deltas, weight_deltas, weights)


@np.errstate(all="ignore")
def largest_stable_alpha(inputs: npt.ArrayLike, frozen: Iterable[int] = ()) -> float:
    """The alpha below which one training example is learnt, and above which learning diverges.

    Every update multiplies delta by `1 - alpha * |x|^2`, where `|x|^2` is the sum of the squared
    inputs whose weights may change; delta shrinks as long as that factor lies between -1 and 1, so
    while `0 < alpha < 2 / |x|^2`. Half this alpha lands on the target in one step.

    Returns infinity where no input can move a weight. Raises ValueError as `gradient_descent` does.
    """
    inputs = arguments.array("inputs", inputs, 1)
    free = np.delete(inputs, arguments.columns(frozen, len(inputs)))
    return 2 / (free @ free)  # NumPy's 2 / 0 is infinity


@np.errstate(all="ignore")
def error_along(step: Step, output: int, column: int, values: npt.ArrayLike) -> np.ndarray:
    """The error of one output if one of its weights had other values, all other weights as in `step`.

    step: such as `run[0]`. output, column: places of the weight, from 0. values: any array of weights.
    Returns the errors, same shape: a slice of the error surface. Raises ValueError, naming the argument, for what does
    not fit.
    """
    check_step("step", step)
    n_out, n_in = step.weights.shape
    output, column = arguments.place("output", output, n_out), arguments.place("column", column, n_in)
    values = arguments.converted("values", values)
    moved = (values - step.weights[output, column]) * step.inputs[column]
    return (step.deltas[output] + moved) ** 2


def check_step(name: str, value: object) -> None:
    """ValueError unless the value is a `Step`."""
    if not isinstance(value, Step):
        raise ValueError(f"{name} must be a step, such as `run[0]`; got {arguments.quoted(value)}.")


def check_run(name: str, value: object) -> None:
    """ValueError unless the value is a `Descent` of at least one iteration."""
    if not isinstance(value, Descent) or not len(value):
        raise ValueError(
            f"{name} must be what `gradient_descent` gives for 1 iteration or more; got {arguments.quoted(value)}."
        )


def make_read_only(record: Any) -> None:
    """Nobody can change the record's arrays from now on."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)


def first_not_finite(*records: np.ndarray) -> int | None:
    """The first index at which any of the arrays holds a number that is not finite, or None."""
    finite = [np.isfinite(record).all(axis=tuple(range(1, record.ndim))) for record in records]
    for index, all_finite in enumerate(np.all(finite, axis=0)):
        if not all_finite:
            return index
    return None
