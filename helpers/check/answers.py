"""Numbers as a reader may give them, and whether two answers are the same."""

from typing import Any

import numpy as np

from ..learning.arguments import reals, written

LONGEST_QUOTE = 60  # letters


class NotNumbers(Exception):
    """Says what an answer is that is no number, list or table of numbers."""


def numbers(answer: Any) -> np.ndarray:
    """The answer as a float array. Lists, tuples, arrays and numbers will do; else NotNumbers."""
    try:
        return reals(answer)
    except (TypeError, ValueError):
        raise NotNumbers(_quoted(answer)) from None


def agree(answer: object, expected: object) -> bool:
    """Whether the two are the same numbers in the same shape, but for rounding."""
    try:
        a, b = numbers(answer), numbers(expected)
    except NotNumbers:
        return False
    return a.shape == b.shape and bool(are_close(a, b).all())


def are_close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Where two arrays of one shape hold the same numbers, but for rounding: bool, of that shape."""
    return np.isclose(a, b, rtol=1e-6, atol=1e-9)


def _quoted(answer: object) -> str:
    if isinstance(answer, list | tuple) and len({np.size(row) for row in answer}) > 1:
        return "rows of different lengths"
    text = written(answer)
    if len(text) > LONGEST_QUOTE:
        text = f"{text[:LONGEST_QUOTE]} ..."
    return f"`{text}`"
