"""Figures, explorers, questions and checks, given what they can't mean: see test_fuzz.py."""

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import helpers
from helpers import check, explorers, figures, learning, predict
from helpers.check.exercise import FunctionExercise
from helpers.check.reply import RIGHT, Reply
from helpers.explorers.explorer import Explorer
from helpers.explorers.sliders import AlphaSlider, WholeSlider
from tests.support.explorers import MAKERS, kept
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
from tests.support.spoiling import NoNumbers, plain, shape_of, spoil
from tests.support.widgets import closed_afterwards

# The figures


def step_of(chance: np.random.Generator, n_in: int, n_out: int) -> learning.Step:
    frozen = chance.permutation(n_in)[: int(chance.integers(n_in))]
    weights = table(chance, n_out, n_in)
    return helpers.gradient_descent(table(chance, n_in), table(chance, n_out), weights, 0.1, 1, frozen)[0]


def named(count: int, what: str) -> list[str]:
    return [f"{what} {number}" for number in range(count)]


class OneByOne(NamedTuple):
    """A figure that is given one or several things one by one, here as the first argument, a list."""

    figure: Callable

    def __call__(self, **arguments: Any) -> figures.Picture:
        first, *options = arguments
        things = arguments[first]
        if not isinstance(things, list):
            things = [things]
        return self.figure(*things, **{name: arguments[name] for name in options})


def network_steps(chance: np.random.Generator) -> dict[str, Any]:
    n_in, n_out, count = size(chance), size(chance), int(chance.integers(1, 4))
    return {
        "steps": [step_of(chance, n_in, n_out) for _ in range(count)], "inputs": named(n_in, "input"),
        "outputs": named(n_out, "output"), "titles": named(count, "title"),
        "stage": ["empty", "predict", "compare", "learn", "update"][chance.integers(5)],
    }  # fmt: skip


def curves_steps(chance: np.random.Generator) -> dict[str, Any]:
    n_in, n_out = size(chance), int(chance.integers(1, 3))
    steps = [step_of(chance, n_in, n_out) for _ in range(int(chance.integers(1, 3)))]
    return {"steps": steps, "names": named(n_in * n_out, "weight"), "same_scale": bool(chance.integers(2))}


def table_step(chance: np.random.Generator) -> dict[str, Any]:
    n_in, n_out = size(chance), size(chance)
    return {"step": step_of(chance, n_in, n_out), "inputs": named(n_in, "input"), "outputs": named(n_out, "output")}


def node_step(chance: np.random.Generator) -> dict[str, Any]:
    n_in = size(chance)
    return {"step": step_of(chance, n_in, 2), "output": 1, "inputs": named(n_in, "input"), "name": "win"}


def surface_run(chance: np.random.Generator) -> dict[str, Any]:
    n_in = int(chance.integers(2, 5))
    run = helpers.gradient_descent(table(chance, n_in), [1], table(chance, 1, n_in), 0.1, size(chance))
    columns = chance.permutation(n_in)[:2]
    return {"run": run, "columns": columns, "windows": [[-1, 1], [0, 2]], "names": named(n_in, "input")}


def some_runs(chance: np.random.Generator) -> dict[str, Any]:
    count = int(chance.integers(1, 7))
    return {"runs": {name: helpers.gradient_descent([1, 2], [1], [0, 0], 0.1, 3) for name in named(count, "run")}}


def some_pairs(chance: np.random.Generator) -> dict[str, Any]:
    length = size(chance)
    return {"pairs": [(("a", table(chance, length)), ("b", table(chance, length))) for _ in range(size(chance))]}


def some_images(chance: np.random.Generator) -> dict[str, Any]:
    count = int(chance.integers(1, 13))
    return {"images": np.round(chance.random((count, 784)), 1), "labels": chance.integers(0, 10, count)}


def an_image(chance: np.random.Generator) -> dict[str, Any]:
    return {"image": np.round(chance.random(784), 1), "scores": table(chance, 10)}


def weights_of_some(chance: np.random.Generator) -> dict[str, Any]:
    return {"weights": table(chance, 10, 784), "digits": chance.integers(0, 10, size(chance)).tolist()}


def image_and_weights(chance: np.random.Generator) -> dict[str, Any]:
    return {"image": np.round(chance.random(784), 1), "label": 3, **weights_of_some(chance)}


def two_records(chance: np.random.Generator) -> dict[str, Any]:
    passes = size(chance)
    return {"errors": chance.random((2, passes)), "accuracies": chance.random((2, passes))}


def says(picture: figures.Picture, *names: Any) -> bool:
    """Whether each of the names stands in the picture; None is no names at all."""
    found = [text.get_text() for text in picture.texts]
    for axes in picture.axes:
        found += [axes.get_title(), axes.get_title("left"), axes.get_xlabel(), axes.get_ylabel()]
        found += [text.get_text() for text in axes.texts]
    given_names = [name for each in names if each is not None for name in each]
    return all(name in "\n".join(found) for name in given_names)


def images_in(picture: figures.Picture) -> int:
    return sum(len(axes.images) for axes in picture.axes)


def every_step(picture, steps, inputs, outputs, titles, stage) -> None:
    assert len(picture.axes) == len(steps) and says(picture, inputs, outputs, titles)


def every_curve(picture, steps, names, same_scale) -> None:
    assert len(picture.axes) == sum(step.weights.size for step in steps) and says(picture, names)


def every_cell(picture, step, inputs, outputs) -> None:
    assert len(picture.axes[0].patches) == step.weights.size and says(picture, inputs, outputs)


def every_weight_delta(picture, step, output, inputs, name) -> None:
    (axes,) = picture.axes
    inside = [text for text in axes.texts if abs(text.get_position()[1]) < 1.4 or not text.get_text()]
    assert len(inside) == len(axes.texts) and says(picture, inputs, [name])


def both_axes(picture, run, columns, windows, names) -> None:
    assert names is None or says(picture, [names[column] for column in columns])


def every_run(picture, runs) -> None:
    assert len(picture.axes[0].lines) == len(runs) and says(picture, runs)


def every_pair(picture, pairs) -> None:
    assert len(picture.axes) == len(pairs)


def every_image(picture, images, labels) -> None:
    assert images_in(picture) == len(images) and says(picture, map(str, labels))


def one_image(picture, image, scores) -> None:
    assert images_in(picture) == 1


def every_digit(picture, weights, digits) -> None:
    assert images_in(picture) == len(list(digits)) and says(picture, [f"{digit}?" for digit in digits])


def every_comparison(picture, image, label, weights, digits) -> None:
    assert images_in(picture) == 3 * len(list(digits)) and says(picture, [f"weights of {digit}?" for digit in digits])


def both_parts(picture, errors, accuracies) -> None:
    for axes, records in zip(picture.axes, (errors, accuracies), strict=True):
        lines = [line for line in axes.lines if len(line.get_xdata()) == len(records[0])]
        assert len(lines) >= 2


def is_blank(picture, width, height) -> None:
    assert not picture.axes


FIGURES = {
    "network": Function(OneByOne(figures.network), network_steps, every_step),
    "error_curves": Function(OneByOne(figures.error_curves), curves_steps, every_curve),
    "outer_product": Function(figures.outer_product, table_step, every_cell),
    "output_node": Function(figures.output_node, node_step, every_weight_delta),
    "error_surface": Function(figures.error_surface, surface_run, both_axes),
    "errors": Function(figures.errors, some_runs, every_run),
    "dot_products": Function(OneByOne(figures.dot_products), some_pairs, every_pair),
    "digits": Function(figures.digits, some_images, every_image),
    "digit_network": Function(figures.digit_network, an_image, one_image),
    "weight_images": Function(figures.weight_images, weights_of_some, every_digit),
    "similarity": Function(figures.similarity, image_and_weights, every_comparison),
    "training": Function(figures.training, two_records, both_parts),
    "Picture": Function(figures.Picture, lambda chance: {"width": 300, "height": 100}, is_blank),
}
REFUSED_AS_THEY_ARE = {"errors"}  # where there are more runs than can be told apart


def test_every_figure_is_tried():
    assert set(FIGURES) == set(figures.__all__)


@share_of_calls("figures")
@given(name=st.sampled_from(sorted(FIGURES)), seed=SEEDS, ways=SPOILING)
def test_a_figure_shows_all_or_a_sentence_says_why_not(name, seed, ways):
    function, make, is_right = FIGURES[name]
    arguments = spoiled(make(np.random.default_rng(seed)), ways)
    try:
        picture = answer(function, arguments)
    except Refused:
        assert ways or name in REFUSED_AS_THEY_ARE, "sensible arguments are refused"
        tally["figures refused"] += 1
        return
    tally["figures drawn"] += 1
    assert picture.caption or name == "Picture"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture.canvas.draw()
    is_right(picture, **arguments)


# The explorers, what can be set in them, and the questions


def images_to_explore(chance: np.random.Generator) -> dict[str, Any]:
    count = int(chance.integers(1, 13))
    images = np.round(chance.random((count, 784)) * (chance.random((count, 784)) < 0.2), 1)
    return {"images": images, "labels": chance.integers(0, 10, count)}


def images_to_test(chance: np.random.Generator) -> dict[str, Any]:
    return {f"test_{name}": value for name, value in images_to_explore(chance).items()}


def images_and_tests(chance: np.random.Generator) -> dict[str, Any]:
    return {**images_to_explore(chance), **images_to_test(chance)}


def weights_and_tests(chance: np.random.Generator) -> dict[str, Any]:
    return {"weights": table(chance, 10, 784), **images_to_test(chance)}


def example_of_one_output(chance: np.random.Generator) -> dict[str, Any]:
    n_in = int(chance.integers(2, 4))
    weights = table(chance, 1, n_in)
    return {"inputs": table(chance, n_in), "targets": [1], "weights": weights, "names": named(n_in, "input")}


def example_of_outputs(chance: np.random.Generator) -> dict[str, Any]:
    n_in, n_out = size(chance), size(chance)
    return {
        "inputs": table(chance, n_in), "targets": table(chance, n_out), "weights": table(chance, n_out, n_in),
        "names": named(n_in, "input"), "outputs": named(n_out, "output"),
    }  # fmt: skip


def games(chance: np.random.Generator) -> dict[str, Any]:
    n, n_in = size(chance), int(chance.integers(2, 5))
    weights, names = table(chance, n_in), named(n_in, "input")
    return {"inputs": table(chance, n, n_in), "targets": table(chance, n), "weights": weights, "names": names}


EXPLORERS = {
    "MultipleInputs": example_of_one_output,
    "FreezingOneWeight": example_of_one_output,
    "MultipleOutputs": example_of_outputs,
    "SeveralGames": games,
    "TwoImages": images_to_explore,
    "Training": images_and_tests,
    "Confusions": images_and_tests,
    "FullTraining": images_and_tests,
    "Weights": images_and_tests,
    "OwnDigit": weights_and_tests,
}


def test_every_explorer_is_tried():
    assert set(EXPLORERS) == set(explorers.__all__)


@share_of_calls("explorers")
@given(name=st.sampled_from(sorted(EXPLORERS)), seed=SEEDS, ways=SPOILING)
def test_an_explorer_is_made_or_a_sentence_says_why_not(name, seed, ways):
    arguments = spoiled(EXPLORERS[name](np.random.default_rng(seed)), ways)
    with closed_afterwards():
        try:
            explorer = answer(getattr(explorers, name), arguments)
        except Refused:
            assert ways, "sensible arguments are refused"
            tally["explorers refused"] += 1
            return
        tally["explorers made"] += 1
        assert explorer.summary
        plain(next(iter(arguments.values())))
        for axes in explorer.figure.axes:
            place = axes.get_position()
            assert 0 <= place.x0 < place.x1 <= 1 and 0 <= place.y0 < place.y1 <= 1, "it is drawn beside the picture"


def controls_of(explorer: Any) -> dict[str, Any]:
    if isinstance(explorer, Explorer):
        return explorer.controls
    return {"image": explorer.image}


def is_taken_rightly(control: Any, value: Any) -> bool:
    """Whether a slider is at the number that was asked for, or at its nearest."""
    try:
        asked = plain(value)
    except NoNumbers:
        return isinstance(value, int) and control.value in (control.min, control.max)  # it is longer than a float
    if isinstance(control, AlphaSlider):
        return control.value == min(control.values, key=lambda alpha: abs(alpha - asked))
    return control.value == min(max(asked, control.min), control.max)


SAID_OF = (
    "alpha", "iterations", "test image", "image A", "image B", "what it is", "taken for", "weights of", "games",
    "frozen", "axes", "zoom out", "learn from", "inputs", "targets", "weights", "value",
)  # fmt: skip


@share_of_calls("controls")
@given(name=st.sampled_from(sorted(MAKERS)), which=st.integers(0, 5), ways=SPOILING)
def test_what_is_set_by_hand_is_taken_or_a_sentence_says_why_not(name, which, ways):
    explorer = kept(name)
    label, control = list(controls_of(explorer).items())[which % len(controls_of(explorer))]
    before = control.value
    value = before
    for _, way in ways:
        value = spoil(value, way)
    try:
        answer(control.set_trait, {"name": "value", "value": value}, SAID_OF)
    except Refused:
        tally["settings refused"] += 1
        assert control.value == before
        return
    tally["settings taken"] += 1
    if isinstance(control, AlphaSlider | WholeSlider):
        assert is_taken_rightly(control, value), label
    assert explorer.summary
    control.value = before


QUESTIONS = {
    "clearer": "weights", "fastest_output": "several of both", "frozen_curve": "freezing", "gap": "full training",
    "largest_alpha": "several inputs", "largest_share": "several inputs", "limit_of_all": "several of both",
    "more_passes": "training",
}  # fmt: skip
NAMES = {"fastest_output": ("outputs", 3), "frozen_curve": ("names", 3), "largest_share": ("names", 3)}


def test_every_question_is_tried():
    assert set(QUESTIONS) == set(predict.__all__)


@share_of_calls("questions")
@given(name=st.sampled_from(sorted(QUESTIONS)), other=st.sampled_from(sorted(MAKERS)), ways=SPOILING)
def test_a_question_is_asked_or_a_sentence_says_why_not(name, other, ways):
    parameter = "explorer"
    if name == "gap":
        parameter = "trainer"
    arguments: dict[str, Any] = {parameter: kept(QUESTIONS[name])}
    if name in NAMES:
        what, count = NAMES[name]
        arguments[what] = named(count, "name")
    if len(ways) == 2:
        arguments[parameter] = kept(other)
    arguments = spoiled(arguments, ways[:1])
    try:
        question = answer(getattr(predict, name), arguments, ("No weight is frozen",))
    except Refused:
        assert ways, "a sensible question is refused"
        tally["questions refused"] += 1
        return
    tally["questions asked"] += 1
    assert question.text and question.answer_lines()
    if isinstance(arguments[parameter], Explorer):
        arguments[parameter].reveal()


# The checks

EXERCISES = [exercise for section in check.SECTIONS.values() for exercise in section.exercises]


def is_right_by_hand(ours: Any, right: Any) -> bool:
    try:
        ours, right = plain(ours), plain(right)
    except NoNumbers:
        return False
    return shape_of(ours) == shape_of(right) and np.allclose(ours, right, rtol=1e-6, atol=0.0005 + 1e-9)


@share_of_calls("checks")
@given(exercise=st.sampled_from(EXERCISES), ways=SPOILING)
def test_a_check_replies_whatever_the_answer(exercise, ways):
    given_answers: list[tuple[Any, Any]] = []

    def as_spoiled(*arguments: Any) -> Any:
        right = ours = exercise.solution(*arguments)
        for _, way in ways:
            ours = spoil(ours, way)
        given_answers.append((ours, right))
        return ours

    handed_in: Any = as_spoiled
    if isinstance(exercise, FunctionExercise):
        parameters = ", ".join(exercise.parameters)
        handed_in = eval(f"lambda {parameters}: as_spoiled({parameters})", {"as_spoiled": as_spoiled})
    else:
        handed_in = as_spoiled()
    before = exercise.state, list(exercise.slips_met)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reply = exercise(handed_in)
    exercise.state, exercise.slips_met = before
    tally[f"answers {reply.state}"] += 1
    assert isinstance(reply, Reply) and repr(reply) and reply._repr_html_()
    assert (reply.state == RIGHT) == all(is_right_by_hand(ours, right) for ours, right in given_answers), reply


@pytest.mark.parametrize("odd", [None, "", "frozen", 5, 1j, [], ["freezing"], {}, b"freezing", np.array(["a", "b"])])
def test_a_section_that_is_none_is_refused(odd):
    for function in (check.so_far, lambda section: check.write_results(section, "Ada")):
        with pytest.raises(Refused):
            answer(function, {"section": odd})
