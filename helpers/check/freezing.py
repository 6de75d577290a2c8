"""Exercises of section 2: a weight that may not learn."""

from collections.abc import Callable

import numpy as np

from ..datasets import season
from ..learning import gradient_descent, largest_stable_alpha
from .section import Section

section = Section("freezing")


@section.function(
    "2.1",
    "Freeze any weights",
    cases=[
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 0.1, [0]),
        ([1.5, 0.5, -0.7, 0.2], [0.4, -0.6, 0.2, 0.3], 0.5, 0.2, [1, 3]),
        ([0.6, 1.1], [0.1, 0.5], -1, 0.3, []),
    ],
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


@frozen_step.slip("the step is added. It should be taken off.")
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
    cases=[
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 0),
        ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1, 1),
        ([0.6, 1.1, -0.4, 0.9], [0.1, 0.5, 0.2, 0.3], -1, 3),
    ],
    if_right=_bottoms_of_the_lesson,
)
def bottom_of_curve(inputs: list[float], weights: list[float], true: float, i: int) -> float:
    return weights[i] - (np.dot(inputs, weights) - true) / inputs[i]


@bottom_of_curve.slip("this lies on the other side: what makes up for delta has to be taken off the weight.")
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
    cases=[([2.0, -1.0, 0.5], [0]), ([1.5, 0.5, -0.7, 0.2], [1, 3]), ([0.6, -1.1], [])],
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
