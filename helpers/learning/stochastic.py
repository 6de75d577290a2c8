"""Stochastic gradient descent on many training examples: one update per image, in order."""

from dataclasses import dataclass

import numpy as np

from . import arguments
from .descent import first_not_finite

BLOCK = 100  # images whose updates are worked out together; the weights do not depend on it
MANY = 40  # passes from which on it pays to turn a whole pass into one matrix
CHUNK = 1000  # images that are evaluated together, so that memory stays bounded


@dataclass(frozen=True)
class Training:
    """What a run of stochastic gradient descent led to, pass by pass."""

    alpha: float
    errors: np.ndarray  # (iterations,), after each pass: squared error, summed over the outputs, mean over the images
    accuracies: np.ndarray  # (iterations,), after each pass: share of the images whose largest pred is the right one
    weights: np.ndarray  # (iterations + 1, n_out, n_in): at the start, then after each pass

    def __len__(self):
        return len(self.errors)

    @property
    def diverged_at(self):
        """Index of the first pass after which a number is not finite; None if there is none."""
        return first_not_finite(self.errors, self.weights[1:])


def stochastic_gradient_descent(images, targets, weights, alpha, iterations):
    """Train on all images, `iterations` times over: the weights of `one_image_at_a_time`, sooner.

    images: (n, n_in). targets: (n, n_out), one-hot. weights: (n_out, n_in), where learning starts.
    alpha: the learning rate. iterations: passes over all images, 0 or more.

    Returns a `Training`. Raises ValueError, naming the argument, for input that does not fit.
    Divergence is no error: see `Training.diverged_at`.

    Within a block of images X (one a row) the delta of an image is what the block's first weights W
    give it, less what the images before it in the block have changed since:
    `delta_i = x_i W - y_i - alpha * sum_{j<i} (x_i . x_j) delta_j`. That is a triangular system,
    `(I + alpha G) D = X W - Y` with G the part of `X X^T` below the diagonal, and its inverse depends
    on the images and alpha only: it is computed once and serves every pass. (The chunkwise form of
    the delta rule: Yang et al., Parallelizing Linear Transformers with the Delta Rule, 2024.)
    """
    images, targets, start, alpha, iterations = _checked(images, targets, weights, alpha, iterations)
    weights = np.repeat(start[None], iterations + 1, axis=0)
    used = images.any(axis=0)  # behind an input that is always 0, a weight stays as it is
    with np.errstate(over="ignore", invalid="ignore"):
        weights[:, :, used] = _passes(images[:, used], targets, start[:, used], alpha, iterations)
        return Training(alpha, *evaluate(weights[1:], images, targets), weights)


def one_image_at_a_time(images, targets, weights, alpha, iterations):
    """The same as `stochastic_gradient_descent`, written as the plain loop that it stands for."""
    images, targets, start, alpha, iterations = _checked(images, targets, weights, alpha, iterations)
    weights = np.empty((iterations + 1, *start.shape))
    weights[0] = start
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(iterations):
            now = weights[i].copy()
            for image, target in zip(images, targets):
                delta = now @ image - target
                now -= alpha * np.outer(delta, image)
            weights[i + 1] = now
        return Training(alpha, *evaluate(weights[1:], images, targets), weights)


def evaluate(weights, images, targets):
    """How well weights do on images: (error, accuracy).

    weights: (n_out, n_in), or (k, n_out, n_in) for k networks at once. images: (n, n_in).
    targets: (n, n_out), one-hot. The error is the squared error summed over the outputs, its mean
    over the images; the accuracy is the share (0 to 1) of images whose largest pred is the right one.
    Both are numbers, or (k,) arrays.
    """
    every = weights.reshape(-1, weights.shape[-1]).T
    squared, right = 0, 0
    with np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, len(images), CHUNK):
            some, wanted = images[first : first + CHUNK], targets[first : first + CHUNK]
            preds = (some @ every).reshape(len(some), *weights.shape[:-1])
            right += (preds.argmax(axis=-1).T == wanted.argmax(axis=1)).sum(axis=-1)
            preds -= wanted[:, None] if weights.ndim == 3 else wanted
            squared += np.einsum("i...j,i...j->...", preds, preds)
    return squared / len(images), right / len(images)


def _checked(images, targets, weights, alpha, iterations):
    images = arguments.array("images", images, 2)
    targets = arguments.array("targets", targets, 2)
    if len(images) != len(targets):
        raise ValueError(
            f"images and targets must have one row per example; got the shapes {images.shape} and {targets.shape}."
        )
    weights = arguments.weight_matrix(weights, targets.shape[1], images.shape[1])
    return images, targets, weights, arguments.learning_rate(alpha), arguments.count("iterations", iterations)


def _passes(images, targets, start, alpha, iterations):
    """The weights (iterations + 1, n_out, n_in) at the start and after each pass."""
    x, y = _in_blocks(images), _in_blocks(targets)
    steps = alpha * x.transpose(0, 2, 1) @ _inverse(alpha * np.tril(x @ x.transpose(0, 2, 1), -1))

    def one_pass(now, targets):
        for step, block, target in zip(steps, x, targets):
            now -= step @ (block @ now - target)
        return now

    passes = np.empty((iterations + 1, *start.T.shape))
    passes[0] = start.T
    if iterations >= MANY:
        # A pass is W -> A W + B, whatever W is; A and B are what it does to I and to 0.
        a = one_pass(np.eye(images.shape[1]), np.zeros(len(x)))
        b = one_pass(np.zeros(start.T.shape), y)
        if np.isfinite(a).all():
            for i in range(iterations):
                passes[i + 1] = a @ passes[i] + b
            return passes.transpose(0, 2, 1)
    for i in range(iterations):
        passes[i + 1] = one_pass(passes[i].copy(), y)
    return passes.transpose(0, 2, 1)


def _in_blocks(rows):
    """(n, k) -> (blocks, BLOCK, k); the last block is filled up with zeros, which teach nothing."""
    blocks = -(-len(rows) // BLOCK)
    filled = np.zeros((blocks * BLOCK, rows.shape[1]))
    filled[: len(rows)] = rows
    return filled.reshape(blocks, BLOCK, -1)


def _inverse(below):
    """The inverse of `I + below`, for `below` (blocks, BLOCK, BLOCK) zero on and above the diagonal.

    By forward substitution, in the order in which the images come, so that it grows past the finite
    only where the plain loop would.
    """
    inverse = np.broadcast_to(np.eye(BLOCK), below.shape).copy()
    for i in range(1, BLOCK):
        inverse[:, i, :i] -= (below[:, i, None, :i] @ inverse[:, :i, :i])[:, 0]
    return inverse
