"""What an explorer learns: one example or several, where learning starts, and the fields to change all that."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from traitlets import Bunch

from ..arguments import array, weight_matrix
from ..learning import gradient_descent_in_turn
from .choices import Dropdown
from .fields import LARGEST, NumberFields

OWN_NUMBERS = "own numbers"
Numbers = tuple[float, ...]


class Example(NamedTuple):
    """One example, and the weights before it is learnt."""

    inputs: Numbers
    targets: Numbers
    weights: tuple[Numbers, ...]  # (n_out, n_in)

    @classmethod
    def of(cls, inputs: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike) -> "Example":
        """Raises ValueError, naming the argument, for what is no number or doesn't fit."""
        inputs, targets = array("inputs", inputs, 1), array("targets", targets, 1)
        return cls(_floats(inputs), _floats(targets), _rows(weight_matrix(weights, len(targets), len(inputs))))

    def with_weights(self, weights: npt.ArrayLike) -> "Example":
        return self.of(self.inputs, self.targets, weights)


class Examples(NamedTuple):
    """Several examples of one output, and the weights before they are learnt."""

    inputs: tuple[Numbers, ...]  # (n, n_in)
    targets: Numbers  # (n,)
    weights: Numbers  # (n_in,)

    @classmethod
    def of(cls, inputs: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike) -> "Examples":
        """Raises ValueError, naming the argument, for what is no number or doesn't fit."""
        first = gradient_descent_in_turn(inputs, targets, weights, 0, 0)
        if first.targets.shape[1] > 1:
            raise ValueError(f"targets must be one number for each game; got {first.targets.shape[1]} for each.")
        return cls(_rows(first.inputs), _floats(first.targets[:, 0]), _floats(first.weights[0, 0]))

    def with_weights(self, weights: npt.ArrayLike) -> "Examples":
        return self.of(self.inputs, self.targets, weights)


AnyExample = TypeVar("AnyExample", Example, Examples)


def small(example: AnyExample) -> AnyExample:
    """The example; ValueError if one of its numbers is larger than a reader can type."""
    for name, values in example._asdict().items():
        if np.abs(values).max() > LARGEST:
            raise ValueError(f"{name} must be numbers between {-LARGEST:,.0f} and {LARGEST:,.0f}.")
    return example


def _floats(numbers: np.ndarray) -> Numbers:
    return tuple(float(each) for each in numbers)


def _rows(matrix: np.ndarray) -> tuple[Numbers, ...]:
    return tuple(_floats(row) for row in matrix)


class ExampleFields(NumberFields):
    """The game, each input, each `true`, each starting weight.

    inputs, outputs: the names of the numbers. games: inputs and targets of the games that can be chosen.
    """

    def __init__(
        self,
        example: Example,
        inputs: Sequence[str],
        outputs: Sequence[str],
        games: Sequence[tuple[Sequence[float], Sequence[float]]],
    ):
        self.games = {f"game {k}": (tuple(x), tuple(true)) for k, (x, true) in enumerate(games, 1)}
        self.game = Dropdown(options=[*self.games, OWN_NUMBERS], description="game", layout={"width": "200px"})
        ends = [f"{name} → {output}" for output in outputs for name in inputs]
        if len(outputs) == 1:
            ends = list(inputs)
        super().__init__(example, [("inputs", inputs), ("true", outputs), ("starting weights", ends)], self.game)
        self.inputs, self.targets, self.weights = self.rows
        self.game.observe(self._choose_game, "value")

    def to_numbers(self, value: Example) -> list[float]:
        return [*value.inputs, *value.targets, *np.ravel(value.weights).tolist()]

    def from_numbers(self, numbers: list[float]) -> Example:
        n_in, n_out = len(self.first.inputs), len(self.first.targets)
        weights = np.reshape(numbers[n_in + n_out :], (n_out, n_in))
        return Example.of(numbers[:n_in], numbers[n_in : n_in + n_out], weights)

    def show(self) -> None:
        super().show()
        asked = self.value.inputs, self.value.targets
        self.game.value = next((name for name, game in self.games.items() if game == asked), OWN_NUMBERS)

    def _choose_game(self, change: Bunch) -> None:
        if change.new != OWN_NUMBERS:
            self.value = Example.of(*self.games[change.new], self.value.weights)


class ExamplesFields(NumberFields):
    """Each game's inputs and `true`, and the starting weights. inputs, output: their names."""

    def __init__(self, examples: Examples, inputs: Sequence[str], output: str):
        games = [(f"game {k}", [*inputs, f"true ({output})"]) for k in range(1, len(examples.inputs) + 1)]
        super().__init__(examples, [*games, ("starting weights", inputs)])
        self.weights = self.rows[-1]

    def to_numbers(self, value: Examples) -> list[float]:
        return [*np.ravel(np.column_stack([value.inputs, value.targets])).tolist(), *value.weights]

    def from_numbers(self, numbers: list[float]) -> Examples:
        n, n_in = np.shape(self.first.inputs)
        games = np.reshape(numbers[: n * (n_in + 1)], (n, n_in + 1))
        return Examples.of(games[:, :-1], games[:, -1], numbers[n * (n_in + 1) :])
