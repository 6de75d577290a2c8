"""What the figures are given: ValueErrors for what they can't show whole."""

from collections.abc import Sequence, Sized
from typing import Any

import numpy as np

from .. import arguments
from ..learning import Descent, Step
from ..learning.descent import check_run, check_step

INPUTS, OUTPUTS, OUTPUT = ("toes", "record", "fans"), ("hurt", "win", "sad"), ("win",)  # as the lesson calls them
MOST_NODES = 10  # of a network, above one another
MOST_STEPS = 40  # below one another


def names_for(
    name: str, given: Sequence[str] | None, values: Sequence[float] | np.ndarray, lesson: Sequence[str]
) -> tuple[str, ...]:
    """A name for each value: those that are given, or else the lesson's first ones."""
    if given is not None:
        return arguments.names(name, given, len(values))
    if len(values) > len(lesson):
        raise ValueError(f"{name} must give one name for each of the {len(values)} numbers; got none.")
    return tuple(lesson[: len(values)])


def check_steps(steps: Sequence[Step]) -> None:
    """ValueError unless there are some steps, and not too many for a picture."""
    if not 1 <= len(steps) <= MOST_STEPS:
        raise ValueError(f"steps must be from 1 to {MOST_STEPS}, such as `run[0]`; got {len(steps)}.")
    for step in steps:
        check_step("steps", step)


def check_nodes(name: str, values: Sized, most: int = MOST_NODES) -> None:
    """ValueError if there are more values than a picture has room for."""
    if len(values) > most:
        raise ValueError(f"{name} must be of at most {most} numbers, for which there is room; got {len(values)}.")


def run_of_one_output(name: str, value: Any) -> Descent:
    """The run; ValueError unless it is one of one output."""
    check_run(name, value)
    if len(value.targets) > 1:
        raise ValueError(f"{name} must be of one output; got one of {len(value.targets)}.")
    return value
