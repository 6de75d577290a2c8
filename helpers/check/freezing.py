"""Exercises of section 2: a weight that may not learn."""

from collections.abc import Callable

import numpy as np

from ..datasets import season
from ..learning import gradient_descent, largest_stable_alpha
from . import draws
from .section import Section

section = Section("freezing")


def draw_step(chance: np.random.Generator) -> tuple[list[float], list[float], float, float, list[int]]:
    """Inputs, weights, true, alpha, frozen."""
    inputs, weights, true = draws.example(chance)
    return inputs, weights, true, draws.alpha(chance), draws.some_of(chance, len(inputs))


def draw_curve(chance: np.random.Generator) -> tuple[list[float], list[float], float, int]:
    """Inputs, weights, true, i."""
    inputs, weights, true = draws.example(chance)
    return inputs, weights, true, int(chance.integers(len(inputs)))


def draw_frozen(chance: np.random.Generator) -> tuple[list[float], list[int]]:
    """Inputs, frozen."""
    n_in = draws.count(chance)
    return draws.values(chance, n_in), draws.some_of(chance, n_in)


@section.function(
    "2.1",
    "Freeze any weights",
    blanks=3,
    cases=[
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 0.1, [0]),
        ([1.5, 0.5, -0.7, 0.2], [0.4, -0.6, 0.2, 0.3], 1, 0.2, [1, 3]),
        ([0.6, 1.1], [0.1, 0.5], -1, 0.3, []),
    ],
    draw=draw_step,
    if_right="A frozen weight still takes part in the prediction. It only takes no step.",
)
def frozen_step(inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]) -> np.ndarray:
    return gradient_descent(inputs, [true], weights, alpha, 1, frozen)[0].new_weights[0]


def _with_zeros(values: list[float], columns: list[int]) -> np.ndarray:
    changed = np.array(values)
    changed[columns] = 0
    return changed


@frozen_step.slip(
    "the frozen weights become 0. It is their `weight_delta` that should be 0; the weights keep what they have."
)
def weight_zeroed(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return _with_zeros(frozen_step.solution(inputs, weights, true, alpha, frozen), frozen)


@frozen_step.slip(
    "the frozen weights are set to 0 before predicting, which changes the prediction. "
    "Set their `weight_delta` to 0, after it has been worked out."
)
def zeroed_before(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return frozen_step.solution(inputs, _with_zeros(weights, frozen), true, alpha, frozen)


@frozen_step.slip(
    "the frozen weights are set to 0 before predicting, which changes the prediction, and then they learn. "
    "It is their `weight_delta` that should be 0, after it has been worked out."
)
def zeroed_before_and_learning(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return nothing_frozen(inputs, _with_zeros(weights, frozen), true, alpha, frozen)


@frozen_step.slip(
    "the frozen weights are set to 0, and then they take their step. A frozen weight keeps what it has: it is its "
    "`weight_delta` that should be 0."
)
def weight_zeroed_in_place_of_the_step(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    step = np.array(weights) - nothing_frozen(inputs, weights, true, alpha, frozen)
    return _with_zeros(weights, frozen) - step


@frozen_step.slip(
    "the weight_deltas of the frozen weights become 1. To leave a weight where it is, nothing should be taken off it."
)
def one_for_zero(inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]) -> np.ndarray:
    new = frozen_step.solution(inputs, weights, true, alpha, frozen).copy()
    new[frozen] -= alpha
    return new


@frozen_step.slip("these are the weight_deltas. Take alpha times them off the weights.")
def only_the_weight_deltas(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return (np.array(weights) - frozen_step.solution(inputs, weights, true, alpha, frozen)) / alpha


@frozen_step.slip(
    "the frozen inputs are left out of the prediction. They have their say as before; "
    "only the step of their weights is 0."
)
def left_out(inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]) -> np.ndarray:
    return frozen_step.solution(_with_zeros(inputs, frozen), weights, true, alpha, frozen)


@frozen_step.slip("only the first column of `frozen` is frozen. There can be several, or none.")
def only_the_first(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return frozen_step.solution(inputs, weights, true, alpha, frozen[:1])


@frozen_step.slip("it is the other way round: the weights in `frozen` learn, and the others don't.")
def the_others(inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]) -> np.ndarray:
    free = [i for i in range(len(inputs)) if i not in frozen]
    return frozen_step.solution(inputs, weights, true, alpha, free)


@frozen_step.slip("nothing is frozen: all weights move. Set the weight_deltas to 0 before the update uses them.")
def nothing_frozen(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return frozen_step.solution(inputs, weights, true, alpha, ())


@frozen_step.slip("alpha is forgotten: the whole weight_delta is taken off.")
def without_alpha(
    inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]
) -> np.ndarray:
    return frozen_step.solution(inputs, weights, true, 1, frozen)


@frozen_step.slip(
    "the step is added, where it should be taken off, or `delta` is the other way round: it is `pred - true`."
)
def step_added(inputs: list[float], weights: list[float], true: float, alpha: float, frozen: list[int]) -> np.ndarray:
    return frozen_step.solution(inputs, weights, true, -alpha, frozen)


def _bottoms_of_the_lesson(bottom: Callable[..., np.ndarray]) -> str:
    inputs = [season.toes[0], season.record[0], season.fans[0]]
    run = gradient_descent(inputs, [season.won[0]], [0.1, 0.2, -0.1], 0.3, 20, [0])
    at = {n: bottom(inputs, run.weights[n - 1, 0].tolist(), season.won[0], 0) for n in (1, 2, 3, 20)}
    return (
        "With your function, the bottom of the frozen toes' curve lies at "
        + ", ".join(f"{float(weight):.4f} in iteration {n}" for n, weight in at.items())
        + ". It has come to the weight, which stood still at 0.1."
    )


@section.function(
    "2.2",
    "The bottom of a curve",
    blanks=1,
    cases=[
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 0),
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 1),
        ([0.6, 1.1, -0.4, 0.9], [0.1, 0.5, 0.2, 0.3], -1, 3),
    ],
    draw=draw_curve,
    if_right=_bottoms_of_the_lesson,
)
def bottom_of_curve(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return weights[i] - (np.dot(inputs, weights) - true) / inputs[i]


@bottom_of_curve.slip(
    "this lies on the other side of the weight. With `delta` as `pred - true`, what makes up for it is taken off."
)
def added(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return weights[i] + (np.dot(inputs, weights) - true) / inputs[i]


@bottom_of_curve.slip(
    "delta is multiplied by the input. Moving the weight by 1 moves pred by the input: so divide by it."
)
def multiplied(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return weights[i] - (np.dot(inputs, weights) - true) * inputs[i]


@bottom_of_curve.slip("this is how far the bottom is from the weight. Where it is, is the weight less that.")
def only_the_way(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return (np.dot(inputs, weights) - true) / inputs[i]


@bottom_of_curve.slip("the input is missing: moving the weight by delta moves pred by delta times the input.")
def without_input(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return weights[i] - (np.dot(inputs, weights) - true)


@bottom_of_curve.slip("the other weights are left out. They stay as they are, and have their part in the prediction.")
def others_left_out(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return true / inputs[i]


@section.function(
    "2.3",
    "The largest alpha while some are frozen",
    blanks=2,
    cases=[([2.0, -1.0, 0.5], [0]), ([1.5, 0.5, -0.7, 0.2], [1, 3]), ([0.6, -1.1], [])],
    draw=draw_frozen,
    if_right=lambda largest: (
        f"For the first game it is {largest([8.5, 0.65, 1.2], [0]):.4f} with toes frozen, and "
        f"{largest([8.5, 0.65, 1.2], []):.4f} with nothing frozen."
    ),
)
def largest_alpha_while_frozen(inputs: list[float], frozen: list[int]) -> float:
    return largest_stable_alpha(inputs, frozen)


@largest_alpha_while_frozen.slip(
    "all inputs are counted. A frozen one moves no weight, so its square has no part in it."
)
def all_counted(inputs: list[float], frozen: list[int]) -> float:
    return largest_stable_alpha(inputs)


@largest_alpha_while_frozen.slip("only the frozen inputs are counted. It is the others that matter.")
def frozen_counted(inputs: list[float], frozen: list[int]) -> float:
    return 2 / sum(inputs[column] ** 2 for column in frozen)


@largest_alpha_while_frozen.slip("this is half of it: the alpha that lands in one step.")
def half_of_it(inputs: list[float], frozen: list[int]) -> float:
    return largest_stable_alpha(inputs, frozen) / 2


@largest_alpha_while_frozen.slip("the inputs are added up as they are. Square each of them first.")
def not_squared(inputs: list[float], frozen: list[int]) -> float:
    return 2 / np.delete(inputs, np.array(frozen, int)).sum()


@largest_alpha_while_frozen.slip("only the first column of `frozen` is left out. There can be several, or none.")
def only_the_first_left_out(inputs: list[float], frozen: list[int]) -> float:
    return largest_stable_alpha(inputs, frozen[:1])


Games = list[list[float]]


def draw_games(chance: np.random.Generator) -> tuple[Games, list[float], list[float], float]:
    """Games, won, weights, alpha."""
    n_games, n_in = draws.count(chance), draws.count(chance)
    games = draws.table(chance, n_games, n_in)
    return games, draws.values(chance, n_games, 1.0), draws.values(chance, n_in, 0.6), draws.alpha(chance)


def _round(
    games: Games, won: list[float], weights: list[float], alpha: float, step: Callable[[float, np.ndarray], np.ndarray]
) -> np.ndarray:
    """The weights after a round in which `step` makes the weight_deltas of delta and inputs."""
    now = np.array(weights, float)
    for inputs, true in zip(np.array(games, float), won):
        now = now - alpha * step(inputs @ now - true, inputs)
    return now


@section.function(
    "2.4",
    "Once through all games",
    blanks=2,
    cases=[
        ([[2.0, -1.0], [0.5, 1.0]], [1, 0.5], [0.3, 0.1], 0.1),
        ([[0.7, 0.2, -0.4]], [-1], [0.1, 0.5, 0.2], 0.2),
        ([[1.5, 0.5], [-0.7, 0.2], [0.6, 1.1]], [0.5, 1, 0], [0.4, -0.6], 0.3),
    ],
    draw=draw_games,
    if_right="Every game goes on from the weights that the game before has left.",
)
def one_round(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return _round(games, won, weights, alpha, lambda delta, inputs: delta * inputs)


@one_round.slip(
    "every game learns from the weights that were handed in. Work `delta` out anew for each game, with the weights as "
    "they are after the games before."
)
def from_the_start(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    deltas = np.dot(games, weights) - won
    return np.array(weights) - alpha * deltas @ np.array(games)


@one_round.slip(
    "only the last game has left its mark. Either the update stands after the loop over the games, not inside it, or "
    "the weights are copied anew in each game."
)
def only_the_last(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return one_round.solution(games[-1:], won[-1:], weights, alpha)


@one_round.slip(
    "only the first game is learnt from. Go on to the others; `return` stands after the loop, not inside it."
)
def only_the_first_game(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return one_round.solution(games[:1], won[:1], weights, alpha)


@one_round.slip(
    "the weights run away from the answers. Either the step is added, where it should be taken off, or `delta` is the "
    "other way round: it is the prediction less `true`."
)
def round_added(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return one_round.solution(games, won, weights, -alpha)


@one_round.slip("alpha is forgotten: the whole weight_deltas are taken off.")
def round_without_alpha(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return one_round.solution(games, won, weights, 1)


@one_round.slip("the input is missing in the update: a weight_delta is delta times the weight's own input.")
def round_without_inputs(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return _round(games, won, weights, alpha, lambda delta, inputs: np.full(len(inputs), delta))


@one_round.slip("you took the squared error for `delta`. Squaring loses the direction.")
def round_of_errors(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return _round(games, won, weights, alpha, lambda delta, inputs: delta**2 * inputs)


@one_round.slip("you took the size of `delta`, without its sign. So the direction is lost.")
def round_of_sizes(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return _round(games, won, weights, alpha, lambda delta, inputs: abs(delta) * inputs)


@one_round.slip("every step is twice as large as it should be. The 2 of the slope is left out of `weight_delta`.")
def round_of_doubles(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    return one_round.solution(games, won, weights, 2 * alpha)


@one_round.slip(
    "within a game you predict with weights of which some are already changed. Work out `delta` once for a game, then "
    "change all its weights."
)
def round_with_changed_weights(games: Games, won: list[float], weights: list[float], alpha: float) -> np.ndarray:
    now = np.array(weights, float)
    for inputs, true in zip(games, won):
        for i, value in enumerate(inputs):
            now[i] -= alpha * (now @ inputs - true) * value
    return now
