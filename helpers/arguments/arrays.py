"""Lists and tables of numbers, as NumPy arrays of floats."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from .numbers import BYTES_PER_NUMBER, MOST_BYTES, in_gigabytes, is_real
from .words import quoted

MOST_DIMENSIONS = 64  # of an array of NumPy's
PLAIN_NUMBERS = "buif"  # kinds of NumPy's types: booleans, whole numbers without and with a sign, floats


class TooLarge(ValueError):
    """Raised for numbers that would fill the memory; says how much they would need."""


def array(name: str, value: npt.ArrayLike, *dimensions: int) -> np.ndarray:
    """`value` as an array of finite floats with one of these numbers of dimensions; else ValueError."""
    return finite(name, shaped(name, value, *dimensions))


def shaped(name: str, value: npt.ArrayLike, *dimensions: int) -> np.ndarray:
    """`value` as a float array with one of these numbers of dimensions, finite or not; else ValueError.

    An array of floats comes back as it is, not as a copy.
    """
    numbers = converted(name, value)
    if numbers.ndim not in dimensions or not numbers.size:
        wanted = "a list of numbers"
        if 2 in dimensions:
            wanted = "rows of numbers"
        raise ValueError(f"{name} must be {wanted}; got an array of shape {numbers.shape}.")
    return numbers


def of_shape(name: str, value: npt.ArrayLike, shape: Sequence[int], meaning: str) -> np.ndarray:
    """`value` as a float array of exactly this shape, finite or not; else ValueError. meaning: what its sides are."""
    numbers = converted(name, value)
    if numbers.shape != tuple(shape):
        raise ValueError(f"{name} must have the shape {meaning} = {tuple(shape)}; got {numbers.shape}.")
    return numbers


def converted(name: str, value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array of any shape; ValueError for what is no number, or not in rows of equal length."""
    try:
        return reals(value)
    except TooLarge as fault:
        raise ValueError(f"{name} must fit into {in_gigabytes(MOST_BYTES)} of memory; {fault}.") from None
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, in rows of equal length; got {quoted(value)}.") from None


def reals(value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array; TypeError or ValueError if there is none: of text, dates, complex or masked numbers."""
    found = as_numpy(value)
    if found.dtype.kind == "O":
        return _from_objects(found)
    if found.dtype.kind not in PLAIN_NUMBERS:
        raise TypeError
    with np.errstate(over="ignore"):  # of what is longer than a float: it becomes infinite
        return found.astype(float, copy=False)


def as_numpy(value: npt.ArrayLike) -> np.ndarray:
    """`value` as NumPy takes it; TypeError or ValueError where it can't, or where some of it is masked."""
    for part in _parts(value):
        if isinstance(part, np.ma.MaskedArray) and np.ma.is_masked(part):
            raise TypeError
        if isinstance(part, np.ndarray | range):
            _check_size(_shape(part))
    try:
        return np.asarray(value)
    except Exception:  # noqa: BLE001 (whatever is raised by other libraries' numbers)
        raise TypeError from None


def _shape(value: np.ndarray | range) -> tuple[int, ...]:
    if isinstance(value, np.ndarray):
        return value.shape
    if not value:
        return (0,)
    return ((value[-1] - value[0]) // value.step + 1,)


def _parts(value: Any, depth: int = 1) -> Iterator[Any]:
    """The value, and what it holds if it is a list; ValueError if that has more dimensions than NumPy knows."""
    yield value
    if isinstance(value, list | tuple):
        if depth > MOST_DIMENSIONS:
            raise ValueError
        for part in value:
            if not isinstance(part, float | int):
                yield from _parts(part, depth + 1)


def _check_size(shape: Sequence[int]) -> None:
    size = BYTES_PER_NUMBER
    for length in shape:
        size *= length
    if size > MOST_BYTES:
        raise TooLarge(f"got an array of shape {tuple(shape)}, which would need {in_gigabytes(size)}")


def _from_objects(found: np.ndarray) -> np.ndarray:
    """Fractions, decimals, and whole numbers that are too long for NumPy's own."""
    if not all(is_real(each) or isinstance(each, Decimal) for each in found.flat):
        raise TypeError
    try:
        return found.astype(float)
    except OverflowError:
        raise TypeError from None


def finite(name: str, numbers: np.ndarray) -> np.ndarray:
    """`numbers` as they are; ValueError if one of them is NaN or infinite."""
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} must be finite numbers; some are NaN or infinite.")
    return numbers


def weight_matrix(value: npt.ArrayLike, n_out: int, n_in: int) -> np.ndarray:
    """`value` as a float array (n_out, n_in); a flat list serves where one side is 1."""
    weights = array("weights", value, 1, 2)
    if weights.ndim == 1 and 1 in (n_out, n_in) and weights.size == n_out * n_in:
        return weights.reshape(n_out, n_in)
    if weights.shape != (n_out, n_in):
        raise ValueError(
            f"weights must have the shape (outputs, inputs) = {(n_out, n_in)}, one row per output; got {weights.shape}."
        )
    return weights


def one_row_per_example(name: str, inputs: np.ndarray, targets: np.ndarray) -> None:
    """ValueError unless the inputs, which are called `name`, and the targets have as many rows."""
    if len(inputs) != len(targets):
        raise ValueError(
            f"{name} and targets must have one row per example; got the shapes {inputs.shape} and {targets.shape}."
        )


def check_same_length(name: str, values: Any, other_name: str, others: Any) -> None:
    """ValueError unless both are of one length."""
    if len(values) != len(others):
        raise ValueError(f"{name} and {other_name} must be as many; got {len(values)} and {len(others)}.")


def read_only(numbers: np.ndarray) -> np.ndarray:
    """The array, which nobody can change from now on."""
    numbers.setflags(write=False)
    return numbers
