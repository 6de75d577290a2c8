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

from . import wording
from .answers import numbers
from .blanks import holds_blank, stopped_by_blank
from .reply import NOT_CHECKED, NOT_STARTED, RIGHT, WRONG, Reply
from .running import Outcome, run, takes
from .settings import checks_settings


@dataclass(frozen=True)
class Slip:
    """A wrong answer that many give, and what to say to them."""

    sentence: str
    function: Callable[..., Any]


class Exercise:
    """Call it with an answer to have that checked.

    A subclass says in `judge` what the reply is, and in `outcomes` what comes of the solution or of a slip.
    """

    def __init__(self, number: str, title: str, solution: Callable[..., Any]) -> None:
        update_wrapper(self, solution)
        self.number, self.title, self.solution = number, title, solution
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
        reply = self.judge(answer)
        self.state = reply.state
        if reply.slip and reply.slip not in self.slips_met:
            self.slips_met.append(reply.slip)
        return reply

    def judge(self, answer: object) -> Reply:
        raise NotImplementedError

    def outcomes(self, function: Callable[..., Any]) -> list[Outcome]:
        """What the function makes of each case."""
        raise NotImplementedError

    @cached_property
    def right_outcomes(self) -> list[Outcome]:
        return self.outcomes(self.solution)

    @cached_property
    def slips_outcomes(self) -> list[list[Outcome]]:
        return [self.outcomes(slip.function) for slip in self.slips]

    def _known_slip(self, outcomes: Sequence[Outcome]) -> Slip | None:
        """The slip that answers alike wherever it answers at all."""
        for slip, slips_outcomes in zip(self.slips, self.slips_outcomes):
            alike = [ours.agrees_with(its) for ours, its in zip(outcomes, slips_outcomes) if not its.fault]
            if alike and all(alike):
                return slip
        return None

    def _right(self, sentence: str) -> Reply:
        return Reply(self.number, RIGHT, f"right. {sentence}")

    def _wrong(self, sentence: str, slip: str | None = None) -> Reply:
        return Reply(self.number, WRONG, f"not yet: {sentence}", slip)

    def _not_started(self) -> Reply:
        return Reply(self.number, NOT_STARTED, "not started yet. Replace each `...` and run the cell again.")


class ValueExercise(Exercise):
    """Its answer is a value, such as a number; solution and slips are functions without arguments that give one."""

    def __init__(self, number: str, title: str, solution: Callable[[], Any], if_right: str, hint: str) -> None:
        super().__init__(number, title, solution)
        self.if_right, self.hint = if_right, hint

    def outcomes(self, function: Callable[[], Any]) -> list[Outcome]:
        return [Outcome(function())]

    @checks_settings()
    def judge(self, answer: object) -> Reply:
        if holds_blank(answer):
            return self._not_started()
        outcome = Outcome(answer)
        expected = self.right_outcomes[0]
        if outcome.agrees_with(expected):
            return self._right(self.if_right)
        slip = self._known_slip([outcome])
        if slip:
            return self._wrong(slip.sentence, slip.sentence)
        misfit = wording.wrong_shape("your answer is", answer, expected.value)
        return self._wrong(misfit or f"that is not it. {self.hint}")


class FunctionExercise(Exercise):
    """Its answer is a function, which is called on unseen inputs: the cases."""

    def __init__(
        self,
        number: str,
        title: str,
        solution: Callable[..., Any],
        if_right: str | Callable[[Callable[..., np.ndarray]], str],
        cases: Sequence[tuple],
        tidy: Callable[[Any], Any],
    ) -> None:
        super().__init__(number, title, solution)
        self.if_right, self.cases, self.tidy = if_right, cases, tidy
        self.parameters = tuple(signature(solution).parameters)

    def outcomes(self, function: Callable[..., Any]) -> list[Outcome]:
        return [self._outcome(function, case) for case in self.cases]

    def judge(self, answer: object) -> Reply:
        if holds_blank(answer):
            return self._not_started()
        if not callable(answer):
            return self._wrong(wording.not_a_function(answer, self.name))
        if not takes(answer, self.parameters):
            return self._wrong(wording.other_parameters(self.parameters))
        return self._judge_outcomes(answer, self.outcomes(answer))

    @checks_settings()
    def _judge_outcomes(self, function: Callable[..., Any], outcomes: list[Outcome]) -> Reply:
        if all(ours.agrees_with(right) for ours, right in zip(outcomes, self.right_outcomes)):
            return self._reply_if_right(function, outcomes)
        if stopped_by_blank(function, outcomes):
            return self._not_started()
        slip = self._known_slip(outcomes)
        if slip:
            return self._wrong(slip.sentence, slip.sentence)
        return self._wrong(self._what_is_wrong(function, outcomes))

    def _reply_if_right(self, function: Callable[..., Any], outcomes: list[Outcome]) -> Reply:
        sentence = self.if_right
        if callable(sentence):
            try:
                sentence = sentence(lambda *case: self._numbers(function, case))
            except (Exception, SystemExit) as fault:  # noqa: BLE001 (from the reader's code, at the lesson's numbers)
                return self._wrong(wording.stopped(function, fault))
        changed = sorted({name for outcome in outcomes for name in outcome.changed})
        if changed:
            sentence = f"{sentence} {wording.changed_arguments(changed)}"
        return self._right(sentence)

    def _what_is_wrong(self, function: Callable[..., Any], outcomes: list[Outcome]) -> str:
        """What to say of outcomes that are wrong, and no known slip."""
        for outcome in outcomes:
            if outcome.fault:
                return wording.stopped(function, outcome.fault)
        first = outcomes[0]
        if all(outcome.value is None for outcome in outcomes):
            return wording.nothing_returned(first)
        if len(outcomes) > 1 and all(outcome.agrees_with(first) for outcome in outcomes):
            return wording.always_the_same(self.parameters)
        wrong = next(i for i, outcome in enumerate(outcomes) if not outcome.agrees_with(self.right_outcomes[i]))
        arguments = self._arguments(self.cases[wrong])
        return wording.wrong_answer(arguments, outcomes[wrong].value, self.right_outcomes[wrong].value)

    def _outcome(self, function: Callable[..., Any], case: tuple) -> Outcome:
        return run(function, self._arguments(case), self.tidy)

    def _arguments(self, case: tuple) -> dict[str, object]:
        return dict(zip(self.parameters, case, strict=True))

    def _numbers(self, function: Callable[..., Any], case: tuple) -> np.ndarray:
        """The function's answer to a case of the lesson."""
        outcome = self._outcome(function, case)
        if outcome.fault:
            raise outcome.fault
        return numbers(outcome.value)
