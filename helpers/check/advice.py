"""What is said to a wrong answer that is no known slip, and beside a right one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .answers import DECIMALS, NotNumbers, agree, holds, numbers, without_quotation_marks
from .comparison import ROUNDED, fact
from .faults import stopped
from .running import Outcome, parameters_of, values_from_outside
from .wording import as_code, compared, counted, given, joined, shape_in_words, what_it_is

AS_TEXT = (
    "the digits are right, but they are a text, which can't be calculated with. Numbers stand without quotation marks, "
    "`str` or f-strings."
)


def blanks_left(blanks: int) -> str:
    if blanks == 1:
        return "one `...` is left. Replace it, too, and run the cell again."
    return f"{blanks} `...` are left. Replace them, too, and run the cell again."


def not_a_function(answer: object, name: str) -> str:
    return (
        f"the check wants your function itself, and got `{type(answer).__name__}`. Write "
        f"`check.{name}({name})`, without calling the function, and run the cell with its `def` once more."
    )


def other_parameters(parameters: Sequence[str]) -> str:
    return f"your function should take {counted(len(parameters), 'thing')}, in this order: {as_code(parameters)}."


def notes(outcomes: Sequence[Outcome], right_outcomes: Sequence[Outcome]) -> str:
    """What is worth knowing about answers that are right."""
    found = ""
    if not all(ours.agrees_with(right, decimals=None) for ours, right in zip(outcomes, right_outcomes)):
        found += f" Your numbers are rounded, which is fine here: the check compares {DECIMALS} decimals."
    if any(holds(outcome.value, bool | np.bool_) for outcome in outcomes):
        found += " (`True` counts as 1 and `False` as 0.)"
    changed = sorted({name for outcome in outcomes for name in outcome.changed})
    if changed:
        found += (
            f" One thing to know: your function also changes the {joined([as_code([name]) for name in changed])} that "
            "it is given, so whoever calls it finds them changed afterwards. Working on a copy avoids that."
        )
    return found


def parts_right(parts: Sequence[str], answer: np.ndarray, expected: np.ndarray) -> str:
    """Which of several numbers are right, and which are not."""
    if not parts:
        return "that is not it. "
    right = [as_code([part]) for part, ours, its in zip(parts, answer, expected) if agree(ours, its)]
    wrong = [as_code([part]) for part in parts if as_code([part]) not in right]
    if not right:
        return "none of them is right yet. "
    return f"{joined(right)} {_are(right)} right, {joined(wrong)} {_are(wrong)} not. "


def _are(names: Sequence[str]) -> str:
    if len(names) == 1:
        return "is"
    return "are"


def right_as_text(outcomes: Sequence[Outcome], right_outcomes: Sequence[Outcome]) -> bool:
    """Whether all would be right if the digits in them were numbers."""
    if not all(holds(outcome.value, str | bytes) for outcome in outcomes):
        return False
    try:
        read = [Outcome(without_quotation_marks(outcome.value)) for outcome in outcomes]
    except NotNumbers:
        return False
    return all(ours.agrees_with(right) for ours, right in zip(read, right_outcomes))


def misfit(beginning: str, outcome: Outcome, right: Outcome) -> str | None:
    """What to say, after this beginning, of an answer of another kind or shape; None if it has the right one."""
    wanted = np.shape(right.value)
    if outcome.numbers is not None and outcome.numbers.shape == wanted:
        return None
    return f"{beginning} {what_it_is(outcome.value)}, where {shape_in_words(wanted)} is wanted."


def stopped_given(function: Callable[..., Any], arguments: Mapping[str, object], fault: BaseException) -> str:
    return f"{given(arguments)} your function {stopped(function, fault)}"


def what_is_wrong(
    function: Callable[..., Any],
    inputs: Sequence[Mapping[str, object]],
    outcomes: Sequence[Outcome],
    right_outcomes: Sequence[Outcome],
) -> str:
    """Of a function: what came of it, on which input, and what to look at next."""
    faults = {i: outcome.fault for i, outcome in enumerate(outcomes) if outcome.fault}
    if len(faults) == len(inputs):
        return f"your function {stopped(function, faults[0])}"
    if all(outcome.value is None and not outcome.fault for outcome in outcomes):
        return _nothing_returned(outcomes[0])
    if right_as_text(outcomes, right_outcomes):
        return AS_TEXT
    wrong = next(i for i, outcome in enumerate(outcomes) if not outcome.agrees_with(right_outcomes[i]))
    parameters = tuple(inputs[0])
    sentences = [
        _fact(outcomes, right_outcomes),
        _always_the_same(outcomes),
        _from_outside(function, parameters),
    ]
    if sentences[0] is None or not sentences[0].startswith(ROUNDED):
        sentences.append(_example(function, inputs[wrong], outcomes[wrong], right_outcomes[wrong]))
    if faults and wrong not in faults:
        first_fault = min(faults)
        sentences.append(stopped_given(function, inputs[first_fault], faults[first_fault]))
    first, *others = filter(None, sentences)
    return " ".join([first, *(each[0].upper() + each[1:] for each in others)])


def _fact(outcomes: Sequence[Outcome], right_outcomes: Sequence[Outcome]) -> str | None:
    if any(outcome.numbers is None for outcome in outcomes):
        return None
    return fact([(numbers(ours.value), numbers(right.value)) for ours, right in zip(outcomes, right_outcomes)])


def _always_the_same(outcomes: Sequence[Outcome]) -> str | None:
    if all(outcome.agrees_with(outcomes[0]) for outcome in outcomes):
        return "your function gives the same answer whatever it is given."
    return None


def order_of_parameters(function: Callable[..., Any], parameters: tuple[str, ...]) -> str | None:
    own = parameters_of(function)
    if own != parameters and sorted(own) == sorted(parameters):
        return f"it takes {as_code(own)}, and is called with {as_code(parameters)}: the order in the `def` line counts."
    return None


def _from_outside(function: Callable[..., Any], parameters: tuple[str, ...]) -> str | None:
    names = values_from_outside(function)
    if not names:
        return None
    return (
        f"your function reads {joined([as_code([name]) for name in names])} from outside, as set by an earlier cell. "
        f"What it needs comes as {as_code(parameters)}."
    )


def _example(function: Callable[..., Any], arguments: Mapping[str, object], outcome: Outcome, right: Outcome) -> str:
    """What came of one call, and what should have come."""
    if outcome.fault:
        return stopped_given(function, arguments, outcome.fault)
    if outcome.value is None:
        return f"{given(arguments)} your function returns nothing. Is there a `return` on every way through it?"
    not_fitting = misfit("your function gives", outcome, right)
    if not_fitting:
        return f"{given(arguments)} {not_fitting}"
    return f"{given(arguments)} your function gives {compared(numbers(outcome.value), numbers(right.value))}"


def _nothing_returned(outcome: Outcome) -> str:
    if outcome.printed:
        return "your function prints something but returns nothing: `return` hands the answer to whoever called it."
    if outcome.changed:
        return f"your function changes `{outcome.changed[0]}`, but returns nothing: is there a `return`?"
    return "your function returns nothing: is there a `return`?"
