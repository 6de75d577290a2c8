"""Stochastic gradient descent in blocks of images: the same weights as one image at a time, sooner.

Within a block of images X (one a row) the delta of an image is what the block's first weights W give it,
less what the images before it in the block have changed since:

    delta_i = W x_i - y_i - alpha * sum_{j<i} (x_i . x_j) delta_j

That is a triangular system, `(I + alpha G) D = X W^T - Y` with G the part of `X X^T` below the diagonal and a
delta in each row of D. Its inverse depends on the images and alpha only, so it is computed once and serves every
pass, and the block's update is `W -= alpha D^T X`. (The chunkwise form of the delta rule: Yang et al.,
Parallelizing Linear Transformers with the Delta Rule, 2024.)
"""

import numpy as np

from .threads import CORES, threads

BLOCK = 24  # images; small enough for their products to stay in the processor's cache
SLAB = 100  # blocks that are prepared together, while those before them are learnt from
MANY = 24  # passes from which on it pays to turn a whole pass into one matrix


def passes(images, targets, start, alpha, iterations):
    """The weights (iterations + 1, n_out, n_in) at the start and after each pass.

    images: (n, n_in). targets: (n, n_out). start: (n_out, n_in). Floats; what is not finite in images ends in the weights.
    """
    weights = np.repeat(start[None], iterations + 1, axis=0)
    used = slice(None)
    if iterations > 1:
        # Behind an input that is always 0, a weight stays as it is. To leave these out takes as long as half a pass.
        used = images.any(axis=0)
        images = images.compress(used, axis=1)
    x, y = _in_slabs(images), _in_slabs(targets)
    with threads(1) as pool:
        prepared = [pool.submit(_inverses, slab, alpha) for slab in x]

        @np.errstate(all="ignore")
        def one_pass(now, y):
            preds, deltas, change = np.empty((BLOCK, len(now))), np.empty((BLOCK, len(now))), np.empty_like(now)
            for slab, slab_targets, inverses in zip(x, y, prepared):
                for block, target, inverse in zip(slab, slab_targets, inverses.result()):
                    np.dot(block, now.T, out=preds)
                    preds -= target
                    np.dot(inverse, preds, out=deltas)
                    now -= np.dot(deltas.T, block, out=change)
            return now

        now = start[:, used].copy()
        if iterations >= MANY:
            # A pass is W -> W A + B, whatever W is: A and B are what it does to I and to 0.
            rows, nothing = np.array_split(np.eye(now.shape[1]), CORES), [np.zeros(len(slab)) for slab in x]
            with threads(CORES) as cores:
                a = np.vstack(list(cores.map(lambda some: one_pass(some.copy(), nothing), rows)))
            b = one_pass(np.zeros_like(now), y)
            if np.isfinite(a).all():

                def one_pass(now, y):
                    return now @ a + b

        for i in range(iterations):
            now = one_pass(now, y)
            weights[i + 1][:, used] = now
    return weights


def _in_slabs(rows):
    """(n, k) -> arrays (at most SLAB, BLOCK, k); what is left is filled up with zeros, which teach nothing."""
    whole = len(rows) // BLOCK * BLOCK
    blocks = rows[:whole].reshape(whole // BLOCK, BLOCK, rows.shape[1])
    slabs = [blocks[first : first + SLAB] for first in range(0, len(blocks), SLAB)]
    if whole < len(rows):
        last = np.zeros((1, BLOCK, rows.shape[1]))
        last[0, : len(rows) - whole] = rows[whole:]
        slabs.append(last)
    return slabs


@np.errstate(all="ignore")
def _inverses(x, alpha):
    """`alpha` times the inverse of `I + alpha G` for each block of x: (blocks, BLOCK, BLOCK).

    What is inverted is the transpose, which is 0 below the diagonal: elimination finds nothing to eliminate there and
    no rows to swap, and goes through the images one after the other as the plain loop does, to the infinite too.
    """
    transposed = np.triu(x @ x.transpose(0, 2, 1), 1)
    transposed *= alpha
    transposed += np.eye(BLOCK)
    inverses = np.linalg.inv(transposed)
    inverses *= alpha
    return inverses.transpose(0, 2, 1)
