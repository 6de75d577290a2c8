"""What can't be meant is refused in a sentence that names the argument and what came; and records stay as they are."""

import datetime
from fractions import Fraction

import numpy as np
import pytest
from traitlets import TraitError

import helpers
from helpers import datasets, explorers, figures, learning
from helpers.explorers.sliders import AlphaSlider, iterations_slider
from tests.support.lesson import IMAGES, INPUTS, NAMES, OUTCOMES, START, TABLE, TRUE


@pytest.fixture(scope="module")
def run():
    return helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 3)


# Numbers


@pytest.mark.parametrize(
    "inputs",
    [
        ["8.5", "0.65", "1.2"],
        [8.5, 0.65, "1.2"],
        [b"8.5", b"0.65", b"1.2"],
        np.array(INPUTS) + 0j,
        np.ma.array(INPUTS, mask=[0, 0, 1]),
        [8.5, 0.65, np.ma.masked],
        [8.5, 0.65, None],
        np.array([1, 2, 3], "M8[D]"),
        np.array([1, 2, 3], "m8[s]"),
        [np.timedelta64(1, "s"), 2.0, Fraction(1, 2)],
        [datetime.date(2026, 1, 1)] * 3,
        [8.5, 0.65, 10**400],
        {8.5, 0.65, 1.2},
    ],
    ids=str,
)
def test_what_is_no_number_is_refused(inputs, recwarn):
    with pytest.raises(ValueError, match="^inputs must be numbers, in rows of equal length; got .*[.]$") as refusal:
        helpers.gradient_descent(inputs, TRUE, START, 0.01, 1)
    assert "\n" not in str(refusal.value) and not recwarn


@pytest.mark.parametrize("alpha", ["0.1", 1j, np.timedelta64(1, "s"), True, 10**400, np.datetime64("2026")])
def test_an_alpha_that_is_no_number_is_refused(alpha):
    with pytest.raises(ValueError, match="^alpha must be a finite number, such as 0.01; got "):
        helpers.gradient_descent(INPUTS, TRUE, START, alpha, 1)


def test_whatever_is_plainly_a_number_is_taken(run):
    as_good = [
        np.array(INPUTS, np.float32),
        [Fraction(each) for each in INPUTS],
        np.array(INPUTS, object),
        tuple(INPUTS),
    ]
    for inputs in as_good:
        again = helpers.gradient_descent(inputs, np.array([1], np.int8), [START], np.float64(0.01), np.uint8(3))
        np.testing.assert_allclose(again.weights, run.weights, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("iterations", lambda: helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 10**12)),
        ("updates", lambda: helpers.gradient_descent_in_turn([INPUTS], TRUE, START, 0.01, 10**12)),
        ("iterations", lambda: helpers.stochastic_gradient_descent([INPUTS], [TRUE], [START], 0.01, 10**12)),
        ("n", lambda: helpers.one_hot([0], 10**12)),
        ("images", lambda: helpers.evaluate([START], np.broadcast_to(0.0, (10**9, 3)), [TRUE])),
        ("drawing", lambda: datasets.as_mnist([range(10**15)])),
    ],
)
def test_what_no_memory_holds_is_refused_before_it_is_made(name, call):
    with pytest.raises(ValueError, match=f"^{name} must .*[0-9] GB.*[.]$"):
        call()


# How well weights do


@pytest.fixture
def four_images():
    return np.array([[0.9, 0.1], [0.2, 0.8], [0.7, 0.4], [0.3, 0.3]]), np.eye(3)[[0, 1, 2, 1]], np.eye(3, 2)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda w, x, t: (w, x, t.argmax(axis=1)), "^targets must be rows of numbers; got an array of shape .4,.[.]$"),
        (lambda w, x, t: (w, x, t[:3]), "^images and targets must have one row per example; got the shapes"),
        (lambda w, x, t: (w, x, t[:, :2]), r"^weights must have the shape \(outputs, inputs\) = \(2, 2\), or be sev"),
        (lambda w, x, t: (w, x, 0 * t), "^targets must be one-hot, so that each row has a single largest number"),
        (lambda w, x, t: (w.T, x, t), r"^weights must have the shape .* = \(3, 2\), or be several such tables; got"),
        (lambda w, x, t: (w[0], x, t), "^weights must have the shape"),
        (lambda w, x, t: (w, x * np.nan, t), "^images must be finite numbers; some are NaN or infinite[.]$"),
        (lambda w, x, t: (w, x, t - np.inf), "^targets must be finite numbers"),
        (lambda w, x, t: (w.astype(str), x, t), "^weights must be numbers, in rows of equal length; got "),
    ],
)
def test_evaluate_refuses_what_does_not_fit(four_images, spoil, message):
    images, targets, weights = four_images
    with pytest.raises(ValueError, match=message):
        helpers.evaluate(*spoil(weights, images, targets))


def test_evaluate_is_right_for_small_whole_numbers():
    images, targets = np.array([[200, 100], [50, 250]], np.uint8), np.eye(2, dtype=np.int8)
    weights = np.array([[100, -100], [-50, 120]], np.int8)
    assert helpers.evaluate(weights, images, targets) == helpers.evaluate(
        *(1.0 * a for a in (weights, images, targets))
    )
    assert helpers.evaluate(weights, images, targets)[1] == 1


def test_a_network_without_an_answer_reads_nothing_rightly(four_images):
    images, targets, weights = four_images
    assert helpers.evaluate(weights, images, targets)[1] == 0.5
    for odd in (np.nan, np.inf):
        error, accuracy = helpers.evaluate(np.where(weights == 1, odd, weights), images, targets)
        assert not np.isfinite(error) and accuracy == 0
    assert (learning.answers(weights * np.nan, images) == learning.NO_ANSWER).all()


@pytest.mark.parametrize(
    ("labels", "given", "message"),
    [
        ([1, 2], [1], "labels and given must be as many; got 2 and 1"),
        ([1, 10], [1, 1], "labels must lie between 0 and 9, but there is a 10"),
        ([1, -1], [1, 1], "labels must lie between 0 and 9, but there is a -1"),
        ([1, 2], [1, -2], "given must lie between -1 and 9, but there is a -2"),
        ([1.0, 2.0], [1, 2], "labels must be one row of whole numbers, not float64"),
        (["1", "2"], [1, 2], "labels must be one row of whole numbers"),
    ],
)
def test_labels_and_answers_that_do_not_fit_are_refused(labels, given, message):
    for function in (learning.confusion_matrix, learning.accuracy_per_digit):
        with pytest.raises(ValueError, match=f"^{message}"):
            function(labels, given)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"step": None}, "step must be a step, such as `run.0.`; got None"),
        ({"output": 1}, "output must be a whole number from 0 to 0; got 1"),
        ({"column": -1}, "column must be a whole number from 0 to 2; got -1"),
        ({"column": 1.0}, "column must be a whole number from 0 to 2; got 1.0"),
        ({"values": ["0.5"]}, "values must be numbers"),
    ],
)
def test_the_error_along_a_weight_asks_for_one_that_there_is(run, change, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        helpers.error_along(**{"step": run[0], "output": 0, "column": 0, "values": [0.5]} | change)


# Records


def test_a_record_says_what_it_said_whatever_becomes_of_what_was_given():
    inputs, targets, weights = np.array(INPUTS), np.array([1.0]), np.array([START])
    descent = helpers.gradient_descent(inputs, targets, weights, 0.01, 3)
    in_turn = helpers.gradient_descent_in_turn(inputs[None], targets, weights, 0.01, 3)
    images, one_hot, start = IMAGES[0].copy(), helpers.one_hot(IMAGES[1]), np.zeros((10, 784))
    trained = helpers.stochastic_gradient_descent(images, one_hot, start, 0.001, 2)
    before = helpers.evaluate(trained.weights[1:], IMAGES[0], helpers.one_hot(IMAGES[1]))
    for each in (inputs, targets, weights, images, one_hot, start):
        each[:] = 0.5
    assert (descent.inputs.tolist(), descent.targets.tolist(), descent.weights[0, 0].tolist()) == (INPUTS, TRUE, START)
    assert (in_turn.inputs.tolist(), in_turn.targets.tolist()) == ([INPUTS], [TRUE])
    np.testing.assert_array_equal((trained.errors, trained.accuracies), before)
    for record in (descent, descent[0], in_turn, trained):
        arrays = [value for value in vars(record).values() if isinstance(value, np.ndarray)]
        for array in (*arrays, record.errors):
            with pytest.raises(ValueError, match="read-only"):
                array[:] = 0


# Files and the season


@pytest.mark.parametrize(
    "path", [None, 5, b"raw", "", "\0", "x" * 5000, [], range(10**15)], ids=lambda path: repr(path)[:9]
)
def test_what_is_no_path_is_refused(path):
    for name, function in (
        ("folder", helpers.fetch_mnist),
        ("folder", datasets.load_raw),
        ("path", datasets.read_idx),
    ):
        with pytest.raises(ValueError, match=f'^{name} must be a path, such as "raw"; got '):
            function(path)


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(FileNotFoundError, match="is missing, or no file: path must be that of an IDX file"):
            datasets.read_idx(path)


def test_games_that_have_no_names_are_refused():
    for arguments, name in (((["8.5"], ["toes"], ["win"]), "inputs"), (([8.5], [], ["win"]), "names"),
                            (([8.5], "t", ["win"]), "names"), (([8.5], ["toes"], 5), "outputs")):  # fmt: skip
        with pytest.raises(ValueError, match=f"^{name} must "):
            datasets.season.games_like(*arguments)


# Pictures and explorers


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda run: figures.errors({f"run {i}": run for i in range(6)}), "runs must be from 1 to 4 in a dictionary"),
        (lambda run: figures.errors({}), "runs must be from 1 to 4 in a dictionary"),
        (
            lambda run: figures.error_curves(run[0], names=NAMES[:2]),
            "names must give one name for each of the 3 numbers",
        ),
        (
            lambda run: figures.error_curves(run[0], names=[*NAMES, "more"]),
            "names must give one name for each of the 3",
        ),
        (lambda run: figures.error_curves(), "steps must be from 1 to 40, such as `run.0.`; got 0"),
        (
            lambda run: figures.output_node(run[0], inputs=["toes"]),
            "inputs must give one name for each of the 3 numbers",
        ),
        (lambda run: figures.output_node(run[0], output=1), "output must be a whole number from 0 to 0; got 1"),
        (
            lambda run: figures.outer_product(run[0], outputs=["hurt", "win"]),
            "outputs must give one name for each of the 1",
        ),
        (lambda run: figures.network(*run, titles=["one"]), "titles must be one for each of the 3 steps, or none"),
        (lambda run: figures.network(*run, inputs=["toes"]), "inputs must give one name for each of the 3 numbers"),
        (lambda run: figures.network(*run, outputs=["win", "more"]), "outputs must give one name for each of the 1"),
        (lambda run: figures.network(run), "steps must be a step, such as `run.0.`; got Descent"),
        (
            lambda run: figures.error_surface(run, [1, 1], [[0, 1], [0, 1]]),
            "columns must be two different input columns",
        ),
        (lambda run: figures.error_surface(run, [0, 1], [[1, 0], [0, 1]]), "windows must be two, each from a lower to"),
        (lambda run: figures.digits(IMAGES[0][:3], [1, 2]), "images and labels must be as many; got 3 and 2"),
        (lambda run: figures.digits(IMAGES[0][:2, :783], [1, 2]), "images must have the shape .n, 784. or .n, 28, 28."),
        (lambda run: figures.weight_images(np.zeros((10, 784)), [10]), "digits must list digits, each from 0 to 9"),
        (lambda run: figures.similarity(IMAGES[0][0] * 255, 5, np.zeros((10, 784))), "image must hold numbers from 0"),
        (
            lambda run: figures.training([[1, 2]] * 2, [[1, 2, 3]] * 2),
            "errors and accuracies must be of as many passes",
        ),
        (
            lambda run: figures.dot_products((("a", [1, 2]), ("b", [1]))),
            "pairs must be of vectors of one length; got 2",
        ),
        (lambda run: figures.Picture(10**6, 100), "width must be at most 12,000 pixels; got 1000000"),
        (
            lambda run: figures.Picture(10**4, 10**4),
            "width times height must be at most 20,000,000 pixels; got 10000 times",
        ),
    ],
)
def test_a_picture_that_would_leave_something_out_is_refused(run, draw, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        draw(run)


def test_an_output_node_has_room_for_all_its_inputs():
    step = helpers.gradient_descent(np.arange(1, 9), [1], np.zeros(8), 0.01, 1)[0]
    picture = figures.output_node(step, inputs=[f"input {i}" for i in range(8)])
    heights = [text.get_position()[1] for text in picture.axes[0].texts if "×" in text.get_text()]
    assert len(heights) == 8 and max(map(abs, heights)) < 1.4


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: explorers.MultipleInputs(INPUTS, TRUE, START, "abc"), "names must be a list of texts"),
        (
            lambda: explorers.MultipleInputs([1, 2, 3, 4], [1], [0] * 4, list("abcd")),
            "inputs must be from 1 to 3 numbers",
        ),
        (
            lambda: explorers.MultipleInputs(INPUTS, [1, 0], TABLE[:2]),
            "targets must be one number, as there is one output",
        ),
        (lambda: explorers.MultipleInputs(["8.5", "0.65", "1.2"], TRUE, START), "inputs must be numbers"),
        (lambda: explorers.MultipleInputs([1e7, 1, 1], TRUE, START), "inputs must be numbers between -1,000,000 and"),
        (lambda: explorers.FreezingOneWeight([1], TRUE, [0], ["toes"]), "inputs must be from 2 to 3 numbers"),
        (
            lambda: explorers.MultipleOutputs([1], [0] * 5, [0] * 5, ["toes"], list("abcde")),
            "targets must be of at most 4 numbers, for which there is room; got 5",
        ),
        (lambda: explorers.MultipleOutputs(INPUTS, OUTCOMES, TABLE, [1, 2, 3]), "names must be a list of texts"),
        (
            lambda: explorers.TwoImages(IMAGES[0], IMAGES[1][:5]),
            "images and labels must be as many; got 100 images and 5",
        ),
        (
            lambda: explorers.Training(*IMAGES, IMAGES[0] * 255, IMAGES[1]),
            "test_images must hold numbers from 0 .paper.",
        ),
        (lambda: explorers.Weights(IMAGES[0][:, :700], IMAGES[1], *IMAGES), "images must have the shape .n, 784."),
    ],
)
def test_an_explorer_of_what_it_cannot_show_is_refused(make, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        make()


@pytest.mark.parametrize("value", ["0.1", None, 1j, True, float("nan"), np.array([0.1, 0.2])])
def test_a_slider_refuses_what_is_no_number_and_stays_where_it_was(value):
    alpha, iterations = AlphaSlider(0.1, [0.0, 0.1, 0.2]), iterations_slider(3, 30)
    for slider, message in (
        (alpha, "alpha must be a finite number"),
        (iterations, "iterations must be a whole number"),
    ):
        before = slider.value
        with pytest.raises(ValueError, match=f"^{message}") as refusal:
            slider.value = value
        assert isinstance(refusal.value, TraitError) and slider.value == before
    with pytest.raises(ValueError, match="^iterations must be a whole number, such as 3; got 2.5.$"):
        iterations.value = 2.5


def test_what_cannot_be_chosen_or_hidden_is_refused():
    explorer = explorers.FreezingOneWeight([1, 2], [1], [0, 0], ["a", "b"])
    with pytest.raises(ValueError, match=r"^frozen must be one of None, 0, 1; got 2\.$"):
        explorer.frozen.value = 2
    with pytest.raises(ValueError, match=r"^answer must be one of limit, way; got 'limits'\.$"):
        explorer.hide("limits")
    with pytest.raises(ValueError, match="^value must be like Example.inputs=.1.0, 2.0., .*; got .*[.]$"):
        explorer.example.value = ([1.0], [1.0], [0.0])
    for control in (explorer.example, explorer.zoom):
        with pytest.raises(ValueError, match=" must be "):
            control.value = ()
    with pytest.raises(ValueError, match="^value must be like Example.*; got None[.]$"):
        explorer.example.value = None
    assert explorer.surface.columns == [0, 1]
