"""An exercise: a right function, its likeliest wrong ones, and unseen inputs that tell them apart.

The reader's function is called on copies of these inputs. If it answers as the right one does, it is right; if it
answers as a wrong one does, that slip is named. So no slip is ever guessed from how the reader's code is written.
"""

import contextlib
import copy
import functools
import inspect
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

import numpy as np

from .answers import NotNumbers, agree, in_words, numbers, shown, unfinished
from .reply import NOT_CHECKED, NOT_STARTED, RIGHT, WRONG, Progress, Reply
from .settings import of_the_check, of_the_learner


@dataclass(frozen=True)
class Outcome:
    """What came of one call: a value or a fault."""

    value: object = None
    fault: BaseException | None = None
    printed: bool = False
    changed: tuple = ()  # names of the arguments that are no longer what they were

    def like(self, other):
        return not (self.fault or other.fault) and agree(self.value, other.value)


@dataclass(frozen=True)
class Slip:
    """A wrong answer that many give, and what to say to them."""

    sentence: str
    function: object


class Section:
    """The exercises of one notebook, in their order."""

    def __init__(self, name):
        self.name = name
        self.exercises = []

    def exercise(self, number, title, *, right, cases=None, tidy=None, hint=""):
        """Make the decorated function the solution of an exercise.

        right: what to say to a right answer; where that takes computing, a function of the reader's function, which
        answers with arrays.
        cases: the unseen inputs, one tuple of arguments each; None where the answer is a value.
        tidy: makes answers that count as the same alike. hint: for a wrong value that is no known slip.
        """

        def made(solution):
            exercise = Exercise(number, title, solution, right, cases, tidy, hint)
            self.exercises.append(exercise)
            return exercise

        return made

    def so_far(self):
        """How each exercise stands."""
        return Progress(tuple((each.number, each.title, each.state) for each in self.exercises))


class Exercise:
    """Call it with an answer to have that checked; the answer is a function, or a value where there are no cases."""

    def __init__(self, number, title, solution, right, cases, tidy, hint):
        functools.update_wrapper(self, solution)
        self.number, self.title, self.solution = number, title, solution
        self.right, self.cases, self.hint = right, cases, hint
        self.tidy = tidy or (lambda answer: answer)
        self.parameters = tuple(inspect.signature(solution).parameters)
        self.slips = []
        self.state = NOT_CHECKED
        self.told = []  # the sentences of the slips that were named to the reader, each once

    def slip(self, sentence):
        """Make the decorated function a known slip of this exercise."""

        def made(function):
            self.slips.append(Slip(sentence, function))
            return function

        return made

    def __call__(self, answer):
        self.state = NOT_CHECKED  # and so it stays if the check is stopped
        reply = self._value(answer) if self.cases is None else self._function(answer)
        self.state = reply.state
        if reply.slip and reply.slip not in self.told:
            self.told.append(reply.slip)
        return reply

    def outcomes(self, function):
        """What the function makes of each case."""
        if self.cases is None:
            return [Outcome(self.tidy(function()))]
        return [self._outcome(function, case) for case in self.cases]

    def _outcome(self, function, case):
        given = copy.deepcopy(case)
        try:
            with of_the_learner() as printed:
                value = function(*given)
                value = list(value) if isinstance(value, Iterator) else value
        except (Exception, SystemExit) as fault:  # noqa: BLE001 (whatever a reader's code raises)
            return Outcome(fault=fault)
        with of_the_check():
            with contextlib.suppress(TypeError, ValueError, IndexError):
                value = self.tidy(value)
            changed = tuple(name for name, a, b in zip(self.parameters, given, case) if not agree(a, b))
        return Outcome(value, None, bool(printed.getvalue()), changed)

    def _numbers(self, function, *case):
        """The function's answer to a case, as numbers."""
        outcome = self._outcome(function, case)
        if outcome.fault:
            raise outcome.fault
        return numbers(outcome.value)

    @functools.cached_property
    def _expected(self):
        return self.outcomes(self.solution)

    @functools.cached_property
    def _slipped(self):
        return [self.outcomes(slip.function) for slip in self.slips]

    @of_the_check()
    def _value(self, answer):
        if unfinished(answer):
            return self._not_started()
        with contextlib.suppress(TypeError):
            answer = self.tidy(answer)
        got, expected = [Outcome(answer)], self._expected
        if got[0].like(expected[0]):
            return self._right()
        known = self._known_slip(got)
        return known or self._wrong(self._misfit(answer, expected[0].value) or f"that is not it. {self.hint}")

    def _function(self, function):
        if unfinished(function):
            return self._not_started()
        problem = self._cannot_call(function)
        if problem:
            return self._wrong(problem)
        return self._judged(function, self.outcomes(function))

    @of_the_check()
    def _judged(self, function, got):
        if all(a.like(b) for a, b in zip(got, self._expected)):
            return self._right(function, got)
        if _is_unfinished(function, got):
            return self._not_started()
        return self._known_slip(got) or self._wrong(self._what_came(function, got))

    def _cannot_call(self, function):
        """What to say of something that can't be called as the exercise asks; None if it can."""
        name = self.__name__
        if not callable(function):
            return (
                f"the check wants your function itself, and got `{type(function).__name__}`. Write "
                f"`check.{name}({name})`, without calling the function, and run the cell with its `def` once more."
            )
        try:
            inspect.signature(function).bind(*self.parameters)
        except TypeError:
            return f"your function should take {len(self.parameters)} things, in this order: {self._named()}."
        except ValueError:  # some functions of libraries don't say what they take
            pass
        return None

    def _named(self):
        return ", ".join(f"`{name}`" for name in self.parameters)

    def _known_slip(self, got):
        """The reply that names the slip which answers alike wherever it answers at all; None if there is none."""
        for slip, slipped in zip(self.slips, self._slipped):
            compared = [a.like(b) for a, b in zip(got, slipped) if not b.fault]
            if compared and all(compared):
                return self._wrong(slip.sentence, slip.sentence)
        return None

    def _what_came(self, function, got):
        """What to say of outcomes that are wrong, and no known slip."""
        for outcome in got:
            if outcome.fault:
                return _fault_in_words(outcome.fault, function)
        if all(outcome.value is None for outcome in got):
            return _nothing_in_words(got[0])
        if len(got) > 1 and all(outcome.like(got[0]) for outcome in got):
            return (
                "your function gives the same answer whatever it is given. Does it use a variable from an earlier "
                f"cell? It should work with its own {self._named()} only."
            )
        wrong = [i for i, (a, b) in enumerate(zip(got, self._expected)) if not a.like(b)]
        case, answer, expected = self.cases[wrong[0]], got[wrong[0]].value, self._expected[wrong[0]].value
        given = ", ".join(f"{name} = {shown(value)}" for name, value in zip(self.parameters, case))
        if answer is None:
            return f"given {given}, your function returns nothing. Is there a `return` on every way through it?"
        misfit = self._misfit(answer, expected)
        if misfit:
            return f"given {given}, {misfit}"
        return f"given {given}, your function gives {_compared(numbers(answer), numbers(expected))}"

    def _misfit(self, answer, expected):
        """What to say of an answer of another kind or shape; None if it has the right one."""
        who, wanted = ("your answer is", "is") if self.cases is None else ("your function gives", "is")
        wanted = f"{in_words(np.shape(expected))} {wanted} wanted."
        try:
            shape = numbers(answer).shape
        except NotNumbers as what:
            return f"{who} {what}, where {wanted}"
        return None if shape == np.shape(expected) else f"{who} {in_words(shape)}, where {wanted}"

    def _right(self, function=None, got=()):
        said = self.right
        if callable(said):
            try:
                said = said(functools.partial(self._numbers, function))
            except (Exception, SystemExit) as fault:  # noqa: BLE001 (from the reader's code, at the lesson's numbers)
                return self._wrong(_fault_in_words(fault, function))
        changed = sorted({name for outcome in got for name in outcome.changed})
        if changed:
            names = " and ".join(f"`{name}`" for name in changed)
            said += (
                f" One thing to know: your function also changes the {names} that it is given, so whoever calls it "
                "finds them changed afterwards. Working on a copy avoids that."
            )
        return Reply(self.number, RIGHT, f"right. {said}")

    def _wrong(self, sentence, slip=None):
        return Reply(self.number, WRONG, f"not yet: {sentence}", slip)

    def _not_started(self):
        return Reply(self.number, NOT_STARTED, "not started yet. Replace each `...` and run the cell again.")


def _is_unfinished(function, got):
    """Whether a `...` is what kept the function from its answer."""
    faults = [outcome.fault for outcome in got if outcome.fault]
    if any("ellipsis" in str(fault) for fault in faults) or any(unfinished(outcome.value) for outcome in got):
        return True
    # A `...` that is left does not always come up in what happens: NumPy, for one, takes it for an object.
    may_come_of_it = all(isinstance(fault, TypeError) for fault in faults)
    return may_come_of_it and _holds_ellipsis(getattr(function, "__code__", None))


def _holds_ellipsis(code):
    """Whether a `...` is written in the code, or in a function within it."""
    constants = code.co_consts if isinstance(code, CodeType) else ()
    return any(constant is ... or _holds_ellipsis(constant) for constant in constants)


def _fault_in_words(fault, function):
    """The reader's exception in one line, with the line of their cell where it came up."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == file]
    where = f"in line {lines[-1]} of its cell" if lines else "when it is called"
    message = str(fault).partition("\n")[0][:200]
    return f"your function stops {where} with `{type(fault).__name__}: {message}`."


def _nothing_in_words(outcome):
    if outcome.printed:
        return "your function prints something but returns nothing: `return` hands the answer to whoever called it."
    if outcome.changed:
        return f"your function changes `{outcome.changed[0]}`, but returns nothing: is there a `return`?"
    return "your function returns nothing: is there a `return`?"


def _compared(answer, expected):
    """What came and what is right: whole if they are short, else where they first differ."""
    if expected.size <= 16:
        return f"{shown(answer)}; right is {shown(expected)}."
    place = tuple(np.argwhere(~np.isclose(answer, expected, rtol=1e-6, atol=1e-9))[0])
    where = f"row {place[0]}, column {place[1]}" if len(place) == 2 else f"place {place[0]}"
    return f"{shown(answer[place])} at {where} (counted from 0); right is {shown(expected[place])}."
