"""Answers, inputs and shapes in words."""

from collections.abc import Mapping, Sequence

import numpy as np

from .answers import NotNumbers, are_close, numbers

MOST_NUMBERS = 16  # that are written out; of more, it is said how many they are
DIGITS = (5, 8, 12, 17)  # the first is enough to read, the others are for numbers that differ further back


def given(arguments: Mapping[str, object]) -> str:
    """To begin a sentence with that tells what came of these arguments."""
    return f"given {', '.join(f'{name} = {value_in_words(value)}' for name, value in arguments.items())},"


def what_it_is(answer: object) -> str:
    """Its shape, or what it is if it is no numbers."""
    try:
        return shape_in_words(numbers(answer).shape)
    except NotNumbers as what:
        return str(what)


def compared(answer: np.ndarray, expected: np.ndarray) -> str:
    """What came and what is right: whole if they are short, else where they first differ."""
    if expected.size <= MOST_NUMBERS:
        return _side_by_side(answer, expected)
    place = tuple(np.argwhere(~are_close(answer, expected))[0])
    where = f"at place {place[0]}"
    if len(place) == 2:
        where = f"at row {place[0]}, column {place[1]}"
    return _side_by_side(answer[place], expected[place], f" {where} (counted from 0)")


def _side_by_side(answer: np.ndarray, expected: np.ndarray, where: str = "") -> str:
    for digits in DIGITS:
        ours, right = _as_typed(answer.tolist(), digits), _as_typed(expected.tolist(), digits)
        if ours != right:
            break
    return f"{ours}{where}; right is {right}."


def shape_in_words(shape: tuple[int, ...]) -> str:
    """(2, 3) -> a table of 2 rows and 3 columns"""
    if len(shape) == 0:
        return "a single number"
    if shape == (0,):
        return "an empty list"
    if len(shape) == 1:
        return f"a list of {counted(shape[0], 'number')}"
    if len(shape) == 2:
        return f"a table of {counted(shape[0], 'row')} and {counted(shape[1], 'column')}"
    return f"an array of shape {shape}"


def value_in_words(value: object) -> str:
    """The value as a reader would type it if that is short, else how much of it there is."""
    array = numbers(value)
    if array.size > MOST_NUMBERS:
        return shape_in_words(array.shape)
    return _as_typed(array.tolist(), DIGITS[0])


def as_code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def joined(parts: Sequence[str]) -> str:
    """a, b and c"""
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted(count: int, what: str) -> str:
    if count == 1:
        return f"1 {what}"
    return f"{count} {what}s"


def _as_typed(value: float | list, digits: int) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_as_typed(part, digits) for part in value)}]"
    return f"{value + 0.0:.{digits}g}"  # -0.0 + 0.0 is 0.0
