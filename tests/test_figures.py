"""Figures: what they draw is what was computed, and what they say is what they draw."""

import base64
import io

import numpy as np
import pytest
from matplotlib.colors import to_rgba_array
from matplotlib.markers import CARETUP
from PIL import Image

import helpers
from helpers import figures
from helpers.figures.colours import DEPTH, INK, MUTED, NEGATIVE, PALETTE, POSITIVE, THIRD, WEIGHTS
from helpers.figures.curves import ErrorCurveView
from helpers.figures.history import CEILING, AlphaView, ErrorHistoryView
from helpers.figures.network_view import NetworkView
from helpers.figures.numbers import number, short
from helpers.figures.picture import Picture, encode
from helpers.figures.pixel_images import DigitView
from helpers.figures.scores import ScoresView
from helpers.figures.training_charts import TrainingView
from tests.support.lesson import INPUTS, NAMES, OUTCOMES, OUTPUTS, START, TABLE, TRUE


@pytest.fixture(scope="module")
def run():
    return helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 3)


@pytest.fixture(scope="module")
def both():
    return helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, 0.01, 3)


@pytest.fixture(scope="module")
def trained():
    images, labels = helpers.load_mnist()
    run = helpers.stochastic_gradient_descent(images, helpers.one_hot(labels), np.zeros((10, 784)), 0.0001, 3)
    return images, labels, run


def axes():
    return Picture(400, 300).add_axes_at(left=0.1, bottom=0.1, width=0.8, height=0.8)


NUMBERS = [
    (0.0196, 4, "0.0196"), (-0.14, 4, "-0.14"), (8.5, 4, "8.5"), (0.96375750, 4, "0.9638"), (0.11275, 5, "0.11275"),
    (0, 4, "0"), (-0.0, 4, "0"), (100, 4, "100"), (33.12, 3, "33.1"), (0.0000880271, 3, "0.000088"),
    (6.565e12, 3, "6.56e+12"), (1e-20, 3, "1e-20"), (4.27e-7, 4, "4.27e-7"), (np.inf, 4, "infinite"),
    (np.nan, 4, "infinite"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "digits", "text"), NUMBERS)
def test_numbers_as_a_person_writes_them(value, digits, text):
    assert number(value, digits) == text


def test_numbers_lose_digits_where_room_is_short():
    numbers = [0.009025, -0.0090251, 0.00000558, -1.29e20, -1.5e-300, 123456.7, 0, np.nan]
    written = ["0.009025", "-0.00903", "5.58e-6", "-1.3e+20", "-2e-300", "123500", "0", "infinite"]
    assert [short(value, 8) for value in numbers] == written


def test_zeros_can_be_kept():
    assert [number(value, 3, keep_zeros=True) for value in (0.01, 0.3, 8.80271e-05)] == ["0.0100", "0.300", "0.0000880"]


def test_a_picture_is_a_png_with_its_caption(run):
    picture = figures.network(run[0])
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == picture.caption == metadata["image/png"]["alt"]
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert image.format == "PNG"
    assert image.width == 2 * metadata["image/png"]["width"] and image.height == 2 * metadata["image/png"]["height"]


@pytest.mark.parametrize(
    ("stage", "on_the_edges", "inside", "beside"),
    [
        ("empty", ["0.1", "0.2", "-0.1"], "", ""),
        ("predict", ["0.1", "0.2", "-0.1"], "0.86", "pred 0.86"),
        ("compare", ["0.1", "0.2", "-0.1"], "0.86", "true 1\nerror 0.0196\ndelta -0.14"),
        ("learn", ["-0.14 × 8.5 = -1.19", "-0.14 × 0.65 = -0.091", "-0.14 × 1.2 = -0.168"], "0.86", None),
        ("update", ["0.1 → 0.1119", "0.2 → 0.20091", "-0.1 → -0.09832"], "0.86", None),
    ],
)
def test_a_network_carries_its_numbers(run, stage, on_the_edges, inside, beside):
    view = NetworkView(axes(), NAMES, ["win"])
    view.show(run[0], stage)
    assert [label.get_text() for label in view.labels[0]] == on_the_edges
    assert view.preds[0].get_text() == inside
    assert beside is None or view.notes[0].get_text() == beside


def test_every_line_of_a_network_has_the_weight_of_its_own_ends(both):
    view = NetworkView(axes(), NAMES, OUTPUTS)
    view.show(both[0])
    for j, i in np.ndindex(3, 3):
        assert view.labels[j][i].get_text() == number(TABLE[j][i])
        (_, start), (_, end) = np.transpose(view.edges[j][i].get_data())
        slope = (view.at_outputs[j][1] - view.at_inputs[i][1]) / 4
        assert end - start == pytest.approx(slope * np.ptp(view.edges[j][i].get_xdata()), abs=1e-9)
        x, y = view.labels[j][i].get_position()
        assert y == pytest.approx(view.at_inputs[i][1] + slope * x), "the number is not on its line"
        assert np.tan(np.radians(view.labels[j][i].get_rotation())) == pytest.approx(slope)


@pytest.mark.parametrize(
    ("stage", "lines"),
    [("compare", "a weight"), ("learn", "weight_delta = delta × input"), ("update", "step = alpha × weight_delta")],
)
def test_the_key_says_what_lines_and_colours_mean(both, stage, lines):
    view = NetworkView(axes(), NAMES, OUTPUTS)
    view.show(both[0], stage)
    (key,) = figures.network(*both, outputs=OUTPUTS, stage=stage).texts
    assert key.get_text() == view.key.get_text() and lines in key.get_text() and "blue above 0" in key.get_text()
    assert "frozen" not in key.get_text()


def test_a_frozen_line_is_told_from_the_others():
    view = NetworkView(axes(), NAMES, ["win"])
    view.show(helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 1, frozen=[0])[0])
    frames = [label.get_bbox_patch().get_edgecolor()[3] for label in view.labels[0]]
    assert frames == [1, 0, 0] and "dashed and framed: frozen" in view.key.get_text()


def test_a_missing_name_or_an_unknown_stage_is_told_of(both):
    with pytest.raises(ValueError, match="^outputs must give one name for each of the 3 numbers; got none.$"):
        figures.network(both[0])
    with pytest.raises(ValueError, match="must be one of empty, predict, compare, learn, update; got 'learnt'"):
        figures.network(both[0], outputs=OUTPUTS, stage="learnt")


def test_captions_say_the_numbers(run, both):
    assert figures.network(run[0], stage="learn").caption == (
        "win: pred 0.86, error 0.0196, delta -0.14, weight_deltas toes -1.19, record -0.091, fans -0.168"
    )
    assert "record 0.097043" in figures.network(both[0], outputs=OUTPUTS, stage="update").caption
    assert "hurt 3.868 0.2958 0.546; win -0.17 -0.013 -0.024" in figures.outer_product(both[0]).caption
    assert "-0.14" in figures.output_node(run[0]).caption
    assert "iteration 2: error 0.001314" in figures.error_curves(*run).caption


def test_a_curve_goes_through_its_point_and_the_tangent_touches_it(run):
    for column in range(3):
        view = ErrorCurveView(axes(), "", (-1, 1), 0.05, column=column)
        view.show(run[1])
        (weight,), (error,) = view.point.get_data()
        assert (weight, error) == (run.weights[1, 0, column], run.errors[1, 0])
        (x0, x1), (y0, y1) = view.tangent.get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(2 * run.weight_deltas[1, 0, column])
        assert (x0 + x1) / 2 == pytest.approx(weight) and (y0 + y1) / 2 == pytest.approx(error)
        along, errors = view.curve.get_data()
        others = 1 + run.deltas[1, 0] - INPUTS[column] * weight
        drawn = errors < 2
        np.testing.assert_allclose(errors[drawn], (others + INPUTS[column] * along[drawn] - 1) ** 2, atol=1e-12)


def test_a_point_that_leaves_the_chart_is_a_triangle_on_its_edge():
    wild = helpers.gradient_descent(INPUTS, TRUE, START, 0.1, 400)
    view = ErrorCurveView(axes(), "", (0, 0.3), 0.05)
    for iteration, marker in ((0, "o"), (1, "^"), (2, "<"), (3, ">"), (399, ">")):
        view.show(wild[iteration])
        assert view.point.get_marker() == marker
        assert np.isfinite(view.point.get_data()).all()
        assert (view.note.get_text() == "off the chart") == (marker != "o")
        assert bool(len(view.tangent.get_xdata())) == (marker == "o")


def test_the_history_stays_on_its_scale():
    wild = helpers.gradient_descent(INPUTS, TRUE, START, 0.1, 30)
    view = ErrorHistoryView(axes(), 30)
    view.show(wild.errors, 10)
    np.testing.assert_array_equal(view.lines[0].get_xdata(), range(1, 11))
    assert view.lines[0].get_ydata()[:3] == pytest.approx(wild.errors[:3, 0])
    assert view.lines[0].get_ydata()[-1] == CEILING
    assert view.note.get_text() == "above the chart from iteration 5"
    assert wild.errors[3, 0] < CEILING < wild.errors[4, 0]
    view.show(helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 30).errors, 30)
    assert view.note.get_text().startswith("below the chart from iteration")


@pytest.mark.parametrize(
    ("limit", "width", "label"),
    [(0.02, 0.02, "one step 0.01      limit 0.02"), (0.15, 0.1, "one step 0.075"), (0.5, 0.1, ""), (np.inf, 0.1, "")],
)
def test_the_alpha_line_ends_where_learning_does(limit, width, label):
    view = AlphaView(axes(), 0, 0.1)
    view.mark(limit)
    view.show(0.05)
    assert view.learns.get_width() == pytest.approx(width)
    assert view.diverges.get_width() == pytest.approx(0.1 - width, abs=1e-12)
    assert view.marker.get_xdata() == [0.05] and not view.marker.get_clip_on()
    assert view.label.get_text() == label


def test_the_surface_has_its_valley_where_the_error_is_0():
    run = helpers.gradient_descent(INPUTS, TRUE, START, 0.3, 30, frozen=[0])
    picture = figures.error_surface(run, (1, 2), ((0.1, 0.4), (-0.2, 0.1)))
    (surface,) = picture.axes
    heights = surface.images[0].get_array()
    (left, right), (bottom, top) = surface.get_xlim(), surface.get_ylim()
    assert left <= 0.1 and right >= 0.4 and bottom <= -0.2 and top >= 0.1
    across, up = np.linspace(left, right, len(heights)), np.linspace(bottom, top, len(heights))
    expected = (8.5 * 0.1 + 0.65 * across + 1.2 * up[:, None] - 1) ** 2
    np.testing.assert_allclose(heights, np.minimum(expected, heights.max()), atol=1e-12)
    np.testing.assert_allclose(np.transpose(surface.lines[0].get_data()), run.weights[:-1, 0, 1:])


def test_weight_images_show_the_weights_of_their_digit(trained):
    weights = trained[2].weights[-1]
    picture = figures.weight_images(weights)
    for digit in range(10):
        drawn = picture.axes[digit].images[0].get_array().ravel()
        inside = np.abs(drawn) < 1
        scale = weights[digit][inside & (drawn != 0)][0] / drawn[inside & (drawn != 0)][0]
        np.testing.assert_allclose(drawn[inside] * scale, weights[digit][inside], atol=1e-12)
        assert picture.axes[digit].get_title() == f"{digit}?"
    some = figures.weight_images(weights, range(6))
    assert [axes.get_title() for axes in some.axes if axes.images] == [f"{digit}?" for digit in range(6)]


def test_an_image_against_weights_adds_up_to_the_score(trained):
    images, labels, run = trained
    picture = figures.similarity(images[5], labels[5], run.weights[-1])
    assert "2? 0.261, 1? 0.0107" in picture.caption
    product = picture.axes[2].images[0].get_array().ravel()
    weights = picture.axes[1].images[0].get_array().ravel()
    inside = np.abs(weights) < 1
    np.testing.assert_allclose(product[inside], (images[5] * weights)[inside], atol=1e-12)


def test_ten_outputs_for_the_2(trained):
    images, _, run = trained
    scores = run.weights[-1] @ images[5]
    picture = figures.digit_network(images[5], scores)
    bars = picture.axes[2].patches
    assert [bar.get_width() for bar in bars] == pytest.approx(scores)
    assert len({bar.get_facecolor() for bar in bars}) == 2 and scores.argmax() == 2
    assert bars[2].get_facecolor() != bars[3].get_facecolor()


def test_a_bar_beyond_the_chart_ends_in_an_arrowhead():
    view = ScoresView(axes())
    view.show(np.array([1.53, -0.83, 1.05, -0.59, 0, 1e300, np.inf, np.nan, 1, -1e300]))
    (below, rows_below), (above, rows_above) = (np.array(each.get_data()) for each in view.arrowheads)
    assert [*rows_below] == [1, 9] and set(below) == {view.LOWEST}
    assert [*rows_above] == [0, 5, 6] and set(above) == {view.LONGEST}
    assert [view.labels[row].get_text() for row in (0, 1, 5, 7)] == ["1.53", "-0.83", "1e+300", "infinite"]
    assert not any(label.get_fontweight() == "bold" for label in view.labels), "none is the highest"


def test_the_colour_bar_is_true_of_every_weight(trained):
    weights = trained[2].weights[3]
    *images, bar = figures.weight_images(weights).axes
    drawn = np.array([image.images[0].get_array().ravel() for image in images])
    np.testing.assert_allclose(drawn * np.abs(weights).max(), weights, atol=1e-12)
    assert [text.get_text() for text in bar.texts] == ["0", "0.016", "-0.016"]


def test_no_third_of_a_network_is_empty(trained):
    picture = figures.digit_network(trained[0][5])
    picture.canvas.draw()
    inked = (np.asarray(picture.canvas.buffer_rgba())[..., :3] < 250).any(axis=(0, 2))
    assert np.diff(np.flatnonzero(np.r_[True, inked, True])).max() < 0.1 * len(inked)


def test_digits_are_drawn_under_their_labels(trained):
    images, labels, _ = trained
    picture = figures.digits(images[:12], labels[:12])
    assert [axes.get_title() for axes in picture.axes] == [str(label) for label in labels[:12]]
    for axes, image in zip(picture.axes, images):
        np.testing.assert_array_equal(axes.images[0].get_array().ravel(), image)
    whole_numbers = figures.digits((images[:1] * 255).round().reshape(1, 28, 28), labels[:1])
    np.testing.assert_allclose(whole_numbers.axes[0].images[0].get_array().ravel(), images[0])


def test_faint_ink_is_drawn_faint():
    view = DigitView(axes())
    view.show(np.full(784, 0.25), "faint")
    assert view.image.get_clim() == (0, 1) and view.image.to_rgba([0.25])[0][0] == pytest.approx(0.75, abs=0.01)


def test_the_palette_has_the_colours_that_are_drawn():
    palette = np.reshape(PALETTE.getpalette(), (-1, 3))
    shades = [WEIGHTS(np.linspace(0, 1, 200)), DEPTH(np.linspace(0, 1, 60))]
    shades += [to_rgba_array([INK, MUTED, POSITIVE, NEGATIVE, THIRD, "white"])]
    for shade in np.concatenate(shades)[:, :3] * 255:
        assert np.abs(palette - shade).max(axis=1).min() <= 12, shade


def test_dot_products():
    assert figures.dot_products((("a", [1, 2]), ("b", [3, 4]))).caption.endswith(": a · b = 11.")
    a, b, c, d = [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0.5, 0, 0.5, 0]
    picture = figures.dot_products(
        (("a", a), ("b", b)), (("b", b), ("c", c)), (("b", b), ("d", d)), (("c", c), ("d", d))
    )
    assert picture.caption == "Dot products, element by element: a · b = 0, b · c = 1, b · d = 1, c · d = 0.5."


def test_training_charts_end_where_training_ended():
    errors, accuracies = (np.array([0.6, 0.4]), np.array([0.7, 0.5])), (np.array([0.7, 0.8]), np.array([0.6, 0.65]))
    picture = figures.training(errors, accuracies)
    assert "training error 0.4, test error 0.5, training accuracy 0.8, test accuracy 0.65" in picture.caption
    drawn = [line.get_ydata()[-1] for axes in picture.axes for line in axes.lines]
    assert drawn == pytest.approx([0.4, 0.4, 0.5, 0.5, 0.8, 0.8, 0.65, 0.65])


def test_only_an_error_that_leaves_the_chart_ends_in_a_triangle():
    view = TrainingView(axes(), axes(), 2)
    points = [*view.error.points.values(), *view.accuracy.points.values()]
    view.show(([0.9, 1.5], [0.9, np.nan]), ([0.9, 1.0], [0.5, 0.5]), 2)
    assert [point.get_marker() for point in points] == [CARETUP, CARETUP, "o", "s"]
    view.show(([0.9, 1.5], [0.9, np.nan]), ([0.9, 1.0], [0.5, 0.5]), 1)
    assert [point.get_marker() for point in points] == ["o", "s", "o", "s"]


def test_several_runs_on_one_scale():
    runs = {f"alpha {alpha}": helpers.gradient_descent(INPUTS, TRUE, START, alpha, 10) for alpha in (0.01, 0.1)}
    picture = figures.errors(runs)
    for line, run in zip(picture.axes[0].lines, runs.values()):
        np.testing.assert_array_equal(line.get_ydata(), run.errors[:, 0])
    assert picture.axes[0].get_yscale() == "log"


def test_no_pixel_is_lost_to_rounding():
    for size in range(1, 1000):
        width, height = Picture(size, 1000 - size).bbox.size
        assert (int(width), int(height)) == (2 * size, 2 * (1000 - size))


def test_nothing_is_cut_off(run, both, trained):
    images, labels, learnt = trained
    pictures = [
        *(figures.network(run[0], stage=stage) for stage in ("empty", "compare", "learn", "update")),
        figures.network(*run, titles=["one", "two", "three"]), figures.network(run[0], run[1], titles=["one", "two"]),
        figures.network(both[0], outputs=OUTPUTS, stage="learn"), figures.output_node(run[0]),
        figures.error_curves(*run), figures.outer_product(both[0]),
        figures.digits(images[:12], labels[:12]), figures.digit_network(images[5]),
        figures.digit_network(images[5], learnt.weights[-1] @ images[5]), figures.weight_images(learnt.weights[-1]),
        figures.weight_images(learnt.weights[-1], [2, 1]), figures.similarity(images[5], 2, learnt.weights[-1]),
    ]  # fmt: skip
    for picture in pictures:
        picture.canvas.draw()
        drawn = np.asarray(Image.open(io.BytesIO(encode(picture.canvas.buffer_rgba(), 1))).convert("RGB"))
        border = np.concatenate([drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]])
        assert (border == 255).all(), picture.caption
