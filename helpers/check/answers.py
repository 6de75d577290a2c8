"""The one rule on numbers, for every exercise: which answers are the same, and what counts as a number.

Two answers are the same if they have the same shape and each number of the one is that of the other, rounded to
DECIMALS decimals: the lesson prints at least as many. Lists, tuples and arrays are alike, and so are Python's numbers,
NumPy's, fractions, and `True` for 1. A text is no number, even if it is made of digits.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from ..arguments import reals, written

DECIMALS = 3
LONGEST_QUOTE = 60  # letters


KINDS_OF_NO_NUMBERS = [
    (str | bytes, "a text"),
    (complex | np.complexfloating, "which is complex"),
    (np.datetime64 | np.timedelta64 | date | timedelta, "a date or a time"),
    (np.ma.MaskedArray, "which is masked"),
]


class NotNumbers(Exception):
    """Says of an answer what it is that is no number, list or table of numbers."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def __str__(self) -> str:
        lengths = [len(row) for row in _rows(self.answer)]
        if len(set(lengths)) > 1:
            return f"rows of different lengths, {', '.join(map(str, lengths[:3]))} ..."
        for kind, what in KINDS_OF_NO_NUMBERS:
            if holds(self.answer, kind):
                return f"{_quoted(self.answer)}, {what}"
        return _quoted(self.answer)


def _rows(answer: object) -> list:
    if not isinstance(answer, list | tuple):
        return []
    return [row for row in answer if isinstance(row, list | tuple) or (isinstance(row, np.ndarray) and row.ndim)]


def numbers(answer: Any) -> np.ndarray:
    """The answer as a float array. Lists, tuples, arrays and numbers will do; else NotNumbers."""
    if holds(answer, str | bytes | None):
        raise NotNumbers(answer)
    try:
        return reals(answer)
    except (TypeError, ValueError, OverflowError):
        raise NotNumbers(answer) from None


def holds(answer: object, kind: Any) -> bool:
    """Whether the answer is of that kind, or some of it is."""
    if isinstance(answer, kind):
        return True
    if isinstance(answer, np.ndarray) and answer.dtype != object:
        return issubclass(answer.dtype.type, kind)
    if isinstance(answer, np.ndarray) and not answer.ndim:
        return isinstance(answer.item(), kind)
    if isinstance(answer, list | tuple | np.ndarray):
        return any(holds(part, kind) for part in answer)
    return False


def without_quotation_marks(answer: Any) -> Any:
    """The answer with the numbers that its texts are made of; NotNumbers if they are made of anything else."""
    try:
        return np.asarray(answer).astype(float)
    except (TypeError, ValueError, OverflowError):
        raise NotNumbers(answer) from None


def agree(a: np.ndarray, b: np.ndarray, decimals: int | None = DECIMALS) -> bool:
    """Whether the two are the same; with `decimals` None, whether they are so but for the last bits of a float."""
    return a.shape == b.shape and bool(are_close(a, b, decimals).all())


def are_close(a: np.ndarray, b: np.ndarray, decimals: int | None = DECIMALS) -> np.ndarray:
    """Where two arrays of one shape hold the same numbers: bool, of that shape."""
    within = 1e-9
    if decimals is not None:
        within += 0.5 * 10**-decimals
    return np.isclose(a, b, rtol=1e-6, atol=within)


def kept(answer: Any) -> Any:
    """The answer as it is now, whatever becomes of it: with lists for what can be gone through only once."""
    if isinstance(answer, Iterator | list):
        return [kept(part) for part in answer]
    if isinstance(answer, np.ndarray):
        return answer.copy()
    return answer


def _quoted(answer: object) -> str:
    text = written(answer)
    if len(text) > LONGEST_QUOTE:
        text = f"{text[:LONGEST_QUOTE]} ..."
    return f"`{text}`"
