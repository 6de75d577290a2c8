"""Runs a reader's function on the inputs of an exercise."""

import contextlib
import copy
import dis
import inspect
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import CodeType, FrameType, ModuleType
from typing import Any

import numpy as np

from .answers import DECIMALS, NotNumbers, agree, kept, numbers
from .kernel import kept_from_the_notebook
from .limits import OutOfTime, memory_limit, time_limit
from .settings import learners_settings


@dataclass(frozen=True)
class Outcome:
    """What came of one call: a value or a fault."""

    value: Any = None
    fault: BaseException | None = None
    printed: bool = False
    changed: tuple[str, ...] = ()  # names of the arguments that are no longer what they were

    @cached_property
    def numbers(self) -> np.ndarray | None:
        """The value as a float array, if it is numbers."""
        try:
            return numbers(self.value)
        except NotNumbers:
            return None

    @property
    def is_finite(self) -> bool:
        """Whether it is an answer without infinite numbers: where a float is divided by 0, NumPy gives these."""
        return self.numbers is not None and bool(np.isfinite(self.numbers).all())

    def agrees_with(self, other: "Outcome", decimals: int | None = DECIMALS) -> bool:
        if self.numbers is None or other.numbers is None:
            return False
        return agree(self.numbers, other.numbers, decimals)


def all_alike(outcomes: Sequence[Outcome], others: Sequence[Outcome]) -> bool:
    """Whether each is the same answer as the other, or neither is one; in one case at the least both are."""
    if len(outcomes) != len(others):
        return False
    same = [ours.agrees_with(its) for ours, its in zip(outcomes, others)]
    pairs = zip(same, outcomes, others)
    return any(same) and all(each or not (ours.is_finite or its.is_finite) for each, ours, its in pairs)


def run(function: Callable[..., Any], inputs: Iterable[Mapping[str, object]]) -> list[Outcome]:
    """Call the function on copies of each of the inputs, names and values in their order.

    If time or memory runs out, that is the last outcome.
    """
    outcomes: list[Outcome] = []
    limit = time_limit()
    try:
        with learners_settings() as printed, kept_from_the_notebook(), memory_limit():
            try:
                limit.start()
                for arguments in inputs:
                    outcome = outcome_of(function, arguments)
                    if limit.is_over:
                        raise OutOfTime
                    outcomes.append(outcome)
            finally:
                limit.is_armed = False
                limit.stop()
    except (OutOfTime, MemoryError) as fault:
        outcomes.append(Outcome(fault=fault))
    return [Outcome(each.value, each.fault, bool(printed.getvalue()), each.changed) for each in outcomes]


def outcome_of(function: Callable[..., Any], arguments: Mapping[str, object]) -> Outcome:
    """Call the function on copies of the arguments, without any limit."""
    copies = copy.deepcopy(dict(arguments))
    try:
        value = kept(function(*copies.values()))
    except MemoryError:
        raise
    except (Exception, SystemExit) as fault:  # noqa: BLE001 (whatever a reader's code raises)
        return Outcome(fault=fault)
    return Outcome(value, changed=tuple(name for name in arguments if _differ(copies[name], arguments[name])))


def _differ(now: Any, before: Any) -> bool:
    """Whether an argument is no longer what it was, be it in the last digit."""
    if isinstance(before, np.ndarray):
        return not np.array_equal(now, before)
    try:
        return bool(now != before)
    except ValueError:  # there are arrays in the list now
        return True


def takes(function: Callable[..., Any], count: int) -> bool:
    """Whether the function can be called with so many arguments, as far as it says what it takes."""
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # some functions of libraries don't say it
        return True
    return True


def parameters_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """Their names, none if the function doesn't say it."""
    try:
        return tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def values_from_outside(function: Callable[..., Any]) -> list[str]:
    """The variables of earlier cells that the function reads, as its code says: no functions, no modules."""
    globals_of_cells = getattr(function, "__globals__", {})
    return [
        name
        for name in _globals_read(getattr(function, "__code__", None))
        if name in globals_of_cells
        and not callable(globals_of_cells[name])
        and not isinstance(globals_of_cells[name], ModuleType)
    ]


def _globals_read(code: object) -> list[str]:
    if not isinstance(code, CodeType):
        return []
    names = [each.argval for each in dis.get_instructions(code) if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")]
    names += [name for constant in code.co_consts for name in _globals_read(constant)]
    return list(dict.fromkeys(names))


@dataclass(frozen=True)
class Place:
    """Where in the reader's cell a fault came up, and the arrays and lists that its line names there."""

    line: int
    shapes: dict[str, tuple[int, ...]]


def place_of_fault(function: Callable[..., Any], fault: BaseException) -> Place | None:
    """The last line of the function's own cell that the fault came through; None if it came through none."""
    code = getattr(function, "__code__", None)
    place = None
    for frame, line in traceback.walk_tb(fault.__traceback__):
        if code is not None and line is not None and frame.f_code.co_filename == code.co_filename:
            place = Place(line, _shapes(frame, line))
    return place


def _shapes(frame: FrameType, line: int) -> dict[str, tuple[int, ...]]:
    values = frame.f_globals | frame.f_locals
    named: list[str] = []
    for each in dis.get_instructions(frame.f_code):
        if each.positions and each.positions.lineno == line and each.opname.startswith("LOAD_"):
            named += each.argval if isinstance(each.argval, tuple) else [each.argval]
    shapes = {}
    for name in dict.fromkeys(named):
        if isinstance(name, str) and isinstance(values.get(name), np.ndarray | list):
            with contextlib.suppress(ValueError):  # rows of different lengths
                shapes[name] = np.shape(values[name])
    return shapes
