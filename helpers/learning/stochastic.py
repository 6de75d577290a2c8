"""Stochastic gradient descent on many training examples: one update per image, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import numpy.typing as npt

from . import arguments, fast_passes
from .descent import first_not_finite
from .threads import CORES, threads

IMAGES_PER_TASK = 500  # that a thread evaluates together, so that memory stays bounded


@dataclass(frozen=True)
class TrainingRun:
    """What a run of stochastic gradient descent led to, pass by pass."""

    alpha: float
    weights: np.ndarray  # (iterations + 1, n_out, n_in): at the start, then after each pass
    images: np.ndarray  # (n, n_in), what was learnt from
    targets: np.ndarray  # (n, n_out)

    def __len__(self) -> int:
        return len(self.weights) - 1

    @property
    def errors(self) -> np.ndarray:
        """(iterations,), after each pass: squared error, summed over the outputs, mean over the images."""
        return self._evaluated[0]

    @property
    def accuracies(self) -> np.ndarray:
        """(iterations,), after each pass: share of the images whose largest pred is the right one."""
        return self._evaluated[1]

    @cached_property
    def _evaluated(self) -> tuple[np.ndarray, np.ndarray]:
        return evaluate(self.weights[1:], self.images, self.targets)

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
    if len(images) != len(targets):
        raise ValueError(
            f"images and targets must have one row per example; got the shapes {images.shape} and {targets.shape}."
        )
    start = arguments.weight_matrix(weights, targets.shape[1], images.shape[1])
    alpha, iterations = arguments.learning_rate(alpha), arguments.count("iterations", iterations)
    run = TrainingRun(alpha, passes(images, targets, start, alpha, iterations), images, targets)
    # A pass brings any NaN or infinity of the images into the weights, where it is found sooner.
    if iterations == 0 or not np.isfinite(run.weights[-1]).all():
        arguments.finite("images", images)
    return run


@np.errstate(all="ignore")
def evaluate(weights: np.ndarray, images: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How well weights do on images: (error, accuracy).

    weights: (n_out, n_in), or (k, n_out, n_in) for k networks at once. images: (n, n_in).
    targets: (n, n_out), one-hot. The error is the squared error summed over the outputs, its mean
    over the images; the accuracy is the share (0 to 1) of images whose largest pred is the right one.
    Both are numbers, or (k,) arrays.
    """
    if weights.ndim == 2:
        errors, accuracies = evaluate(weights[None], images, targets)
        return errors[0], accuracies[0]
    cuts = range(IMAGES_PER_TASK, len(images), IMAGES_PER_TASK)
    parts = np.split(images, cuts), np.split(targets, cuts)
    errors, hits = np.zeros((2, len(weights)))
    with threads(CORES) as pool:
        for errors_of_part, hits_of_part in pool.map(_errors_and_hits, repeat(weights), *parts):
            errors += errors_of_part
            hits += hits_of_part
    return errors / len(images), hits / len(images)


def _errors_and_hits(weights: np.ndarray, images: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of k networks: the squared errors added up, and the number of images whose largest pred is right."""
    networks, n_out, n_in = weights.shape
    preds = (weights.reshape(networks * n_out, n_in) @ images.T).reshape(networks, n_out, len(images))
    hits = (preds.argmax(axis=1) == targets.argmax(axis=1)).sum(axis=1)
    preds -= targets.T
    return np.einsum("kji,kji->k", preds, preds), hits
