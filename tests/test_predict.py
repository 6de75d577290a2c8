"""Questions before sliding: nothing is given away before a slider moves, and the replies are computed."""

import re
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import get_type_hints

import numpy as np
import pytest

import helpers
from helpers import explorers, predict
from helpers.predict import freezing, mnist, multiple_outputs
from tests.support.explorers import MAKERS
from tests.support.lesson import INPUTS, NAMES, OUTCOMES, START, TRUE

IMAGES = helpers.load_mnist()
REPLIES = Path(__file__).with_name("replies") / "predict.txt"
TEST = tuple(part[:1000] for part in helpers.load_mnist("test"))


def several_inputs(inputs=INPUTS, true=TRUE, start=START, names=NAMES):
    return explorers.MultipleInputs(inputs, true, start, names)


QUESTIONS = {
    "alpha": (several_inputs, predict.largest_alpha, "0.027"),
    "share": (several_inputs, predict.largest_share, "82"),
    "curve": (MAKERS["freezing"], predict.frozen_curve, freezing.UNDER),
    "alpha while frozen": (MAKERS["freezing"], predict.largest_alpha, "1.07"),
    "alpha of one input": (MAKERS["one input, several outputs"], predict.largest_alpha, "4.73"),
    "fastest": (MAKERS["one input, several outputs"], predict.fastest_output, multiple_outputs.ALL_THE_SAME),
    "limit": (MAKERS["several of both"], predict.limit_of_all, multiple_outputs.SAME),
    "passes": (lambda: explorers.Training(*IMAGES, *TEST), predict.more_passes, mnist.FALLS),
    "gap": (lambda: explorers.FullTraining(*IMAGES, *TEST), predict.gap, mnist.NARROWER),
    "clearer": (lambda: explorers.Weights(*IMAGES, *TEST), predict.clearer, mnist.AFTER_FEW),
}
RIGHT = {name: right for name, (_, _, right) in QUESTIONS.items()}

# Each question and its reply word for word; a * stands for what is rounding alone.
WORDS = dict(part.strip().split("\n", 1) for part in REPLIES.read_text(encoding="utf-8").split("## ")[1:])

MADE = {}


def asked(name):
    """The explorer as it is at first, and a new question about it. Explorers take a while to make, and serve again."""
    make, ask, _ = QUESTIONS[name]
    if make not in MADE:
        explorer = make()
        MADE[make] = explorer, explorer.alpha.value, explorer.iterations.value
    explorer, explorer.alpha.value, explorer.iterations.value = MADE[make]
    if "frozen" in explorer.controls:
        explorer.frozen.value = 0
    return explorer, ask(explorer)


def commit(question, answer):
    question.answer.value = answer
    question.button.click()


def slide(explorer):
    """One step of a slider."""
    explorer.iterations.value += 1


def reply_of(ask, explorer, answer):
    """What is said to an answer after one slide."""
    question = ask(explorer)
    commit(question, answer)
    slide(explorer)
    return question.reply


def replies(name, answers):
    """What is said to each of the answers after one slide."""
    _, ask, _ = QUESTIONS[name]
    for answer in answers:
        explorer, _ = asked(name)
        yield reply_of(ask, explorer, answer)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_reply_comes_with_the_first_slide_after_committing(name):
    explorer, question = asked(name)
    slide(explorer)
    assert question.reply == "" and not question.answer.disabled

    question.button.click()
    assert question.reply.endswith("A wrong guess costs nothing, and you will remember the answer better.")
    assert not question.answer.disabled and not question.button.disabled

    commit(question, RIGHT[name])
    assert question.answer.disabled and question.button.disabled
    assert question.reply == f"You said: {RIGHT[name]}. Now slide, and see."

    slide(explorer)
    assert "very near" in question.reply or f"You were right: {RIGHT[name]}." in question.reply
    assert question.reply.split(". ")[-1] in question.reply_box.value.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("name", "control", "value"),
    [("curve", "frozen", 1), ("gap", "alpha", 0.002), ("clearer", "image", 7), ("clearer", "second", 5)],
)
def test_whatever_is_moved_brings_the_reply(name, control, value):
    explorer, question = asked(name)
    commit(question, RIGHT[name])
    explorer.controls[control].value = value
    assert question.reply.startswith(f"You were right: {RIGHT[name]}.")


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_explorer_offers_what_its_question_relies_on(name):
    explorer, _ = asked(name)
    protocol, *_ = get_type_hints(QUESTIONS[name][1]).values()
    assert {"controls", "limit"} < get_type_hints(protocol).keys() <= set(dir(explorer))


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_and_reply_word_for_word(name):
    explorer, question = asked(name)
    shown = repr(question)
    commit(question, RIGHT[name])
    slide(explorer)
    expected = ".*".join(map(re.escape, WORDS[name].split("*")))
    assert re.fullmatch(expected, f"{shown}\n\n{question.reply}"), question.reply


@pytest.mark.parametrize("name", QUESTIONS)
def test_without_a_kernel_the_question_and_its_choices_are_there(name):
    _, question = asked(name)
    bundle = question._repr_mimebundle_()
    text = bundle["text/plain"]
    assert text == repr(question) and "application/vnd.jupyter.widget-view+json" in bundle
    assert text.startswith("Predict. ") and " ".join(question.text.split()) in " ".join(text.split())
    assert text.endswith("".join(f"\n  {line}" for line in question.answer_lines()))
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize("name", [name for name, right in RIGHT.items() if not right[0].isdigit()])
def test_every_wrong_choice_is_told_the_right_one(name):
    _, question = asked(name)
    wrong = [choice for choice in question.choices if choice != RIGHT[name]]
    for answer, reply in zip(wrong, replies(name, wrong), strict=True):
        assert f"You said “{answer}”, but the answer is “{RIGHT[name]}”." in reply


def test_a_number_is_told_how_near_it_is():
    expected = {
        "0,0269": "You said 0.0269: very near.",
        "0.054": "2 times too large",
        "0.009": "3 times too small",
        "0": "with an alpha of 0 or less, nothing is ever learnt",
        "-3": "nothing is ever learnt",
    }
    for reply, words in zip(replies("alpha", expected), expected.values(), strict=True):
        assert reply.startswith("Learning stops working above alpha 0.02699. ") and words in reply
    expected = {"82 %": "very near", "50": "32 too low", "95": "13 too high"}
    for reply, words in zip(replies("share", expected), expected.values(), strict=True):
        assert reply.startswith("It is toes, with 82% of the total. ") and words in reply


@pytest.mark.parametrize("nonsense", ["", "much", "nan", "inf", "1.2.3"])
def test_what_is_no_number_is_asked_for_again(nonsense):
    _, question = asked("alpha")
    commit(question, nonsense)
    assert question.reply.startswith("Write a number first") and not question.answer.disabled


def test_replies_follow_the_sliders():
    explorer, question = asked("alpha")
    commit(question, "0.02")
    explorer.alpha.value = 0.02
    factor = 1 - 0.02 * np.dot(INPUTS, INPUTS)
    assert f"at alpha 0.02, delta is multiplied by {factor:.3g}: it shrinks." in question.reply
    explorer.alpha.value = 0.05
    assert "at alpha 0.05, delta is multiplied by -2.71: it grows." in question.reply
    explorer.alpha.value = 0
    assert "at alpha 0, delta is multiplied by 1: it stays as large as it is." in question.reply

    explorer, question = asked("share")
    commit(question, "82")
    explorer.alpha.value = 0
    assert question.reply.endswith("Where your sliders are, the weights are back where they began, or off any scale.")

    explorer, question = asked("curve")
    commit(question, freezing.STAYS)
    for n in (2, 5):
        explorer.iterations.value = n
        step = explorer.run[n - 1]
        bottom = step.weights[0, 0] - step.deltas[0] / 8.5
        assert f"the dot at 0.1, the lowest point at {bottom:.4g}." in question.reply
    explorer.frozen.value = 1
    slide(explorer)
    assert "Where your sliders are" not in question.reply

    explorer, question = asked("clearer")
    commit(question, mnist.NO_DIFFERENCE)
    explorer.iterations.value = 10
    clarity = mnist.clarity(explorer.run.weights[10], *IMAGES).mean()
    assert f"at alpha 0.0001 and 10 passes: {clarity:.2f}." in question.reply


def test_weights_that_are_no_longer_finite_show_no_digit():
    explorer, _ = asked("clearer")
    explorer.alpha.value = 0.03
    question = predict.clearer(explorer)
    commit(question, mnist.AFTER_FEW)
    explorer.iterations.value = 2
    assert question.reply.startswith("You were right: after 3 passes.")
    assert "after 3 passes, no number is left after 100." in question.reply and "nan" not in question.reply


def test_the_numbers_are_those_of_the_explorers_inputs():
    explorer = several_inputs([2, -1], [3], [0.5, 0.5], ["x", "y"])
    alpha, share = predict.largest_alpha(explorer), predict.largest_share(explorer, ["x", "y"])
    commit(alpha, "0.5")
    commit(share, "60")
    slide(explorer)
    assert alpha.reply.startswith("Learning stops working above alpha 0.4. You said 0.5: 1.25 times too large.")
    assert share.reply.startswith("It is x, with 67% of the total. You said 60: 7 too low.")
    assert "x 67%, y 33%" in share.reply

    run = helpers.gradient_descent([2, -1], [3], [0.5, 0.5], 0.98 * 0.4, 30)
    assert f"from {run.errors[0, 0]:.3g} to {run.errors[-1, 0]:.3g}; " in alpha.reply


def test_the_answer_depends_on_where_the_question_was_asked():
    explorer, _ = asked("curve")
    explorer.alpha.value = 1.5
    reply = reply_of(predict.frozen_curve, explorer, freezing.AWAY)
    assert reply.startswith(f"You were right: {freezing.AWAY}.")

    explorer.frozen.value = None
    with pytest.raises(ValueError, match="No weight is frozen: choose one first"):
        predict.frozen_curve(explorer)

    explorer, _ = asked("passes")
    explorer.alpha.value = 0.0001
    reply = reply_of(predict.more_passes, explorer, mnist.RISES)
    assert reply.startswith(f"You were right: {mnist.RISES}.") and mnist.EXPLANATIONS[mnist.RISES] in reply


def test_accuracies_are_those_of_a_training_of_its_own():
    explorer, question = asked("passes")
    commit(question, mnist.FALLS)
    slide(explorer)
    targets, tests = helpers.one_hot(IMAGES[1]), helpers.one_hot(TEST[1])
    run = helpers.stochastic_gradient_descent(IMAGES[0], targets, np.zeros((10, 784)), 0.001, 100)
    (_, early), (_, late) = (helpers.evaluate(run.weights[n], TEST[0], tests) for n in (10, 100))
    assert f"from {early:.3f} after 10 passes to {late:.3f} after 100" in question.reply


def test_the_gap_is_told_once_the_training_has_moved_too():
    trainer, question = asked("gap")
    commit(question, mnist.WIDER)
    trainer.start()
    trainer.wait()
    assert "with 100, " in question.reply and "with 1,000 images" in question.reply


@pytest.mark.parametrize(
    ("test_accuracies", "truth"),
    [((0.5, 0.3, 0.6), mnist.NARROWER), ((0.5, 0.7, 0.4), mnist.WIDER), ((0.5, 0.7, 0.504), mnist.AS_WIDE)],
)
def test_the_gap_is_judged_by_the_fewest_and_the_most_images(monkeypatch, test_accuracies, truth):
    accuracies = iter(test_accuracies)
    monkeypatch.setattr(mnist, "train", lambda *anything: SimpleNamespace(weights=[None], accuracies=[0.9]))
    monkeypatch.setattr(mnist, "evaluate", lambda *anything: (None, next(accuracies)))
    _, question = asked("gap")
    reply = question.reply_to(truth)
    assert reply[0] == f"You were right: {truth}."
    measured = zip(test_accuracies, (100, 300, "1,000"))
    assert reply[1].endswith(", ".join(f"{0.9 - accuracy:.3f} with {n}" for accuracy, n in measured) + " images.")
    assert (reply[-1].startswith("Why?")) == (truth == mnist.NARROWER)


def test_clarity_is_1_for_what_sets_digits_apart():
    images, labels = IMAGES
    apart = np.array([images[labels == digit].mean(axis=0) for digit in range(10)]) - images.mean(axis=0)
    np.testing.assert_allclose(mnist.clarity(3 * apart, images, labels), 1)
    np.testing.assert_allclose(mnist.clarity(-apart, images, labels), -1)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_position_of_the_sliders_makes_a_reply_fail_or_warn(name):
    explorer, question = asked(name)
    commit(question, RIGHT[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for alpha in (0, 10):  # what is off the slider becomes its end
            explorer.alpha.value = alpha
            for iterations in (explorer.iterations.min, explorer.iterations.max):
                explorer.iterations.value = iterations
                assert question.reply and not question.reply.startswith("You said: ")


def test_there_is_an_answer_where_nothing_can_be_learnt():
    no_inputs, no_error = several_inputs([0, 0, 0]), several_inputs(true=[0.86])
    assert reply_of(predict.largest_alpha, no_inputs, "1") == (
        "At none: all inputs that count are 0, so no alpha moves any weight."
    )
    assert reply_of(predict.largest_share, no_inputs, "1") == (
        "Nothing moves at all: no input that counts is other than 0."
    )
    assert reply_of(predict.largest_alpha, no_error, "1").startswith("Learning stops working above alpha 0.02699. ")
    assert "the weights are back where they began" in reply_of(predict.largest_share, no_error, "1")

    several = explorers.MultipleOutputs([0.0], OUTCOMES, [0.3, 0.2, 0.9], ["record"])
    assert reply_of(predict.fastest_output, several, "win").endswith("which all outputs share.")
    assert reply_of(predict.limit_of_all, several, "smaller") == (
        "There is nothing to learn here: every input is 0, or no output is wrong."
    )
    right = explorers.MultipleOutputs([1.0], [0.25, 0.5], [0.25, 0.5], ["record"], ["hurt", "win"])
    assert reply_of(predict.fastest_output, right, "win") == (
        "No error is left to shrink: every output is right from the start."
    )
    level = explorers.FreezingOneWeight([0, 1, 1], [1], START)
    assert reply_of(predict.frozen_curve, level, freezing.STAYS) == (
        "The input of toes is 0, so its curve is a level line from the start. It can only move up or down."
    )


def test_a_curve_stays_where_the_others_do_not_learn():
    alone = explorers.FreezingOneWeight([1, 0, 0], [1], START)
    assert reply_of(predict.frozen_curve, alone, freezing.STAYS).startswith(
        f"You were right: {freezing.STAYS}. At alpha 0.3 the lowest point is 0.9 away from the dot at first, and 0.9 "
    )


def test_how_far_the_curve_is_away_in_the_end():
    explorer, _ = asked("curve")
    explorer.alpha.value = 1
    reply = reply_of(predict.frozen_curve, explorer, freezing.UNDER)
    run = helpers.gradient_descent(INPUTS, TRUE, START, 1, 30, frozen=[0])
    first, last = abs(run.deltas[[0, -1], 0] / 8.5)
    assert f"At alpha 1 the lowest point is {first:.3g} away from the dot at first, and {last:.2g} after" in reply


def test_errors_that_are_gone_after_one_step_have_shrunk_by_the_same_factor():
    explorer = explorers.MultipleOutputs([1.0], [0.5, 1.0], [0.25, 0.5], ["record"], ["hurt", "win"])
    question = predict.fastest_output(explorer, ["hurt", "win"])
    commit(question, multiple_outputs.ALL_THE_SAME)
    explorer.alpha.value = 1.0
    assert question.reply.startswith(f"You were right: {multiple_outputs.ALL_THE_SAME}.")
    assert "hurt from 0.0625 to 0 (times 0.000), win from 0.25 to 0 (times 0.000)" in question.reply


@pytest.mark.parametrize("name", ["share", "curve"])
def test_how_a_question_is_laid_out(name):
    explorer, _ = asked(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what ipywidgets does not know it warns of
        question = QUESTIONS[name][1](explorer)
    text, answer, button, reply = question.children
    assert text.value.startswith("<p style=") and "<b>Predict.</b> " in text.value
    assert answer is question.answer and answer.layout.width == {"share": "200px", "curve": "max-content"}[name]
    assert name == "curve" or answer.placeholder == "a percentage"
    assert button.description == "commit" and button.layout.width == "100px"
    assert reply is question.reply_box and reply._dom_classes == ("prediction-reply",)
    assert question.layout.max_width == "860px" and "prediction" in question._dom_classes
