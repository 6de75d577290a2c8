"""Right answers with one natural slip in them: none passes, and what its reply names is what it is.

tests/replies/slips.txt holds which variants of the notebook's solution each slip is named for, for a person to read: a
sentence has to be true for whoever wrote any of the lines below it. To renew it after a change, and read what is new:

    python -m tests.test_check_variants
"""

import contextlib
import copy
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from helpers import check
from helpers.check import limits
from helpers.check.answers import agree, kept, numbers
from helpers.check.exercise import FunctionExercise
from helpers.check.running import run
from tests.support.answers import ANSWERS
from tests.support.exercises import EXERCISES, after_cell
from tests.support.variants import variants

pytestmark = pytest.mark.thorough

MADE = {each.name: each for section in check.SECTIONS.values() for each in section.exercises}
FUNCTIONS = [name for name, exercise in MADE.items() if isinstance(exercise, FunctionExercise)]
NAMED = Path(__file__).with_name("replies") / "slips.txt"


@pytest.fixture(autouse=True)
def short_limit(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.2)


def variants_of(name: str, code: str) -> Iterator[tuple[str, dict]]:
    """(what is changed, the reader's names after the cell), for each that defines its answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of `1[0]` and the like
        for change, variant in variants(code).items():
            yield change, after_cell(name, variant)


def passing(name: str, code: str) -> dict:
    """{what is changed: the function}, of the variants of a right answer that the check takes for right."""
    exercise = MADE[name]
    functions = {change: names[name] for change, names in variants_of(name, code)}
    # Most fail on the first input, which is quicker than the whole check.
    begin_well = {
        change: function
        for change, function in functions.items()
        if run(function, exercise.inputs[:1])[0].agrees_with(exercise.right_outcomes[0])
    }
    return {change: function for change, function in begin_well.items() if exercise(function).state == "right"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_variant_passes_but_those_that_are_right_on_hundreds_of_inputs(name):
    exercise, chance = MADE[name], np.random.default_rng(2026)
    others = [each.code for each in ANSWERS if (each.exercise, each.state) == (name, "right")]
    for code, draws in [(EXERCISES[name].solution, 300), *((code, 20) for code in others)]:
        passed = passing(name, code)
        for _ in range(draws):
            case = exercise.draw(chance)
            right = numbers(exercise.solution(*case))
            for change, function in passed.items():
                assert is_right(function, case, right), f"{change}\npasses, and is wrong for\n{case}"


def is_right(function, case, right) -> bool:
    with contextlib.suppress(Exception):
        return agree(numbers(kept(function(*copy.deepcopy(case)))), right)
    return False


def named(name: str) -> str:
    """The slips named to variants of the solution, and for which."""
    found = defaultdict(list)
    for change, names in variants_of(name, EXERCISES[name].solution):
        with contextlib.suppress(NameError):  # where a variant leaves out the line that gives the answer
            reply = eval(EXERCISES[name].check, names)
            found[reply.slip].append(change)
    found.pop(None, None)
    return "\n".join(["\n  ".join([slip, *changes]) for slip, changes in found.items()])


@pytest.mark.parametrize("name", MADE)
def test_a_slip_is_named_to_nobody_who_did_not_make_it(name):
    assert f"## {name}\n{named(name)}\n\n" in f"{NAMED.read_text(encoding='utf-8')}\n"


if __name__ == "__main__":
    limits.SECONDS = 0.2
    NAMED.write_text("\n\n".join(f"## {name}\n{named(name)}" for name in MADE) + "\n", encoding="utf-8")
