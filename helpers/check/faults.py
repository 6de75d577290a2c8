"""What is said of an exception in a reader's function: where it came up, and for the usual ones what they mean."""

import re
from collections.abc import Callable
from typing import Any

from .kernel import AsksForInput
from .limits import SECONDS, OutOfTime
from .running import Place, place_of_fault
from .wording import joined, shape_in_words

LONGEST_MESSAGE = 100  # letters of an exception's message

# (what kind and message of the exception match, what it means), the first that matches; \1 is the pattern's group.
MEANINGS = [
    (r"for \^|bitwise_xor", "In Python a power is written with two stars: `3 ** 2` is 9."),
    (r"for [@/*+-]=?: .*'NoneType'|'NoneType' object is not", "One of the values is `None`: it comes from a function "
     "without `return`, or from one that changes a list and gives nothing back, such as `append`."),
    (r"'NoneType' object has no attribute", "`append`, `sort` and the like change a list and give back nothing: write "
     "them on a line of their own, without `=`."),
    (r"can't multiply sequence|for [@/*+-]=?: .*'(list|tuple)'|for \*\* or pow\(\): '(list|tuple)'"
     r"|bad operand type for .*: '(list|tuple)'",
     "Plain lists can't be used in arithmetic all at once: go through them number by number."),
    (r"'(int|float|numpy.float64)' object (is not (iterable|subscriptable)|does not support item)"
     r"|over a 0-d array|invalid index to scalar", "A single number stands there where a list is needed."),
    (r"'(int|float|numpy.float64)' object is not callable", "A number followed by round brackets is a call to Python. "
     "Is a `*` missing?"),
    (r"'(list|tuple|numpy.ndarray)' object is not callable", "Places of a list stand in square brackets: `values[0]`."),
    (r"'builtin_function_or_method' object is not subscriptable|'function' object is not subscriptable",
     "Functions are called with round brackets."),
    (r"'(builtin_function_or_method|function|method)'", "A function stands there without its round brackets: it is "
     "not called."),
    (r"indices must be integers or slices, not tuple", "A list of lists wants two pairs of brackets, `table[0][1]`."),
    (r"indices must be integers or slices, not list", "A list can't be a place: go through it, one place at a time."),
    (r"ndices must be( of)? integer|only integers, slices", "A place has to be a whole number. Does `/` make a "
     "fraction of it, or is it the number itself and not its place?"),
    (r"has no attribute '(shape|sum|mean|T|copy|max|argmax|dot|reshape|flatten|ravel|size|transpose)'",
     "`.\\1` is NumPy's, and this is no array: `np.array(...)` makes one of a list."),
    (r"too many indices", "There are more places in the brackets than it has dimensions: a list of numbers wants one."),
    (r"out of range|out of bounds", "Places count from 0, so the last place of a list is one less than its length."),
    (r"read-only", "What a run holds can't be changed: take a copy of it, with `.copy()`."),
    (r"UnboundLocalError: \D*'(\w+)'", "`\\1` is read before it has a value on this way through the function."),
    (r"NameError: name '(\w+)'", "Nothing is called `\\1` here. Is it spelled as it was above? If an earlier cell "
     "makes it, run that one first."),
    (r"truth value", "`if` and `max` want one yes or no at a time, and here a whole array is compared."),
    (r"ZeroDivisionError", "Something is divided by 0."),
    (r"OverflowError", "A number has grown too large for Python: does it grow in every step?"),
    (r"RecursionError", "It calls itself, over and over, and never comes to an end."),
    (r"remove\(x\)", "`remove` looks for a value, not for a place."),
    (r"values to unpack", "There are not as many names as values: to go through two lists together, `zip` them."),
    (r"Cannot cast ufunc", "An array of whole numbers can't take fractions in: make it one of floats."),
    (r"missing \d+ required|takes \d+ positional", "How many values a function takes stands in its `def` line."),
]  # fmt: skip
# NumPy's own words about shapes are of no help to somebody new to it.
MISMATCH = r"core dimension 0.*\(size (\d+) is different from (\d+)\)"
BROADCAST = r"broadcast.*?\((\d*,? ?\d*)\)[ and]*\(?(?:shape )?\(?(\d*,? ?\d*)\)"


def stopped(function: Callable[..., Any], fault: BaseException) -> str:
    """One sentence or a few, to go on after "your function"."""
    place = place_of_fault(function, fault)
    where = "when it is called"
    if place is not None:
        where = f"in line {place.line} of its cell"
    if isinstance(fault, OutOfTime):
        return (
            f"was still running after {SECONDS:g} seconds, {where}, and was stopped: a loop in it may never come to an "
            "end. (Whatever runs too long in a cell of your own ends with the ■ button at the top.)"
        )
    if isinstance(fault, MemoryError):
        return f"asks for more memory than there is, {where}: a list in it may be growing without end."
    if isinstance(fault, AsksForInput):
        return f"asks the reader with `input()`, {where}. What it needs comes with its call, in the round brackets."
    if isinstance(fault, SystemExit):
        return f"ends Python, {where}. To end a function, `return` its answer."
    message = str(fault).partition("\n")[0].rstrip(".")
    shapes = _shapes_that_met(message)
    if shapes:
        return " ".join([f"stops {where} with `{type(fault).__name__}`: {shapes}", *_names_and_shapes(place)])
    if len(message) > LONGEST_MESSAGE:
        message = f"{message[:LONGEST_MESSAGE]} ..."
    described = f"{type(fault).__name__}: {message}"
    return f"stops {where} with `{described}`. {_meaning(described)}".rstrip()


def _meaning(described: str) -> str:
    for pattern, meaning in MEANINGS:
        found = re.search(pattern, described)
        if found:
            return found.expand(meaning)
    return ""


def _shapes_that_met(message: str) -> str | None:
    mismatch = re.search(MISMATCH, message)
    if mismatch:
        right, left = mismatch.groups()
        return (
            "`@` wants as many rows on its right as there are numbers in a row on its left, and here it is "
            f"{right} on the right and {left} on the left."
        )
    unlike = re.search(BROADCAST, message)
    if unlike:
        first, second = (tuple(map(int, re.findall(r"\d+", shape))) for shape in unlike.groups())
        return f"{shape_in_words(first)} meets {shape_in_words(second)}, and they don't fit."
    return None


def _names_and_shapes(place: Place | None) -> list[str]:
    if place is None or not place.shapes:
        return []
    parts = [f"`{name}` is {shape_in_words(shape)}" for name, shape in place.shapes.items()]
    return [f"{joined(parts)}."]
