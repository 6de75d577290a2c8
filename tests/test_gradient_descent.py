"""One training example: the chapter's numbers, slopes measured on the error, bad input, divergence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import helpers
from tests.support.lesson import INPUTS, OUTCOMES, START, TABLE, TRUE


def close(values, expected):
    np.testing.assert_allclose(values, expected, rtol=0, atol=1e-9)


def published(values, expected):
    """Numbers that the chapter prints with eight decimals."""
    np.testing.assert_allclose(values, expected, rtol=0, atol=5.1e-9)


def test_three_inputs():
    run = helpers.gradient_descent(INPUTS, TRUE, START, alpha=0.01, iterations=3)
    published(run.preds[:, 0], [0.86, 0.96375750, 0.99061772])
    published(run.errors[:, 0], [0.0196, 0.00131352, 0.00008803])
    published(run.deltas[:, 0], [-0.14, -0.0362425, -0.00938228])
    close(run.weight_deltas[0], [[-1.19, -0.091, -0.168]])
    close(run.weights[:2, 0], [START, [0.1119, 0.20091, -0.09832]])
    assert run.weights.shape == (4, 1, 3) and run.weight_deltas.shape == (3, 1, 3)


def test_one_input():
    step = helpers.gradient_descent([8.5], TRUE, [0.1], alpha=0.01, iterations=1)[0]
    close([step.preds[0], step.errors[0], step.deltas[0]], [0.85, 0.0225, -0.15])
    close([step.weight_deltas[0, 0], step.new_weights[0, 0]], [-1.275, 0.11275])


def test_frozen_toes():
    run = helpers.gradient_descent(INPUTS, TRUE, START, alpha=0.3, iterations=3, frozen=[0])
    published(run.preds[:, 0], [0.86, 0.938225, 0.97274178])
    published(run.errors[:, 0], [0.0196, 0.00381615, 0.00074301])
    assert (run.weights[:, 0, 0] == 0.1).all() and (run.weight_deltas[:, 0, 0] == 0).all()
    assert (np.diff(run.weights[:, 0, 1:], axis=0) > 0).all()


def test_three_outputs():
    step = helpers.gradient_descent([0.65], OUTCOMES, [0.3, 0.2, 0.9], alpha=0.1, iterations=1)[0]
    close(step.preds, [0.195, 0.13, 0.585])
    close(step.errors, [0.009025, 0.7569, 0.235225])
    close(step.deltas, [0.095, -0.87, 0.485])
    close(step.weight_deltas[:, 0], [0.06175, -0.5655, 0.31525])
    close(step.new_weights[:, 0], [0.293825, 0.25655, 0.868475])


def test_three_inputs_and_three_outputs():
    step = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, alpha=0.01, iterations=1)[0]
    close(step.preds, [0.555, 0.98, 0.965])
    close(step.deltas, [0.455, -0.02, 0.865])
    close(step.errors[1], 0.0004)
    close(step.weight_deltas[:, 1], [0.29575, -0.013, 0.56225])
    close(step.new_weights[:, 1], [0.0970425, 0.20013, 1.2943775])


@given(st.data(), st.integers(1, 4), st.integers(1, 4))
def test_weight_deltas_are_half_the_slope_of_the_error(data, n_out, n_in):
    numbers = st.floats(-3, 3).map(lambda value: round(value, 3))
    inputs, targets = (
        data.draw(arrays(float, n_in, elements=numbers)),
        data.draw(arrays(float, n_out, elements=numbers)),
    )
    weights = data.draw(arrays(float, (n_out, n_in), elements=numbers))
    step = helpers.gradient_descent(inputs, targets, weights, alpha=0.1, iterations=1)[0]
    tiny = 1e-4
    for j, i in np.ndindex(n_out, n_in):
        nudge = np.zeros((n_out, n_in))
        nudge[j, i] = tiny
        above, below = (np.sum(((weights + move) @ inputs - targets) ** 2) for move in (nudge, -nudge))
        assert step.weight_deltas[j, i] == pytest.approx((above - below) / (4 * tiny), abs=1e-6)
    np.testing.assert_array_equal(step.new_weights, weights - 0.1 * step.weight_deltas)


def test_a_record_counts_and_iterates():
    run = helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 3)
    assert len(run) == 3 == len(list(run))
    assert run[-1].errors[0] == run.errors[2]
    for record in (run, run[1]):
        assert (record.inputs.tolist(), record.targets.tolist()) == (INPUTS, TRUE)
        assert (record.alpha, record.frozen) == (0.01, ())
    assert helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 1, [2, 0, 2])[0].frozen == (0, 2)
    np.testing.assert_array_equal(run[-1].new_weights, run.weights[3])
    with pytest.raises(IndexError):
        run[3]


def test_no_iteration_leaves_the_start():
    run = helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 0)
    assert len(run) == 0 and run.diverged_at is None
    np.testing.assert_array_equal(run.weights, [[START]])


def test_what_is_passed_in_is_not_changed():
    weights = np.array([START])
    helpers.gradient_descent(INPUTS, TRUE, weights, 0.01, 3)
    np.testing.assert_array_equal(weights, [START])


def test_the_limit_of_alpha_separates_learning_from_diverging():
    limit = helpers.largest_stable_alpha(INPUTS)
    assert limit == pytest.approx(0.026986, abs=5e-7)

    def errors(alpha):
        return helpers.gradient_descent(INPUTS, TRUE, START, alpha, 2000).errors[:, 0]

    assert errors(0.99 * limit)[-1] < 1e-20 < 1e20 < errors(1.01 * limit)[-1]
    assert errors(limit / 2)[1] < 1e-25
    assert helpers.largest_stable_alpha(INPUTS, frozen=[0]) == pytest.approx(2 / (0.65**2 + 1.2**2))
    assert helpers.largest_stable_alpha([1, 2], frozen=[0, 1]) == np.inf


def test_divergence_is_recorded_without_a_warning(recwarn):
    run = helpers.gradient_descent(INPUTS, TRUE, START, alpha=0.1, iterations=500)
    at = run.diverged_at
    assert np.isfinite(run.errors[:at]).all() and np.isfinite(run.weights[: at + 1]).all()
    finite = [np.isfinite(values).all() for values in (run.errors[at], run.weights[at + 1])]
    assert not all(finite) and 100 < at < 300
    assert not recwarn


def test_the_error_along_a_weight_is_the_error_of_a_network_with_that_weight():
    step = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, 0.01, 1)[0]
    for value, error in zip([-1, 0.3, 2], helpers.error_along(step, output=2, column=1, values=np.array([-1, 0.3, 2]))):
        assert error == pytest.approx((0 * 8.5 + value * 0.65 + 0.1 * 1.2 - 0.1) ** 2)


def test_the_error_along_a_weight_of_a_diverged_network_comes_without_a_warning(recwarn):
    run = helpers.gradient_descent(INPUTS, TRUE, START, alpha=0.1, iterations=500)
    assert np.isinf(run.weights).any() and np.isnan(run.weights).any()
    for step in run:
        for column in range(3):
            helpers.error_along(step, 0, column, np.array([-np.inf, -1e300, 0, np.inf]))
    assert not recwarn


def test_large_numbers_are_finite_numbers(recwarn):
    run = helpers.gradient_descent([1e200, 1], TRUE, [0, 1], 0, 1)
    assert run.inputs.tolist() == [1e200, 1] and run.preds.tolist() == [[1]]
    assert helpers.largest_stable_alpha([1e100]) == pytest.approx(2e-200)
    largest = [1.5e308, 1.5e308]
    assert helpers.gradient_descent(largest, TRUE, [0, 0], 0, 1).inputs.tolist() == largest
    with pytest.raises(ValueError, match="inputs must be finite"):
        helpers.largest_stable_alpha([np.inf, -np.inf])
    assert not recwarn


BAD = [
    ({"weights": [0.1, 0.2]}, r"weights must have the shape \(outputs, inputs\) = \(1, 3\).*got \(2,\)"),
    ({"weights": [[0.1], [0.2], [0.3]]}, r"weights must have the shape .* = \(1, 3\).*got \(3, 1\)"),
    ({"weights": [[0.1, 0.2, 0.3], [0.4]]}, "weights must be numbers, in rows of equal length"),
    ({"weights": [0.1, float("nan"), 0.3]}, "weights must be finite"),
    ({"inputs": [[8.5, 0.65, 1.2]]}, r"inputs must be a list of numbers; got an array of shape \(1, 3\)"),
    ({"inputs": [8.5, float("inf"), 1.2]}, "inputs must be finite"),
    ({"inputs": ["toes"]}, "inputs must be numbers"),
    ({"inputs": []}, r"inputs must be a list of numbers; got an array of shape \(0,\)"),
    ({"targets": 1}, r"targets must be a list of numbers; got an array of shape \(\)"),
    ({"alpha": "fast"}, "alpha must be a finite number, such as 0.01; got 'fast'"),
    ({"alpha": float("nan")}, "alpha must be a finite number"),
    ({"alpha": None}, "alpha must be a finite number"),
    ({"alpha": True}, "alpha must be a finite number"),
    ({"iterations": -1}, "iterations must be a whole number, 0 or more; got -1"),
    ({"iterations": 2.5}, "iterations must be a whole number"),
    ({"iterations": False}, "iterations must be a whole number"),
    ({"frozen": [3]}, r"frozen must list input columns, each from 0 to 2, such as \(0,\); got \[3\]"),
    ({"frozen": [-1]}, "frozen must list input columns"),
    ({"frozen": 0}, "frozen must list input columns"),
    ({"frozen": ["toes"]}, "frozen must list input columns"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[str(change) for change, _ in BAD])
def test_bad_input_is_refused_in_a_sentence(change, message):
    good = {"inputs": INPUTS, "targets": TRUE, "weights": START, "alpha": 0.01, "iterations": 1}
    with pytest.raises(ValueError, match=message) as refusal:
        helpers.gradient_descent(**good | change)
    assert "\n" not in str(refusal.value)


def test_the_limit_of_alpha_asks_for_inputs():
    with pytest.raises(ValueError, match="^inputs must be finite numbers; some are NaN or infinite.$"):
        helpers.largest_stable_alpha([8.5, float("nan")])
