"""The exercises of one notebook."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .exercise import Draw, Exercise, FunctionExercise, ValueExercise
from .reply import Progress


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
        blanks: int,
        if_right: str | Callable[[Callable[..., np.ndarray]], str],
        cases: Sequence[tuple],
        draw: Draw,
    ) -> Callable[[Callable[..., Any]], FunctionExercise]:
        """An exercise whose answer is a function.

        blanks: how many `...` the notebook leaves. if_right: what to say to a right answer; where that takes computing,
        a function of the reader's function, which then answers with arrays. cases: unseen inputs, a tuple of arguments
        each, short enough to be quoted. draw: makes one more of these, of the lesson's kind, from a random generator.
        """

        def add(solution: Callable[..., Any]) -> FunctionExercise:
            exercise = FunctionExercise(number, title, solution, blanks, if_right, cases, draw)
            self.exercises.append(exercise)
            return exercise

        return add

    def value(
        self, number: str, title: str, *, blanks: int, if_right: str, hint: str, parts: Sequence[str] = ()
    ) -> Callable[[Callable[[], Any]], ValueExercise]:
        """An exercise whose answer is a value.

        hint: for a wrong one that is no known slip. parts: what the notebook calls its numbers, if there are several.
        """

        def add(solution: Callable[[], Any]) -> ValueExercise:
            exercise = ValueExercise(number, title, solution, blanks, if_right, hint, parts)
            self.exercises.append(exercise)
            return exercise

        return add

    def so_far(self) -> Progress:
        """How each exercise stands."""
        return Progress(tuple((each.number, each.title, each.state) for each in self.exercises))
