"""The `...` that an exercise leaves for the reader to replace."""

import dis
from collections.abc import Sequence
from types import CodeType

import numpy as np

from .running import Outcome


def holds_blank(answer: object) -> bool:
    """Whether the answer still is a `...`, or holds one."""
    return blanks_in_answer(answer) > 0


def blanks_in_answer(answer: object) -> int:
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        answer = answer.tolist()
    if isinstance(answer, list | tuple):
        return sum(blanks_in_answer(part) for part in answer)
    return int(answer is ...)


def blanks_met(function: object, outcomes: Sequence[Outcome]) -> int:
    """How many `...` are written in the function and in functions within it; 1 if one comes up that isn't there."""
    blanks = _blanks(getattr(function, "__code__", None))
    if any(holds_blank(outcome.value) or "'ellipsis'" in str(outcome.fault) for outcome in outcomes):
        return max(blanks, 1)
    return blanks


def _blanks(code: object) -> int:
    if not isinstance(code, CodeType):
        return 0
    # By where they stand, as one that is written once can be compiled twice.
    places = {(each.positions, k) for each in dis.get_instructions(code) for k in range(_blanks_loaded(each.argval))}
    return len(places) + sum(_blanks(constant) for constant in code.co_consts)


def _blanks_loaded(constant: object) -> int:
    """Of `..., ...` it is two; `..., None` is what NumPy takes for a place in an array."""
    if isinstance(constant, tuple) and all(part is ... for part in constant):
        return len(constant)
    return int(constant is ...)
