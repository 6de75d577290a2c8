"""Whatever is moved, in whatever order: each explorer shows its position, and nothing of the way that led there."""

import math
import re
import warnings

import ipywidgets
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from helpers import explorers, predict
from helpers.explorers.pad import SIDE, Pad
from helpers.figures.history import CEILING, FLOOR
from tests.support.explorers import MAKERS, on_a_page, png
from tests.support.lesson import NAMES, TEST

FEWEST_MOVES, MOST_MOVES = 6, 12

QUESTIONS = {
    "several inputs": [predict.largest_alpha, predict.largest_share],
    "freezing": [predict.largest_alpha, predict.frozen_curve],
    "one input, several outputs": [predict.largest_alpha, predict.fastest_output],
    "several of both": [predict.limit_of_all],
    "training": [predict.more_passes],
    "full training": [predict.gap],
    "weights": [predict.clearer],
    "own digit": [],
}
MADE = {}


# What can be moved, and to where.


def widgets_in(box):
    for widget in getattr(box, "children", ()):
        yield widget
        yield from widgets_in(widget)


def controls(explorer) -> dict:
    """All that a hand can move in an explorer, by its name; those of one name are numbered."""
    found = {}
    for widget in widgets_in(explorer):
        if isinstance(widget, Pad | ipywidgets.Button) or hasattr(widget, "value"):
            name = getattr(widget, "description", "pad")
            found[f"{name} {len(found)}" if name in found else name] = widget
    found.pop("progress", None)
    return found


def positions(widget) -> st.SearchStrategy:
    if isinstance(widget, Pad):
        return st.one_of(st.just(bytes(SIDE * SIDE)), st.builds(stroke, *[st.integers(0, SIDE - 1)] * 4))
    if isinstance(widget, ipywidgets.IntSlider):
        return st.integers(widget.min, widget.max)
    if isinstance(widget, ipywidgets.FloatSlider):
        steps = round((widget.max - widget.min) / widget.step)
        return st.integers(0, steps).map(lambda step: widget.min + step * widget.step)
    if isinstance(widget, ipywidgets.Button):
        return st.none()
    return st.sampled_from([value for _, value in widget._options_full])


def stroke(left, right, top, bottom):
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[min(top, bottom) : max(top, bottom) + 5, min(left, right) : max(left, right) + 5] = 255
    return ink.tobytes()


def move(explorer, name, value):
    widget = controls(explorer)[name]
    if isinstance(widget, ipywidgets.Button):
        widget.click()
        explorer.wait()
    elif isinstance(widget, Pad):
        widget.set_state({"ink": memoryview(value)})
    else:
        widget.value = value


def way_to(explorer) -> list:
    """The moves that bring another explorer to where this one is."""
    where = {name: widget.value for name, widget in controls(explorer).items() if hasattr(widget, "value")}
    if isinstance(explorer, explorers.OwnDigit):
        return [*where.items(), ("pad", explorer.pad.ink)]
    if isinstance(explorer, explorers.FullTraining):
        another = next(alpha for alpha in explorer.alpha.values if alpha != where["alpha"])
        passes = explorer.results.shape[-1]
        train = [("iterations", passes), ("train", None)] if passes else []
        return [("alpha", another), ("alpha", where["alpha"]), *train, ("iterations", where["iterations"])]
    return [*where.items()]


# What must hold wherever it is.


def texts(explorer):
    return [text.get_text() for axes in explorer.figure.axes for text in [*axes.texts, axes.title] if text.get_text()]


def check_nothing_is_undefined(explorer):
    for axes in explorer.figure.axes:
        for line in axes.lines:
            assert np.isfinite(np.asarray(line.get_data(), float)).all()
        for image in axes.images:
            assert np.isfinite(image.get_array()).all() and not np.ma.is_masked(image.get_array())
        for patch in axes.patches:
            assert np.isfinite(patch.get_extents().get_points()).all()
        for text in axes.texts:
            assert np.isfinite(text.get_position()).all()
    for words in [explorer.summary, *texts(explorer)]:
        assert not re.search(r"\b(nan|inf|None)\b", words), words


def matched(pattern, words) -> list[str]:
    """The groups of a pattern that the words must match."""
    found = re.search(pattern, words)
    assert found, f"{pattern!r} is not in {words!r}"
    return found.groups()


def as_number(words) -> float:
    return math.inf if words == "infinite" else float(words)


def agree(words, drawn, lowest=-math.inf, highest=math.inf, digits=3):
    """A number in words, and the same drawn on a scale that ends at lowest and highest."""
    assert float(np.clip(as_number(words), lowest, highest)) == pytest.approx(drawn, rel=0.6 * 10 ** (1 - digits))


def check_one_example(explorer):
    names = getattr(explorer, "outputs", [""])
    alpha, iterations = matched(r"alpha (\S+), (\d+) iterations?:", explorer.summary)
    agree(alpha, explorer.alphas.marker.get_xdata()[0])
    for j, (name, line, point) in enumerate(zip(names, explorer.history.lines, explorer.history.points, strict=True)):
        first, last = matched(rf"{name} ?error (\S+) -> ([^\s,;]+)", explorer.summary)
        agree(first, line.get_ydata()[0], FLOOR, CEILING)
        agree(last, line.get_ydata()[-1], FLOOR, CEILING)
        assert line.get_xdata()[-1] == point.get_xdata()[0] == int(iterations)
        assert line.get_ydata()[-1] == point.get_ydata()[0]
        if hasattr(explorer, "network"):
            assert as_number(last) == pytest.approx(
                as_number(matched(r"error (\S+)", explorer.network.notes[j].get_text())[0]), rel=6e-3
            )
    learns = explorer.alphas.learns
    on_the_red = explorer.alphas.marker.get_xdata()[0] > learns.get_x() + learns.get_width() * (1 + 1e-12)
    assert ("; diverges, alpha is above" in explorer.summary) == on_the_red
    for view in getattr(explorer, "curves", []):
        shown = view.point.get_ydata()[0]
        on_the_chart = view.point.get_marker() == "o"
        assert (view.note.get_text() == "off the chart") == (not on_the_chart)
        if on_the_chart:
            agree(last, shown, 0, view.limit)


def check_freezing(explorer):
    check_one_example(explorer)
    (frozen,) = matched(r"^(\w+) frozen, ", explorer.summary)
    assert [axes.get_title(loc="left") for axes in explorer.figure.axes[:3]] == NAMES
    for name, view in zip(NAMES, explorer.curves):
        assert view.note.get_text() in ("frozen", "off the chart") or name != frozen
        assert view.note.get_text() != "frozen" or name == frozen
    beside = {explorer.surface.axes.get_xlabel(), explorer.surface.axes.get_ylabel()}
    assert f"weight of {frozen}" not in beside and len(beside) == 2


def check_several_outputs(explorer):
    check_one_example(explorer)
    for row, across in zip(explorer.table.cells, explorer.table.down):
        (delta,) = matched(r"delta (\S+)", across.get_text())
        for cell, value in zip(row, explorer.inputs):
            agree(cell.text.get_text(), as_number(delta) * value, digits=2)


def check_charts(explorer, words, passes):
    """Error and accuracy, of training and test, as said and as drawn."""
    errors = matched(r"training error (\S+), accuracy (\S+); test error (\S+), accuracy ([^\s;]+)", words)
    for words, k in zip(errors, (0, 2, 1, 3)):
        line, point = explorer.charts.lines[k], explorer.charts.points[k]
        agree(words, line.get_ydata()[-1], 0, 1)
        assert line.get_xdata()[-1] == point.get_xdata()[0] == passes
        assert point.get_ydata()[0] == line.get_ydata()[-1]


def highest_bar(view) -> list[int]:
    return [digit for digit, label in enumerate(view.labels) if label.get_fontweight() == "bold"]


def check_image(explorer):
    number, label, answer = matched(r"test image (\d+), a (\d), is (taken for a \d|no longer finite)", explorer.summary)
    assert (int(number), int(label)) == (explorer.image.value, TEST[1][int(number)])
    return answer


def check_training(explorer):
    alpha, passes = matched(r"^alpha (\S+), (\d+) pass", explorer.summary)
    agree(alpha, explorer.alpha.value)
    check_charts(explorer, explorer.summary, int(passes))
    answer = check_image(explorer)
    number, label = matched(r"test image (\d+), a (\d)", explorer.summary)
    assert explorer.digit.title.get_text() == f"test image {number}: a {label}"
    np.testing.assert_array_equal(explorer.digit.image.get_array().ravel(), TEST[0][explorer.image.value])
    assert answer == "no longer finite" or highest_bar(explorer.outputs) == [int(answer[-1])]


def check_full_training(explorer):
    passes, wanted = matched(r"(\d+) of (\d+) passes over 100 images", explorer.summary)
    assert int(wanted) == explorer.iterations.value
    if passes == "0":
        assert explorer.summary.endswith(": nothing learnt yet") and not len(explorer.charts.lines[0].get_xdata())
    else:
        check_charts(explorer, explorer.summary, int(passes))


def check_weights(explorer):
    check_image(explorer)
    (largest,) = matched(r"largest weights (not finite|\S+),", explorer.summary)
    blank = [view.note.get_visible() for view in explorer.ten]
    assert any(blank) == (largest == "not finite")
    assert not any(view.image.get_array().any() for view in explorer.ten if view.note.get_visible())
    if not any(blank):
        agree(largest, as_number(explorer.bar.above.get_text()), digits=2)
    scores = re.findall(r"(\d)\? scores ([^\s,;]+)", explorer.summary)
    for (digit, score), view in zip(scores, explorer.compared, strict=True):
        assert view.weights.title.get_text() == f"weights of {digit}?"
        assert view.score.get_text() == "sum = infinite" or as_number(score) == pytest.approx(
            as_number(view.score.get_text().removeprefix("sum = ")), rel=6e-3, abs=1e-9
        )


def check_own_digit(explorer):
    if not explorer.pad.drawing.any():
        assert explorer.summary.startswith("nothing is drawn yet") and not highest_bar(explorer.outputs)
        return
    (answer,) = matched(r"is taken for a (\d):", explorer.summary)
    assert highest_bar(explorer.outputs) == [int(answer)]
    scores = re.findall(r"(\d)\? scores ([^\s,;]+)", explorer.summary)
    for (digit, score), view in zip(scores, explorer.best, strict=True):
        assert view.weights.title.get_text() == f"weights of {digit}?"
        agree(score, as_number(view.score.get_text().removeprefix("sum = ")))
        agree(score, explorer.outputs.bars[int(digit)].get_width(), -0.6, 1.1)


CHECKS = {
    "several inputs": check_one_example,
    "freezing": check_freezing,
    "one input, several outputs": check_several_outputs,
    "several of both": check_several_outputs,
    "training": check_training,
    "full training": check_full_training,
    "weights": check_weights,
    "own digit": check_own_digit,
}


# The moves.


def two(name):
    """Two explorers, where new ones are. They take a while to make, and serve again."""
    if name not in MADE:
        MADE[name] = on_a_page(name), on_a_page(name)
        MADE[name] += (way_to(MADE[name][0]),)
    *both, beginning = MADE[name]
    for explorer in both:
        go(explorer, beginning)
    return both


def go(explorer, way):
    for name, value in way:
        move(explorer, name, value)


def asked(data, name, explorer):
    """Questions about an explorer as it is now, each with an answer that was committed to."""
    questions = [ask(explorer) for ask in QUESTIONS[name]]
    for question in questions:
        answers = getattr(question, "choices", ("0", "0.027", "82 %", "1e9"))
        question.answer.value = data.draw(st.sampled_from(answers), label=question.text)
        question.button.click()
    return questions


def check_reply(question):
    assert not re.search(r"\b(nan|inf|None)\b", question.reply), question.reply
    if not question.reply.startswith("You said: "):
        with np.errstate(all="ignore"):
            now = question.reply_to(question.given())
        assert question.reply == " ".join(now), "the reply is not of this position"


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=4, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(data=st.data())
def test_any_moves_in_any_order(name, data):
    explorer, straight = two(name)
    choices = controls(explorer)
    questions = asked(data, name, explorer)
    for _ in range(data.draw(st.integers(FEWEST_MOVES, MOST_MOVES), label="moves")):
        which = data.draw(st.sampled_from(sorted(choices)), label="which")
        value = data.draw(positions(choices[which]), label=which)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", category=DeprecationWarning, module="matplotlib")  # not for readers
            move(explorer, which, value)
        check_nothing_is_undefined(explorer)
        assert explorer.summary == explorer.live.words
        CHECKS[name](explorer)
        for question in questions:
            check_reply(question)
    go(straight, way_to(explorer))
    assert straight.summary == explorer.summary
    assert png(straight) == png(explorer)
