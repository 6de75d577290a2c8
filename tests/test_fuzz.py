"""Every function of numbers, given what it can't mean: a right answer or one sentence, and never anything else.

Sensible arguments are made, and some of them spoiled. What comes back is compared with plain Python loops. `make test`
makes 5,000 calls, with those of test_fuzz_pictures.py, the same each time; `make fuzz` 100,000, others each time.
"""

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import helpers
from helpers import datasets, learning
from helpers.learning import Descent, DescentInTurn, TrainingRun
from tests.support.fuzzing import (
    SEEDS,
    SPOILING,
    Function,
    Refused,
    answer,
    share_of_calls,
    size,
    spoiled,
    table,
    tally,
)
from tests.support.spoiling import NoNumbers, plain, shape_of


def close(found: Any, wanted: Any) -> None:
    """Of what overflows, only that it is not finite is compared: plain loops and NumPy add up in other orders."""
    found, wanted = np.asarray(found, float), np.asarray(wanted, float)
    assert found.shape == wanted.shape
    small = np.isfinite(wanted) & (np.abs(wanted) < 1e100)
    np.testing.assert_allclose(found[small], wanted[small], rtol=1e-6, atol=1e-9)


def has_diverged(weights: list) -> bool:
    """Whether they grow to infinity: where exactly they arrive there depends on the order of adding up."""
    return not np.abs(weights).max() < 1e100


def dot(a: list, b: list) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def deltas_of(weights: list, inputs: list, targets: list) -> list:
    return [dot(row, inputs) - target for row, target in zip(weights, targets, strict=True)]


def rows_of_weights(weights: Any, n_out: int, n_in: int) -> list:
    """A flat list serves where one side is 1."""
    if shape_of(weights) == (n_out * n_in,) and 1 in (n_out, n_in):
        return [weights[j * n_in : (j + 1) * n_in] for j in range(n_out)]
    assert shape_of(weights) == (n_out, n_in)
    return weights


def learnt_by_hand(examples: list, weights: list, alpha: float, frozen: tuple = ()) -> list:
    """The weights after one step on each of the examples, (inputs, targets)."""
    weights = [list(row) for row in weights]
    for inputs, targets in examples:
        for row, delta in zip(weights, deltas_of(weights, inputs, targets)):
            for i, value in enumerate(inputs):
                if i not in frozen:
                    row[i] -= alpha * delta * value
    return weights


def one_example(chance: np.random.Generator) -> dict[str, Any]:
    n_in, n_out = size(chance), size(chance)
    return {
        "inputs": table(chance, n_in), "targets": table(chance, n_out), "weights": table(chance, n_out, n_in),
        "alpha": 0.05, "iterations": int(chance.integers(4)), "frozen": chance.permutation(n_in)[: size(chance) - 1],
    }  # fmt: skip


def is_descent(run: Descent, inputs, targets, weights, alpha, iterations, frozen) -> None:
    inputs, targets, frozen = plain(inputs), plain(targets), [int(column) for column in frozen]
    weights = rows_of_weights(plain(weights), len(targets), len(inputs))
    close(run.weights[0], weights)
    assert len(run) == iterations and all(0 <= column < len(inputs) for column in frozen)
    for step in run:
        deltas = deltas_of(weights, inputs, targets)
        close(step.errors, [delta * delta for delta in deltas])
        weights = learnt_by_hand([(inputs, targets)], weights, float(alpha), frozen)
        if has_diverged(weights):
            return
        close(step.new_weights, weights)


def several_examples(chance: np.random.Generator) -> dict[str, Any]:
    n, n_in, n_out = size(chance), size(chance), size(chance)
    return {
        "inputs": table(chance, n, n_in), "targets": table(chance, n, n_out), "weights": table(chance, n_out, n_in),
        "alpha": 0.05, "updates": int(chance.integers(5)), "frozen": chance.permutation(n_in)[: size(chance) - 1],
    }  # fmt: skip


def columns_of(targets: Any) -> list:
    return [row if isinstance(row, list) else [row] for row in plain(targets)]


def is_descent_in_turn(run: DescentInTurn, inputs, targets, weights, alpha, updates, frozen) -> None:
    inputs, targets, frozen = plain(inputs), columns_of(targets), [int(column) for column in frozen]
    weights = rows_of_weights(plain(weights), len(targets[0]), len(inputs[0]))
    assert len(run) == updates and len(inputs) == len(targets)
    for i in range(updates):
        errors = [dot(each, each) for each in (deltas_of(weights, x, true) for x, true in zip(inputs, targets))]
        close(run.errors[i], errors)
        example = i % len(inputs)
        weights = learnt_by_hand([(inputs[example], targets[example])], weights, float(alpha), frozen)
        if has_diverged(weights):
            return
        close(run.weights[i + 1], weights)


def without(arguments: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in names}


def is_best(best: np.ndarray, inputs, targets, weights, frozen) -> None:
    inputs, targets, frozen = plain(inputs), columns_of(targets), [int(column) for column in frozen]
    start = rows_of_weights(plain(weights), len(targets[0]), len(inputs[0]))
    assert np.isfinite(best).all()
    close(best[:, frozen], np.array(start)[:, frozen])
    if max(np.abs(each).max() for each in (inputs, targets, start)) < 1e3:
        for j, i in np.ndindex(best.shape):
            if i not in frozen:  # there is nothing to gain along it
                slope = sum(x[i] * (dot(best[j].tolist(), x) - true[j]) for x, true in zip(inputs, targets))
                assert abs(slope) < 1e-4 * (1 + np.abs(best).max()) * (1 + np.abs(inputs).max()) ** 2


def is_limit(limit: float, inputs, frozen) -> None:
    free = [x for i, x in enumerate(plain(inputs)) if i not in [int(column) for column in frozen]]
    squares = dot(free, free)
    if squares < 1e-300:
        assert limit > 1e100
    else:
        close(limit, 2 / squares)


def is_limit_in_turn(limit: float, inputs, frozen) -> None:
    frozen = [int(column) for column in frozen]
    rows = [[x for i, x in enumerate(row) if i not in frozen] for row in plain(inputs)]
    squares = [dot(row, row) for row in rows if dot(row, row) > 0]
    assert limit == math.inf if not squares else 1.99 / max(squares) <= limit <= 2.01 / min(squares)


STEP = helpers.gradient_descent([2.0, -1.0, 0.5], [1.0, 0.0], [[0.1, 0.2, 0.3], [0.0, -0.1, 0.4]], 0.1, 1)[0]


def is_error_along(errors: np.ndarray, step, output, column, values) -> None:
    weights = [list(row) for row in step.weights.tolist()]
    found = []
    for value in np.ravel(plain(values)).tolist():
        weights[output][column] = value
        delta = dot(weights[output], step.inputs.tolist()) - step.targets.tolist()[output]
        found.append(delta * delta)
    assert np.shape(errors) == shape_of(plain(values))
    close(np.ravel(errors), found)


def images_and_targets(chance: np.random.Generator) -> dict[str, Any]:
    n, n_in, n_out = int(chance.integers(1, 9)), size(chance), int(chance.integers(2, 5))
    return {
        "images": np.round(chance.random((n, n_in)), 2), "targets": np.eye(n_out)[chance.integers(n_out, size=n)],
        "weights": table(chance, n_out, n_in), "alpha": 0.05, "iterations": int(chance.integers(4)),
    }  # fmt: skip


def evaluated_by_hand(weights: list, images: list, targets: list) -> tuple[float, float]:
    error, hits = 0.0, 0
    for image, target in zip(images, targets, strict=True):
        preds = [dot(row, image) for row in weights]
        error += sum((pred - true) * (pred - true) for pred, true in zip(preds, target, strict=True))
        is_answer = all(map(math.isfinite, preds)) and target.count(max(target)) == 1
        hits += is_answer and preds.index(max(preds)) == target.index(max(target))
    return error / len(images), hits / len(images)


def close_accuracy(found: float, wanted: float, weights: list) -> None:
    if np.abs(weights).max() < 1e6:  # else it depends on the order of adding up which pred is the largest
        assert found == pytest.approx(wanted)
    assert 0 <= found <= 1


def is_training(run: TrainingRun, images, targets, weights, alpha, iterations) -> None:
    images, targets, given = plain(images), plain(targets), (images, targets)
    weights = rows_of_weights(plain(weights), len(targets[0]), len(images[0]))
    for each in given:  # What the record says was worked out from what was given at the time.
        if isinstance(each, np.ndarray) and each.flags.writeable:
            each[:] = 0
    with pytest.raises(ValueError, match="read-only"):
        run.weights[:] = 0
    for errors, accuracies, after in zip(run.errors, run.accuracies, run.weights[1:], strict=True):
        weights = learnt_by_hand(list(zip(images, targets, strict=True)), weights, float(alpha))
        if has_diverged(weights):
            return
        close(after, weights)
        error, accuracy = evaluated_by_hand(after.tolist(), images, targets)
        close(errors, error)
        close_accuracy(accuracies, accuracy, after.tolist())


def is_evaluation(found: tuple, weights, images, targets) -> None:
    weights, images, targets = plain(weights), plain(images), plain(targets)
    networks, errors, accuracies = [weights], [found[0]], [found[1]]
    if len(shape_of(weights)) == 3:
        networks, (errors, accuracies) = weights, found
    for network, error, accuracy in zip(networks, errors, accuracies, strict=True):
        wanted = evaluated_by_hand(network, images, targets)
        close(error, wanted[0])
        close_accuracy(accuracy, wanted[1], network)


def are_answers(found: np.ndarray, weights, images) -> None:
    weights = plain(weights)
    for place, image in zip(found, plain(images), strict=True):
        preds = [dot(row, image) for row in weights]
        if not all(map(math.isfinite, preds)):
            assert place == learning.NO_ANSWER
        elif np.abs(preds).max() < 1e6:
            assert preds[place] == pytest.approx(max(preds))


def labels_and_answers(chance: np.random.Generator) -> dict[str, Any]:
    n = size(chance)
    return {"labels": chance.integers(0, 10, n), "given": chance.integers(-1, 10, n)}


def is_confusion_matrix(counts: np.ndarray, labels, given) -> None:
    pairs = Counter(zip(map(int, labels), map(int, given), strict=True))
    assert counts.tolist() == [[pairs[row, column] for column in range(10)] for row in range(10)]


def are_accuracies(shares: np.ndarray, labels, given) -> None:
    for digit, share in enumerate(shares):
        own = [answer for label, answer in zip(labels, given, strict=True) if label == digit]
        assert math.isnan(share) if not own else share == own.count(digit) / len(own)


def is_one_hot(rows: np.ndarray, labels, n) -> None:
    assert rows.tolist() == [[float(place == label) for place in range(int(n))] for label in labels]


def is_image_of_mnist(image: np.ndarray, drawing) -> None:
    assert image.shape == (784,) and image.min() >= 0 and image.max() <= 1 + 1e-9
    assert bool(image.any()) == any(round(float(x) * 255) > 0 for x in np.ravel(plain(drawing)))


NUMBERS = {
    "gradient_descent": Function(helpers.gradient_descent, one_example, is_descent),
    "gradient_descent_in_turn": Function(helpers.gradient_descent_in_turn, several_examples, is_descent_in_turn),
    "largest_stable_alpha": Function(
        helpers.largest_stable_alpha,
        lambda chance: without(one_example(chance), "targets", "weights", "alpha", "iterations"), is_limit,
    ),
    "largest_stable_alpha_in_turn": Function(
        helpers.largest_stable_alpha_in_turn,
        lambda chance: without(several_examples(chance), "targets", "weights", "alpha", "updates"), is_limit_in_turn,
    ),
    "least_error_weights": Function(
        helpers.least_error_weights, lambda chance: without(several_examples(chance), "alpha", "updates"), is_best
    ),
    "error_along": Function(
        helpers.error_along,
        lambda chance: {"step": STEP, "output": 1, "column": 2, "values": table(chance, size(chance))}, is_error_along,
    ),
    "stochastic_gradient_descent": Function(helpers.stochastic_gradient_descent, images_and_targets, is_training),
    "one_image_at_a_time": Function(helpers.one_image_at_a_time, images_and_targets, is_training),
    "evaluate": Function(
        helpers.evaluate, lambda chance: without(images_and_targets(chance), "alpha", "iterations"), is_evaluation
    ),
    "answers": Function(
        learning.answers, lambda chance: without(images_and_targets(chance), "alpha", "iterations", "targets"),
        are_answers,
    ),
    "confusion_matrix": Function(learning.confusion_matrix, labels_and_answers, is_confusion_matrix),
    "accuracy_per_digit": Function(learning.accuracy_per_digit, labels_and_answers, are_accuracies),
    "one_hot": Function(
        helpers.one_hot, lambda chance: {"labels": chance.integers(0, 4, size(chance)), "n": 4}, is_one_hot
    ),
    "as_mnist": Function(
        datasets.as_mnist, lambda chance: {"drawing": chance.random((size(chance), size(chance)))}, is_image_of_mnist
    ),
}  # fmt: skip


@share_of_calls("numbers")
@given(name=st.sampled_from(sorted(NUMBERS)), seed=SEEDS, ways=SPOILING)
def test_a_function_gives_a_right_answer_or_a_sentence(name, seed, ways):
    function, make, is_right = NUMBERS[name]
    arguments = spoiled(make(np.random.default_rng(seed)), ways)
    try:
        found = answer(function, arguments)
    except Refused:
        assert ways, "sensible arguments are refused"
        tally["refused"] += 1
        return
    tally["answered"] += 1
    try:
        is_right(found, **arguments)
    except NoNumbers:
        pytest.fail("what is no number was taken for one")
