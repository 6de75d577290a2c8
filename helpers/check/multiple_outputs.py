"""Exercises of section 3: several outputs."""

from functools import partial
from itertools import product

import numpy as np

from ..datasets import season
from ..learning import gradient_descent
from . import draws
from .section import Section

section = Section("multiple outputs")


def draw_outputs(chance: np.random.Generator) -> tuple[float, list[float], list[float], float]:
    """Value, weights, true, alpha."""
    n_out = draws.count(chance)
    return draws.number(chance), draws.values(chance, n_out), draws.values(chance, n_out, 1.0), draws.alpha(chance)


def draw_table(chance: np.random.Generator) -> tuple[list[list[float]], list[float], list[float], float]:
    """Weights, inputs, true, alpha."""
    n_out, n_in = draws.count(chance), draws.count(chance)
    weights = draws.table(chance, n_out, n_in, 0.6)
    return weights, draws.values(chance, n_in), draws.values(chance, n_out, 1.0), draws.alpha(chance)


@section.function(
    "3.1",
    "One input, any number of outputs",
    blanks=2,
    cases=[
        (2.0, [0.3, -0.4, 0.9], [1, 0.5, 0], 0.1),
        (-0.5, [0.2, 0.6], [0.3, -1], 0.3),
        (1.5, [0.1, 0.7, -0.2, 0.4], [0, 1, 1, 0.5], 0.05),
    ],
    draw=draw_outputs,
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


@update_each.slip("you took the squared errors for the deltas. Squaring loses the direction.")
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


@update_each.slip("you took the sizes of the deltas, without their signs. So the direction is lost.")
def size_for_delta(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return np.array(weights) - alpha * abs(_deltas(value, weights, true)) * value


@update_each.slip("every step is twice as large as it should be. The 2 of the slope is left out of `weight_delta`.")
def twice_the_step(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_each.solution(value, weights, true, 2 * alpha)


@update_each.slip("these are only the steps. Take them off the weights, and give the new weights.")
def only_the_steps(value: float, weights: list[float], true: list[float], alpha: float) -> np.ndarray:
    return alpha * only_the_weight_deltas(value, weights, true, alpha)


SOURCES, RESULTS = ("toes", "the record", "fans"), ("hurt", "win", "sad")
INPUTS = np.array([season.toes[0], season.record[0], season.fans[0]])
TRUE = np.array([season.hurt[0], season.won[0], season.sad[0]])
WEIGHTS = np.array([[0.1, 0.1, -0.3], [0.1, 0.2, 0.0], [0.0, 1.3, 0.1]])
PREDS = WEIGHTS @ INPUTS


@section.value(
    "3.2",
    "One of nine, by hand",
    blanks=1,
    if_right="It is the delta of sad, 0.865, times the input of the record, 0.65: the two ends of that one line.",
    hint="Two numbers make it: one belongs to the output that it leads to, one to the input that it comes from.",
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


@sad_from_record.slip("this is twice the weight_delta. The 2 of the slope is left out of it.")
def twice_sad() -> float:
    return 2 * sad_from_record.solution()


@sad_from_record.slip("this is the weight times the record. A weight_delta is made of the delta, not of the weight.")
def sad_weight() -> float:
    return WEIGHTS[2, 1] * INPUTS[1]


def _name_the_others() -> None:
    """The other seven weight_deltas, as slips; the eighth has a name of its own."""
    for (j, delta), (i, value) in product(enumerate(PREDS - TRUE), enumerate(INPUTS)):
        if (j, i) not in ((2, 1), (1, 2)):
            sentence = (
                f"this is the weight_delta from {SOURCES[i]} to {RESULTS[j]}. It should be from the record to sad."
            )
            sad_from_record.slip(sentence)(partial(float, delta * value))


_name_the_others()


@section.function(
    "3.3",
    "The update of a whole table",
    blanks=3,
    cases=[
        ([[0.3, -0.4, 0.1], [0.2, 0.6, -0.1], [0.5, 0.0, 0.2]], [2.0, -1.0, 0.5], [1, 0.5, 0], 0.1),
        ([[0.1, 0.7, -0.2, 0.4], [0.3, -0.5, 0.2, 0.0]], [0.5, 1.5, -0.7, 0.0], [0, 1], 0.2),
        ([[0.1, 0.2], [0.4, -0.3], [0.0, 0.5], [0.6, 0.1]], [1.2, -0.4], [1, 0, -1, 0.5], 0.3),
    ],
    draw=draw_table,
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
    """With `zip`, which ends where the shorter one does."""
    table = alpha * np.outer(inputs, _table_deltas(weights, inputs, true))
    return [[weight - step for weight, step in zip(row, steps)] for row, steps in zip(weights, table)]


@update_table.slip(update_table.slips[-1].sentence)
def inputs_first_in_arrays(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.array(weights) - alpha * np.outer(inputs, _table_deltas(weights, inputs, true))


@update_table.slip("alpha is forgotten: the whole weight_deltas are taken off.")
def table_without_alpha(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_table.solution(weights, inputs, true, 1)


@update_table.slip("the sign is flipped: these weights move away. Either delta is turned round, or the step is added.")
def table_sign_flipped(weights: list[list[float]], inputs: list[float], true: list[float], alpha: float) -> np.ndarray:
    return update_table.solution(weights, inputs, true, -alpha)


@update_table.slip("you took the squared errors for the deltas. Squaring loses the direction.")
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


@update_table.slip("you took the sizes of the deltas, without their signs. So the direction is lost.")
def table_size_for_delta(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.array(weights) - alpha * np.outer(abs(_table_deltas(weights, inputs, true)), inputs)


@update_table.slip("these are only the steps. Take them off the weights, and give the new weights.")
def only_the_table_of_steps(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return alpha * only_the_table_of_deltas(weights, inputs, true, alpha)


@update_table.slip("these are the weight_deltas. Take alpha times them off the weights.")
def only_the_table_of_deltas(
    weights: list[list[float]], inputs: list[float], true: list[float], alpha: float
) -> np.ndarray:
    return np.outer(_table_deltas(weights, inputs, true), inputs)
