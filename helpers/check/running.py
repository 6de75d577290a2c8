"""Runs a reader's function on the inputs of an exercise."""

import contextlib
import copy
import inspect
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .answers import agree
from .settings import checks_settings, learners_settings


@dataclass(frozen=True)
class Outcome:
    """What came of one call: a value or a fault."""

    value: Any = None
    fault: BaseException | None = None
    printed: bool = False
    changed: tuple[str, ...] = ()  # names of the arguments that are no longer what they were

    def agrees_with(self, other: "Outcome") -> bool:
        return not (self.fault or other.fault) and agree(self.value, other.value)


def run(function: Callable[..., Any], arguments: Mapping[str, object], tidy: Callable[[Any], Any]) -> Outcome:
    """Call the function on copies of the arguments, in their order; its answer comes tidied."""
    copies = copy.deepcopy(dict(arguments))
    try:
        with learners_settings() as printed:
            value = function(*copies.values())
            if isinstance(value, Iterator):
                value = list(value)
    except (Exception, SystemExit) as fault:  # noqa: BLE001 (whatever a reader's code raises)
        return Outcome(fault=fault)
    with checks_settings():
        with contextlib.suppress(TypeError, ValueError, IndexError):
            value = tidy(value)
        changed = tuple(name for name in arguments if not agree(copies[name], arguments[name]))
    return Outcome(value, None, bool(printed.getvalue()), changed)


def takes(function: Callable[..., Any], parameters: Sequence[str]) -> bool:
    """Whether the function can be called with so many arguments, as far as it says what it takes."""
    try:
        inspect.signature(function).bind(*parameters)
    except TypeError:
        return False
    except ValueError:  # some functions of libraries don't say it
        return True
    return True


def line_of_fault(function: Callable[..., Any], fault: BaseException) -> int | None:
    """The last line of the function's own cell that the fault came through; None if it came through none."""
    code = getattr(function, "__code__", None)
    line = None
    for frame in traceback.extract_tb(fault.__traceback__):
        if code is not None and frame.filename == code.co_filename:
            line = frame.lineno
    return line
