"""Explorers: the sliders move, and what is drawn and said is what was computed."""

import threading

import numpy as np
import pytest

import helpers
from helpers import explorers
from helpers.explorers import full_training
from tests.support.explorers import MAKERS, kept, png
from tests.support.lesson import IMAGES, INPUTS, NAMES, OUTCOMES, START, TABLE, TEST, TRUE

TARGETS, TEST_TARGETS = helpers.one_hot(IMAGES[1]), helpers.one_hot(TEST[1])
THOUSAND = *helpers.load_mnist(), *(part[:500] for part in helpers.load_mnist("test"))
ZEROS = np.zeros((10, 784))


@pytest.fixture(params=[name for name in MAKERS if name not in ("full training", "own digit")])
def explorer(request):
    return kept(request.param)


@pytest.fixture(scope="module")
def on_a_thousand():
    return explorers.Training(*THOUSAND)


def go(explorer, alpha, iterations):
    explorer.alpha.value, explorer.iterations.value = alpha, iterations
    return explorer


def texts(explorer):
    return [text.get_text() for axes in explorer.figure.axes for text in axes.texts if text.get_text()]


def test_sliders_are_labelled_and_bounded(explorer):
    assert (explorer.alpha.description, explorer.iterations.description) == ("alpha", "iterations")
    assert explorer.iterations.min in (0, 1) and explorer.iterations.max >= 30
    assert explorer.alpha.values[0] < explorer.alpha.values[-1]


def test_both_sliders_change_picture_and_summary(explorer):
    middle = (explorer.iterations.max + 1) // 2
    small, larger = explorer.alpha.values[4:6]
    shown = []
    for alpha, iterations in ((small, 2), (larger, 2), (larger, middle)):
        go(explorer, alpha, iterations)
        shown.append((png(explorer), explorer.summary))
        assert explorer.summary == explorer.live.words
    pictures, summaries = zip(*shown)
    assert len(set(pictures)) == 3 and len(set(summaries)) == 3


def test_the_figure_is_made_once_and_its_parts_stay(explorer):
    def skeleton():
        return [(id(a), a.get_position().bounds, len(a.get_children())) for a in explorer.figure.axes]

    go(explorer, 0.005, 3)
    figure, before = explorer.figure, skeleton()
    go(explorer, explorer.alpha.values[-1], explorer.iterations.max)
    assert explorer.figure is figure and skeleton() == before


def test_the_path_is_computed_once_for_an_alpha(explorer):
    go(explorer, 0.005, explorer.iterations.max)
    run = explorer.run
    explorer.iterations.value = 3
    assert explorer.run is run
    explorer.alpha.value = explorer.alpha.values[-1]
    assert explorer.run is not run


@pytest.mark.parametrize("name", MAKERS)
def test_a_cell_shows_the_widget_a_png_and_the_summary(name):
    data, metadata = kept(name)._repr_mimebundle_()
    assert data["text/plain"] == kept(name).summary == repr(kept(name)) == metadata["image/png"]["alt"]
    assert data["image/png"].startswith("iVBOR")
    assert "application/vnd.jupyter.widget-view+json" in data


def test_several_inputs_draws_what_was_computed():
    explorer = go(kept("several inputs"), 0.01, 3)
    expected = helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 3)
    assert explorer.summary == "alpha 0.0100, 3 iterations: error 0.0196 -> 0.0000880"
    for i, view in enumerate(explorer.curves):
        assert view.point.get_data() == ([expected.weights[2, 0, i]], [expected.errors[2, 0]])
    assert explorer.history.lines[0].get_ydata() == pytest.approx(expected.errors[:, 0])
    assert explorer.history.points[0].get_data() == ([3], [expected.errors[2, 0]])
    assert [label.get_text() for label in explorer.network.labels[0]] == ["0.115", "0.2011", "-0.09789"]
    assert explorer.alphas.marker.get_xdata() == [0.01]
    assert "one step 0.01349      limit 0.02699" in texts(explorer)


@pytest.mark.parametrize("make", [explorers.MultipleInputs, explorers.FreezingOneWeight])
def test_a_missing_name_is_asked_for(make):
    with pytest.raises(
        ValueError, match="^names must give one name for each of the 2 numbers; got .'toes', 'record', 'fans'"
    ):
        make([1, 2], [1], [0.1, 0.2])
    with pytest.raises(ValueError, match="^names must give one name for each of the 2 numbers"):
        explorers.MultipleOutputs([1, 2], [0, 1, 1], [[0.1, 0.2]] * 3, ["record"])
    with pytest.raises(ValueError, match="^outputs must give one name for each of the 2 numbers"):
        explorers.MultipleOutputs([1], [0, 1], [0.1, 0.2], ["record"])


def test_a_network_of_images_says_its_position_and_when_no_number_is_left(on_a_thousand):
    explorer = go(on_a_thousand, 0.001, 1)
    assert explorer.summary.startswith("alpha 0.00100, 1 pass: training error 0.460, accuracy 0.795; test error ")
    assert go(explorer, 0.03, 30).summary.endswith("test image 0, a 7, is no longer finite")
    assert go(explorer, 0.001, 2).summary.startswith("alpha 0.00100, 2 passes: ")


def test_divergence_is_said_and_drawn():
    explorer = go(kept("several inputs"), 0.1, 3)
    assert explorer.summary == "alpha 0.100, 3 iterations: error 0.0196 -> 33.1; diverges, alpha is above 0.02699"
    assert [view.point.get_marker() for view in explorer.curves] == ["o", "o", "o"]
    go(explorer, 0.026, 3)
    assert "diverges" not in explorer.summary


@pytest.mark.parametrize("column", [None, 0, 1, 2])
def test_freezing_draws_what_was_computed(column):
    explorer = kept("freezing")
    explorer.frozen.value = column
    go(explorer, 0.02, 4)
    frozen = [] if column is None else [column]
    expected = helpers.gradient_descent(INPUTS, TRUE, START, 0.02, 4, frozen)
    for i, view in enumerate(explorer.curves):
        assert view.point.get_data() == ([expected.weights[3, 0, i]], [expected.errors[3, 0]])
        assert (view.note.get_text() == "frozen") == (i == column)
    pair = {None: [0, 2], 0: [1, 2], 1: [0, 2], 2: [0, 1]}[column]
    np.testing.assert_array_equal(np.transpose(explorer.surface.trail.line.get_data()), expected.weights[:4, 0, pair])
    axes = explorer.surface.axes
    assert [axes.get_xlabel(), axes.get_ylabel()] == [f"weight of {NAMES[i]}" for i in pair]
    assert explorer.summary.startswith("nothing frozen" if column is None else f"{NAMES[column]} frozen")
    assert any(text.endswith(f"limit {helpers.largest_stable_alpha(INPUTS, frozen):.4g}") for text in texts(explorer))


def test_a_frozen_weights_curve_slides_under_its_point():
    explorer = kept("freezing")
    explorer.frozen.value = 0
    toes = explorer.curves[0]
    places, bottoms = [], []
    for iterations in (1, 3, 20):
        go(explorer, 0.3, iterations)
        places.append(toes.point.get_xdata()[0])
        along, errors = toes.curve.get_data()
        bottoms.append(along[np.nanargmin(errors)])
    assert places == [0.1] * 3
    assert bottoms[0] > bottoms[1] > bottoms[2] and bottoms[2] == pytest.approx(0.1, abs=2e-3)


def test_several_outputs_draw_what_was_computed():
    explorer = go(kept("several of both"), 0.02, 5)
    expected = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, 0.02, 5)
    cells = [[float(cell.text.get_text()) for cell in row] for row in explorer.table.cells]
    np.testing.assert_allclose(cells, expected.weight_deltas[4], rtol=5e-3)
    for j, line in enumerate(explorer.history.lines):
        assert line.get_ydata() == pytest.approx(expected.errors[:, j])
    labels = [[float(label.get_text()) for label in row] for row in explorer.network.labels]
    np.testing.assert_allclose(labels, expected.weights[4], rtol=5e-4)


def test_training_draws_what_was_computed():
    explorer = go(kept("training"), 0.005, 10)
    explorer.image.value = 8
    run = helpers.one_image_at_a_time(IMAGES[0], TARGETS, ZEROS, 0.005, 10)
    test_errors, test_accuracies = helpers.evaluate(run.weights[1:], TEST[0], TEST_TARGETS)
    charts = explorer.charts
    for chart, training, test in (
        (charts.error, run.errors, test_errors),
        (charts.accuracy, run.accuracies, test_accuracies),
    ):
        np.testing.assert_allclose(chart.lines["training"].get_ydata(), np.minimum(training, 1), rtol=1e-9)
        np.testing.assert_allclose(chart.lines["test"].get_ydata(), np.minimum(test, 1), rtol=1e-6)
    scores = run.weights[-1] @ TEST[0][8]
    widths = [bar.get_width() for bar in explorer.outputs.bars]
    np.testing.assert_allclose(widths, np.clip(scores, -0.6, 1.1), rtol=1e-9)
    np.testing.assert_array_equal(explorer.digit.image.get_array().ravel(), TEST[0][8])
    assert f"training error {run.errors[-1]:.3f}, accuracy {run.accuracies[-1]:.3f}" in explorer.summary
    assert f"test image 8, a 5, is taken for a {scores.argmax()}" in explorer.summary


@pytest.mark.parametrize("alpha", [0.0001, 0.001, 0.0055, 0.01, 0.022, 0.026, 0.03])
def test_training_measures_the_test_images_to_more_digits_than_it_shows(alpha, on_a_thousand):
    explorer = go(on_a_thousand, alpha, 100)
    errors, accuracies = helpers.evaluate(explorer.run.weights[1:], THOUSAND[2], helpers.one_hot(THOUSAND[3]))
    np.testing.assert_allclose(explorer.errors[1], errors, rtol=2e-6)
    assert np.abs(explorer.accuracies[1] - accuracies).max() <= 1 / 500


def test_weights_draw_what_was_computed():
    explorer = go(kept("weights"), 0.0001, 3)
    explorer.image.value, explorer.digits[0].value, explorer.digits[1].value = 1, 2, 7
    weights = helpers.one_image_at_a_time(IMAGES[0], TARGETS, ZEROS, 0.0001, 3).weights[-1]
    scale = float(explorer.bar.above.get_text())
    for digit, view in enumerate(explorer.ten):
        drawn = view.image.get_array().ravel()
        inside = np.abs(drawn) < 1
        np.testing.assert_allclose(drawn[inside] * scale, weights[digit][inside], atol=0.05 * scale)
    for view, digit in zip(explorer.compared, (2, 7)):
        score = weights[digit] @ TEST[0][1]
        assert float(view.score.get_text().removeprefix("sum = ")) == pytest.approx(score, rel=5e-3)
        assert view.weights.title.get_text() == f"weights of {digit}?"
    assert "2? scores" in explorer.summary and "7? scores" in explorer.summary


def test_weights_that_are_not_finite_are_not_drawn_as_if_they_were():
    explorer = go(explorers.Weights(*THOUSAND), 10**-1.5, 100)
    assert all(view.note.get_visible() and not view.image.get_array().any() for view in explorer.ten)
    assert "largest weights not finite" in explorer.summary


@pytest.fixture
def trainer():
    images, labels = IMAGES
    many = explorers.FullTraining(np.tile(images, (50, 1)), np.tile(labels, 50), *TEST)
    many.alpha.value, many.iterations.value = 0.001, 2
    yield many
    many.stop()
    many.wait()


def test_background_training_gives_the_same_weights(trainer):
    assert trainer.summary == "alpha 0.00100, 0 of 2 passes over 5,000 images: nothing learnt yet"
    before = png(trainer)
    trainer.button.click()
    trainer.wait()
    images, targets = trainer.training
    expected = helpers.stochastic_gradient_descent(images, targets, ZEROS, 0.001, 2)
    np.testing.assert_allclose(trainer.weights, expected.weights[-1], rtol=1e-9, atol=1e-12)
    errors, accuracies = trainer.results
    np.testing.assert_allclose(errors[0], expected.errors, rtol=1e-9)
    np.testing.assert_allclose(accuracies[0], expected.accuracies)
    np.testing.assert_allclose(trainer.charts.error.lines["training"].get_ydata(), expected.errors, rtol=1e-9)
    assert trainer.progress.value == pytest.approx(trainer.progress.max) and png(trainer) != before
    assert "2 of 2 passes over 5,000 images: training error" in trainer.summary
    assert trainer.button.description == "train" and not trainer.alpha.disabled


def test_background_training_can_be_stopped_and_does_not_keep_a_kernel_from_ending(trainer, monkeypatch):
    seen = []

    def slow(*arguments):
        seen.append((len(arguments[0]), trainer.alpha.disabled, trainer.button.description))
        seen.append(threading.current_thread().daemon)
        trainer.button.click()
        return helpers.stochastic_gradient_descent(*arguments)

    monkeypatch.setattr(full_training, "stochastic_gradient_descent", slow)
    trainer.start()
    trainer.wait()
    assert seen == [(full_training.PIECE, True, "stop"), True]
    assert "0 of 2 passes" in trainer.summary and not trainer.is_training


def test_another_alpha_in_the_middle_begins_anew(trainer):
    trainer.iterations.value = 10
    trainer.start()
    trainer.alpha.value = 0.002
    assert not trainer.is_training and "alpha 0.00200, 0 of 10 passes" in trainer.summary


def test_background_training_ends_where_it_diverges(trainer):
    trainer.alpha.value = 10**-1.5
    trainer.iterations.value = 10
    trainer.start()
    trainer.wait()
    passes = trainer.results.shape[-1]
    assert passes < 10 and not np.isfinite(trainer.weights).all()
    assert f"{passes} of 10 passes over 5,000 images, diverged: training error infinite" in trainer.summary


def test_another_alpha_forgets_what_was_learnt(trainer):
    trainer.start()
    trainer.wait()
    trainer.alpha.value = 0.002
    assert "0 of 2 passes" in trainer.summary and trainer.progress.value == 0
