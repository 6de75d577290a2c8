"""One number: alpha, a count, a place."""

from collections.abc import Iterable
from math import isfinite
from numbers import Integral, Real
from typing import TypeGuard

import numpy as np

from .words import quoted

MOST_BYTES = 2 * 2**30  # of one argument, or one result
BYTES_PER_NUMBER = 8


def number(name: str, value: object, such_as: float, *, least: float | None = None) -> float:
    """`value` as a float; ValueError unless it is a finite number, and at least so large."""
    wanted = f"{name} must be a finite number, such as {such_as}"
    if isinstance(value, bool) or not is_real(value) or not _is_finite(value):
        raise ValueError(f"{wanted}; got {quoted(value)}.")
    if least is not None and value < least:
        raise ValueError(f"{wanted}, and at least {least:g}; got {quoted(value)}.")
    return float(value)


def _is_finite(value: Real) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number with more digits than a float can have
        return False


def learning_rate(alpha: object) -> float:
    """`alpha` as a float; ValueError unless it is a finite number."""
    return number("alpha", alpha, 0.01)


def count(name: str, value: object) -> int:
    """`value` as an int; ValueError unless it is a whole number, 0 or more."""
    if not is_whole(value) or value < 0:
        raise ValueError(f"{name} must be a whole number, 0 or more; got {quoted(value)}.")
    return int(value)


def yes_or_no(name: str, value: object) -> bool:
    """`value` as a bool; ValueError unless it is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False; got {quoted(value)}.")
    return bool(value)


def whole(name: str, value: object) -> int:
    """`value` as an int; ValueError unless it is a whole number."""
    if not is_whole(value):
        raise ValueError(f"{name} must be a whole number, such as 3; got {quoted(value)}.")
    return int(value)


def within(name: str, value: object, lowest: int, highest: int) -> int:
    """`value` as an int; ValueError unless it is a whole number from `lowest` to `highest`."""
    if not is_whole(value) or not lowest <= value <= highest:
        raise ValueError(f"{name} must be a whole number from {lowest:,} to {highest:,}; got {quoted(value)}.")
    return int(value)


def place(name: str, value: object, length: int) -> int:
    """`value` as an int; ValueError unless it is one of the places 0 ... length - 1."""
    return within(name, value, 0, length - 1)


def columns(frozen: Iterable[int], n_in: int) -> tuple[int, ...]:
    """`frozen` as a sorted tuple of input columns; ValueError unless each is one of 0 ... n_in - 1."""
    try:
        chosen = {place("frozen", column, n_in) for column in frozen}
    except (TypeError, ValueError):
        raise ValueError(
            f"frozen must list input columns, each from 0 to {n_in - 1}, such as (0,); got {quoted(frozen)}."
        ) from None
    return tuple(sorted(chosen))


def check_memory(name: str, value: int, numbers: int) -> None:
    """ValueError if a result of so many numbers, as `name` asks for, would be too large for a computer's memory."""
    size = numbers * BYTES_PER_NUMBER
    if size > MOST_BYTES:
        raise ValueError(
            f"{name} must be so small that what is computed fits into {in_gigabytes(MOST_BYTES)}; "
            f"got {quoted(value)}, which would need {in_gigabytes(size)}."
        )


def in_gigabytes(size: int) -> str:
    """2 GB. size: in bytes."""
    gigabytes = size // 2**30
    if gigabytes > 10**12:
        return "more than 10^12 GB"
    return f"{max(gigabytes, 1):,} GB"


def is_real(value: object) -> TypeGuard[Real]:
    """Whether it is a number, True and False among them, but no span of time, which NumPy counts as one."""
    return isinstance(value, Real) and not isinstance(value, np.timedelta64)


def is_whole(value: object) -> TypeGuard[int]:
    """Whether it is a whole number, True and False not among them."""
    return isinstance(value, Integral) and is_real(value) and not isinstance(value, bool)
