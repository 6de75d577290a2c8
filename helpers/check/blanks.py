"""The `...` that an exercise leaves for the reader to replace."""

from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any

import numpy as np

from .running import Outcome


def holds_blank(answer: object) -> bool:
    """Whether the answer still is a `...`, or holds one."""
    if isinstance(answer, list | tuple):
        return any(holds_blank(part) for part in answer)
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(holds_blank(part) for part in answer.flat)
    return answer is ...


def stopped_by_blank(function: Callable[..., Any], outcomes: Sequence[Outcome]) -> bool:
    """Whether a `...` is what kept the function from its answer."""
    faults = [outcome.fault for outcome in outcomes if outcome.fault]
    if any("ellipsis" in str(fault) for fault in faults) or any(holds_blank(outcome.value) for outcome in outcomes):
        return True
    # A `...` that is left does not always come up in what happens: NumPy, for one, takes it for an object.
    may_come_of_it = all(isinstance(fault, TypeError) for fault in faults)
    return may_come_of_it and _has_blank(getattr(function, "__code__", None))


def _has_blank(code: object) -> bool:
    """Whether a `...` is written in the code, or in a function within it."""
    if not isinstance(code, CodeType):
        return False
    return any(constant is ... or _has_blank(constant) for constant in code.co_consts)
