"""What the chapter claims, each checked on data, against references written here rather than in `helpers`."""

import numpy as np
import pytest

import helpers
from helpers.datasets import season
from tests.support.lesson import INPUTS, OUTCOMES, START, TABLE

TRUE = 1
FIRST_GAMES = [
    ([toes, record, fans], won)
    for toes, record, fans, won in zip(season.toes, season.record, season.fans, season.won, strict=True)
]


def error(inputs, true, weights):
    return (sum(value * weight for value, weight in zip(inputs, weights, strict=True)) - true) ** 2


def slope(inputs, true, weights, i, tiny=1e-5):
    """Of the error over weight i, measured on both sides of where it is."""
    up, down = ([w + (k == i) * move for k, w in enumerate(weights)] for move in (tiny, -tiny))
    return (error(inputs, true, up) - error(inputs, true, down)) / (2 * tiny)


def learn(inputs, true, weights, alpha, iterations, frozen=()):
    """Plain lists: (weights, error before each update)."""
    weights, errors = list(weights), []
    for _ in range(iterations):
        delta = sum(value * weight for value, weight in zip(inputs, weights, strict=True)) - true
        errors.append(delta**2)
        weights = [
            weight if i in frozen else weight - alpha * delta * value
            for i, (weight, value) in enumerate(zip(weights, inputs, strict=True))
        ]
    return weights, errors


def one_step(inputs, targets, weights, alpha=0.01):
    return helpers.gradient_descent(inputs, targets, weights, alpha, 1)[0]


# Several inputs


@pytest.mark.parametrize(("inputs", "true"), FIRST_GAMES)
def test_one_delta_times_its_own_input_is_each_weights_delta(inputs, true):
    step = one_step(inputs, [true], START)
    for i, value in enumerate(inputs):
        assert step.weight_deltas[0, i] == pytest.approx(step.deltas[0] * value)
        assert step.weight_deltas[0, i] == pytest.approx(slope(inputs, true, START, i) / 2, rel=1e-6)


def test_scaling_a_larger_input_takes_a_larger_step():
    steps = [abs(one_step([value, 1], [5], [0.1, 0.1]).weight_deltas[0, 0]) for value in (0.5, 1, 2, 4)]
    assert steps == sorted(steps) and steps[0] < steps[-1]


def test_negative_reversal_a_negative_input_turns_the_step_round():
    below, above = (one_step([value, 1], [5], [0, 0.1]).weight_deltas[0, 0] for value in (-2, 2))
    assert below == -above != 0


def test_stopping_behind_an_input_of_0_nothing_moves():
    step = one_step([0, 1], [5], [0.3, 0.1])
    assert step.weight_deltas[0, 0] == 0 and step.new_weights[0, 0] == 0.3 != step.new_weights[0, 1]


@pytest.mark.parametrize(("inputs", "true"), FIRST_GAMES)
def test_most_of_the_learning_happens_behind_the_largest_input(inputs, true):
    weights, _ = learn(inputs, true, START, 0.01, 3)
    run = helpers.gradient_descent(inputs, [true], START, 0.01, 3)
    moved = np.abs(run.weights[-1, 0] - START)
    np.testing.assert_allclose(run.weights[-1, 0], weights, rtol=1e-12)
    assert moved.argmax() == np.argmax(inputs) and moved.max() > 0.8 * moved.sum()


def test_normalised_inputs_share_the_learning_and_bear_alpha_0_1():
    normalised = [values[0] / max(values) for values in (season.toes, season.record, season.fans)]
    run = helpers.gradient_descent(normalised, [TRUE], START, 0.1, 200)
    moved = np.abs(run.weights[-1, 0] - START)
    assert moved.max() < 0.45 * moved.sum() and run.errors[-1, 0] < 1e-12


@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.0134, 0.0269, 0.0271, 0.1])
def test_each_step_multiplies_delta_by_1_less_alpha_times_the_squared_length(alpha):
    factor = 1 - alpha * sum(value**2 for value in INPUTS)
    deltas = helpers.gradient_descent(INPUTS, [TRUE], START, alpha, 4).deltas[:, 0]
    np.testing.assert_allclose(deltas[1:] / deltas[:-1], factor, rtol=1e-5)


@pytest.mark.parametrize(("inputs", "true"), FIRST_GAMES)
def test_learning_converges_exactly_below_2_over_the_squared_length_and_lands_at_half_of_it(inputs, true):
    limit = 2 / sum(value**2 for value in inputs)
    assert helpers.largest_stable_alpha(inputs) == pytest.approx(limit)
    for alpha, learns in ((0.98 * limit, True), (1.02 * limit, False), (-0.02 * limit, False)):
        errors = helpers.gradient_descent(inputs, [true], START, alpha, 200).errors[:, 0]
        assert (errors[-1] < errors[0] / 100) == learns and (errors[-1] > errors[0] * 100) == (not learns)
    assert helpers.gradient_descent(inputs, [true], START, limit / 2, 2).errors[1, 0] < 1e-25
    if (inputs, true) == FIRST_GAMES[0]:
        assert limit == pytest.approx(0.026986, abs=5e-7)


# A frozen weight


def test_with_toes_frozen_the_error_still_goes_to_0():
    run = helpers.gradient_descent(INPUTS, [TRUE], START, 0.3, 60, frozen=[0])
    weights, errors = learn(INPUTS, TRUE, START, 0.3, 60, frozen=[0])
    np.testing.assert_allclose(run.weights[-1, 0], weights, rtol=1e-12)
    np.testing.assert_allclose(run.errors[:, 0], errors, rtol=1e-6, atol=1e-20)
    assert (run.weights[:, 0, 0] == START[0]).all() and errors[-1] < 1e-20 < errors[0]


def test_unfreezing_toes_afterwards_does_not_move_it():
    learnt, _ = learn(INPUTS, TRUE, START, 0.3, 200, frozen=[0])
    after = helpers.gradient_descent(INPUTS, [TRUE], learnt, 0.01, 50)
    np.testing.assert_allclose(after.weights[-1, 0], learnt, rtol=0, atol=1e-12)
    assert abs(after.deltas[0, 0]) < 1e-12


# The error surface


@pytest.mark.parametrize("frozen", [[], [0]])
def test_each_curve_is_a_slice_of_the_one_error_surface(frozen):
    run = helpers.gradient_descent(INPUTS, [TRUE], START, 0.01, 4, frozen)
    for step in run:
        for i in range(3):
            for value in (-0.5, 0.1, 0.7):
                there = [value if k == i else weight for k, weight in enumerate(step.weights[0])]
                surface = error(INPUTS, TRUE, there)
                assert helpers.error_along(step, 0, i, np.array(value)) == pytest.approx(surface, rel=1e-9, abs=1e-12)


def test_equal_weights_have_equal_error_however_they_were_reached():
    steps, _ = learn(INPUTS, TRUE, START, 0.005, 40)
    by_steps = helpers.gradient_descent(INPUTS, [TRUE], steps, 0, 1)[0]
    at_once = helpers.gradient_descent(INPUTS, [TRUE], START, (1 - (1 - 0.005 * 74.1125) ** 40) / 74.1125, 1)[0]
    np.testing.assert_allclose(at_once.new_weights[0], steps, rtol=1e-9)
    assert error(INPUTS, TRUE, at_once.new_weights[0]) == pytest.approx(by_steps.errors[0], rel=1e-3, abs=1e-15)


# Several outputs


def test_with_one_input_each_output_has_its_own_delta_times_that_input():
    step = one_step([0.65], OUTCOMES, [0.3, 0.2, 0.9], alpha=0.1)
    for j, (weight, true) in enumerate(zip([0.3, 0.2, 0.9], OUTCOMES, strict=True)):
        delta = 0.65 * weight - true
        assert step.weight_deltas[j, 0] == pytest.approx(delta * 0.65)
        assert step.new_weights[j, 0] == pytest.approx(weight - 0.1 * delta * 0.65)


def test_with_several_of_both_every_output_learns_as_if_it_were_alone():
    step = one_step(INPUTS, OUTCOMES, TABLE)
    for j, (row, true) in enumerate(zip(TABLE, OUTCOMES, strict=True)):
        new, errors = learn(INPUTS, true, row, 0.01, 1)
        np.testing.assert_allclose(step.new_weights[j], new, rtol=1e-12)
        assert step.errors[j] == pytest.approx(errors[0])
        for i in range(3):
            assert step.weight_deltas[j, i] == pytest.approx(slope(INPUTS, true, row, i) / 2, rel=1e-6)


# Digits


@pytest.fixture(scope="module")
def mnist():
    return helpers.load_mnist(), helpers.load_mnist("test")


def trained(mnist, alpha, passes):
    images, labels = mnist[0]
    return helpers.stochastic_gradient_descent(images, np.eye(10)[labels], np.zeros((10, 784)), alpha, passes)


def accuracy(weights, images, labels):
    return np.mean([np.argmax(weights @ image) == label for image, label in zip(images, labels, strict=True)])


def likeness(weights, images, labels):
    """For each digit, how much its weights look like it: correlation with its mean image less the mean of all."""
    means = [images[labels == digit].mean(axis=0) - images.mean(axis=0) for digit in range(10)]
    return np.array([np.corrcoef(pair)[0, 1] for pair in zip(weights, means, strict=True)])


def test_on_mnist_the_error_falls(mnist):
    errors = trained(mnist, 0.001, 20).errors
    assert (np.diff(errors) < 0).all() and errors[-1] < 0.7 * errors[0]


def test_each_outputs_weights_come_to_look_like_its_digit(mnist):
    clear, ragged, noisy = (
        likeness(trained(mnist, alpha, passes).weights[-1], *mnist[0])
        for alpha, passes in ((0.0001, 3), (0.001, 10), (0.005, 10))
    )
    assert clear.min() > 0.6
    assert clear.mean() > ragged.mean() + 0.1 and ragged.mean() > noisy.mean() + 0.1


def test_meanwhile_training_accuracy_rises_and_test_accuracy_falls_in_the_end(mnist):
    weights = [trained(mnist, alpha, passes).weights[-1] for alpha, passes in ((0.0001, 3), (0.001, 10), (0.005, 10))]
    training, test = ([accuracy(each, *part) for each in weights] for part in mnist)
    assert training == sorted(training) and training[0] < training[-1]
    assert test[2] < test[1]


def test_bright_where_a_pixel_speaks_for_the_digit_and_neutral_where_none_ever_spoke(mnist):
    (images, labels), _ = mnist
    weights = trained(mnist, 0.0001, 3).weights[-1]
    for digit in range(10):
        more_ink = images[labels == digit].mean(axis=0) - images[labels != digit].mean(axis=0)
        strongest = np.abs(weights[digit]) > np.quantile(np.abs(weights[digit]), 0.9)
        assert np.mean(np.sign(weights[digit, strongest]) == np.sign(more_ink[strongest])) > 0.9
    assert (weights[:, images.max(axis=0) == 0] == 0).all()


def test_more_passes_raise_training_accuracy_and_lower_test_accuracy(mnist):
    run = trained(mnist, 0.001, 100)
    (training_10, training_100), (test_10, test_100) = (
        [accuracy(run.weights[passes], *part) for passes in (10, 100)] for part in mnist
    )
    assert training_100 > training_10 + 0.05 and test_100 < test_10 - 0.02


# Dot products


def test_a_dot_product_is_a_loose_measure_of_similarity(mnist):
    a, b, c, d = [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0.5, 0, 0.5, 0]
    assert [error(first, 0, second) ** 0.5 for first, second in ((a, b), (b, c), (b, d), (c, d))] == [0, 1, 1, 0.5]
    (images, labels), _ = mnist
    weights = trained(mnist, 0.0001, 3).weights[-1]
    scores = np.array([images[labels == digit].mean(axis=0) @ weights.T for digit in range(10)])
    assert (scores.argmax(axis=1) == range(10)).all()
    two = images[5]
    assert labels[5] == 2 and two @ weights[2] > 10 * abs(two @ weights[1])
