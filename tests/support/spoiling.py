"""Sensible arguments made senseless, and what is left of them as plain Python numbers, if they still are some."""

import datetime
import warnings
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np

DEEPEST = 64  # dimensions of an array of NumPy's
LONGEST = 10**6


class NoNumbers(Exception):
    """Raised by `plain`."""


def plain(value: Any, depth: int = 1) -> Any:
    """Numbers as floats in nested lists, read without helpers and without NumPy's conversions; else NoNumbers."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise NoNumbers
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "buifO" or value.size > LONGEST:
            raise NoNumbers
        value = value.tolist()
    if depth > DEEPEST or (isinstance(value, range) and value.stop > LONGEST):
        raise NoNumbers
    if isinstance(value, list | tuple | range):
        parts = [plain(part, depth + 1) for part in value]
        if len({shape_of(part) for part in parts}) > 1:
            raise NoNumbers
        return parts
    if isinstance(value, Real | Decimal | np.bool_) and not isinstance(value, np.timedelta64):
        try:
            return float(value)
        except OverflowError:
            raise NoNumbers from None
    raise NoNumbers


def shape_of(value: Any) -> tuple[int, ...]:
    """Of nested lists as `plain` gives them."""
    if not isinstance(value, list):
        return ()
    if not value:
        return (0,)
    return (len(value), *shape_of(value[0]))


def _changed(value: Any, change: Callable[[np.ndarray], Any]) -> Any:
    return change(np.array(value))


def _with_one(value: Any, odd: Any) -> Any:
    """The value with something odd in place of its last number."""
    changed = np.array(value, dtype=object)
    if changed.size:
        changed.flat[-1] = odd
    return changed.tolist()


def _within_itself(_: Any) -> list:
    endless: list = []
    endless.append(endless)
    return endless


class _Broken:
    """Of a library whose arrays can't be read, nor written."""

    def __array__(self, *_: object, **__: object) -> np.ndarray:
        raise RuntimeError("not here")

    def __repr__(self) -> str:
        raise RuntimeError("not now")


# Made of the sensible value: kinds of number that are as good, or none at all, and other shapes.
CHANGES: dict[str, Callable[[Any], Any]] = {
    "list": lambda value: np.array(value).tolist(),
    "tuple": lambda value: tuple(np.array(value).ravel().tolist()),
    "whole numbers": lambda value: _changed(value, lambda a: a.round().astype(int)),
    "small whole numbers": lambda value: _changed(value, lambda a: np.clip(a * 50, -128, 127).astype(np.int8)),
    "bytes of images": lambda value: _changed(value, lambda a: np.clip(a * 255, 0, 255).astype(np.uint8)),
    "half floats": lambda value: _changed(value, lambda a: a.astype(np.float16)),
    "long floats": lambda value: _changed(value, lambda a: a.astype(np.longdouble)),
    "other end first": lambda value: _changed(value, lambda a: a.astype(">f8")),
    "fractions": lambda value: _changed(value, lambda a: np.array([Fraction(x) for x in a.ravel().tolist()], object)),
    "decimals": lambda value: [Decimal(str(x)) for x in np.ravel(value).tolist()],
    "booleans": lambda value: _changed(value, lambda a: a > 0),
    "text": lambda value: _changed(value, lambda a: a.astype(str)),
    "texts": lambda value: _changed(value, lambda a: a.astype(str).tolist()),
    "bytes": lambda value: _changed(value, lambda a: a.astype(bytes)),
    "complex": lambda value: _changed(value, lambda a: a + 1j),
    "complex without": lambda value: _changed(value, lambda a: a.astype(complex)),
    "dates": lambda value: _changed(value, lambda a: (a * 10).astype("M8[D]")),
    "times": lambda value: _changed(value, lambda a: (a * 10).astype("m8[s]")),
    "masked": lambda value: _changed(value, lambda a: np.ma.array(a, mask=np.ones(a.shape, bool))),
    "with None": lambda value: _with_one(value, None),
    "with text": lambda value: _with_one(value, "0.5"),
    "with masked": lambda value: _with_one(value, np.ma.masked),
    "with a fraction": lambda value: _with_one(value, Fraction(1, 3)),
    "with nan": lambda value: _with_one(value, float("nan")),
    "with infinity": lambda value: _with_one(value, float("-inf")),
    "with too long a number": lambda value: _with_one(value, 10**400),
    "with a large number": lambda value: _with_one(value, 1e200),
    "with a list": lambda value: _with_one(value, [1, 2]),
    "shorter": lambda value: np.array(value)[:-1],
    "longer": lambda value: np.concatenate([np.array(value), np.array(value)[:1]]),
    "narrower": lambda value: np.array(value)[..., :-1],
    "turned": lambda value: np.array(value).T,
    "deeper": lambda value: np.array(value)[None],
    "flatter": lambda value: np.ravel(value),
    "first": lambda value: np.array(value)[0],
    "places of the largest": lambda value: np.argmax(np.array(value), axis=-1),
    "negative": lambda value: -np.array(value),
    "larger": lambda value: 1000 * np.array(value) + 7,
    "nothing of it": lambda value: np.array(value)[:0],
    "structured": lambda value: _changed(value, lambda a: np.zeros(a.shape, [("x", float)])),
    "names": lambda value: ["toes"] * np.size(value),
    "one name more": lambda value: [*value, "more"],
    "one name less": lambda value: list(value)[:-1],
}

VALUES: list[Callable[[Any], Any]] = [
    lambda _: None,
    lambda _: "fast",
    lambda _: "",
    lambda _: b"0.5",
    lambda _: 0.5j,
    lambda _: True,
    lambda _: -1,
    lambda _: 0,
    lambda _: 2.5,
    lambda _: 10**12,
    lambda _: 10**400,
    lambda _: float("nan"),
    lambda _: float("inf"),
    lambda _: np.float32(0.1),
    lambda _: np.array(0.1),
    lambda _: Decimal("0.1"),
    lambda _: Fraction(1, 10),
    lambda _: datetime.date(2026, 1, 1),
    lambda _: np.datetime64("2026-01-01"),
    lambda _: {"toes": 1},
    lambda _: {1, 2},
    lambda _: [],
    lambda _: [[]],
    lambda _: [[1, 2], [3]],
    lambda _: [["a", "b"], ["c", "d"]],
    lambda _: range(3),
    lambda _: range(10**15),
    lambda _: np.broadcast_to(0.5, (10**7, 10**7)),
    lambda _: np.zeros((2, 3, 4, 5)),
    lambda _: {1: 0, 2: 0}.keys(),
    lambda _: _Broken(),
    lambda _: object,
    lambda _: "\0",
    _within_itself,
]


def spoil(value: Any, way: int) -> Any:
    """The value, made senseless in one of many ways; as it is where that way can't be gone."""
    changes = [*CHANGES.values(), *VALUES]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return changes[way](value)
    except (
        TypeError,
        ValueError,
        IndexError,
        OverflowError,
        ArithmeticError,
        AttributeError,
        RuntimeError,
        MemoryError,
    ):
        return value


WAYS = len(CHANGES) + len(VALUES)
