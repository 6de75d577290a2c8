"""Passes in blocks (see `blocks`) in less time, by three means that have nothing to do with learning.

One pass:     a second thread computes inverses, while the first learns from the blocks whose inverses are there.
A few passes: pixels that are 0 in all images are left out, for the weights behind them stay as they are.
Many passes:  a pass is turned into one matrix, which then makes all of them.

`make bench` shows what each of them saves.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import chain, repeat

import numpy as np

from .blocks import BLOCK, in_blocks, inverse, one_pass
from .threads import CORES, threads

BLOCKS_PER_TASK = 20  # whose inverses a thread computes in one go
MANY_PASSES = 36  # from which on it pays to make the matrix


def passes(images: np.ndarray, targets: np.ndarray, start: np.ndarray, alpha: float, iterations: int) -> np.ndarray:
    """The weights (iterations + 1, n_out, n_in) at the start and after each pass.

    images: (n, n_in). targets: (n, n_out). start: (n_out, n_in). Floats; what is not finite in images ends in the weights.
    """
    weights = np.repeat(start[None], iterations + 1, axis=0)
    if iterations == 1:  # to leave pixels out would take half as long as the pass
        weights[1:] = few_passes(images, targets, start, alpha, iterations)
    elif iterations > 1:
        inked = np.flatnonzero(images.any(axis=0))
        make_passes = few_passes if iterations < MANY_PASSES else many_passes
        weights[1:, :, inked] = make_passes(images.take(inked, axis=1), targets, start[:, inked], alpha, iterations)
    return weights
