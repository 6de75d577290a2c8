"""Checks of the exercises: what they say to solutions, to stubs, to slips, and to whatever else a learner runs."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from helpers import check
from helpers.check import mnist, visualizing
from helpers.check.exercise import FunctionExercise
from helpers.check.wording import compared
from tests.support.exercises import EXERCISES, hand_in

# What is said to the solutions, word for word.
REPLIES = Path(__file__).with_name("replies") / "check.txt"
WORDS = dict(part.strip().split("\n", 1) for part in REPLIES.read_text(encoding="utf-8").split("## ")[1:])
MADE = {each.__name__: each for section in check.SECTIONS.values() for each in section.exercises}

# Learners' slips as changes of the solution in the notebook: what stands there, what they write, what they are told.
SLIPS = {
    "place_of_pixel": [
        ("row * columns + column", "column * columns + row", "row and column are swapped"),
        ("row * columns + column", "(row - 1) * columns + column", "you count from 1"),
        ("row * columns + column", "row * column", "row and column are multiplied"),
        ("row * columns", "row * 28", "how wide it is comes as"),
    ],
    "all_weight_deltas": [
        ("pred - true", "true - pred", "the sign is flipped"),
        ("pred - true", "(pred - true) ** 2", "squared error for `delta`"),
        ("ele_mul(delta, inputs)", "ele_mul(delta, weights)", "multiplied by the weight"),
        ("ele_mul(delta, inputs)", "[delta for value in inputs]", "the bare delta"),
        ("pred - true", "pred", "`pred` for `delta`"),
    ],
    "train": [
        ("- alpha *", "+ alpha *", "the step is added"),
        ("alpha * delta", "delta", "alpha is forgotten"),
        ("* inputs[i]", "* inputs[i]; delta = neural_network(inputs, weights) - true", "already changed"),
        ("neural_network(inputs, weights)", "neural_network(inputs, start)", "all your errors are the same"),
        ("append(delta ** 2)", "append(delta)", "these are deltas"),
    ],
    "normalise": [
        ("abs(value) for", "value for", "`abs` take the sign away"),
        ("max(", "sum(", "you divide by the sum"),
        ("value / largest", "value / values[0]", "you divide by the first"),
        ("value / largest", "abs(value) / largest", "the signs are lost"),
        ("value / largest", "value / len(values)", "how many numbers there are"),
    ],
    "largest_alpha": [
        ("2 / length", "1 / length", "lands in one step"),
        ("value ** 2", "value", "Square each of them"),
        ("sum([value ** 2 for value in inputs])", "sum(inputs) ** 2", "you square the sum"),
        ("2 / length_squared", "2 * length_squared", "upside down"),
        ("sum([", "max([", "only the largest"),
    ],
    "land": [
        ("1 / sum", "2 / sum", "jumps over the target"),
        ("weight - alpha", "weight + alpha", "the wrong way"),
        ("value ** 2", "value", "sum of their squares"),
        ("1 / sum([value ** 2 for value in inputs])", "1", "the step of alpha 1"),
        ("weight - alpha", "alpha", "these are the changes"),
    ],
    "frozen_step": [
        ("weight_deltas[column] = 0", "weights[column] = 0; weight_deltas[column] = 0", "the frozen weights become 0"),
        ("    delta", "    weights = [w * (i not in frozen) for i, w in enumerate(weights)]\n    delta", "before pred"),
        ("    delta", "    inputs = [v * (i not in frozen) for i, v in enumerate(inputs)]\n    delta", "left out of"),
        ("in frozen:", "in frozen[:1]:", "only the first column"),
        ("weight_deltas[column] = 0", "pass", "nothing is frozen"),
        ("in frozen:", "in set(range(len(inputs))) - set(frozen):", "the other way round"),
        ("alpha * weight_delta", "weight_delta", "alpha is forgotten"),
        ("weight - alpha", "weight + alpha", "the step is added"),
    ],
    "bottom_of_curve": [
        ("weights[i] - delta", "weights[i] + delta", "on the other side"),
        ("delta / inputs[i]", "delta * inputs[i]", "delta is multiplied"),
        ("weights[i] - delta", "delta", "how far the bottom is"),
        ("delta / inputs[i]", "delta", "the input is missing"),
        ("weights[i] - delta / inputs[i]", "true / inputs[i]", "the other weights are left out"),
    ],
    "largest_alpha_while_frozen": [
        ("if column not in frozen", "", "all inputs are counted"),
        ("column not in frozen", "column in frozen", "only the frozen inputs"),
        ("2 / sum", "1 / sum", "lands in one step"),
        ("value ** 2", "value", "Square each of them"),
        ("column not in frozen", "column not in frozen[:1]", "only the first column"),
    ],
    "update_each": [
        ("weight - alpha", "weight + alpha", "the sign is flipped"),
        ("alpha * delta", "delta", "alpha is forgotten"),
        ("value * weight - target", "(value * weight - target) ** 2", "squared errors for the deltas"),
        ("delta * value", "delta", "the input is missing"),
        ("weight - alpha * delta", "delta", "these are the weight_deltas"),
        ("value * weight - target", "sum([value * w - t for w, t in zip(weights, true)])", "added up and shared"),
    ],
    "sad_from_record": [
        ("0.865 * 0.65", "-0.02 * 1.2", "row and column are swapped"),
        ("0.865 * 0.65", "-0.865 * 0.65", "the sign is flipped"),
        ("0.865 * 0.65", "0.865 ** 2 * 0.65", "the error of sad"),
        ("0.865 * 0.65", "0.965 * 0.65", "the prediction times"),
        ("0.865 * 0.65", "0.865", "the delta of sad"),
        ("0.865 * 0.65", "0.01 * 0.865 * 0.65", "how far the weight moves"),
    ],
    "update_table": [
        ("outer_product(deltas, inputs)", "outer_product(inputs, deltas)", "the wrong way round"),
        ("outer_product(deltas, inputs)", "np.outer(inputs, deltas)", "the wrong way round"),
        ("alpha * weight_delta ", "weight_delta ", "alpha is forgotten"),
        ("pred - target", "target - pred", "the sign is flipped"),
        ("pred - target", "(pred - target) ** 2", "squared errors for the deltas"),
        ("weight - alpha * weight_delta", "weight_delta", "these are the weight_deltas"),
        ("inputs)\n    new", "[1] * len(inputs))\n    new", "the bare delta"),
    ],
    "flatten": [
        ("for row in rows", "for row in zip(*rows)", "rows and columns are swapped"),
        ("flat.append(pixel)", "pass\n        flat.append(row)", "these are still rows"),
        ("for row in rows", "for row in rows[::-1]", "the wrong order"),
        ("for row in rows", "for row in rows[:1]", "only one row"),
        ("flat.append(pixel)", "pass\n        flat.append(sum(row))", "each row is added up"),
    ],
    "one_hot": [
        ("rows.append(row)", "rows.append(label)", "these are the labels themselves"),
        ("row[label]", "row[label - 1]", "one place too far"),
        ("= 1", "= label", "the label itself stands"),
        ("return rows", "return np.transpose(rows)", "rows and columns are swapped"),
        ("= 1", "= 1\n        row = [1 - value for value in row]", "the other way round"),
    ],
    "accuracy": [
        ("right / len(labels)", "right", "this is how many"),
        ("== label:", "!= label:", "the share of wrong answers"),
        ("right / len(labels)", "100 * right / len(labels)", "in per cent"),
        ("argmax", "argmin", "the lowest output"),
        ("+= 1", "+= 0\n        right += np.argmax(row)", "the answers themselves are averaged"),
    ],
    "errors_on_the_way": [
        (
            "        errors.append((delta ** 2).sum())\n        weights -= alpha * np.outer(delta, image)",
            "        weights -= alpha * np.outer(delta, image)\n        delta = weights @ image - target\n"
            "        errors.append((delta ** 2).sum())",
            "measured after the update",
        ),
        ("weights -= alpha * np.outer(delta, image)", "pass", "the weights never change"),
        ("(delta ** 2).sum()", "delta.sum()", "added up unsquared"),
        (".sum()", ".mean()", "the mean over the outputs"),
        ("alpha * np", "np", "alpha is forgotten"),
        ("-= alpha", "+= alpha", "the sign is flipped"),
        ("(delta ** 2).sum()", "delta ** 2", "errors of each output"),
        ("return errors", "return sum(errors)", "the sum over all images"),
    ],
    "unflatten": [
        ("return square", "return np.transpose(square)", "rows and columns are swapped"),
        ("28 * i : 28 * (i + 1)", "i::28", "rows and columns are swapped"),
        ("return square", "return row", "784 numbers in a row"),
        ("return square", "return square[::-1]", "on its head"),
        ("return square", "return square[0]", "only the top row"),
    ],
    "dot_products": [
        ("b_with_d = 1\nc_with_d = 0.5", "b_with_d = 2\nc_with_d = 1", "where both have something"),
        ("= 1\nb_with_d = 1\nc_with_d = 0.5", "= 4\nb_with_d = 3\nc_with_d = 3", "everything is added up"),
        ("= 1\nb_with_d = 1\nc_with_d = 0.5", "= 2\nb_with_d = 4\nc_with_d = 2", "both are 0 are counted"),
        ("= 1\nb_with_d = 1\nc_with_d = 0.5", "= 4\nb_with_d = 2\nc_with_d = 2", "the sums are multiplied"),
        ("0.5", "0.7", "Multiply the two lists place by place"),
    ],
    "most_alike": [
        ("range(i + 1, ", "range(i, ", "compared with itself"),
        ("weights[i] @", "-weights[i] @", "the least alike"),
        ("weights[i] @ weights[j]", "abs(weights[i] @ weights[j])", "the sign is lost"),
        ("return pair", "return best", "how alike they are"),
        ("weights[i] @ weights[j]", "-((weights[i] - weights[j]) ** 2).sum()", "differ least"),
    ],
    "mistakes": [
        ("!=", "==", "gets right"),
        ("return wrong", "return len(wrong)", "how many there are"),
        ("return wrong", "return wrong[0]", "only the first"),
        ("append(place)", "append(np.argmax(scores))", "wrong answers"),
        ("return wrong", "return [place in wrong for place in range(len(images))]", "whether it is wrong"),
    ],
    "deciding_pixel": [
        ("place // 28, place % 28", "place % 28, place // 28", "row and column are swapped"),
        ("image * (", "(", "the image is left out"),
        ("(weights[answer] - weights[label])", "weights[answer]", "only the weights of the network's answer"),
        ("weights[answer] - weights[label]", "weights[label] - weights[answer]", "for the right digit"),
        ("place // 28, place % 28", "place", "the place in the row of 784"),
    ],
}  # fmt: skip


def slipped(name, old, new):
    solution = EXERCISES[name].solution
    assert solution.count(old) == 1, f"{old!r} should be there once in {solution}"
    if "start" in new:  # a name for the weights that the training starts from
        solution = solution.replace("weights = list(weights)", "start = list(weights); weights = list(weights)")
    return solution.replace(old, new)


def test_every_check_has_its_exercise_in_a_notebook():
    assert set(MADE) == set(EXERCISES) == set(SLIPS) == set(check.__all__) - {"so_far", "write_results"}
    for name, exercise in EXERCISES.items():
        assert (MADE[name].number, MADE[name].title) == (exercise.number, exercise.title)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_right(name):
    reply = hand_in(name, EXERCISES[name].solution)
    assert reply.state == MADE[name].state == "right", reply
    assert repr(reply) == WORDS[name]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_untouched_stub_is_not_started(name):
    reply = hand_in(name, EXERCISES[name].stub)
    assert MADE[name].state == "not started"
    assert repr(reply) == (
        f"○ Exercise {EXERCISES[name].number}: not started yet. Replace each `...` and run the cell again."
    )


@pytest.mark.parametrize("name", EXERCISES)
def test_a_stub_with_one_blank_left_is_not_started(name):
    """Each line of the solution but one: whatever is left as `...` is never taken for an answer or a fault."""
    stub, solution = (code.splitlines() for code in (EXERCISES[name].stub, EXERCISES[name].solution))
    assert len(stub) == len(solution)
    for i, line in enumerate(stub):
        if "..." in line:
            reply = hand_in(name, "\n".join([*solution[:i], line, *solution[i + 1 :]]))
            assert reply.state == "not started", (line, reply)


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [(name, *slip) for name, slips in SLIPS.items() for slip in slips],
    ids=[f"{name}-{sentence}" for name, slips in SLIPS.items() for *_, sentence in slips],
)
def test_a_slip_is_named(name, old, new, sentence):
    reply = hand_in(name, slipped(name, old, new))
    assert reply.state == MADE[name].state == "wrong"
    assert sentence in reply.sentence or sentence.capitalize() in reply.sentence


@pytest.mark.parametrize("name", MADE)
def test_the_unseen_inputs_tell_the_slips_apart(name):
    exercise = MADE[name]
    assert len(exercise.slips) >= 3
    for slip in exercise.slips:
        reply = exercise(slip.function if isinstance(exercise, FunctionExercise) else slip.function())
        assert (reply.state, reply.sentence) == ("wrong", f"not yet: {slip.sentence}")


@pytest.mark.parametrize(
    ("make", "arguments", "decimals"),
    [
        (mnist.random_outputs, (431, 10), 2),
        (mnist.random_training, (441, 3, 4, 2), 2),
        (visualizing.random_weights, (532, 10), 2),
        (visualizing.random_weights, (531, 4, True), 2),
        (visualizing.random_network, (540, 7), 3),
    ],
)
def test_unseen_inputs_are_the_same_for_everybody_and_short_to_read(make, arguments, decimals):
    first, again = (np.concatenate([np.ravel(part) for part in [*make(*arguments)]]) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    np.testing.assert_allclose(first, np.round(first, decimals), atol=1e-12)
    assert len(np.unique(first)) > 10


def test_lists_tuples_arrays_and_plain_functions_will_do():
    for kind in (list, tuple, np.array, iter):
        reply = check.normalise(lambda values, kind=kind: kind([value / max(map(abs, values)) for value in values]))
        assert reply.state == "right"


def test_what_is_not_a_function_is_asked_for():
    reply = check.train([0.1, 0.2])
    assert reply.state == "wrong"
    assert "wants your function itself, and got `list`. Write `check.train(train)`" in reply.sentence
    assert "should take 2 things, in this order: `inputs`, `frozen`" in check.largest_alpha_while_frozen(abs).sentence


def test_a_learners_exception_is_told_in_one_line():
    code = "\n\ndef normalise(values):\n    largest = max(values)\n    return values / largest"
    reply = hand_in("normalise", code)
    assert reply.state == "wrong"
    assert repr(reply) == (
        "✗ Exercise 1.3: not yet: your function stops in line 5 of its cell with `TypeError: unsupported\n"
        "operand type(s) for /: 'list' and 'float'`."
    )
    reply = hand_in(
        "train", "def train(inputs, weights, true, alpha, iterations):\n    return neural_network(inputs, 1)"
    )
    assert "in line 2 of its cell with `TypeError: 'int' object is not subscriptable`" in reply.sentence
    assert "RecursionError" in hand_in("normalise", "def normalise(values):\n    return normalise(values)").sentence
    assert "SystemExit: 3" in hand_in("normalise", "def normalise(values):\n    raise SystemExit(3)").sentence


def test_numbers_of_any_kind_are_put_into_the_words_for_a_right_answer():
    for kind in (str, Fraction, Decimal, np.float32, np.array):
        reply = check.largest_alpha(lambda inputs, kind=kind: kind(2 / sum(value**2 for value in inputs)))
        assert reply.sentence.startswith("right. For the first game it is 0.02698"), kind
    assert "gives `array(" in check.largest_alpha(lambda inputs: np.array(1 + 0j)).sentence


def test_a_function_that_stops_at_the_numbers_of_the_lesson_is_not_right():
    def largest_alpha(inputs):
        assert inputs[0] < 8
        return 2 / sum(value**2 for value in inputs)

    assert "your function stops in line " in check.largest_alpha(largest_alpha).sentence


def test_ctrl_c_ends_a_check_that_does_not_end():
    def endless(values):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.normalise(endless)


def test_returning_nothing_is_told(capsys):
    def printing(inputs):
        print(2 / sum(value**2 for value in inputs))

    def changing(inputs, weights, true):
        weights[0] = 1

    assert "is there a `return`?" in check.largest_alpha(lambda inputs: None).sentence
    assert "prints something but returns nothing" in check.largest_alpha(printing).sentence
    assert capsys.readouterr().out == ""
    assert "changes `weights`, but returns nothing" in check.land(changing).sentence
    sometimes = hand_in(
        "bottom_of_curve",
        EXERCISES["bottom_of_curve"].solution.replace("return", "if i == 0:\n        return"),
    )
    assert "Is there a `return` on every way through it?" in sometimes.sentence


def test_inputs_are_copies_and_changing_them_is_told():
    code = EXERCISES["train"].solution.replace("    weights = list(weights)\n", "")
    for _ in range(2):  # the second time would go wrong if the first had changed the inputs
        reply = hand_in("train", code)
        assert reply.state == "right"
        assert reply.sentence == (
            "right. Predict, compare, learn and update, anew in every iteration. One thing to know: your function also "
            "changes the `weights` that it is given, so whoever calls it finds them changed afterwards. Working on a "
            "copy avoids that."
        )


def test_wrong_shapes_and_kinds_are_said_in_words():
    sentence = check.land(lambda inputs, weights, true: 0.5).sentence
    assert sentence == (
        "not yet: your function gives the same answer whatever it is given. Does it use a variable from an earlier "
        "cell? It should work with its own `inputs`, `weights`, `true` only."
    )
    sentence = check.land(lambda inputs, weights, true: sum(weights)).sentence
    assert "your function gives a single number, where a list of 3 numbers is wanted." in sentence
    assert "a table of 1 row and 3 columns, where" in check.land(lambda inputs, weights, true: [weights]).sentence
    assert "gives `{'a': 2.0}`, where" in check.largest_alpha(lambda inputs: {"a": inputs[0]}).sentence
    ragged = check.update_table(lambda weights, inputs, true, alpha: [weights[0], weights[1][1:]])
    assert "gives rows of different lengths, where a table of 3 rows and 3 columns is wanted" in ragged.sentence
    two_numbers = check.dot_products([1, 2]).sentence
    assert "your answer is a list of 2 numbers, where a list of 3 numbers is wanted." in two_numbers


def test_an_unknown_mistake_shows_a_number_to_meet():
    sentence = check.largest_alpha(lambda inputs: 3 / sum(value**2 for value in inputs)).sentence
    assert sentence == "not yet: given inputs = [2, -1, 0.5], your function gives 0.57143; right is 0.38095."
    place = check.unflatten(lambda row: np.roll(row.reshape(28, 28), 1))
    assert "given row = a list of 784 numbers, your function gives 783 at row 0, column 0" in place.sentence
    assert "right is 0." in place.sentence
    several = check.land(lambda inputs, weights, true: [0.5, *weights[1:]]).sentence
    assert several.startswith("not yet: given inputs = [") and "], weights = [" in several and ", true = " in several
    assert compared(np.arange(20), np.arange(20) + (np.arange(20) == 7) / 2) == (
        "7 at place 7 (counted from 0); right is 7.5."
    )
    assert compared(np.ones((4, 5)), np.eye(4, 5) + 1) == "1 at row 0, column 0 (counted from 0); right is 2."
    assert compared(np.ones((4, 5)), np.tri(4, 5, -2) + 1) == "1 at row 2, column 0 (counted from 0); right is 2."
    assert check.sad_from_record(12).sentence.startswith("not yet: that is not it. Which output")
    assert "nan" in check.largest_alpha(lambda inputs: float("nan") * inputs[0]).sentence


def test_replies_are_text_and_safe_html():
    reply = check.normalise(lambda values: [f"<b>{value}</b>" for value in values])
    assert "&lt;b&gt;" in reply._repr_html_() and "<b>2" not in reply._repr_html_()
    html = check.dot_products([2, 2, 2])._repr_html_()
    assert html.startswith("<p>✗ <b>Exercise 5.2:</b> not yet: ")
    assert "<code>def</code>" in check.train(3)._repr_html_()
    assert all(len(line) <= 100 for line in repr(check.train(3)).splitlines())


def test_so_far_counts_what_is_right_now():
    hand_in("frozen_step", EXERCISES["frozen_step"].solution)
    hand_in("bottom_of_curve", EXERCISES["bottom_of_curve"].stub)
    check.largest_alpha_while_frozen(lambda inputs, frozen: 1)
    assert repr(check.so_far("freezing")).splitlines() == [
        "1 of 3 right so far.",
        "✓ 2.1 Freeze any weights: right",
        "○ 2.2 The bottom of a curve: not started",
        "✗ 2.3 The largest alpha while some are frozen: wrong",
    ]
    with pytest.raises(ValueError, match="section must be one of 'preprocessing', 'multiple inputs'.*; got 'frozen'"):
        check.so_far("frozen")
