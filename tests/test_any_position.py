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
from helpers.explorers.fields import NumberFields
from helpers.explorers.pad import SIDE, Pad
from helpers.figures.history import CEILING, FLOOR
from tests.support.explorers import MAKERS, on_a_page, png
from tests.support.lesson import IMAGES, NAMES, TEST

pytestmark = pytest.mark.thorough

FEWEST_MOVES, MOST_MOVES = 6, 12

QUESTIONS = {
    "several inputs": [predict.largest_alpha, predict.largest_share],
    "freezing": [predict.largest_alpha, predict.frozen_curve],
    "several games": [],
    "one input, several outputs": [predict.largest_alpha, predict.fastest_output],
    "several of both": [predict.limit_of_all],
    "training": [predict.more_passes],
    "two images": [],
    "confusions": [],
    "full training": [predict.gap],
    "weights": [predict.clearer],
    "own digit": [],
}
TYPED = ("0", "-1", "0,5", "8.5", "1e6", "-1e-6", "much")
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
        is_control = isinstance(widget, Pad | ipywidgets.Button) or hasattr(widget, "value")
        if is_control and not isinstance(widget, ipywidgets.Label | NumberFields):
            name = getattr(widget, "description", "pad")
            found[f"{name} {len(found)}" if name in found else name] = widget
    for name in ("progress", "show the answers"):
        found.pop(name, None)
    return found


def positions(widget) -> st.SearchStrategy:
    if isinstance(widget, Pad):
        return st.one_of(st.just(bytes(SIDE * SIDE)), st.builds(stroke, *[st.integers(0, SIDE - 1)] * 4))
    if isinstance(widget, ipywidgets.IntSlider):
        return st.integers(widget.min, widget.max)
    if isinstance(widget, ipywidgets.Text):
        return st.sampled_from(TYPED)
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
        if isinstance(explorer, explorers.FullTraining):
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


def check_sum(view, score):
    """A score as said, and as the sum below a product, which may be written with fewer digits."""
    words = view.score.get_text().removeprefix("sum = ")
    digits = len(words.partition("e")[0].lstrip("-0.").replace(".", "")) or 1
    assert as_number(score) == pytest.approx(as_number(words), rel=0.6 * 10 ** (1 - digits), abs=1e-9)


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


def check_several_games(explorer):
    games, frozen = matched(r"^games? (\d.*), (\w+) frozen, ", explorer.summary)
    alpha, updates = matched(r"alpha (\S+), (\d+) updates?:", explorer.summary)
    chosen = [row for row in explorer.table.rows if row.name.get_visible()]
    assert games in (f"1 to {len(chosen)}", *(f"1 and {game}" for game in range(2, 5)), "1")
    assert chosen[-1].name.get_text() == f"game {games[-1]}" and frozen in ("nothing", *NAMES)
    agree(alpha, explorer.alpha.value)
    (errors,) = matched(r"errors? (.+?)(?:, together|;)", explorer.summary)
    lines = [line for line in explorer.history.lines if len(line.get_xdata())]
    for error, row, line in zip(errors.split(", "), chosen, lines, strict=True):
        agree(error, as_number(row.errors[0].get_text()), digits=2)
        agree(error, line.get_ydata()[-1], 0, explorer.history.limit)
        assert line.get_xdata()[-1] == explorer.history.total.get_xdata()[-1] == int(updates)
    (least,) = matched(r"at least ([^;]+)", explorer.summary)
    assert as_number(least) == pytest.approx(as_number(explorer.table.sum.errors[1].get_text()), rel=0.01)
    agree(least, explorer.history.least.get_ydata()[0], digits=2)
    (pulls,) = matched(r"next: game (\d) pulls", explorer.summary)
    assert explorer.map.key.next.get_text() == f"next: game {pulls} pulls"
    assert explorer.table.pulls.get_ydata()[0] == int(pulls)
    now = np.ravel(explorer.map.point.get_data())
    assert len(now) == 2 or explorer.map.key.missing.get_text() == "The weights are too large for any map."
    shown = explorer.run.weights[int(updates), 0, list(explorer.axes.value)]
    assert not len(now) or (now == shown).all()


def check_several_outputs(explorer):
    check_one_example(explorer)
    for row, across in zip(explorer.table.cells, explorer.table.down):
        (delta,) = matched(r"delta (\S+)", across.get_text())
        for cell, value in zip(row, explorer.run.inputs):
            agree(cell.text.get_text(), as_number(delta) * value, digits=2)


def check_charts(explorer, words, passes, parts=("training", "test")):
    """Error and accuracy of each part of the images, as said and as drawn."""
    for part in parts:
        error, accuracy = matched(rf"{part} error (\S+), accuracy ([^\s;]+)", words)
        agree(error, explorer.charts.error.lines[part].get_ydata()[-1], 0, 1)
        assert float(accuracy) == pytest.approx(explorer.charts.accuracy.lines[part].get_ydata()[-1], abs=0.0006)
        for chart in (explorer.charts.error, explorer.charts.accuracy):
            line, point = chart.lines[part], chart.points[part]
            assert line.get_xdata()[-1] == point.get_xdata()[0] == passes
            assert point.get_ydata()[0] == line.get_ydata()[-1]


def check_law(explorer, count=100):
    """The share of the first images whose limit alpha is above."""
    (share,) = matched(r"alpha is above the limit of (\S+)% of the training images", explorer.summary)
    assert explorer.law.note.get_text() == f"alpha is above {share}% of them"
    assert explorer.law.marker.get_xdata()[0] == explorer.alpha.value
    squares = (IMAGES[0][:count] ** 2).sum(axis=1)
    assert float(share) == pytest.approx(100 * (explorer.alpha.value * squares > 2).mean(), abs=0.06)


def highest_bar(view) -> list[int]:
    return [digit for digit, label in enumerate(view.labels) if label.get_fontweight() == "bold"]


def check_image(explorer):
    number, label, answer = matched(r"test image (\d+), a (\d), is (taken for a \d|no longer finite)", explorer.summary)
    assert (int(number), int(label)) == (explorer.image.value, TEST[1][int(number)])
    return answer


def check_training(explorer):
    alpha, passes = matched(r"^alpha (\S+), (\d+) pass", explorer.summary)
    agree(alpha, explorer.alpha.value)
    parts, count = ("training", "test"), 100
    if explorer.held_out.value:
        parts, count = ("training", "validation", "test"), 80
    assert [text.get_text() for text in explorer.charts.accuracy.axes.get_legend().get_texts()] == [
        f"{part} images" for part in parts
    ]
    assert bool(len(explorer.charts.error.lines["validation"].get_xdata())) == explorer.held_out.value
    check_charts(explorer, explorer.summary, int(passes), parts)
    check_law(explorer, count)
    answer = check_image(explorer)
    number, label = matched(r"test image (\d+), a (\d)", explorer.summary)
    assert explorer.digit.title.get_text() == f"test image {number}: a {label}"
    np.testing.assert_array_equal(explorer.digit.image.get_array().ravel(), TEST[0][explorer.image.value])
    assert answer == "no longer finite" or highest_bar(explorer.outputs) == [int(answer[-1])]


def check_full_training(explorer):
    passes, wanted = matched(r"(\d+) of (\d+) passes over 100 images", explorer.summary)
    assert int(wanted) == explorer.iterations.value
    if passes == "0":
        assert explorer.summary.endswith(": nothing learnt yet") and not len(
            explorer.charts.error.lines["training"].get_xdata()
        )
    else:
        check_charts(explorer, explorer.summary, int(passes))


def check_two_images(explorer):
    alpha, iteration = matched(r"^alpha (\S+), (\d+) iterations?:", explorer.summary)
    agree(alpha, explorer.alpha.value)
    labels = [IMAGES[1][slider.value] for slider in (explorer.image_a, explorer.image_b)]
    for name, label, outputs in zip("AB", labels, explorer.outputs):
        said, error = matched(rf"image {name}, a (\d), (?:has )?error ([^\s,;]+)", explorer.summary)
        assert int(said) == label and outputs.target.get_ydata()[0] == label
        line = explorer.errors.lines[name]
        agree(error, line.get_ydata()[-1], 0, 3)
        assert line.get_xdata()[-1] == int(iteration)
        assert outputs.title.get_text() == f"outputs for {name}, a {label}"
    in_common, predicted, measured = matched(r"A · B is (\S+), so .* = (\S+) \(measured: (\S+)\)", explorer.summary)
    assert explorer.in_common.sum.get_text() == f"A · B = {as_number(in_common):.3g}"
    assert as_number(predicted) == pytest.approx(as_number(measured), rel=6e-3, abs=2e-12)
    assert explorer.step.text.get_text().endswith(f"=  {predicted}")
    before, landing = explorer.outputs[1].bars[labels[0]].get_width(), explorer.outputs[1].ring.get_xdata()
    if len(landing) and explorer.outputs[1].SHORTEST < before < explorer.outputs[1].LONGEST:
        assert landing[0] - before == pytest.approx(as_number(predicted), rel=6e-3, abs=1e-9)
    assert ("; diverges, alpha is above" in explorer.summary) == (explorer.alpha.value > explorer.limit)


def check_confusions(explorer):
    check_law(explorer)
    counts = np.array([[int(text.get_text()) for text in row] for row in explorer.table.numbers])
    totals = np.bincount(TEST[1], minlength=10)
    right, of_all = matched(r"(\S+) of (\S+) test images read rightly", explorer.summary)
    assert int(right) == counts.trace() and int(of_all) == 100
    assert counts.sum() == (0 if "no longer finite" in explorer.summary else 100)
    for digit, bar in enumerate(explorer.bars.bars):
        assert bar.get_width() == pytest.approx(counts[digit, digit] / totals[digit])
    row, column = explorer.digit.value, explorer.taken_for.value
    count, of_digit = matched(r"; (\d+) of the (\d+) \ds are ", explorer.summary)
    assert (int(count), int(of_digit)) == (counts[row, column], totals[row])
    assert explorer.table.frame.get_xy() == (column, row)
    shown = [int(view.title.get_text()) for view in explorer.examples.digits if view.title.get_visible()]
    assert len(shown) == min(int(count), len(explorer.examples.digits)) and (TEST[1][shown] == row).all()


def check_weights(explorer):
    check_image(explorer)
    check_law(explorer)
    (largest,) = matched(r"largest weights (not finite|\S+),", explorer.summary)
    blank = [view.note.get_visible() for view in explorer.ten]
    assert any(blank) == (largest == "not finite")
    assert not any(view.image.get_array().any() for view in explorer.ten if view.note.get_visible())
    if not any(blank):
        agree(largest, as_number(explorer.bar.above.get_text()), digits=2)
    scores = re.findall(r"(\d)\? scores ([^\s,;]+)", explorer.summary)
    for (digit, score), view in zip(scores, explorer.compared, strict=True):
        assert view.weights.title.get_text() == f"weights of {digit}?"
        check_sum(view, score)


def check_own_digit(explorer):
    if not explorer.pad.drawing.any():
        assert explorer.summary.startswith("nothing is drawn yet") and not highest_bar(explorer.outputs)
        return
    (answer,) = matched(r"is taken for a (\d):", explorer.summary)
    assert highest_bar(explorer.outputs) == [int(answer)]
    scores = re.findall(r"(\d)\? scores ([^\s,;]+)", explorer.summary)
    for (digit, score), view in zip(scores, explorer.best, strict=True):
        assert view.weights.title.get_text() == f"weights of {digit}?"
        check_sum(view, score)
        agree(score, explorer.outputs.bars[int(digit)].get_width(), -0.6, 1.1)


CHECKS = {
    "several inputs": check_one_example,
    "freezing": check_freezing,
    "several games": check_several_games,
    "one input, several outputs": check_several_outputs,
    "several of both": check_several_outputs,
    "training": check_training,
    "two images": check_two_images,
    "confusions": check_confusions,
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
