"""A digit that somebody has just drawn, made into an image as those of MNIST were made."""

import numpy as np

SIDE, BOX = 28, 20  # pixels
LEVELS = 255


def as_mnist(drawing):
    """Return the drawing as a row of 784 pixels, float64, 0.0 for paper to 1.0 for ink, ready for a network.

    drawing: (rows, columns), any size, 0 for paper to 1 for ink; what is fainter than half of MNIST's first level
             of grey, 1/255, is paper

    The smallest box that holds all ink is scaled to 20 x 20 pixels, its aspect ratio kept; each pixel is the mean
    of what it covers, hence the greys at the edges. The box is then put into the 28 x 28 pixels so that the ink's
    centre of mass comes to lie in pixel 14 of both axes, as it does in all of MNIST, or as near as the box's own
    edges allow. A drawing without ink gives zeros.

    Source: LeCun, Cortes and Burges, "The MNIST database", http://yann.lecun.com/exdb/mnist/; LeCun, Bottou, Bengio
    and Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86 (11), 1998.

    Raises ValueError if the drawing is not a table of numbers from 0 to 1.
    """
    ink = np.round(_checked(drawing) * LEVELS) / LEVELS
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    image = np.zeros((SIDE, SIDE))
    if not rows.size:
        return image.ravel()
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    rows, columns = (_means(size, max(box.shape)) for size in box.shape)
    image[:BOX, :BOX] = rows @ box @ columns.T
    return np.roll(image, [_shift(image.sum(axis=1)), _shift(image.sum(axis=0))], axis=(0, 1)).ravel()


def _means(size, longest):
    """(20, size): what each of `size` pixels adds to each of the 20 pixels that `longest` of them are scaled to."""
    edges = np.linspace(0, longest, BOX + 1)[:, None]
    pixels = np.arange(size)
    covered = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    return np.maximum(covered, 0) * BOX / longest


def _shift(ink):
    """How far to move the ink, given pixel by pixel along one axis: its centre of mass to the middle, all inside."""
    centre = int(ink @ np.arange(SIDE) / ink.sum() + 0.5 + 1e-9)  # a half goes up, whatever the last bit says
    return int(np.clip(SIDE // 2 - centre, 0, SIDE - 1 - np.flatnonzero(ink)[-1]))


def _checked(drawing):
    try:
        ink = np.asarray(drawing)
    except ValueError:
        raise ValueError("drawing must be a table of numbers, all of its rows of one length.") from None
    if ink.ndim != 2 or ink.dtype.kind not in "buif":
        raise ValueError(f"drawing must be a table of numbers, not {ink.dtype} of shape {ink.shape}.")
    wrong = ink[~((ink >= 0) & (ink <= 1))]
    if wrong.size:
        raise ValueError(f"drawing must hold numbers from 0 (paper) to 1 (ink), but there is a {wrong[0].item()}.")
    return ink.astype(np.float64)
