"""Exercises of section 3: several outputs."""

import numpy as np

from ..datasets import season
from ..learning import gradient_descent
from .section import Section

section = Section("multiple outputs")


@section.function(
    "3.1",
    "One input, any number of outputs",
    cases=[
        (2.0, [0.3, -0.4, 0.9], [1, 0.5, 0], 0.1),
        (-0.5, [0.2, 0.6], [0.3, -1], 0.3),
        (1.5, [0.1, 0.7, -0.2, 0.4], [0, 1, 1, 0.5], 0.05),
    ],
    if_right="Every output has its own delta, and its weight never needs to know about the others.",
)
def update_each(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return gradient_descent([value], true, weights, alpha, 1)[0].new_weights[:, 0]


def _deltas(value: float, weights: list[float], true: list[float]) -> np.ndarray:
    return value * np.array(weights) - true


@update_each.slip("the sign is flipped: these weights move away. Either delta is turned round, or the step is added.")
def sign_flipped(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_each.solution(value, weights, true, -alpha)


@update_each.slip("alpha is forgotten: the whole weight_delta is taken off.")
def without_alpha(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_each.solution(value, weights, true, 1)


@update_each.slip("you took the squared errors for the deltas. Then no weight could ever move up.")
def error_for_delta(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return np.array(weights) - alpha * _deltas(value, weights, true) ** 2 * value


@update_each.slip("the input is missing: a weight_delta is delta times the input.")
def without_input(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return np.array(weights) - alpha * _deltas(value, weights, true)


@update_each.slip("the deltas are added up and shared. Each output has its own.")
def shared_delta(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return np.array(weights) - alpha * _deltas(value, weights, true).sum() * value


@update_each.slip("these are the weight_deltas. Take alpha times them off the weights.")
def only_the_weight_deltas(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return _deltas(value, weights, true) * value


INPUTS = np.array([season.toes[0], season.record[0], season.fans[0]])
TRUE = np.array([season.hurt[0], season.won[0], season.sad[0]])
WEIGHTS = np.array([[0.1, 0.1, -0.3], [0.1, 0.2, 0.0], [0.0, 1.3, 0.1]])
PREDS = WEIGHTS @ INPUTS


@section.value(
    "3.2",
    "One of nine, by hand",
    if_right="It is the delta of sad, 0.865, times the input of the record, 0.65: the two ends of that one line.",
    hint="Which output does the weight lead to? Take its delta. Which input does it come from? Take that.",
)
def sad_from_record() -> float:
    return (PREDS - TRUE)[2] * INPUTS[1]


@sad_from_record.slip("this is the delta of win times the fans: row and column are swapped.")
def swapped() -> float:
    return (PREDS - TRUE)[1] * INPUTS[2]


@sad_from_record.slip("the sign is flipped: sad came out too high, so its delta is positive.")
def sad_flipped() -> float:
    return -sad_from_record.solution()


@sad_from_record.slip("this is the error of sad times the record. Take the delta, which is not squared.")
def sad_squared() -> float:
    return (PREDS - TRUE)[2] ** 2 * INPUTS[1]


@sad_from_record.slip("this is the prediction times the record. Take off what is true first.")
def sad_pred() -> float:
    return PREDS[2] * INPUTS[1]


@sad_from_record.slip("this is the delta of sad. The weight_delta is that times the record.")
def sad_delta() -> float:
    return (PREDS - TRUE)[2]


@sad_from_record.slip("this is how far the weight moves. Its weight_delta is not yet multiplied by alpha.")
def sad_with_alpha() -> float:
    return 0.01 * sad_from_record.solution()


@section.function(
    "3.3",
    "The update of a whole table",
    cases=[
        ([[0.3, -0.4, 0.1], [0.2, 0.6, -0.1], [0.5, 0.0, 0.2]], [2.0, -1.0, 0.5], [1, 0.5, 0], 0.1),
        ([[0.1, 0.7, -0.2, 0.4], [0.3, -0.5, 0.2, 0.0]], [0.5, 1.5, -0.7, 0.0], [0, 1], 0.2),
        ([[0.1, 0.2], [0.4, -0.3], [0.0, 0.5], [0.6, 0.1]], [1.2, -0.4], [1, 0, -1, 0.5], 0.3),
    ],
    if_right="Any number of inputs, any number of outputs. A network for handwriting needs nothing more.",
)
def update_table(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> np.ndarray:
    return gradient_descent(inputs, true, weights, alpha, 1)[0].new_weights


def _table_deltas(weights: list[list[float]], inputs: list[float], true: list[float]) -> np.ndarray:
    return np.dot(weights, inputs) - true


@update_table.slip(
    "this is the outer product the wrong way round, inputs first. The weights have a row for each output, "
    "so the deltas come first: `outer(deltas, inputs)`."
)
def inputs_first(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> list[list[float]]:
    table = alpha * np.outer(inputs, _table_deltas(weights, inputs, true))
    return [[weight - table[j][i] for i, weight in enumerate(row)] for j, row in enumerate(weights)]


@update_table.slip("alpha is forgotten: the whole weight_deltas are taken off.")
def table_without_alpha(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_table.solution(weights, inputs, true, 1)


@update_table.slip("the sign is flipped: these weights move away. Either delta is turned round, or the step is added.")
def table_sign_flipped(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_table.solution(weights, inputs, true, -alpha)


@update_table.slip("you took the squared errors for the deltas.")
def table_error_for_delta(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.array(weights) - alpha * np.outer(_table_deltas(weights, inputs, true) ** 2, inputs)


@update_table.slip(
    "within a row you predict with weights of which some are already changed. Work out all deltas first, "
    "then change the weights."
)
def with_changed_weights(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    new = np.array(weights, float)
    for row, target in zip(new, true):
        for i, value in enumerate(inputs):
            row[i] -= alpha * (row @ inputs - target) * value
    return new


@update_table.slip("every weight of a row gets the bare delta. Each should multiply it by its own input.")
def table_without_inputs(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.array(weights) - alpha * _table_deltas(weights, inputs, true)[:, None]


@update_table.slip("these are the weight_deltas. Take alpha times them off the weights.")
def only_the_table_of_deltas(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.outer(_table_deltas(weights, inputs, true), inputs)
