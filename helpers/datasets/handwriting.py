"""A digit that somebody has just drawn, made into an image as those of MNIST were made."""

import numpy as np
import numpy.typing as npt

from .. import arguments

IMAGE_SIDE = 28  # pixels of an image of MNIST, each way
BOX_SIDE = 20  # pixels of the longer side of the box that its ink fills
DARKEST_GREY = 255


def as_mnist(drawing: npt.ArrayLike) -> np.ndarray:
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
    ink = np.round(_checked(drawing) * DARKEST_GREY) / DARKEST_GREY
    image = np.zeros((IMAGE_SIDE, IMAGE_SIDE))
    if not ink.any():
        return image.ravel()
    box = _box_of(ink)
    height, width = box.shape
    scale_rows, scale_columns = _scaling(height, max(box.shape)), _scaling(width, max(box.shape))
    image[:BOX_SIDE, :BOX_SIDE] = scale_rows @ box @ scale_columns.T
    down, right = _shift_to_centre(image.sum(axis=1)), _shift_to_centre(image.sum(axis=0))
    return np.roll(image, (down, right), axis=(0, 1)).ravel()


def _box_of(ink: np.ndarray) -> np.ndarray:
    """The smallest part of the drawing that holds all ink."""
    rows, columns = np.nonzero(ink)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _scaling(size: int, longest: int) -> np.ndarray:
    """(20, size): what each of `size` pixels adds to each of the 20 pixels that `longest` of them are scaled to."""
    edges = np.linspace(0, longest, BOX_SIDE + 1)[:, None]
    pixels = np.arange(size)
    covered = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    return np.maximum(covered, 0) * BOX_SIDE / longest


def _shift_to_centre(ink: np.ndarray) -> int:
    """How many pixels to move the ink (28,) of one axis: its centre of mass to the middle, all of it inside."""
    pixels = np.arange(IMAGE_SIDE)
    centre = int(ink @ pixels / ink.sum() + 0.5 + 1e-9)  # a half goes up, whatever the last bit says
    room = IMAGE_SIDE - 1 - np.flatnonzero(ink)[-1]
    return int(np.clip(IMAGE_SIDE // 2 - centre, 0, room))


def _checked(drawing: npt.ArrayLike) -> np.ndarray:
    """The drawing as float64 (rows, columns); ValueError unless it is a table of numbers from 0 to 1."""
    ink = arguments.converted("drawing", drawing)
    if ink.ndim != 2:
        raise ValueError(f"drawing must be a table of numbers; got an array of shape {ink.shape}.")
    return arguments.check_shades("drawing", ink)
