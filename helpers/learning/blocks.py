"""Stochastic gradient descent in blocks of images: the same weights as one image at a time, sooner.

Within a block of images X (one a row) the delta of an image is what the block's first weights W give it,
less what the images before it in the block have changed since:

    delta_i = W x_i - y_i - alpha * sum_{j<i} (x_i . x_j) delta_j

That is a triangular system, `(I + alpha G) D = X W^T - Y` with G the part of `X X^T` below the diagonal and a
delta in each row of D. Its inverse depends on the images and alpha only, so it is computed once and serves every
pass, and the block's update is `W -= alpha D^T X`. (The chunkwise form of the delta rule: Yang et al.,
Parallelizing Linear Transformers with the Delta Rule, 2024.)

What makes passes faster still has nothing to do with learning, and stands in `helpers.learning.fast_passes`.
"""

from collections.abc import Iterable

import numpy as np

BLOCK = 24  # images; small enough for their products to stay in the processor's cache


def in_blocks(rows: np.ndarray) -> list[np.ndarray]:
    """Cut images (n, n_in) or targets (n, n_out) into blocks of BLOCK rows; the last one holds what is left."""
    return [rows[first : first + BLOCK] for first in range(0, len(rows), BLOCK)]


def invert(images: np.ndarray, alpha: float) -> np.ndarray:
    """The inverse of `I + alpha G` for a block of images (BLOCK, n_in), or for each of (blocks, BLOCK, n_in).

    What is inverted is the transpose, which is 0 below the diagonal: elimination finds nothing to eliminate there and
    no rows to swap, and goes through the images one after the other as the plain loop does, to the infinite too.
    """
    products = images @ images.mT
    transposed = np.eye(products.shape[-1]) + alpha * np.triu(products, 1)
    return np.linalg.inv(transposed).mT


def one_pass(
    weights: np.ndarray,
    images: Iterable[np.ndarray],
    targets: Iterable[np.ndarray],
    inverses: Iterable[np.ndarray],
    alpha: float,
) -> np.ndarray:
    """The weights (n_out, n_in) after one pass.

    Of each block: images (BLOCK, n_in), targets (BLOCK, n_out) and the inverse (BLOCK, BLOCK).
    """
    # Column by column in memory, as the changes come. And np.dot, for with small matrices it takes less time than @.
    weights = weights.copy(order="F")
    for x, true, inverse in zip(images, targets, inverses):
        pred = np.dot(x, weights.T)  # with the weights before the block
        delta = np.dot(inverse, pred - true)  # of each image after the updates by those before it
        weights -= np.dot(x.T, alpha * delta).T
    return weights
