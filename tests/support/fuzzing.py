"""What the tests share that call functions with senseless arguments."""

import atexit
import os
import re
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.support.spoiling import WAYS, spoil

CALLS = int(os.environ.get("FUZZ_CALLS", "5000"))
IS_RANDOM = "FUZZ_CALLS" in os.environ
SHARES = {  # of the calls; pictures take longest
    "numbers": 0.94,
    "figures": 0.02,
    "explorers": 0.004,
    "controls": 0.016,
    "questions": 0.006,
    "checks": 0.014,
}
LONGEST_SENTENCE = 500  # letters

SEEDS = st.integers(0, 2**32 - 1)
SPOILING = st.lists(st.tuples(st.integers(0, 20), st.integers(0, WAYS - 1)), max_size=2)  # which argument, and how

tally: Counter = Counter()  # of what came of the calls


def share_of_calls(kind: str) -> Callable[[Callable], Callable]:
    """The settings of a test that makes its share of the calls."""
    return settings(
        max_examples=round(SHARES[kind] * CALLS), derandomize=not IS_RANDOM, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip


@atexit.register
def say_what_came() -> None:
    if IS_RANDOM:
        print(f"{sum(tally.values()):,} calls:", ", ".join(f"{what} {count:,}" for what, count in tally.items()))


class Refused(Exception):
    """What was called has said what was wrong, in a sentence."""


class Function(NamedTuple):
    """What is called, how sensible arguments for it are made, and what must be true of its answer."""

    function: Callable
    arguments: Callable[[np.random.Generator], dict[str, Any]]
    is_right: Callable[..., None]


def answer(function: Callable, arguments: dict[str, Any], also: tuple[str, ...] = ()) -> Any:
    """What comes of the call; Refused if that is a sentence which begins with the name of an argument, or `also`."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        try:
            return function(**arguments)
        except ValueError as fault:
            sentence = str(fault)
    assert re.match("|".join(rf"{name}\b" for name in (*arguments, *also)), sentence), sentence
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < LONGEST_SENTENCE, sentence
    raise Refused(sentence)


def spoiled(arguments: dict[str, Any], ways: list[tuple[int, int]]) -> dict[str, Any]:
    """The arguments, some of which are made senseless. ways: which of them, and how."""
    names = list(arguments)
    for which, way in ways:
        name = names[which % len(names)]
        arguments[name] = spoil(arguments[name], way)
    return arguments


def size(chance: np.random.Generator) -> int:
    return int(chance.integers(1, 5))


def table(chance: np.random.Generator, *shape: int) -> np.ndarray:
    return np.round(chance.normal(size=shape), 2)
