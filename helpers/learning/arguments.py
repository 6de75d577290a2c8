"""Turns what a reader passes into arrays, or says in one sentence what was wrong with it."""

from collections.abc import Iterable
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt

# As NumPy prints arrays where nobody has changed it.
DEFAULT_PRINT_OPTIONS: dict[str, Any] = {
    "precision": 8,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 75,
    "suppress": False,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "floatmode": "maxprec",
    "legacy": False,
}


def array(name: str, value: npt.ArrayLike, *dimensions: int) -> np.ndarray:
    """`value` as an array of finite floats with one of these numbers of dimensions; else ValueError."""
    return finite(name, shaped(name, value, *dimensions))


def shaped(name: str, value: npt.ArrayLike, *dimensions: int) -> np.ndarray:
    """`value` as a float array with one of these numbers of dimensions, finite or not; else ValueError.

    An array of floats comes back as it is, not as a copy.
    """
    try:
        numbers = reals(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, in rows of equal length; got {written(value)}.") from None
    if numbers.ndim not in dimensions or not numbers.size:
        wanted = "rows of numbers" if 2 in dimensions else "a list of numbers"
        raise ValueError(f"{name} must be {wanted}; got an array of shape {numbers.shape}.")
    return numbers


def reals(value: npt.ArrayLike) -> np.ndarray:
    """`value` as a float array; TypeError or ValueError if there is none, complex numbers among them."""
    if np.iscomplexobj(value):
        raise TypeError
    return np.asarray(value, dtype=float)


def written(value: object) -> str:
    """`value` as in code, however the learner has NumPy print arrays."""
    with np.printoptions(**DEFAULT_PRINT_OPTIONS):
        return repr(value)


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


def learning_rate(alpha: object) -> float:
    """`alpha` as a float; ValueError unless it is a finite number."""
    if isinstance(alpha, bool) or not isinstance(alpha, Real) or not isfinite(alpha):
        raise ValueError(f"alpha must be a finite number, such as 0.01; got {written(alpha)}.")
    return float(alpha)


def count(name: str, value: object) -> int:
    """`value` as an int; ValueError unless it is a whole number, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        raise ValueError(f"{name} must be a whole number, 0 or more; got {written(value)}.")
    return int(value)


def columns(frozen: Iterable[int], n_in: int) -> tuple[int, ...]:
    """`frozen` as a sorted tuple of input columns; ValueError unless each is one of 0 ... n_in - 1."""
    try:
        chosen = {count("frozen", column) for column in frozen}
    except (TypeError, ValueError):
        chosen = None
    if chosen is None or not chosen <= set(range(n_in)):
        raise ValueError(
            f"frozen must list input columns, each from 0 to {n_in - 1}, such as (0,); got {written(frozen)}."
        )
    return tuple(sorted(chosen))
