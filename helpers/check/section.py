"""The exercises of one notebook."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .exercise import Exercise, FunctionExercise, ValueExercise
from .reply import Progress


def as_it_is(answer: Any) -> Any:
    return answer


class Section:
    """The exercises of one notebook, in their order. Its decorators make a function the solution of an exercise."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.exercises: list[Exercise] = []

    def function(
        self,
        number: str,
        title: str,
        *,
        if_right: str | Callable[[Callable[..., np.ndarray]], str],
        cases: Sequence[tuple],
        tidy: Callable[[Any], Any] = as_it_is,
    ) -> Callable[[Callable[..., Any]], FunctionExercise]:
        """An exercise whose answer is a function.

        if_right: what to say to a right answer; where that takes computing, a function of the reader's function, which
        then answers with arrays.
        cases: the unseen inputs, one tuple of arguments each. tidy: makes answers that count as the same alike.
        """

        def add(solution: Callable[..., Any]) -> FunctionExercise:
            exercise = FunctionExercise(number, title, solution, if_right, cases, tidy)
            self.exercises.append(exercise)
            return exercise

        return add

    def value(
        self, number: str, title: str, *, if_right: str, hint: str
    ) -> Callable[[Callable[[], Any]], ValueExercise]:
        """An exercise whose answer is a value. hint: for a wrong one that is no known slip."""

        def add(solution: Callable[[], Any]) -> ValueExercise:
            exercise = ValueExercise(number, title, solution, if_right, hint)
            self.exercises.append(exercise)
            return exercise

        return add

    def so_far(self) -> Progress:
        """How each exercise stands."""
        return Progress(tuple((each.number, each.title, each.state) for each in self.exercises))
