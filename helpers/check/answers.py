"""Numbers as a reader may give them, compared and put into words."""

import numpy as np

from ..learning.arguments import reals, written


class NotNumbers(Exception):
    """Says what is wrong with an answer that is no number, list or table of numbers."""


def numbers(answer):
    """The answer as a float array. Lists, tuples, arrays and numbers will do; else NotNumbers."""
    try:
        return reals(answer)
    except (TypeError, ValueError):
        if isinstance(answer, list | tuple) and len({np.size(row) for row in answer}) > 1:
            raise NotNumbers("rows of different lengths") from None
        raise NotNumbers(f"`{_cut(written(answer))}`") from None


def agree(answer, expected):
    """Whether the two are the same numbers in the same shape, but for rounding."""
    try:
        a, b = numbers(answer), numbers(expected)
    except NotNumbers:
        return False
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-9)


def unfinished(answer):
    """Whether the answer still holds a `...`."""
    if isinstance(answer, list | tuple):
        return any(unfinished(part) for part in answer)
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(unfinished(part) for part in answer.flat)
    return answer is ...


def in_words(shape):
    """(2, 3) -> a table of 2 rows and 3 columns"""
    if shape == ():
        return "a single number"
    if len(shape) == 1:
        return f"a list of {_count(shape[0], 'number')}"
    if len(shape) == 2:
        return f"a table of {_count(shape[0], 'row')} and {_count(shape[1], 'column')}"
    return f"an array of shape {shape}"


def shown(value):
    """The value as a reader would type it if that is short, else how much of it there is."""
    array = numbers(value)
    if array.size > 16:
        return in_words(array.shape)
    return str(np.vectorize("{:.5g}".format, otypes=[object])(array).tolist()).replace("'", "")


def _count(n, what):
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _cut(text, length=60):
    return text if len(text) <= length else text[:length] + " ..."
