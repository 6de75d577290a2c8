"""Stochastic gradient descent on many training examples: one update per image, in order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import arguments, blocks
from .descent import first_not_finite
from .threads import CORES, threads

CHUNK = 500  # images that a thread evaluates together, so that memory stays bounded


@dataclass(frozen=True)
class Training:
    """What a run of stochastic gradient descent led to, pass by pass."""

    alpha: float
    weights: np.ndarray  # (iterations + 1, n_out, n_in): at the start, then after each pass
    images: np.ndarray  # (n, n_in), what was learnt from
    targets: np.ndarray  # (n, n_out)

    def __len__(self):
        return len(self.weights) - 1

    @property
    def errors(self):
        """(iterations,), after each pass: squared error, summed over the outputs, mean over the images."""
        return self._evaluated[0]

    @property
    def accuracies(self):
        """(iterations,), after each pass: share of the images whose largest pred is the right one."""
        return self._evaluated[1]

    @cached_property
    def _evaluated(self):
        return evaluate(self.weights[1:], self.images, self.targets)

    @property
    def diverged_at(self):
        """Index of the first pass after which a number is not finite; None if there is none."""
        return first_not_finite(self.errors, self.weights[1:])


@np.errstate(all="ignore")
def stochastic_gradient_descent(images, targets, weights, alpha, iterations):
    """Train on all images, `iterations` times over: the weights of `one_image_at_a_time`, sooner.

    images: (n, n_in). targets: (n, n_out), one-hot. weights: (n_out, n_in), where learning starts.
    alpha: the learning rate. iterations: passes over all images, 0 or more.

    Returns a `Training`. Raises ValueError, naming the argument, for input that does not fit.
    Divergence is no error: see `Training.diverged_at`. How it is done: `helpers.learning.blocks`.
    """
    return _train(blocks.passes, images, targets, weights, alpha, iterations)


@np.errstate(all="ignore")
def one_image_at_a_time(images, targets, weights, alpha, iterations):
    """The same as `stochastic_gradient_descent`, written as the plain loop that it stands for."""
    return _train(_plain_passes, images, targets, weights, alpha, iterations)


def _plain_passes(images, targets, start, alpha, iterations):
    weights = np.repeat(start[None], iterations + 1, axis=0)
    for i in range(iterations):
        now = weights[i].copy()
        for image, target in zip(images, targets):
            delta = now @ image - target
            now -= alpha * np.outer(delta, image)
        weights[i + 1] = now
    return weights


def _train(passes, images, targets, weights, alpha, iterations):
    images = arguments.shaped("images", images, 2)
    targets = arguments.array("targets", targets, 2)
    if len(images) != len(targets):
        raise ValueError(
            f"images and targets must have one row per example; got the shapes {images.shape} and {targets.shape}."
        )
    start = arguments.weight_matrix(weights, targets.shape[1], images.shape[1])
    alpha, iterations = arguments.learning_rate(alpha), arguments.count("iterations", iterations)
    trained = Training(alpha, passes(images, targets, start, alpha, iterations), images, targets)
    # A pass brings any NaN or infinity of the images into the weights, where it is found sooner.
    if iterations == 0 or not np.isfinite(trained.weights[-1]).all():
        arguments.finite("images", images)
    return trained


@np.errstate(all="ignore")
def evaluate(weights, images, targets):
    """How well weights do on images: (error, accuracy).

    weights: (n_out, n_in), or (k, n_out, n_in) for k networks at once. images: (n, n_in).
    targets: (n, n_out), one-hot. The error is the squared error summed over the outputs, its mean
    over the images; the accuracy is the share (0 to 1) of images whose largest pred is the right one.
    Both are numbers, or (k,) arrays.
    """
    many, n_out, n_in = (1, *weights.shape) if weights.ndim == 2 else weights.shape
    rows = weights.reshape(many * n_out, n_in)

    @np.errstate(all="ignore")
    def of_some(first):
        some, wanted = images[first : first + CHUNK], targets[first : first + CHUNK].T
        preds = (rows @ some.T).reshape(many, n_out, len(some))
        right = (preds.argmax(axis=1) == wanted.argmax(axis=0)).sum(axis=1)
        preds -= wanted
        return np.einsum("kji,kji->k", preds, preds), right

    with threads(CORES) as pool:
        squared, right = map(sum, zip(*pool.map(of_some, range(0, len(images), CHUNK))))
    shape = weights.shape[:-2]
    return squared.reshape(shape)[()] / len(images), right.reshape(shape)[()] / len(images)
