"""Stochastic gradient descent on many training examples: one update per image, in order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .. import arguments
from . import fast_passes
from .descent import first_not_finite, make_read_only
from .measuring import NO_ANSWER, errors_and_accuracies, right_answers


@dataclass(frozen=True)
class TrainingRun:
    """What a run of stochastic gradient descent led to, pass by pass. The arrays can't be changed."""

    alpha: float
    weights: np.ndarray  # (iterations + 1, n_out, n_in): at the start, then after each pass
    images: np.ndarray  # (n, n_in), what was learnt from
    targets: np.ndarray  # (n, n_out)

    def __post_init__(self) -> None:
        make_read_only(self)

    def __len__(self) -> int:
        return len(self.weights) - 1

    @property
    def errors(self) -> np.ndarray:
        """(iterations,), after each pass: squared error, summed over the outputs, mean over the images."""
        return self._evaluated[0]

    @property
    def accuracies(self) -> np.ndarray:
        """(iterations,), after each pass: share of the images whose largest pred is the right one, as in `evaluate`.

        Where an image's targets are not one-hot and several are the largest, no pred is the right one.
        """
        return self._evaluated[1]

    @cached_property
    def _evaluated(self) -> tuple[np.ndarray, np.ndarray]:
        errors, accuracies = errors_and_accuracies(self.weights[1:], self.images, self.targets)
        return arguments.read_only(errors), arguments.read_only(accuracies)

    @property
    def diverged_at(self) -> int | None:
        """Index of the first pass after which a number is not finite; None if there is none."""
        return first_not_finite(self.errors, self.weights[1:])


@np.errstate(all="ignore")
def stochastic_gradient_descent(
    images: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike, alpha: float, iterations: int
) -> TrainingRun:
    """Train on all images, `iterations` times over: the weights of `one_image_at_a_time`, sooner.

    images: (n, n_in). targets: (n, n_out), one-hot. weights: (n_out, n_in), where learning starts.
    alpha: the learning rate. iterations: passes over all images, 0 or more.

    Returns a `TrainingRun`. Raises ValueError, naming the argument, for input that does not fit.
    Divergence is no error: see `TrainingRun.diverged_at`. How it is done: `helpers.learning.blocks`.
    """
    return _train(fast_passes.passes, images, targets, weights, alpha, iterations)


@np.errstate(all="ignore")
def one_image_at_a_time(
    images: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike, alpha: float, iterations: int
) -> TrainingRun:
    """The same as `stochastic_gradient_descent`, written as the plain loop that it stands for."""
    return _train(_plain_passes, images, targets, weights, alpha, iterations)


def _plain_passes(
    images: np.ndarray, targets: np.ndarray, start: np.ndarray, alpha: float, iterations: int
) -> np.ndarray:
    """The weights (iterations + 1, n_out, n_in) at the start and after each pass."""
    after_each_pass = [start]
    for _ in range(iterations):
        weights = after_each_pass[-1].copy()
        for image, true in zip(images, targets):
            pred = weights @ image
            delta = pred - true
            weights -= alpha * np.outer(delta, image)
        after_each_pass.append(weights)
    return np.array(after_each_pass)


def _train(
    passes: Callable[..., np.ndarray],
    images: npt.ArrayLike,
    targets: npt.ArrayLike,
    weights: npt.ArrayLike,
    alpha: float,
    iterations: int,
) -> TrainingRun:
    """Check what was passed in, and let `passes` learn from it."""
    images = arguments.shaped("images", images, 2)
    targets = arguments.array("targets", targets, 2)
    arguments.one_row_per_example("images", images, targets)
    start = arguments.weight_matrix(weights, targets.shape[1], images.shape[1])
    alpha, iterations = arguments.learning_rate(alpha), arguments.count("iterations", iterations)
    arguments.check_memory("iterations", iterations, (iterations + 1) * start.size)
    # The record has images of its own. They are copied meanwhile, which takes no time if there is a core to spare.
    with ThreadPoolExecutor(1) as pool:
        copies = pool.submit(images.copy)
        after_passes = passes(images, targets, start, alpha, iterations)
    run = TrainingRun(alpha, after_passes, copies.result(), targets.copy())
    # A pass brings any NaN or infinity of the images into the weights, where it is found sooner.
    if iterations == 0 or not np.isfinite(run.weights[-1]).all():
        arguments.finite("images", images)
    return run


def evaluate(weights: npt.ArrayLike, images: npt.ArrayLike, targets: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """How well weights do on images: (error, accuracy).

    weights: (n_out, n_in), or (k, n_out, n_in) for k networks at once; finite or not. images: (n, n_in).
    targets: (n, n_out), one-hot. The error is the squared error summed over the outputs, its mean
    over the images; the accuracy is the share (0 to 1) of images whose largest pred, the first of them if there are
    several, is the right one. An image with a pred that is not finite is not read rightly. Both are numbers, or (k,)
    arrays.

    Raises ValueError, naming the argument, for input that does not fit.
    """
    images, targets = arguments.shaped("images", images, 2), arguments.array("targets", targets, 2)
    arguments.one_row_per_example("images", images, targets)
    weights = _networks(weights, targets.shape[1], images.shape[1])
    _check_one_right_answer(targets)
    networks = weights
    if weights.ndim == 2:
        networks = weights[None]
    errors, accuracies = errors_and_accuracies(networks, images, targets)
    # What is not finite in images is found sooner in the errors.
    if not (errors.size and np.isfinite(errors).all()):
        arguments.finite("images", images)
    if weights.ndim == 2:
        return errors[0], accuracies[0]
    return errors, accuracies


def _networks(value: npt.ArrayLike, n_out: int, n_in: int) -> np.ndarray:
    """`value` as float array (n_out, n_in) or (k, n_out, n_in); else ValueError."""
    weights = arguments.converted("weights", value)
    if weights.ndim not in (2, 3) or weights.shape[-2:] != (n_out, n_in):
        raise ValueError(
            f"weights must have the shape (outputs, inputs) = {(n_out, n_in)}, or be several such tables; "
            f"got {weights.shape}."
        )
    return weights


def _check_one_right_answer(targets: np.ndarray) -> None:
    without = np.flatnonzero(right_answers(targets) == NO_ANSWER)
    if without.size:
        raise ValueError(
            "targets must be one-hot, so that each row has a single largest number, as `one_hot` makes them; "
            f"got {arguments.quoted(targets[without[0]].tolist())} in row {without[0]}."
        )
