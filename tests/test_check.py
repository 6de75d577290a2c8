"""Checks of the exercises: what they say to solutions, to stubs, to slips, and to whatever else a learner runs."""

import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from helpers import check
from helpers.check.comparison import fact
from helpers.check.exercise import FunctionExercise
from helpers.check.wording import compared
from tests.support.exercises import EXERCISES, hand_in

# What is said to the solutions, word for word.
REPLIES = Path(__file__).with_name("replies") / "check.txt"
WORDS = dict(part.strip().split("\n", 1) for part in REPLIES.read_text(encoding="utf-8").split("## ")[1:])
MADE = {each.name: each for section in check.SECTIONS.values() for each in section.exercises}
FUNCTIONS = [exercise for exercise in MADE.values() if isinstance(exercise, FunctionExercise)]


def test_every_check_has_its_exercise_in_a_notebook():
    assert set(MADE) == set(EXERCISES) == set(check.__all__) - {"so_far", "write_results"}
    for name, exercise in EXERCISES.items():
        assert (MADE[name].number, MADE[name].title) == (exercise.number, exercise.title)


@pytest.mark.parametrize("name", MADE)
def test_the_solution_is_right_and_the_check_takes_no_time(name):
    start = time.process_time()
    reply = hand_in(name, EXERCISES[name].solution)
    assert reply.state == MADE[name].state == "right", reply
    assert repr(reply) == WORDS[name]
    assert time.process_time() - start < 0.3  # seconds


@pytest.mark.parametrize("name", MADE)
def test_the_untouched_stub_is_not_started(name):
    reply = hand_in(name, EXERCISES[name].stub)
    assert MADE[name].state == "not started"
    assert repr(reply) == (
        f"○ Exercise {EXERCISES[name].number}: not started yet. Replace each `...` and run the cell again."
    )


@pytest.mark.parametrize("name", MADE)
def test_blanks_that_are_left_are_counted(name):
    """Each line of the solution but one: whatever is left as `...` is never taken for an answer or a fault."""
    stub, solution = (code.splitlines() for code in (EXERCISES[name].stub, EXERCISES[name].solution))
    assert len(stub) == len(solution)
    blanks = [line.partition("#")[0].count("...") for line in stub]
    assert MADE[name].blanks == sum(blanks)
    for i, count in enumerate(blanks):
        if 0 < count < sum(blanks):
            reply = hand_in(name, "\n".join([*solution[:i], stub[i], *solution[i + 1 :]]))
            assert reply.state == "unfinished"
            assert reply.sentence.startswith({1: "one `...` is left."}.get(count, f"{count} `...` are left."))


@pytest.mark.parametrize("name", MADE)
def test_the_unseen_inputs_tell_the_slips_apart(name):
    exercise = MADE[name]
    assert len(exercise.slips) >= 3
    for slip in exercise.slips:
        reply = exercise(slip.function if isinstance(exercise, FunctionExercise) else slip.function())
        assert (reply.state, reply.sentence) == ("wrong", f"not yet: {slip.sentence}")


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda exercise: exercise.name)
def test_unseen_inputs_are_the_same_for_everybody_and_short_to_read(exercise):
    first, again = (exercise.draw(np.random.default_rng(1)) for _ in range(2))
    for part, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(part, same)
        np.testing.assert_allclose(part, np.round(part, 2), atol=1e-9)


def test_lists_tuples_arrays_and_plain_functions_will_do():
    for kind in (list, tuple, np.array, iter):
        reply = check.normalise(lambda values, kind=kind: kind([value / max(map(abs, values)) for value in values]))
        assert reply.state == "right"


def test_what_is_not_a_function_is_asked_for():
    reply = check.train([0.1, 0.2])
    assert reply.state == "wrong"
    assert "wants your function itself, and got `list`. Write `check.train(train)`" in reply.sentence
    assert "should take 2 things, in this order: `inputs`, `frozen`" in check.largest_alpha_while_frozen(abs).sentence


def test_a_learners_exception_is_told_with_its_line():
    code = "\n\ndef normalise(values):\n    largest = max(values)\n    return values / largest"
    assert repr(hand_in("normalise", code)) == (
        "✗ Exercise 1.3: not yet: your function stops in line 5 of its cell with `TypeError: unsupported\n"
        "operand type(s) for /: 'list' and 'float'`. Plain lists can't be used in arithmetic all at once: go\n"
        "through them number by number."
    )
    assert "your function ends Python, when it is called." in check.normalise(exit).sentence


def test_numbers_of_any_kind_are_put_into_the_words_for_a_right_answer():
    for kind in (Fraction, Decimal, np.float32, np.array):
        reply = check.largest_alpha(lambda inputs, kind=kind: kind(2 / sum(value**2 for value in inputs)))
        assert reply.sentence.startswith("right. For the first game it is 0.02698"), kind
        assert "rounded" not in reply.sentence
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
    assert "is there a `return`?" in check.largest_alpha(lambda inputs: None).sentence
    assert "prints something but returns nothing" in check.largest_alpha(print).sentence
    assert capsys.readouterr() == ("", "")
    assert (
        "changes `weights`, but returns nothing" in check.land(lambda inputs, weights, true: weights.clear()).sentence
    )


def test_inputs_and_answers_are_copies():
    code = EXERCISES["train"].solution.replace("    weights = list(weights)\n", "")
    for _ in range(2):  # the second time would go wrong if the first had changed the inputs
        assert "also changes the `weights`" in hand_in("train", code).sentence
    code = EXERCISES["flatten"].solution.replace("(rows)", "(rows, flat=[])").replace("    flat = []\n", "")
    assert "Given rows = [[0.5, 0.1]" in hand_in("flatten", code).sentence.replace("given", "Given")  # not the first


def test_wrong_kinds_are_said_in_words():
    assert "a table of 1 row and 3 columns, where" in check.land(lambda inputs, weights, true: [weights]).sentence
    assert "gives `{'a': 2.0}`, where" in check.largest_alpha(lambda inputs: {"a": inputs[0]}).sentence
    assert "gives an empty list, where" in check.land(lambda inputs, weights, true: []).sentence
    ragged = check.update_table(lambda weights, inputs, true, alpha: [weights[0], weights[1][1:]])
    assert "gives rows of different lengths, 3, 2 ..., where a table of 3 rows and 3 columns" in ragged.sentence
    assert "nan" in check.largest_alpha(lambda inputs: float("nan") * inputs[0]).sentence
    assert "`inf`, where" not in check.largest_alpha(lambda inputs: 10**400).sentence


def test_numbers_are_shown_to_the_digits_in_which_they_differ():
    assert compared(np.array(1.00001), np.array(1.00002)) == "1.00001; right is 1.00002."
    assert compared(np.array([-0.0]), np.array([1.0])) == "[0]; right is [1]."
    assert compared(np.arange(20), np.arange(20) + (np.arange(20) == 7) / 2) == (
        "7 at place 7 (counted from 0); right is 7.5."
    )
    assert compared(np.ones((4, 5)), np.tri(4, 5, -2) + 1) == "1 at row 2, column 0 (counted from 0); right is 2."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda right: -right, "the numbers are right but for their sign."),
        (lambda right: -abs(right), "the numbers are right in size, but some have the wrong sign."),
        (lambda right: right / 2, "every number is half of what it should be."),
        (lambda right: -3 * right, "every number is -3 times what it should be."),
        (lambda right: right - 1, "every number is too small by 1."),
        (lambda right: right[::-1], "these are the right numbers, but not in the right order."),
        (lambda right: right[:1], "what is there is right, but it ends too soon."),
        (lambda right: right[-1], "what is there is right, but the beginning is missing."),
        (lambda right: np.round(right, 2), "these are the right numbers, rounded to 2 decimals."),
        (lambda right: right + np.arange(2), None),
        (lambda right: np.zeros(5), None),
    ],
)
def test_what_is_seen_in_wrong_numbers_holds_for_all_of_them(change, sentence):
    right = [np.array([1.2345, -2.5]), np.array([0.333, 0.777])]
    seen = fact([(change(each), each) for each in right])
    assert seen == sentence or seen.startswith(sentence)
    assert fact([(change(right[0]), right[0]), (right[0] + [5, 7], right[1])]) is None


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
    check.one_round(lambda games, won, weights, alpha: weights[0] - ...)
    assert repr(check.so_far("freezing")).splitlines() == [
        "1 of 4 right so far.",
        "✓ 2.1 Freeze any weights: right",
        "○ 2.2 The bottom of a curve: not started",
        "✗ 2.3 The largest alpha while some are frozen: wrong",
        "◐ 2.4 Once through all games: unfinished",
    ]
    with pytest.raises(ValueError, match="section must be one of 'preprocessing', 'multiple inputs'.*; got 'frozen'"):
        check.so_far("frozen")
