"""Names, titles, choices, paths."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .words import quoted

MOST_TEXTS = 1000  # that are looked at, of a list that may have no end


def names(name: str, value: Iterable[str], numbers: int) -> tuple[str, ...]:
    """`value` as a tuple of texts; ValueError unless there is one for each of so many numbers."""
    found = texts(name, value)
    if len(found) != numbers:
        raise ValueError(f"{name} must give one name for each of the {numbers} numbers; got {quoted(list(found))}.")
    return found


def titles(name: str, value: Iterable[str], wanted: int, what: str) -> tuple[str, ...]:
    """`value` as a tuple of texts; ValueError unless there is one for each of so many `what`, or none at all."""
    found = texts(name, value)
    if len(found) not in (0, wanted):
        raise ValueError(f"{name} must be one for each of the {wanted} {what}, or none; got {quoted(list(found))}.")
    return found


def text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, in quotation marks; got {quoted(value)}.")
    return value


def choice(name: str, value: object, options: Sequence[str]) -> str:
    """`value`; ValueError unless it is one of the options."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}; got {quoted(value)}.")
    return value


def path(name: str, value: Any) -> Path:
    """`value` as a Path; ValueError unless it can be one."""
    if isinstance(value, str | os.PathLike) and value and "\0" not in str(value):
        with suppress(OSError, TypeError):  # it is too long, or of bytes
            found = Path(value)
            found.exists()
            return found
    raise ValueError(f'{name} must be a path, such as "raw"; got {quoted(value)}.')


def texts(name: str, value: Iterable[str]) -> tuple[str, ...]:
    """`value` as a tuple of texts; else ValueError."""
    wanted = f'{name} must be a list of texts, such as ["toes"]; got {quoted(value)}.'
    if isinstance(value, str | bytes):
        raise ValueError(wanted)
    try:
        given = iter(value)
    except TypeError:
        raise ValueError(wanted) from None
    found: list[str] = []
    for each in given:
        if not isinstance(each, str) or len(found) == MOST_TEXTS:
            raise ValueError(wanted)
        found.append(each)
    return tuple(found)
