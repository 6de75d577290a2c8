"""What a learner has set for all of Python or NumPy changes nothing that the course computes or says, and stays so."""

import decimal
import inspect
import random
import sys
import warnings
from functools import cache, partial
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pytest

import helpers
from helpers import check, datasets, learning, predict
from helpers.check.exercise import ValueExercise
from helpers.predict import freezing, mnist, multiple_outputs
from tests.support.exercises import EXERCISES, lesson_functions

MADE = {each.__name__: each for section in check.SECTIONS.values() for each in section.exercises}
RNG = np.random.default_rng(17)
IMAGES, LABELS = RNG.random((120, 784)), np.arange(120) % 10
TARGETS = np.eye(10)[LABELS]
TINY, HUGE = 1e-200, 1e200
START = np.zeros((10, 784))


def refusal_of(function, *arguments):
    with pytest.raises((ValueError, OSError)) as refusal:
        function(*arguments)
    return str(refusal.value)


# Learning


def descents():
    for alpha in (0.5, 50):  # at first ever smaller, then ever larger
        run = helpers.gradient_descent([1.0, TINY], [0.0], [1.0, 1.0], alpha, 2000, frozen=(1,))
        yield vars(run), run.diverged_at
    yield refusal_of(helpers.gradient_descent, [1.0], [0.0], [1.0], np.array([0.123456789, 2.0]), 3)
    yield refusal_of(helpers.gradient_descent, np.array([1 + 1j, 0.123456789]), [0.0], [1.0], 0.1, 3)


def trainings(train):
    for images, alpha in ((IMAGES, 0.001), (TINY * IMAGES, 0.1), (IMAGES, HUGE)):
        for passes in (1, 30):
            run = train(images, TARGETS, START, alpha, passes)
            yield run.weights, run.errors, run.accuracies, run.diverged_at


def descents_in_turn():
    for alpha in (0.01, 1e200):
        run = helpers.gradient_descent_in_turn([[1.0, TINY], [HUGE, 1.0]], [0.0, 1.0], [1.0, 1.0], alpha, 20)
        yield vars(run), run.diverged_at
    yield refusal_of(helpers.gradient_descent_in_turn, [[1.0]], [0.0], [1.0], np.array([0.123456789, 2.0]), 3)


def errors_along():
    step = helpers.gradient_descent([1.0], [0.0], [TINY], 0.5, 1)[0]
    return helpers.error_along(step, 0, 0, np.array([0, TINY, HUGE]))


# Checks


@cache
def answers(name):
    """Ways to call a check: with the notebook's solution, its stub, and numbers that are hard to compare."""
    exercise, made = EXERCISES[name], MADE[name]
    lesson = lesson_functions(exercise.notebook) | {"check": check}
    ways = []
    for code in (exercise.solution, exercise.stub):
        namespace = dict(lesson)
        exec(code, namespace)
        ways.append(partial(eval, exercise.check, namespace))
    right = [outcome.value for outcome in made.right_outcomes]
    for number in (1e308, 5e-324, float("nan")):
        wrong = [np.where(np.arange(np.size(value)).reshape(np.shape(value)) % 2, number, value) for value in right]
        ways.append(partial(hand_in_in_turn, made, wrong))
    ways.append(partial(hand_in_in_turn, made, [np.array([0.123456789, None])] * len(right)))
    return ways


def hand_in_in_turn(exercise, values):
    if isinstance(exercise, ValueExercise):
        return exercise(values[0])
    turn = iter(values * 2)
    return exercise(lambda *case: next(turn))


def replies(name):
    for forgotten in ("right_outcomes", "slips_outcomes"):
        vars(MADE[name]).pop(forgotten, None)
    return [repr(way()) for way in answers(name)]


# Questions


def explorer_of(alpha, **data):
    controls = {"alpha": widgets.FloatSlider(alpha, step=0.001), "iterations": widgets.IntSlider(20)}
    marks = {"answers": ("limit", "way"), "hide": lambda answer: None, "reveal": lambda *answers: None}
    return SimpleNamespace(**controls, controls=controls, progress=widgets.FloatProgress(), **marks, **data)


def explorer_of_one():
    run = helpers.gradient_descent([0.5, TINY, 1.2], [TINY, 1.0], [[0.1, 0.2, -0.1], [0.3, 0, 0]], 0.1, 20, frozen=(1,))
    return explorer_of(0.1, run=run)


def explorer_of_many():
    few = LABELS < 8  # of two digits there is no image
    return explorer_of(
        0.001,
        run=helpers.stochastic_gradient_descent(IMAGES, TARGETS, START, 0.001, 30),
        images=IMAGES[few],
        labels=LABELS[few],
        test_images=IMAGES,
        test_labels=LABELS,
        training=(IMAGES, TARGETS),
        test=(IMAGES, TARGETS),
        start=lambda: None,
    )


def asked(ask, explorer, answer):
    explorer.iterations.value = 20
    question = ask(explorer)
    question.answer.value = answer
    question.button.click()
    explorer.iterations.value += 1
    return repr(question), question.reply


def file_of(content):
    with open("file", "wb") as file:
        file.write(content)
    return "file"


CALLS = {
    learning.gradient_descent: lambda: list(descents()),
    learning.error_along: errors_along,
    learning.largest_stable_alpha: lambda: [helpers.largest_stable_alpha([value, 1.0]) for value in (TINY, HUGE)],
    learning.gradient_descent_in_turn: lambda: list(descents_in_turn()),
    learning.least_error_weights: lambda: helpers.least_error_weights([[TINY, 1.0], [HUGE, 1.0]], [0.0, 1.0], [0, 0]),
    learning.largest_stable_alpha_in_turn: lambda: [
        helpers.largest_stable_alpha_in_turn([[value, 1.0], [1.0, 0.0]]) for value in (TINY, HUGE)
    ],
    learning.stochastic_gradient_descent: lambda: list(trainings(helpers.stochastic_gradient_descent)),
    learning.one_image_at_a_time: lambda: list(trainings(helpers.one_image_at_a_time)),
    learning.answers: lambda: [helpers.learning.answers(START + value, IMAGES) for value in (TINY, HUGE, np.inf)],
    learning.confusion_matrix: lambda: helpers.learning.confusion_matrix(LABELS, np.flip(LABELS)),
    learning.accuracy_per_digit: lambda: helpers.learning.accuracy_per_digit(LABELS, np.flip(LABELS)),
    learning.evaluate: lambda: [helpers.evaluate(START + value, IMAGES, TARGETS) for value in (TINY, HUGE, np.inf)],
    datasets.as_mnist: lambda: [
        datasets.as_mnist([[5e-324, 1.0], [TINY, 0.1]]),
        refusal_of(datasets.as_mnist, np.array([[1.0000000000001, 3.0]])),
    ],
    datasets.fetch_mnist: lambda: refusal_of(datasets.fetch_mnist, file_of(b"in its place")),
    datasets.load_mnist: lambda: datasets.load_mnist("train"),
    datasets.load_pixels: lambda: datasets.load_pixels("train"),
    datasets.load_raw: lambda: refusal_of(datasets.load_raw, "nowhere"),
    datasets.one_hot: lambda: [datasets.one_hot(LABELS), refusal_of(datasets.one_hot, np.array([3, 17]))],
    datasets.read_idx: lambda: datasets.read_idx(file_of(bytes([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]))),
    check.so_far: lambda: repr(check.so_far("mnist")),
    check.write_results: lambda: repr(check.write_results("mnist", "Ada")),
    **{MADE[name]: partial(replies, name) for name in MADE},
    predict.largest_alpha: lambda: asked(predict.largest_alpha, explorer_of_one(), "1e-300"),
    predict.largest_share: lambda: asked(predict.largest_share, explorer_of_one(), "1e300"),
    predict.frozen_curve: lambda: asked(predict.frozen_curve, explorer_of_one(), freezing.UNDER),
    predict.fastest_output: lambda: asked(predict.fastest_output, explorer_of_one(), "win"),
    predict.limit_of_all: lambda: asked(predict.limit_of_all, explorer_of_one(), multiple_outputs.SAME),
    predict.more_passes: lambda: asked(predict.more_passes, explorer_of_many(), mnist.FALLS),
    predict.gap: lambda: asked(predict.gap, explorer_of_many(), mnist.NARROWER),
    predict.clearer: lambda: asked(predict.clearer, explorer_of_many(), mnist.AFTER_FEW),
}


def complain(kind, flag):
    raise AssertionError(kind)


def learner_sets(reaction):
    """Whatever may be in the way, and how NumPy is to react to numbers out of range."""
    np.seterrcall(complain)
    np.seterr(all=reaction)
    np.set_printoptions(precision=1, threshold=1, legacy="1.13", formatter={"float": lambda value: "?"})
    warnings.simplefilter("error")
    decimal.setcontext(decimal.Context(prec=1, traps=[decimal.Inexact, decimal.FloatOperation]))
    random.seed(1)
    np.random.seed(1)
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)


def settings():
    return (
        (np.geterr(), np.geterrcall(), np.get_printoptions(), list(warnings.filters)),
        (repr(decimal.getcontext()), random.getstate(), np.random.get_state(), sys.getrecursionlimit()),
    )


@pytest.fixture
def own_settings():
    """Nothing of a test's settings is left after it."""
    limit = sys.getrecursionlimit()
    with np.errstate(), np.printoptions(), warnings.catch_warnings(), decimal.localcontext():
        yield
        sys.setrecursionlimit(limit)


def test_no_function_is_left_out():
    public = [getattr(module, name) for module in (learning, datasets, check, predict) for name in module.__all__]
    assert set(CALLS) == {each for each in public if callable(each) and not inspect.isclass(each)}


@pytest.mark.parametrize("reaction", ["raise", "warn", "call", "print"])
@pytest.mark.parametrize("function", CALLS, ids=lambda function: f"{function.__module__}.{function.__name__}")
def test_what_a_learner_has_set_changes_nothing_and_is_not_changed(
    function, reaction, own_settings, tmp_path, monkeypatch, capfd
):
    monkeypatch.chdir(tmp_path)
    call = CALLS[function]
    without = call()
    learner_sets(reaction)
    before = settings()
    got = call()
    np.testing.assert_equal(settings(), before)
    np.set_printoptions(legacy=False)
    np.testing.assert_equal(got, without)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("reaction", "sentence"), [("raise", "with `FloatingPointError: divide by zero"), ("warn", "right. ")]
)
def test_a_learner_s_own_function_is_checked_as_it_runs_in_their_cell(reaction, sentence, own_settings, recwarn):
    def largest_alpha(inputs):
        np.array([1.0]) / 0
        np.seterr(all="ignore")
        return 2 / np.dot(inputs, inputs)

    np.seterr(all=reaction)
    assert sentence in check.largest_alpha(largest_alpha).sentence
    assert not recwarn and set(np.geterr().values()) == {reaction}
