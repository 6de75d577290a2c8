"""What a wrong answer is told that is no known slip."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .answers import NotNumbers, are_close, numbers
from .running import Outcome, line_of_fault

MOST_NUMBERS = 16  # that are written out; of more, it is said how many they are
LONGEST_MESSAGE = 200  # letters of an exception's message


def not_a_function(answer: object, name: str) -> str:
    return (
        f"the check wants your function itself, and got `{type(answer).__name__}`. Write "
        f"`check.{name}({name})`, without calling the function, and run the cell with its `def` once more."
    )


def other_parameters(parameters: Sequence[str]) -> str:
    return f"your function should take {len(parameters)} things, in this order: {_as_code(parameters)}."


def stopped(function: Callable[..., Any], fault: BaseException) -> str:
    """The reader's exception in one line, with the line of their cell where it came up."""
    line = line_of_fault(function, fault)
    where = "when it is called"
    if line is not None:
        where = f"in line {line} of its cell"
    message = str(fault).partition("\n")[0][:LONGEST_MESSAGE]
    return f"your function stops {where} with `{type(fault).__name__}: {message}`."


def nothing_returned(outcome: Outcome) -> str:
    if outcome.printed:
        return "your function prints something but returns nothing: `return` hands the answer to whoever called it."
    if outcome.changed:
        return f"your function changes `{outcome.changed[0]}`, but returns nothing: is there a `return`?"
    return "your function returns nothing: is there a `return`?"


def always_the_same(parameters: Sequence[str]) -> str:
    return (
        "your function gives the same answer whatever it is given. Does it use a variable from an earlier "
        f"cell? It should work with its own {_as_code(parameters)} only."
    )


def wrong_answer(arguments: Mapping[str, object], answer: object, expected: Any) -> str:
    """What came of one call, and what should have come."""
    given = ", ".join(f"{name} = {value_in_words(value)}" for name, value in arguments.items())
    if answer is None:
        return f"given {given}, your function returns nothing. Is there a `return` on every way through it?"
    misfit = wrong_shape("your function gives", answer, expected)
    if misfit:
        return f"given {given}, {misfit}"
    return f"given {given}, your function gives {compared(numbers(answer), numbers(expected))}"


def wrong_shape(beginning: str, answer: object, expected: Any) -> str | None:
    """What to say, after this beginning, of an answer of another kind or shape; None if it has the right one."""
    wanted = f"{shape_in_words(np.shape(expected))} is wanted."
    try:
        shape = numbers(answer).shape
    except NotNumbers as what:
        return f"{beginning} {what}, where {wanted}"
    if shape != np.shape(expected):
        return f"{beginning} {shape_in_words(shape)}, where {wanted}"
    return None


def compared(answer: np.ndarray, expected: np.ndarray) -> str:
    """What came and what is right: whole if they are short, else where they first differ."""
    if expected.size <= MOST_NUMBERS:
        return f"{value_in_words(answer)}; right is {value_in_words(expected)}."
    place = tuple(np.argwhere(~are_close(answer, expected))[0])
    where = f"place {place[0]}"
    if len(place) == 2:
        where = f"row {place[0]}, column {place[1]}"
    return f"{answer[place]:.5g} at {where} (counted from 0); right is {expected[place]:.5g}."


def changed_arguments(names: Sequence[str]) -> str:
    """A warning to a right answer."""
    return (
        f"One thing to know: your function also changes the {_as_code(names, ' and ')} that it is given, so whoever "
        "calls it finds them changed afterwards. Working on a copy avoids that."
    )


def shape_in_words(shape: tuple[int, ...]) -> str:
    """(2, 3) -> a table of 2 rows and 3 columns"""
    if len(shape) == 0:
        return "a single number"
    if len(shape) == 1:
        return f"a list of {_counted(shape[0], 'number')}"
    if len(shape) == 2:
        return f"a table of {_counted(shape[0], 'row')} and {_counted(shape[1], 'column')}"
    return f"an array of shape {shape}"


def value_in_words(value: object) -> str:
    """The value as a reader would type it if that is short, else how much of it there is."""
    array = numbers(value)
    if array.size > MOST_NUMBERS:
        return shape_in_words(array.shape)
    return _as_typed(array.tolist())


def _as_typed(value: float | list) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_as_typed(part) for part in value)}]"
    return f"{value:.5g}"


def _as_code(names: Sequence[str], separator: str = ", ") -> str:
    return separator.join(f"`{name}`" for name in names)


def _counted(count: int, what: str) -> str:
    if count == 1:
        return f"1 {what}"
    return f"{count} {what}s"
