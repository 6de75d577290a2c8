"""What the chapter claims, each checked on data, against references written here rather than in `helpers`."""

import numpy as np
import pytest

import helpers
from helpers.datasets import as_mnist, season
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


# 3_multiple_outputs


@pytest.mark.parametrize("alpha", [0.005, 0.01, 0.02, 0.0265])
def test_each_row_is_learnt_as_if_alone_and_the_largest_weight_delta_stays_the_largest(alpha):
    run = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, alpha, 10)
    for j, (row, true) in enumerate(zip(TABLE, OUTCOMES, strict=True)):
        weights, errors = learn(INPUTS, true, row, alpha, 10)
        np.testing.assert_allclose(run.weights[-1, j], weights, rtol=1e-9)
        np.testing.assert_allclose(run.errors[:, j], errors, rtol=1e-6)
    sizes = np.abs(run.weight_deltas).reshape(10, 9)
    np.testing.assert_allclose(sizes[1:] / sizes[:-1], abs(1 - alpha * np.dot(INPUTS, INPUTS)), rtol=1e-6)
    assert (sizes.argmax(axis=1) == 6).all()  # of sad, from toes


def test_an_input_of_0_stops_its_column_and_a_negative_one_turns_it_round():
    stopped = helpers.gradient_descent([8.5, 0, 1.2], OUTCOMES, TABLE, 0.01, 30)
    assert (stopped.weights[:, :, 1] == np.array(TABLE)[:, 1]).all() and stopped.errors[-1].max() < 1e-9
    signs = np.sign(one_step([8.5, -0.65, 1.2], OUTCOMES, TABLE).weight_deltas)
    assert (signs == signs[:, :1] * [1, -1, 1]).all()


def test_with_the_inputs_first_learning_gets_stuck_and_gives_what_the_lab_text_draws():
    right = wrong = np.array(TABLE)
    for _ in range(500):
        right = right - 0.01 * np.outer(right @ INPUTS - OUTCOMES, INPUTS)
        wrong = wrong - 0.01 * np.outer(INPUTS, wrong @ INPUTS - OUTCOMES)
    assert np.sum((right @ INPUTS - OUTCOMES) ** 2) < 1e-20
    assert np.sum((wrong @ INPUTS - OUTCOMES) ** 2) == pytest.approx(0.632674, abs=1e-6)
    deltas = TABLE @ np.array(INPUTS) - OUTCOMES
    np.testing.assert_allclose((TABLE - 0.01 * np.outer(INPUTS, deltas))[1], [0.0970425, 0.20013, -0.0056225])
    np.testing.assert_allclose(one_step(INPUTS, OUTCOMES, TABLE).new_weights[:, 1], [0.0970425, 0.20013, 1.2943775])
    assert deltas[1] ** 2 == pytest.approx(0.0004)


def test_an_array_of_another_shape_is_not_subtracted():
    with pytest.raises(ValueError, match="shape"):
        np.zeros((2, 3)) - np.zeros((3, 2))


# 2_freezing_one_weight


def test_a_frozen_weights_curve_keeps_its_shape_and_slides_until_its_lowest_point_is_under_the_dot():
    run = helpers.gradient_descent(INPUTS, [TRUE], START, 0.3, 20, frozen=[0])
    lowest = []
    for weights in run.weights[[0, 2, 19], 0]:
        there = (TRUE - np.dot(INPUTS[1:], weights[1:])) / INPUTS[0]
        assert error(INPUTS, TRUE, [there, *weights[1:]]) == pytest.approx(0, abs=1e-30)
        assert error(INPUTS, TRUE, [there + 0.01, *weights[1:]]) == pytest.approx(0.085**2)
        lowest.append(round(there, 4))
    assert lowest == [0.1165, 0.1032, 0.1]


def bowl(games, free):
    """How sharply the summed error bends, least first, along the directions of the weights that may learn."""
    return np.linalg.eigvalsh(np.array(games)[:, free].T @ np.array(games)[:, free])


def in_turn(games, weights, alpha, rounds, frozen=()):
    """Plain lists: the weights after so many rounds, one update on each game."""
    for _ in range(rounds):
        for inputs, true in games:
            weights, _ = learn(inputs, true, weights, alpha, 1, frozen)
    return weights


def test_one_game_makes_a_valley_and_several_a_bowl():
    inputs = [game for game, _ in FIRST_GAMES]
    assert abs(bowl(inputs[:1], [1, 2])[0]) < 1e-12
    assert bowl(inputs[::2], [1, 2])[0] > 0.1 and bowl(inputs, [1, 2])[0] > 0.1
    along, across = np.array([1.2, -0.65]), np.array([0.65, 1.2])
    run = helpers.gradient_descent(INPUTS, [TRUE], START, 0.3, 3, frozen=[0])
    assert np.dot(along, INPUTS[1:]) == pytest.approx(0)
    assert np.allclose(np.diff(run.weights[:, 0, 1:], axis=0) @ along, 0)
    assert (np.diff(run.weights[:, 0, 1:], axis=0) @ across > 0).all()


@pytest.mark.parametrize(("games", "reaches_0"), [(slice(0, 1), True), (slice(0, 3, 2), True), (slice(0, 4), False)])
def test_a_late_weight_stays_only_if_the_others_have_brought_every_games_error_to_0(games, reaches_0):
    largest = np.max([inputs for inputs, _ in FIRST_GAMES], axis=0)
    chosen = [(np.divide(inputs, largest), true) for inputs, true in FIRST_GAMES[games]]
    frozen = in_turn(chosen, START, 0.3, 1000, frozen=[0])
    freed = in_turn(chosen, frozen, 0.3, 250)
    before, after = (sum(error(*game, weights) for game in chosen) for weights in (frozen, freed))
    if reaches_0:
        assert before < 1e-15 and freed[0] == pytest.approx(START[0])
        return
    assert (round(before, 3), round(after, 3), round(freed[0], 2)) == (0.176, 0.024, -1.63)
    moved_alone = sum(error(*game, [0, *frozen[1:]]) for game in chosen)
    assert moved_alone < before - 0.03  # the lowest point of its curve is elsewhere


def test_no_weights_suit_all_four_games_and_a_smaller_alpha_ends_nearer_to_the_compromise():
    inputs = np.array([game for game, _ in FIRST_GAMES]) / np.max([game for game, _ in FIRST_GAMES], axis=0)
    true = np.array(season.won)
    (of_all,), (of_two,) = (
        np.linalg.lstsq(inputs[:, free], true - inputs @ fixed)[1]
        for free, fixed in (([0, 1, 2], [0, 0, 0]), ([1, 2], [START[0], 0, 0]))
    )
    assert (round(of_all, 3), round(of_two, 3)) == (0.016, 0.145)
    settled = [
        in_turn(list(zip(inputs, true)), START, alpha, rounds, [0]) for alpha, rounds in ((0.3, 250), (0.1, 750))
    ]
    far, near = (np.sum((inputs @ weights - true) ** 2) for weights in settled)
    assert of_two < near < of_two + 0.005 < far


# 1_multiple_inputs

NORMALISED = [values[0] / max(values) for values in (season.toes, season.record, season.fans)]


@pytest.mark.parametrize(("alpha", "factor"), [(0, 1), (0.02, 0.5), (0.04, 0), (0.06, -0.5), (0.08, -1), (0.1, -1.5)])
def test_with_inputs_3_and_4_delta_shrinks_lands_stays_as_large_or_grows(alpha, factor):
    _, errors = learn([3, 4], 5, [0, 0], alpha, 3)
    assert errors == pytest.approx([25 * factor ** (2 * k) for k in range(3)])


def test_each_step_multiplies_the_error_by_the_square_of_deltas_factor():
    for alpha in (0.001, 0.01, 0.1):
        _, errors = learn(INPUTS, TRUE, START, alpha, 4)
        ratios = np.array(errors[1:]) / errors[:-1]
        np.testing.assert_allclose(ratios, (1 - alpha * 74.1125) ** 2, rtol=1e-6)


@pytest.mark.parametrize(("alpha", "iterations"), [(0.01, 3), (0.01, 30), (0.001, 3), (0.026, 10)])
def test_the_inputs_alone_share_out_the_moving(alpha, iterations):
    for inputs in (INPUTS, [8.5, 0.65, 1200], NORMALISED):
        step = alpha * 74.1125 / np.dot(inputs, inputs)
        moved = np.abs(np.subtract(learn(inputs, TRUE, START, step, iterations)[0], START))
        np.testing.assert_allclose(moved / moved.sum(), np.array(inputs) / sum(inputs), rtol=1e-6)
    assert 1200 / sum([8.5, 0.65, 1200]) > 0.99


def test_three_normalised_inputs_have_a_limit_of_two_thirds_or_more():
    assert np.dot(NORMALISED, NORMALISED) == pytest.approx(2.11, abs=0.005)
    assert max(NORMALISED) <= 1 and helpers.largest_stable_alpha([1, 1, 1]) == pytest.approx(2 / 3)
    assert helpers.largest_stable_alpha(NORMALISED) > 2 / 3


def test_where_one_weight_is_at_its_bottom_the_others_stay():
    at_bottom = [START[0] - (np.dot(INPUTS, START) - TRUE) / INPUTS[0], *START[1:]]
    np.testing.assert_allclose(learn(INPUTS, TRUE, at_bottom, 0.01, 30)[0], at_bottom, rtol=1e-9)


def test_a_smaller_input_makes_its_curve_flatter_and_an_input_of_0_makes_it_flat():
    slopes = [abs(slope([value, 0.65, 1.2], TRUE, START, 0) - slope([value, 0.65, 1.2], TRUE, [1.1, 0.2, -0.1], 0))
              for value in (8.5, 1, 0)]  # fmt: skip
    assert slopes == pytest.approx([2 * 8.5**2, 2, 0], abs=1e-5)


# 4_mnist


@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.03])
def test_a_step_on_one_image_moves_the_outputs_for_another_by_what_they_have_in_common(mnist, alpha):
    (images, labels), _ = mnist
    for a, b in ((0, 47), (0, 7), (5, 756)):
        weights = trained(mnist, 0.001, 1).weights[-1]
        delta = weights @ images[a] - np.eye(10)[labels[a]]
        moved = (weights - alpha * np.outer(delta, images[a])) @ images[b] - weights @ images[b]
        shared = sum(pixel * other for pixel, other in zip(images[a], images[b], strict=True))
        np.testing.assert_allclose(moved, -alpha * delta * shared, rtol=1e-9)
    assert (images @ images.T).min() > 0


def test_the_images_limits_tell_where_learning_diverges(mnist):
    squares = (mnist[0][0] ** 2).sum(axis=1)
    assert squares.max() == pytest.approx(214.5, abs=0.05) and squares.mean() == pytest.approx(85.9, abs=0.05)
    shares = [np.mean(alpha * squares > 2) for alpha in (0.0093, 0.01, 0.02, 0.03)]
    assert shares == pytest.approx([0, 0.001, 0.3, 0.71])
    assert trained(mnist, 2 / squares.max(), 100).errors.max() < 1
    assert trained(mnist, 0.02, 100).errors.max() < 6
    assert trained(mnist, 0.022, 10).errors[-1] > 1e9


def test_the_order_of_the_images_matters_little(mnist):
    (images, labels), test = mnist
    for seed in range(5):
        rng, weights = np.random.default_rng(seed), np.zeros((10, 784))
        for _ in range(10):
            order = rng.permutation(1000)
            run = helpers.stochastic_gradient_descent(images[order], np.eye(10)[labels[order]], weights, 0.001, 1)
            weights = run.weights[-1]
        assert 0.80 < accuracy(weights, *test) < 0.815


def test_what_is_read_without_any_gradient_descent(mnist):
    (images, labels), (test_images, test_labels) = mnist
    means = np.array([images[labels == digit].mean(axis=0) for digit in range(10)])
    nearest = ((means**2).sum(axis=1) - 2 * test_images @ means.T).argmin(axis=1)
    assert np.mean(nearest == test_labels) == pytest.approx(0.7655) and np.mean(test_labels == 1) == 0.1135


def test_which_images_are_read_rightly_and_where(mnist):
    _, (images, labels) = mnist
    tried = {alpha: trained(mnist, alpha, 100).weights[1:] for alpha in (0.0001, 0.001, 0.005, 0.01, 0.015, 0.02)}
    answers = np.array([(weights @ images[8]).argmax(axis=1) for weights in tried.values()])
    assert np.mean(answers == 4) > 0.9 and not (answers == 5).any()
    assert labels[8] == labels[15] == 5 and (tried[0.005][29] @ images[15]).argmax() == 5
    assert labels[3] == (tried[0.001][9] @ images[3]).argmax() == 0 != (tried[0.02][9] @ images[3]).argmax()
    more, of_more = helpers.load_mnist(count=10_000)
    run = helpers.stochastic_gradient_descent(more, np.eye(10)[of_more], np.zeros((10, 784)), 0.001, 10)
    assert (run.weights[-1] @ images[8]).argmax() == 5


def test_the_thousand_images_cannot_be_fitted_exactly(mnist):
    (images, labels), _ = mnist
    assert np.linalg.matrix_rank(images) == 590
    fitted = images @ np.linalg.lstsq(images, np.eye(10)[labels], rcond=None)[0]
    assert np.mean((fitted - np.eye(10)[labels]) ** 2) > 0.005


def test_a_small_alpha_overfits_late(mnist):
    weights = trained(mnist, 0.0001, 100).weights
    after = {passes: accuracy(weights[passes], *mnist[1]) for passes in (10, 50, 91, 100)}
    assert after[10] < after[50] < after[91] == pytest.approx(0.81, abs=5e-4) and after[100] < after[91]


def test_chosen_by_200_images_and_tested_once(mnist):
    (images, labels), test = mnist
    run = helpers.stochastic_gradient_descent(images[:800], np.eye(10)[labels[:800]], np.zeros((10, 784)), 0.001, 100)
    validation = [accuracy(run.weights[passes], images[800:], labels[800:]) for passes in (1, 3, 10, 30, 100)]
    assert np.argmax(validation) == 1 and validation[1] == 0.845
    assert accuracy(run.weights[3], *test) == pytest.approx(0.81, abs=5e-4)


def test_with_more_images_the_gap_closes(mnist):
    found = []
    for count in (1000, 3000, 10_000):
        images, labels = helpers.load_mnist(count=count)
        run = helpers.stochastic_gradient_descent(images, np.eye(10)[labels], np.zeros((10, 784)), 0.001, 10)
        found.append([run.accuracies[-1], accuracy(run.weights[-1], *mnist[1])])
    np.testing.assert_allclose(found, [[0.896, 0.806], [0.883, 0.828], [0.854, 0.830]], atol=5e-4)


# 5_visualizing_weights


def learnt_from(count, alpha, passes):
    """The weights (passes + 1, 10, 784) of the first so many training images."""
    images, labels = helpers.load_mnist(count=count)
    return helpers.stochastic_gradient_descent(images, np.eye(10)[labels], np.zeros((10, 784)), alpha, passes).weights


def test_weights_that_began_at_0_are_a_pile_of_training_images(mnist):
    images, _ = mnist[0]
    for alpha, passes in ((0.0001, 3), (0.005, 10)):
        weights = trained(mnist, alpha, passes).weights[-1]
        shares = np.linalg.lstsq(images.T, weights.T)[0]
        np.testing.assert_allclose(images.T @ shares, weights.T, atol=1e-9)


def test_the_digits_that_are_confused_most_have_the_most_similar_rows_until_training_pushes_them_apart(mnist):
    images, labels = mnist[1]
    weights, ragged = (trained(mnist, alpha, passes).weights[-1] for alpha, passes in ((0.0001, 3), (0.001, 10)))
    answers = (images @ weights.T).argmax(axis=1)
    pairs = [(i, j) for i in range(10) for j in range(i + 1, 10)]
    confused = {(i, j): np.sum((answers == i) & (labels == j) | (answers == j) & (labels == i)) for i, j in pairs}
    products = {(i, j): weights[i] @ weights[j] for i, j in pairs}
    cosines = {(i, j): products[i, j] / np.linalg.norm(weights[i]) / np.linalg.norm(weights[j]) for i, j in pairs}
    assert sorted(pairs, key=confused.get)[-3:] == [(3, 5), (4, 9), (7, 9)]
    assert sorted(pairs, key=products.get)[-2:] == [(4, 9), (7, 9)]
    assert sorted(pairs, key=cosines.get)[-3:] == [(7, 9), (3, 5), (4, 9)]
    assert sorted(pairs, key=products.get)[:2] == [(0, 1), (3, 6)] and confused[0, 1] == 1 and confused[3, 6] == 14
    assert np.corrcoef(list(products.values()), list(confused.values()))[0, 1] > 0.6
    assert products[4, 9] > 0.001 and ragged[4] @ ragged[9] < -0.02


def test_a_row_as_ink_moves_another_rows_score_by_their_dot_product(mnist):
    weights, image = trained(mnist, 0.0001, 3).weights[-1], mnist[1][0][8]
    moved = weights @ (image + weights[4]) - weights @ image
    np.testing.assert_allclose(moved, weights @ weights[4], atol=1e-12)
    assert moved[4] > moved[9] > 0 > moved[1]


def test_ten_thousand_images_teach_the_5_that_a_thousand_do_not(mnist):
    five = mnist[1][0][8]
    assert ((learnt_from(1000, 0.001, 100)[1:] @ five).argmax(axis=1) == 4).all()
    assert (learnt_from(10000, 0.001, 10)[1:] @ five).argmax(axis=1).tolist() == [4] * 4 + [5] * 6


def test_what_looks_like_noise_reads_new_digits_better_than_what_is_clear(mnist):
    clear, ragged, noisy = (
        accuracy(trained(mnist, alpha, passes).weights[-1], *mnist[1])
        for alpha, passes in ((0.0001, 3), (0.001, 10), (0.005, 10))
    )
    assert clear + 0.02 < noisy < ragged - 0.02  # the noise of 10,000 images is 0.004


def test_neighbours_carry_nearly_the_same_news_so_a_checkerboard_hides_a_row_and_changes_few_answers(mnist):
    (images, _), (test_images, test_labels) = mnist
    left, right = (images.reshape(-1, 28, 28)[:, :, part].ravel() for part in (slice(0, -1), slice(1, None)))
    assert np.corrcoef(left, right)[0, 1] > 0.75
    weights = trained(mnist, 0.0001, 3).weights[-1]
    hidden = weights.copy()
    hidden[2] += 0.02 * (-1) ** np.add.outer(np.arange(28), np.arange(28)).ravel()
    assert abs(np.corrcoef(hidden[2], weights[2])[0, 1]) < 0.2
    before, after = ((test_images @ each.T).argmax(axis=1) for each in (weights, hidden))
    assert np.mean(before == after) > 0.99
    assert abs(np.mean(before == test_labels) - np.mean(after == test_labels)) < 0.003


def test_the_lowest_error_of_all_makes_pictures_of_noise_that_read_as_well(mnist):
    images, labels = helpers.load_mnist(count=10000)
    best = np.linalg.lstsq(images.T @ images, images.T @ np.eye(10)[labels])[0].T
    slopes = (images @ best.T - np.eye(10)[labels]).T @ images
    assert np.abs(slopes).max() < 1e-4 and likeness(best, images, labels).mean() < 0.05
    descent = learnt_from(10000, 0.001, 10)[-1]
    assert abs(accuracy(best, *mnist[1]) - accuracy(descent, *mnist[1])) < 0.005
    errors = [np.sort(((mnist[1][0] @ each.T - np.eye(10)[mnist[1][1]]) ** 2).sum(axis=1)) for each in (best, descent)]
    assert errors[0].mean() > errors[1].mean() + 0.1  # of a hundred images
    assert abs(errors[0][:-100].mean() - errors[1][:-100].mean()) < 0.005


def test_fat_strokes_as_a_small_drawing_has_are_read_worse(mnist):
    weights, (images, labels) = trained(mnist, 0.001, 10).weights[-1], mnist[1]
    drawings = np.kron(images[:300].reshape(-1, 28, 28), np.ones((5, 5)))
    right = []
    for radius in (0, 8):
        pen = [divmod(k, 17) for k in range(17 * 17) if abs(complex(*divmod(k, 17)) - 8 - 8j) <= radius]
        fat = [np.max([np.roll(each, (y - 8, x - 8), (0, 1)) for y, x in pen], axis=0) for each in drawings]
        right.append(accuracy(weights, [as_mnist(each) for each in fat], labels[:300]))
    assert right[1] < right[0] - 0.08


def test_two_layers_are_one_unless_something_between_them_is_no_weighted_sum(mnist):
    (images, labels), (test_images, test_labels) = mnist
    first = np.random.default_rng(7).normal(scale=0.03, size=(1000, 784))
    second = np.random.default_rng(8).normal(scale=0.03, size=(10, 1000))
    np.testing.assert_allclose(images @ first.T @ second.T, images @ (second @ first).T, atol=1e-9)
    measured = []
    for floor in (-np.inf, 0):
        between, test_between = (np.maximum(each @ first.T, floor) for each in (images, test_images))
        run = helpers.stochastic_gradient_descent(between, np.eye(10)[labels], np.zeros((10, 1000)), 0.001, 30)
        measured.append(np.mean((test_between @ run.weights[-1].T).argmax(axis=1) == test_labels))
    pixels = accuracy(trained(mnist, 0.001, 30).weights[-1], test_images, test_labels)
    assert abs(measured[0] - pixels) < 0.01 and measured[1] > pixels + 0.04
