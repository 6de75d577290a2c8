"""An exercise: a right answer, its likeliest wrong ones, and for a function unseen inputs that tell them apart.

The reader's function is called on copies of these inputs. If it answers as the right one does, it is right; if it
answers as a wrong one does, that slip is named. So no slip is ever guessed from how the reader's code is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from inspect import signature
from typing import Any

import numpy as np

from . import advice
from .answers import NotNumbers, numbers
from .blanks import blanks_in_answer, blanks_met, holds_blank
from .comparison import rounded
from .reply import NOT_CHECKED, NOT_STARTED, RIGHT, UNFINISHED, WRONG, Reply
from .running import Outcome, all_alike, outcome_of, run, takes
from .settings import checks_settings
from .wording import given

Draw = Callable[[np.random.Generator], tuple]
DRAWN = 20  # inputs, besides those that are written out


@dataclass(frozen=True)
class Slip:
    """A wrong answer that many give, and what to say to them."""

    sentence: str
    function: Callable[..., Any]


class Exercise:
    """Call it with an answer to have that checked.

    A subclass says in `judge` what the reply is, and in `answers_of` what the solution or a slip answers.
    """

    def __init__(self, number: str, title: str, solution: Callable[..., Any], blanks: int) -> None:
        update_wrapper(self, solution)
        self.number, self.title, self.solution, self.blanks = number, title, solution, blanks
        self.name = solution.__name__
        self.state = NOT_CHECKED
        self.slips: list[Slip] = []
        self.slips_met: list[str] = []  # the sentences that the reader was told, each once

    def slip(self, sentence: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make the decorated function a known slip of this exercise."""

        def add(function: Callable[..., Any]) -> Callable[..., Any]:
            self.slips.append(Slip(sentence, function))
            return function

        return add

    def __call__(self, answer: object) -> Reply:
        self.state = NOT_CHECKED  # and so it stays if the check is stopped
        try:
            reply = self.judge(answer)
        except RecursionError:
            reply = self._wrong("your answer holds lists within lists within lists, deeper than anybody can look.")
        self.state = reply.state
        if reply.slip and reply.slip not in self.slips_met:
            self.slips_met.append(reply.slip)
        return reply

    def judge(self, answer: object) -> Reply:
        raise NotImplementedError

    def answers_of(self, function: Callable[..., Any]) -> list[Outcome]:
        """What a function of ours answers in each case."""
        raise NotImplementedError

    @cached_property
    def right_outcomes(self) -> list[Outcome]:
        return self.answers_of(self.solution)

    @cached_property
    def slips_outcomes(self) -> list[list[Outcome]]:
        return [self.answers_of(slip.function) for slip in self.slips]

    def _known_slip(self, outcomes: Sequence[Outcome]) -> Slip | None:
        for slip, slips_outcomes in zip(self.slips, self.slips_outcomes):
            if all_alike(outcomes, slips_outcomes):
                return slip
        return None

    def _right(self, sentence: str, outcomes: Sequence[Outcome]) -> Reply:
        return Reply(self.number, RIGHT, f"right. {sentence}{advice.notes(outcomes, self.right_outcomes)}")

    def _wrong(self, sentence: str, slip: str | None = None) -> Reply:
        return Reply(self.number, WRONG, f"not yet: {sentence}", slip)

    def _unfinished(self, blanks: int) -> Reply:
        if blanks >= self.blanks:
            return Reply(self.number, NOT_STARTED, "not started yet. Replace each `...` and run the cell again.")
        return Reply(self.number, UNFINISHED, advice.blanks_left(blanks))


class ValueExercise(Exercise):
    """Its answer is a value, such as a number; solution and slips are functions without arguments that give one.

    parts: the names of its numbers, if there are several.
    """

    def __init__(
        self,
        number: str,
        title: str,
        solution: Callable[[], Any],
        blanks: int,
        if_right: str,
        hint: str,
        parts: Sequence[str],
    ) -> None:
        super().__init__(number, title, solution, blanks)
        self.if_right, self.hint, self.parts = if_right, hint, parts

    def answers_of(self, function: Callable[[], Any]) -> list[Outcome]:
        return [Outcome(function())]

    @checks_settings()
    def judge(self, answer: object) -> Reply:
        if holds_blank(answer):
            return self._unfinished(blanks_in_answer(answer))
        outcome, right = Outcome(answer), self.right_outcomes[0]
        if outcome.agrees_with(right):
            return self._right(self.if_right, [outcome])
        slip = self._known_slip([outcome])
        if slip:
            return self._wrong(slip.sentence, slip.sentence)
        if advice.right_as_text([outcome], [right]):
            return self._wrong(advice.AS_TEXT)
        misfit = advice.misfit("your answer is", outcome, right)
        if misfit:
            return self._wrong(misfit)
        numbers_right = numbers(right.value)
        too_far = rounded([(numbers(answer), numbers_right)])
        return self._wrong(too_far or f"{advice.parts_right(self.parts, numbers(answer), numbers_right)}{self.hint}")


class FunctionExercise(Exercise):
    """Its answer is a function, which is called on unseen inputs: the cases, then as many that are drawn."""

    def __init__(
        self,
        number: str,
        title: str,
        solution: Callable[..., Any],
        blanks: int,
        if_right: str | Callable[[Callable[..., np.ndarray]], str],
        cases: Sequence[tuple],
        draw: Draw,
    ) -> None:
        super().__init__(number, title, solution, blanks)
        self.if_right, self.draw = if_right, draw
        self.parameters = tuple(signature(solution).parameters)
        chance = np.random.default_rng(int(number.replace(".", "")))  # the same for everybody
        self.inputs = [self._arguments(case) for case in [*cases, *(draw(chance) for _ in range(DRAWN))]]

    def answers_of(self, function: Callable[..., Any]) -> list[Outcome]:
        with checks_settings():
            return [outcome_of(function, arguments) for arguments in self.inputs]

    def judge(self, answer: object) -> Reply:
        if holds_blank(answer):
            return self._unfinished(self.blanks)
        if not callable(answer):
            return self._wrong(advice.not_a_function(answer, self.name))
        if not takes(answer, len(self.parameters)):
            return self._wrong(advice.other_parameters(self.parameters))
        return self._judge_outcomes(answer, run(answer, self.inputs))

    @checks_settings()
    def _judge_outcomes(self, function: Callable[..., Any], outcomes: list[Outcome]) -> Reply:
        complete = len(outcomes) == len(self.inputs)  # neither time nor memory ran out
        if complete and all(ours.agrees_with(right) for ours, right in zip(outcomes, self.right_outcomes)):
            return self._reply_if_right(function, outcomes)
        blanks = blanks_met(function, outcomes)
        if blanks:
            return self._unfinished(blanks)
        other_order = advice.order_of_parameters(function, self.parameters)
        if other_order:
            return self._wrong(other_order)
        slip = self._known_slip(outcomes)
        if slip:
            return self._wrong(slip.sentence, slip.sentence)
        return self._wrong(advice.what_is_wrong(function, self.inputs, outcomes, self.right_outcomes))

    def _reply_if_right(self, function: Callable[..., Any], outcomes: list[Outcome]) -> Reply:
        sentence = self.if_right
        if callable(sentence):
            try:
                sentence = sentence(lambda *case: self._numbers(function, case))
            except NotRight as reason:
                return self._wrong(str(reason))
        return self._right(sentence, outcomes)

    def _numbers(self, function: Callable[..., Any], case: tuple) -> np.ndarray:
        """The function's answer to a case of the lesson; NotRight if there is none."""
        arguments = self._arguments(case)
        (outcome,) = run(function, [arguments])
        if outcome.fault:
            raise NotRight(advice.stopped_given(function, arguments, outcome.fault))
        try:
            return numbers(outcome.value)
        except NotNumbers as what:
            raise NotRight(f"{given(arguments)} your function gives {what}.") from None

    def _arguments(self, case: tuple) -> dict[str, object]:
        return dict(zip(self.parameters, case, strict=True))


class NotRight(Exception):
    """Says why a function that is right for all cases is not so for the numbers of the lesson."""
