"""Passes in blocks (see `blocks`) in less time, by three means that have nothing to do with learning.

- A second thread computes inverses, while the first learns from the blocks whose inverses are there.
- Pixels that are 0 in all images are left out, for the weights behind them stay as they are.
- Many passes are made with one matrix, which is all that a pass does to the weights.

`make bench` shows what each of them saves.
"""

from itertools import chain, repeat

import numpy as np

from .blocks import BLOCK, in_blocks, invert, one_pass
from .threads import CORES, threads

BLOCKS_PER_TASK = 20  # whose inverses a thread computes in one go
MANY_PASSES = 36  # from which on it pays to make the matrix


def passes(images: np.ndarray, targets: np.ndarray, start: np.ndarray, alpha: float, iterations: int) -> np.ndarray:
    """The weights (iterations + 1, n_out, n_in) at the start and after each pass.

    images: (n, n_in). targets: (n, n_out). start: (n_out, n_in). What is not finite in images ends in the weights.
    """
    weights = np.repeat(start[None], iterations + 1, axis=0)
    if iterations == 1:  # To leave pixels out would take half as long as the pass.
        weights[1:] = pass_by_pass(images, targets, start, alpha, iterations)
    elif iterations > 1:
        inked = np.flatnonzero(images.any(axis=0))
        make_passes = pass_by_pass if iterations < MANY_PASSES else with_a_matrix
        weights[1:, :, inked] = make_passes(images.take(inked, axis=1), targets, start[:, inked], alpha, iterations)
    return weights


def pass_by_pass(
    images: np.ndarray, targets: np.ndarray, start: np.ndarray, alpha: float, iterations: int
) -> np.ndarray:
    """The weights (iterations, n_out, n_in) after each pass; a second thread computes the inverses meanwhile."""
    image_blocks, target_blocks = in_blocks(images), in_blocks(targets)
    weights = [start]
    with threads(1) as pool:
        tasks = [pool.submit(invert, blocks, alpha) for blocks in _stacked_blocks(images)]
        for _ in range(iterations):
            inverses = chain.from_iterable(task.result() for task in tasks)
            weights.append(one_pass(weights[-1], image_blocks, target_blocks, inverses, alpha))
    return np.array(weights[1:])


def with_a_matrix(
    images: np.ndarray, targets: np.ndarray, start: np.ndarray, alpha: float, iterations: int
) -> np.ndarray:
    """The weights (iterations, n_out, n_in) after each pass, as W A + B of the weights W before it.

    A is what a pass without targets makes of the identity, where each core takes a part of the rows, since a pass
    changes every row for itself; B is what a pass makes of weights that are 0.
    """
    image_blocks, target_blocks = in_blocks(images), in_blocks(targets)
    identity, no_targets = np.eye(images.shape[1]), repeat(np.zeros(1))
    with threads(CORES) as pool:
        inverses = list(chain.from_iterable(pool.map(invert, _stacked_blocks(images), repeat(alpha))))
        b = one_pass(np.zeros_like(start), image_blocks, target_blocks, inverses, alpha)
        tasks = [
            pool.submit(one_pass, rows, image_blocks, no_targets, inverses, alpha)
            for rows in np.array_split(identity, CORES)
        ]
        a = np.concatenate([task.result() for task in tasks])
        if not np.isfinite(a).all():
            return pass_by_pass(images, targets, start, alpha, iterations)
        weights = [start]
        for _ in range(iterations):
            weights.append(weights[-1] @ a + b)
    return np.array(weights[1:])


def _stacked_blocks(images: np.ndarray) -> list[np.ndarray]:
    """The blocks of images as stacks, (BLOCKS_PER_TASK, BLOCK, n_in) or fewer; what is left over is the last stack."""
    whole = len(images) // BLOCK
    blocks = images[: whole * BLOCK].reshape(whole, BLOCK, images.shape[1])
    stacks = [blocks[first : first + BLOCKS_PER_TASK] for first in range(0, whole, BLOCKS_PER_TASK)]
    return [*stacks, images[None, whole * BLOCK :]]
