"""Pixels, labels, and the weights of a network that reads digits."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .arrays import as_numpy, converted, of_shape, shaped
from .numbers import place
from .words import quoted

PIXELS, DIGITS = 784, 10
SIDE = 28  # pixels


def pixels(name: str, value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array (n, 784) of numbers from 0 to 1; else ValueError."""
    images = shaped(name, value, 2)
    if images.shape[1] != PIXELS:
        raise ValueError(f"{name} must have the shape (n, 784), one image a row; got {images.shape}.")
    return check_shades(name, images)


def image(name: str, value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array (784,) of numbers from 0 to 1, (28, 28) serves as well; else ValueError."""
    found = converted(name, value)
    if found.shape not in ((PIXELS,), (SIDE, SIDE)):
        raise ValueError(f"{name} must have the shape (784,) or (28, 28); got {found.shape}.")
    return check_shades(name, found.reshape(PIXELS))


def check_shades(name: str, images: np.ndarray) -> np.ndarray:
    """The images as they are; ValueError unless all their numbers are from 0 to 1."""
    if images.size and not (images.min() >= 0 and images.max() <= 1):
        wrong = images[~((images >= 0) & (images <= 1))]
        raise ValueError(f"{name} must hold numbers from 0 (paper) to 1 (ink), but there is a {wrong[0]:g}.")
    return images


def labels(name: str, value: npt.ArrayLike, *, n: int = DIGITS, lowest: int = 0) -> np.ndarray:
    """`value` as an int array (n_labels,); ValueError unless each is a whole number from `lowest` to n - 1."""
    found = whole_numbers(name, value)
    wrong = found[(found < lowest) | (found >= n)]
    if wrong.size:
        raise ValueError(f"{name} must lie between {lowest} and {n - 1}, but there is a {wrong[0]}.")
    return found.astype(np.int64, copy=False)


def whole_numbers(name: str, value: npt.ArrayLike) -> np.ndarray:
    """`value` as an array of whole numbers (n,); else ValueError."""
    try:
        found = as_numpy(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be one row of whole numbers; got {quoted(value)}.") from None
    if found.ndim != 1 or found.dtype.kind not in "iu":
        raise ValueError(f"{name} must be one row of whole numbers, not {found.dtype} of shape {found.shape}.")
    return found


def labelled_images(
    images_name: str, images: npt.ArrayLike, labels_name: str, label_values: npt.ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Images (n, 784), 0 to 1, and their labels (n,), 0 to 9; else ValueError."""
    found, of_them = pixels(images_name, images), labels(labels_name, label_values)
    if len(found) != len(of_them):
        raise ValueError(
            f"{images_name} and {labels_name} must be as many; got {len(found)} images and {len(of_them)} labels."
        )
    return found, of_them


def digits(name: str, value: Iterable[int]) -> tuple[int, ...]:
    """`value` as a tuple of digits, at least one; else ValueError."""
    try:
        found = tuple(place(name, digit, DIGITS) for digit in value)
    except (TypeError, ValueError):
        found = ()
    if not found:
        raise ValueError(f"{name} must list digits, each from 0 to 9, such as (2, 1); got {quoted(value)}.")
    return found


def weights_of_digits(name: str, value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array (10, 784), finite or not; else ValueError."""
    return of_shape(name, value, (DIGITS, PIXELS), "(outputs, inputs)")
