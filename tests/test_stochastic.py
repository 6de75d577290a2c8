"""Many training examples: the published MNIST figures, and the block form against the plain loop."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

import helpers
from helpers.learning import measuring
from helpers.learning.blocks import BLOCK
from helpers.learning.fast_passes import BLOCKS_PER_TASK
from helpers.learning.threads import threads

IMAGES_PER_STACK = BLOCK * BLOCKS_PER_TASK

PUBLISHED = {  # alpha: (error, training accuracy, test accuracy) after 1, 10 and 100 passes
    0.001: [(0.4603, 0.795, 0.748), (0.3383, 0.896, 0.806), (0.2463, 0.962, 0.773)],
    0.005: [(0.4317, 0.834, 0.760), (0.3207, 0.926, 0.767), (0.2562, 0.979, 0.709)],
    0.01: [(0.5397, 0.812, 0.711), (0.4127, 0.902, 0.714), (0.3823, 0.963, 0.640)],
}


@pytest.fixture(scope="module")
def mnist():
    images, labels = helpers.load_mnist()
    return images, helpers.one_hot(labels), np.zeros((10, 784))


@pytest.fixture(scope="module")
def test_set():
    images, labels = helpers.load_mnist("test")
    return images, helpers.one_hot(labels)


@pytest.mark.parametrize("alpha", PUBLISHED)
def test_published_figures(mnist, test_set, alpha):
    run = helpers.stochastic_gradient_descent(*mnist, alpha, 100)
    for passes, (error, training, test) in zip((1, 10, 100), PUBLISHED[alpha]):
        assert run.errors[passes - 1] == pytest.approx(error, abs=5e-5)
        assert run.accuracies[passes - 1] == pytest.approx(training, abs=1e-9)
        assert helpers.evaluate(run.weights[passes], *test_set)[1] == pytest.approx(test, abs=5.1e-4)


def test_too_large_an_alpha_wanders_then_diverges(mnist):
    wandering = helpers.stochastic_gradient_descent(*mnist, 0.02, 1)
    assert wandering.errors[0] == pytest.approx(5.37, abs=5e-3)
    assert wandering.accuracies[0] == pytest.approx(0.367, abs=1e-9)
    run = helpers.stochastic_gradient_descent(*mnist, 0.03, 30)
    assert 0 < run.diverged_at < 30
    assert np.isfinite(run.errors[: run.diverged_at]).all()


@pytest.mark.parametrize(("alpha", "iterations"), [(0.005, 1), (0.005, 5), (0.001, 60), (0.02, 30)])
def test_block_form_and_plain_loop_give_the_same_weights(mnist, alpha, iterations):
    fast = helpers.stochastic_gradient_descent(*mnist, alpha, iterations)
    plain = helpers.one_image_at_a_time(*mnist, alpha, iterations)
    assert fast.alpha == plain.alpha == alpha
    assert np.abs(fast.weights - plain.weights).max() <= 1e-12 * np.abs(plain.weights).max()
    np.testing.assert_allclose(fast.errors, plain.errors, rtol=1e-12)
    np.testing.assert_array_equal(fast.accuracies, plain.accuracies)


def by_hand(images, targets, weights, alpha, iterations):
    """Written from the definition, without helpers and without NumPy's products."""
    weights = [list(row) for row in weights]
    for _ in range(iterations):
        for image, target in zip(images, targets):
            deltas = [sum(w * x for w, x in zip(row, image)) - t for row, t in zip(weights, target)]
            for row, delta in zip(weights, deltas):
                for i, x in enumerate(image):
                    row[i] -= alpha * delta * x
    return np.array(weights)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.sampled_from([1, 2, 7, 99, 100, 101, 250]),
    n_in=st.integers(1, 12),
    n_out=st.integers(1, 4),
    share=st.floats(0.01, 0.9),
    kind=st.sampled_from(["random", "zeros", "duplicates"]),
)
@example(seed=1, count=250, n_in=3, n_out=2, share=0.9, kind="duplicates")
@example(seed=1, count=101, n_in=5, n_out=1, share=0.5, kind="zeros")
@example(seed=1, count=2 * IMAGES_PER_STACK + 7, n_in=3, n_out=2, share=0.1, kind="random")
def test_the_forms_agree_whatever_the_images(seed, count, n_in, n_out, share, kind):
    rng = np.random.default_rng(seed)
    images = rng.random((count, n_in))
    if kind == "zeros":
        images[rng.random(count) < 0.5] = 0
    if kind == "duplicates":
        images[:] = images[rng.integers(0, min(count, 3), count)]
    targets, weights = rng.normal(size=(count, n_out)), rng.normal(size=(n_out, n_in))
    alpha = share * 2 / max((images**2).sum(axis=1).max(), 1e-3)
    fast = helpers.stochastic_gradient_descent(images, targets, weights, alpha, 2)
    plain = helpers.one_image_at_a_time(images, targets, weights, alpha, 2)
    scale = np.abs(plain.weights).max()
    assert np.abs(fast.weights - plain.weights).max() <= 1e-12 * scale
    assert np.abs(plain.weights[-1] - by_hand(images, targets, weights, alpha, 2)).max() <= 1e-12 * scale


@pytest.mark.parametrize("alpha", [0.03, 0.05, 0.3, 10.0, 1e200])
def test_the_forms_diverge_at_the_same_pass(mnist, alpha, recwarn):
    images, targets, weights = mnist
    few = images[:300], targets[:300], weights
    fast = helpers.stochastic_gradient_descent(*few, alpha, 40)
    plain = helpers.one_image_at_a_time(*few, alpha, 40)
    assert fast.diverged_at == plain.diverged_at
    assert not recwarn


def test_evaluate_takes_one_network_or_many(mnist):
    images, targets, _ = mnist
    weights = np.random.default_rng(0).normal(size=(3, 10, 784))
    errors, accuracies = helpers.evaluate(weights, images, targets)
    for k in range(3):
        preds = images @ weights[k].T
        assert errors[k] == pytest.approx(np.mean(np.sum((preds - targets) ** 2, axis=1)))
        assert accuracies[k] == np.mean(preds.argmax(axis=1) == targets.argmax(axis=1))
        alone = helpers.evaluate(weights[k], images, targets)
        assert alone == pytest.approx((errors[k], accuracies[k])) and [np.ndim(value) for value in alone] == [0, 0]


def test_evaluate_takes_weights_that_have_diverged_without_a_warning(recwarn):
    weights = np.array([[np.inf, -np.inf], [1e200, 0], [np.nan, 1]])
    error, accuracy = helpers.evaluate(weights, np.array([[1, 1], [0, 2]]), np.eye(3)[:2])
    assert not np.isfinite(error) and 0 <= accuracy <= 1
    assert not recwarn


def test_evaluate_takes_more_images_than_fit_a_task():
    count = 2 * measuring.IMAGES_PER_TASK + 7
    rng = np.random.default_rng(3)
    images, targets, weights = rng.random((count, 5)), np.eye(3)[rng.integers(0, 3, count)], rng.random((3, 5))
    error, accuracy = helpers.evaluate(weights, images, targets)
    preds = images @ weights.T
    assert error == pytest.approx(np.mean(np.sum((preds - targets) ** 2, axis=1)))
    assert accuracy == np.mean(preds.argmax(axis=1) == targets.argmax(axis=1))


@pytest.mark.parametrize("learn", [helpers.stochastic_gradient_descent, helpers.one_image_at_a_time])
@pytest.mark.parametrize("iterations", [0, 1, 2, 30])
@pytest.mark.parametrize("alpha", [0, 0.01])
@pytest.mark.parametrize("name", ["images", "targets"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_number_that_is_not_finite_is_found_wherever_it_is(learn, iterations, alpha, name, data):
    given = {"images": np.zeros((60, 3)), "targets": np.zeros((60, 2))}
    given["images"][data.draw(st.integers(0, 60)) :] = 1
    row, column = data.draw(st.integers(0, 59)), data.draw(st.integers(0, 1))
    given[name][row, column] = data.draw(st.sampled_from([np.nan, np.inf, -np.inf]))
    with pytest.raises(ValueError, match=f"{name} must be finite numbers; some are NaN or infinite"):
        learn(**given, weights=np.zeros((2, 3)), alpha=alpha, iterations=iterations)


@pytest.mark.parametrize("learn", [helpers.stochastic_gradient_descent, helpers.one_image_at_a_time])
def test_bad_input_is_refused_in_a_sentence(learn):
    images, targets, weights = np.ones((4, 3)), np.ones((4, 2)), np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"one row per example; got the shapes \(4, 3\) and \(3, 2\)"):
        learn(images, targets[:3], weights, 0.1, 1)
    with pytest.raises(ValueError, match=r"weights must have the shape .* = \(2, 3\).*got \(3, 2\)"):
        learn(images, targets, weights.T, 0.1, 1)
    with pytest.raises(ValueError, match=r"images must be rows of numbers; got an array of shape \(4,\)"):
        learn(images[:, 0], targets, weights, 0.1, 1)
    with pytest.raises(ValueError, match="targets must be finite"):
        learn(images, targets * np.nan, weights, 0.1, 1)
    with pytest.raises(ValueError, match="alpha must be a finite number"):
        learn(images, targets, weights, "0.1", 1)
    with pytest.raises(ValueError, match="iterations must be a whole number"):
        learn(images, targets, weights, 0.1, -1)


def test_no_pass_leaves_the_start(mnist):
    run = helpers.stochastic_gradient_descent(*mnist, 0.01, 0)
    assert len(run) == 0 and run.weights.shape == (1, 10, 784) and run.diverged_at is None


def test_beside_threads_of_ours_the_linear_algebra_starts_none():
    def of_each_library():
        return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

    before = of_each_library()
    with threads(2) as pool:
        assert pool.submit(of_each_library).result() == [1] * len(before)
    assert of_each_library() == before
