"""What the explorers of MNIST show on the course's own images: 1,000 to learn, 10,000 to test."""

import numpy as np
import pytest

import helpers
from helpers import explorers
from helpers.learning import NO_ANSWER, accuracy_per_digit, answers, confusion_matrix
from tests.support.explorers import MAKERS, png

IMAGES, LABELS = helpers.load_mnist()
TEST = helpers.load_mnist("test")


@pytest.fixture(scope="module")
def training():
    return explorers.Training(IMAGES, LABELS, *TEST)


@pytest.fixture(scope="module")
def confusions():
    return explorers.Confusions(IMAGES, LABELS, *TEST)


@pytest.fixture
def two_images():
    return explorers.TwoImages(IMAGES, LABELS)


def test_confusions_are_counted_as_said():
    weights, images = np.array([[1.0, 0], [0, 1], [-1, -1]]), np.array([[2.0, 1], [0, 3], [5, 0], [-1, -1]])
    given = answers(weights, images)
    assert given.tolist() == [0, 1, 0, 2]
    labels = np.array([0, 1, 1, 7])
    counts = confusion_matrix(labels, given)
    assert counts.sum() == 4 and counts[0, 0] == counts[1, 1] == counts[1, 0] == counts[7, 2] == 1
    expected = [1, 0.5, *[np.nan] * 5, 0, np.nan, np.nan]
    np.testing.assert_array_equal(accuracy_per_digit(labels, given), expected)
    given = answers(np.full((3, 2), np.inf), images)
    assert (given == NO_ANSWER).all() and not confusion_matrix(labels, given).any()


def test_which_digits_are_read_badly(confusions):
    rounded = confusions.accuracies.round(2)
    assert (rounded[5], rounded[8], rounded[1]) == (0.62, 0.64, 0.97) and rounded.argmin() == 5
    wrong = confusions.counts * (1 - np.eye(10, dtype=int))
    assert np.unravel_index(wrong.argmax(), wrong.shape) == (9, 7) and wrong.max() == 153
    assert "8,059 of 10,000 test images read rightly, best 1 (0.97), worst 5 (0.62); " in confusions.summary
    assert "commonest confusion: 9 taken for 7 (153); 69 of the 892 5s are taken for a 3; " in confusions.summary


def test_what_is_read_in_float32_is_what_is_read(confusions):
    for alpha, passes in ((0.0001, 1), (0.001, 10), (0.015, 30)):
        confusions.alpha.value, confusions.iterations.value = alpha, passes
        exact = confusion_matrix(TEST[1], answers(confusions.weights, TEST[0]))
        assert np.abs(confusions.counts - exact).sum() <= 4
    confusions.alpha.value, confusions.iterations.value = 0.001, 10


@pytest.mark.parametrize("density", [1, 1.5])
def test_a_cell_of_the_table_can_be_pressed(density, confusions):
    confusions.live.send = lambda *message: None
    confusions.live.draw_for_page(None, {"density": density}, [])
    before = png(confusions)
    x, y = confusions.table.axes.transData.transform((7.5, 9.2))
    confusions.pressed(x, y)
    assert (confusions.digit.value, confusions.taken_for.value) == (9, 7) and png(confusions) != before
    assert "153 of the 1,009 9s are taken for a 7" in confusions.summary
    shown = [int(view.title.get_text()) for view in confusions.examples.digits]
    assert (TEST[1][shown] == 9).all() and ((TEST[0][shown] @ confusions.weights.T).argmax(axis=1) == 7).all()
    for beside in ((0, 0), (x + 3 * density * 44, y), (x, confusions.figure.bbox.height - 1)):
        assert confusions.table.cell_at(*beside) is None
        confusions.pressed(*beside)
    assert (confusions.digit.value, confusions.taken_for.value) == (9, 7)
    confusions.digit.value, confusions.taken_for.value = 5, 3


def test_the_last_fifth_validates(training):
    two_lines = png(training)
    assert "training error 0.338, accuracy 0.896; test error 0.473, accuracy 0.806; " in training.summary
    training.held_out.value = True
    run = helpers.one_image_at_a_time(IMAGES[:800], helpers.one_hot(LABELS[:800]), np.zeros((10, 784)), 0.001, 10)
    np.testing.assert_allclose(training.run.weights, run.weights, rtol=1e-9, atol=1e-12)
    parts = ((IMAGES[:800], LABELS[:800]), (IMAGES[800:], LABELS[800:]), TEST)
    names = ("training", "validation", "test")
    for k, (name, (images, labels)) in enumerate(zip(names, parts)):
        errors, accuracies = helpers.evaluate(run.weights[1:], images, helpers.one_hot(labels))
        np.testing.assert_allclose(training.charts.error.lines[name].get_ydata(), errors, rtol=2e-6)
        np.testing.assert_allclose(training.accuracies[k], accuracies, atol=1e-3)
        assert f"{name} error {errors[-1]:.3f}, accuracy {accuracies[-1]:.3f}" in training.summary
    training.held_out.value = False
    assert png(training) == two_lines and not len(training.charts.error.lines["validation"].get_xdata())


def test_of_few_images_none_validates():
    explorer = explorers.Training(IMAGES[:4], LABELS[:4], TEST[0][:9], TEST[1][:9])
    explorer.held_out.value = True
    assert "validation" not in explorer.summary


def test_alphas_law_holds_for_images(training):
    assert [label.get_text() for label in training.law.labels] == [
        "the lowest: 0.009323",
        "half of them: 0.02376",
    ]
    first, half = (edge.get_xdata()[0] for edge in training.law.edges)
    squares = (IMAGES**2).sum(axis=1)
    assert first == pytest.approx(2 / squares.max()) and half == pytest.approx(2 / np.median(squares), rel=1e-4)
    for alpha, share in ((0.0092, "0.0%"), (0.01, "0.1%"), (0.02, "30.0%"), (0.03, "71.0%")):
        training.alpha.value = alpha
        assert f"alpha is above the limit of {share} of the training images" in training.summary
        assert training.law.note.get_text() == f"alpha is above {share} of them"
    training.alpha.value = 0.001


@pytest.mark.parametrize("name", ["training", "confusions", "weights"])
def test_the_marks_of_the_law_can_be_hidden(name):
    explorer = MAKERS[name]()
    shown = png(explorer)
    law = explorer.law
    marks = [law.below_all, law.above_some, law.above_most, *law.edges, *law.labels]
    explorer.hide("limit")
    assert not any(mark.get_visible() for mark in marks) and png(explorer) != shown
    explorer.reveal()
    assert all(mark.get_visible() for mark in marks) and png(explorer) == shown


@pytest.mark.parametrize("a", [0, 756])
@pytest.mark.parametrize("b", [7, 11, 999])
@pytest.mark.parametrize("alpha", [0.0005, 0.005, 0.1])
def test_b_moves_by_what_it_has_in_common_with_a(a, b, alpha, two_images):
    two_images.alpha.value, two_images.image_a.value, two_images.image_b.value = alpha, a, b
    digit, step = LABELS[a], alpha * (IMAGES[a] @ IMAGES[b])
    for iteration in (1, 2, 5):
        two_images.iterations.value = iteration
        before, after = (two_images.run.weights[i, digit] for i in (iteration - 1, iteration))
        delta = before @ IMAGES[a] - 1
        assert after @ IMAGES[b] - before @ IMAGES[b] == pytest.approx(-step * delta)
        assert two_images.move.predicted == pytest.approx(two_images.move.measured) == pytest.approx(-step * delta)
        error = ((two_images.run.weights[iteration - 1] @ IMAGES[b] - helpers.one_hot(LABELS[[b]])[0]) ** 2).sum()
        assert two_images.errors.lines["B"].get_ydata()[-1] == pytest.approx(min(error, 3))


def test_two_images_say_what_one_does_to_the_other(two_images):
    assert two_images.summary == (
        "alpha 0.00200, 3 iterations: image A, a 5, has error 0.446, image B, a 3, error 1.07; 5? for A has delta "
        "-0.668, A · B is 70.9, so the next step moves 5? for B by -alpha × delta × (A · B) = 0.0948 (measured: 0.0948)"
    )
    two_images.alpha.value = 0.024
    assert two_images.summary.endswith("; diverges, alpha is above 0.02189")
    assert two_images.limit == pytest.approx(helpers.largest_stable_alpha(IMAGES[0]))


@pytest.mark.parametrize("name", ["training", "confusions", "weights", "two images"])
def test_the_picture_fits_a_laptop(name):
    width, height = MAKERS[name]().live.size
    assert width <= 860 and height <= 590
