"""Exercises of section 1: several inputs, one output."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ..datasets import season
from ..learning import gradient_descent
from . import draws
from .section import Section

section = Section("multiple inputs")

# inputs, weights, true: negative ones, a 0 and other numbers of inputs than three are among them.
EXAMPLES = [
    ([2.0, -1.0, 0.5], [0.3, 0.1, -0.2], 1),
    ([0.0, 1.5], [0.4, -0.6], 0.5),
    ([-0.7, 0.2, 1.1, 0.9], [0.1, 0.5, -0.3, 0.2], -1),
]


def _delta(inputs: list[float], weights: npt.ArrayLike, true: float) -> float:
    return np.dot(inputs, weights) - true


@section.function(
    "1.1",
    "All weight_deltas at once",
    blanks=2,
    cases=EXAMPLES,
    draw=draws.example,
    if_right="One delta, and each weight multiplies it by its own input, however many there are.",
)
def all_weight_deltas(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _delta(inputs, weights, true) * np.array(inputs)


@all_weight_deltas.slip(
    "the sign is flipped. `delta` is `pred - true`, so that a prediction that is too low is negative."
)
def sign_flipped(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return -all_weight_deltas.solution(inputs, weights, true)


@all_weight_deltas.slip(
    "you took the squared error for `delta`. Squaring loses the direction: `delta` is `pred - true`."
)
def error_for_delta(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _delta(inputs, weights, true) ** 2 * np.array(inputs)


@all_weight_deltas.slip("delta is multiplied by the weight. It should be multiplied by the input at the weight's end.")
def times_the_weight(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _delta(inputs, weights, true) * np.array(weights)


@all_weight_deltas.slip("every weight gets the bare delta. Each should multiply it by its own input.")
def without_inputs(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return np.full(len(inputs), _delta(inputs, weights, true))


@all_weight_deltas.slip("you took `pred` for `delta`. What should have come out, `true`, has to be taken off.")
def pred_for_delta(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return np.dot(inputs, weights) * np.array(inputs)


@all_weight_deltas.slip("you took the size of `delta`, without its sign. Too low is negative, too high is positive.")
def size_for_delta(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return abs(_delta(inputs, weights, true)) * np.array(inputs)


@section.function(
    "1.2",
    "A whole training",
    blanks=3,
    cases=[(*example, alpha, iterations) for example, alpha, iterations in zip(EXAMPLES, (0.1, 0.4, 0.2), (3, 4, 5))],
    draw=lambda chance: (*draws.example(chance), draws.alpha(chance), draws.count(chance)),
    if_right="Predict, compare, learn and update, anew in every iteration.",
)
def train(inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int) -> np.ndarray:
    return gradient_descent(inputs, [true], weights, alpha, iterations).errors[:, 0]


@train.slip(
    "all your errors are the same: either the weights never change, or `pred` and `delta` are not worked out anew in "
    "every iteration with the weights as they are by then."
)
def worked_out_once(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return np.full(iterations, _delta(inputs, weights, true) ** 2)


@train.slip(
    "the weights run away from the answer. Either the step is added, where it should be taken off, or `delta` is the "
    "other way round: it is `pred - true`."
)
def step_added(inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int) -> np.ndarray:
    return train.solution(inputs, weights, true, -alpha, iterations)


@train.slip("alpha is forgotten: the whole weight_delta is taken off, where `alpha` times it should be.")
def without_alpha(inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int) -> np.ndarray:
    return train.solution(inputs, weights, true, 1, iterations)


@train.slip(
    "within an iteration you predict with weights of which some are already changed. Work out `delta` "
    "once for all the weights, then change them all."
)
def with_changed_weights(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    weights, errors = list(weights), []
    for _ in range(iterations):
        errors.append(_delta(inputs, weights, true) ** 2)
        for i, value in enumerate(inputs):
            weights[i] -= alpha * _delta(inputs, weights, true) * value
    return errors


@train.slip(
    "each error is measured after the update. It should be the error of the prediction that the update learns from."
)
def measured_too_late(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return train.solution(inputs, weights, true, alpha, iterations + 1)[1:]


@train.slip("these are deltas. The error is their square, `(pred - true) ** 2`.")
def deltas_for_errors(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return gradient_descent(inputs, [true], weights, alpha, iterations).deltas[:, 0]


def _with_normalised_games(normalise: Callable[..., np.ndarray]) -> str:
    columns = [list(normalise(list(column))) for column in (season.toes, season.record, season.fans)]
    inputs = [column[0] for column in columns]
    run = gradient_descent(inputs, [season.won[0]], [0.1, 0.2, -0.1], 0.1, 30)
    return (
        f"With your function the first game becomes {', '.join(f'{value:.3f}' for value in inputs)}. Alpha 0.1, which "
        f"made the error explode, now brings it in 30 iterations "
        f"from {run.errors[0, 0]:.4f} to {run.errors[-1, 0]:.4f}."
    )


@train.slip("these are deltas without their sign. The error is the square of delta.")
def sizes_for_errors(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return np.abs(gradient_descent(inputs, [true], weights, alpha, iterations).deltas[:, 0])


def _training(
    example: tuple[list[float], list[float], float], alpha: float, iterations: int, step: Callable[..., np.ndarray]
) -> list[float]:
    """The errors if `step` makes the weight_deltas of delta, inputs and weights."""
    inputs, weights, true = example
    now, errors = np.array(weights), []
    for _ in range(iterations):
        delta = _delta(inputs, now, true)
        errors.append(delta**2)
        now = now - alpha * step(delta, np.array(inputs), now)
    return errors


@train.slip("the input is missing in the update: a weight_delta is delta times the weight's own input.")
def without_inputs_in_step(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    return _training((inputs, weights, true), alpha, iterations, lambda delta, inputs, now: delta)


@train.slip("the update multiplies delta by the weight. It should multiply it by the input at the weight's end.")
def step_times_the_weight(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    return _training((inputs, weights, true), alpha, iterations, lambda delta, inputs, now: delta * now)


@train.slip("the update takes the squared delta, the error. It has lost the direction: take delta itself.")
def squared_delta_in_step(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    return _training((inputs, weights, true), alpha, iterations, lambda delta, inputs, now: delta**2 * inputs)


@train.slip("`delta` is the squared error, so the errors are squared twice, and the steps have lost their direction.")
def error_for_delta_in_training(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return np.square(squared_delta_in_step(inputs, weights, true, alpha, iterations))


@train.slip("the update takes the size of delta. It has lost the direction: take delta with its sign.")
def size_of_delta_in_step(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    return _training((inputs, weights, true), alpha, iterations, lambda delta, inputs, now: abs(delta) * inputs)


@train.slip("every step is twice as large as it should be. The 2 of the slope is left out of `weight_delta`.")
def twice_the_step(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> list[float]:
    return _training((inputs, weights, true), alpha, iterations, lambda delta, inputs, now: 2 * delta * inputs)


@train.slip(
    "`delta` is twice `pred - true`, so the errors are four times as large, and the steps twice. The 2 of the slope is "
    "left out."
)
def twice_the_delta(
    inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int
) -> np.ndarray:
    return 4 * np.array(twice_the_step(inputs, weights, true, alpha, iterations))


@train.slip("after the update, a weight is only what should have been taken off it: the weight itself is lost.")
def weight_lost(inputs: list[float], weights: list[float], true: float, alpha: float, iterations: int) -> list[float]:
    return _training((inputs, weights, true), 1, iterations, lambda delta, inputs, now: now - alpha * delta * inputs)


@section.function(
    "1.3",
    "Normalise",
    blanks=2,
    cases=[([2.0, 5.0, 4.0],), ([0.3, -0.6, 0.15, 0.45],), ([-30.0, 10.0],)],
    draw=lambda chance: (draws.values(chance, draws.count(chance, 2, 6), 9.9),),
    if_right=_with_normalised_games,
)
def normalise(values: list[float]) -> np.ndarray:
    return np.array(values) / np.abs(values).max()


@normalise.slip(
    "you divide by the largest number. Of -30 and 10 the larger in size is -30: let `abs` take the sign away first."
)
def sign_kept(values: list[float]) -> np.ndarray:
    return np.array(values) / max(values)


@normalise.slip("you divide by the sum. Then the numbers share out 1 between them; the largest itself should become 1.")
def shares(values: list[float]) -> np.ndarray:
    return np.array(values) / sum(values)


@normalise.slip("you divide by the sum of the sizes. The largest itself should become 1, or -1.")
def shares_of_sizes(values: list[float]) -> np.ndarray:
    return np.array(values) / np.abs(values).sum()


@normalise.slip("you divide by how many numbers there are. What they should be measured by is the largest of them.")
def by_how_many(values: list[float]) -> np.ndarray:
    return np.array(values) / len(values)


@normalise.slip("you divide by the first number. It need not be the largest.")
def by_the_first(values: list[float]) -> np.ndarray:
    return np.array(values) / values[0]


@normalise.slip("the signs are lost. `abs` is for finding the largest; what is divided keeps its sign.")
def signs_lost(values: list[float]) -> np.ndarray:
    return np.abs(values) / np.abs(values).max()


@section.function(
    "1.4",
    "The largest alpha",
    blanks=2,
    cases=[([2.0, -1.0, 0.5],), ([0.0, 3.0],), ([0.1, -0.2, 0.3, 0.4, 0.5],)],
    draw=lambda chance: (draws.values(chance, draws.count(chance)),),
    if_right=lambda largest: (
        f"For the first game it is {largest([season.toes[0], season.record[0], season.fans[0]]):.6f}, "
        "and that is where the slider crossed over. Only the inputs set it, neither the weights nor what is true."
    ),
)
def largest_alpha(inputs: list[float]) -> float:
    return 2 / np.dot(inputs, inputs)


@largest_alpha.slip(
    "this is half of it: the alpha that lands in one step. Learning still converges up to twice as far."
)
def half_of_it(inputs: list[float]) -> float:
    return 1 / np.dot(inputs, inputs)


@largest_alpha.slip(
    "the inputs are added up as they are. Square each of them first: negative ones count like positive ones."
)
def not_squared(inputs: list[float]) -> float:
    return 2 / np.sum(inputs)


@largest_alpha.slip("you square the sum. First square each input, then add up.")
def sum_squared(inputs: list[float]) -> float:
    return 2 / np.sum(inputs) ** 2


@largest_alpha.slip("this is the sum of the squares upside down: you multiplied by it, and 2 should be divided by it.")
def multiplied(inputs: list[float]) -> float:
    return 2 * np.dot(inputs, inputs)


@largest_alpha.slip("only the largest input is counted. All squares are added up.")
def only_the_largest(inputs: list[float]) -> float:
    return 2 / np.max(np.abs(inputs)) ** 2


@largest_alpha.slip("you took the root of the sum of the squares. `|x|^2` is that sum itself, without the root.")
def over_the_length(inputs: list[float]) -> float:
    return 2 / np.sqrt(np.dot(inputs, inputs))


@largest_alpha.slip("you divide by the number of inputs. What counts is how large they are: add up their squares.")
def over_how_many(inputs: list[float]) -> float:
    return 2 / len(inputs)


@section.function(
    "1.5",
    "One step that lands",
    blanks=2,
    cases=EXAMPLES,
    draw=draws.example,
    if_right="One update, and the prediction is exact. With many examples, though, each would undo the others' step.",
)
def land(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _after(inputs, weights, true, 1 / np.dot(inputs, inputs))


def _after(inputs: list[float], weights: list[float], true: float, alpha: float) -> np.ndarray:
    return gradient_descent(inputs, [true], weights, alpha, 1)[0].new_weights[0]


@land.slip("with this step the prediction jumps over the target, as far to the other side. Half of it would land.")
def twice_as_far(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _after(inputs, weights, true, 2 / np.dot(inputs, inputs))


@land.slip(
    "the step has the right size and goes the wrong way. Either it is added, where it should be taken off, or alpha or "
    "`delta` has the wrong sign."
)
def wrong_way(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _after(inputs, weights, true, -1 / np.dot(inputs, inputs))


@land.slip("this is the step of alpha 1. Which alpha makes `1 - alpha * |x|^2` zero? And does the step use it?")
def alpha_1(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _after(inputs, weights, true, 1)


@land.slip("the inputs are added up as they are. `|x|^2` is the sum of their squares.")
def over_the_sum(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return _after(inputs, weights, true, 1 / np.sum(inputs))


@land.slip("these are the changes. Take them off the weights, and give the new weights.")
def only_the_changes(inputs: list[float], weights: list[float], true: float) -> np.ndarray:
    return np.array(weights) - land.solution(inputs, weights, true)
