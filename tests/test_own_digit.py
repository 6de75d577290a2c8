"""The pad and what is made of a drawing on it: what is drawn and said is what was computed."""

import warnings

import numpy as np
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers import explorers
from helpers.datasets import as_mnist
from helpers.explorers import pad
from tests.support.explorers import kept
from tests.support.lesson import TEST

IMAGES, LABELS = TEST
SIDE = pad.SIDE


@pytest.fixture
def own():
    explorer = kept("own digit")
    explorer.image.value = 1
    explorer.image.value = 0
    return explorer


def draw(own, drawing):
    """What the page sends for a drawing, (140, 140), 0 to 1: a view of bytes that it keeps."""
    own.pad.set_state({"ink": memoryview(np.round(drawing * 255).astype(np.uint8).tobytes())})
    return own


def stroke():
    drawing = np.zeros((SIDE, SIDE))
    drawing[20:120, 60:70] = 1
    return drawing


def shown(own):
    return own._repr_mimebundle_()[0]["image/png"], own.summary, own.live.words


def test_it_begins_with_a_test_image(own):
    np.testing.assert_array_equal(own.seen, IMAGES[0])
    assert own.summary.startswith("test image 0, a 7, is taken for a 7: 7? scores ")
    assert own.image.description == "test image" and (own.image.min, own.image.max) == (0, 99)


def test_every_test_image_scores_what_it_scores_elsewhere(own):
    for number in (5, 8, 99):
        own.image.value = number
        expected = own.weights @ IMAGES[number]
        np.testing.assert_array_equal(own.scores, expected)
        assert f"test image {number}, a {LABELS[number]}, is taken for a {expected.argmax()}:" in own.summary


def test_a_drawing_is_made_like_mnist_and_scored(own):
    before = shown(own)
    draw(own, stroke())
    expected = own.weights @ as_mnist(stroke())
    np.testing.assert_array_equal(own.seen, as_mnist(stroke()))
    np.testing.assert_allclose(own.scores, expected)
    best, second = np.argsort(-expected)[:2]
    assert best == 1 and own.summary == (
        f"your drawing is taken for a 1: 1? scores {expected[1]:.3g}, {second}? scores {expected[second]:.3g}"
    )
    assert own.live.words == own.summary
    assert all(old != new for old, new in zip(before, shown(own)))


def test_the_picture_shows_what_was_computed(own):
    draw(own, stroke())
    np.testing.assert_array_equal(own.digit.image.get_array().ravel(), own.seen)
    np.testing.assert_allclose([bar.get_width() for bar in own.outputs.bars], np.clip(own.scores, -0.6, 1.1))
    for digit, view in zip(np.argsort(-own.scores), own.best):
        product = own.weights[digit] * own.seen
        colours = view.product.image.get_array().ravel()
        inside = np.abs(colours) < 1
        scale = (product[inside] / colours[inside])[np.abs(colours[inside]) > 0.01]
        assert np.ptp(scale) < 1e-9 and inside.mean() > 0.95
        assert float(view.score.get_text().removeprefix("sum = ")) == pytest.approx(product.sum(), rel=5e-3)
        assert view.weights.title.get_text() == f"weights of {digit}?"


def test_a_line_added_to_a_test_image_is_the_drawer_s(own):
    draw(own, np.maximum(own.pad.drawing, stroke()))
    assert own.summary.startswith("your drawing is taken for a ")


def test_an_empty_pad_asks_for_a_digit(own):
    draw(own, np.zeros((SIDE, SIDE)))
    assert own.summary == "nothing is drawn yet: draw a digit, or choose a test image"
    assert not own.scores.any() and not own.seen.any()
    assert {label.get_text() for label in own.outputs.labels} == {"0.00"}
    assert not any(label.get_fontweight() == "bold" for label in own.outputs.labels)
    for view in own.best:
        assert not view.weights.image.get_array().any() and not view.product.image.get_array().any()
        assert not any(image.note.get_visible() for image in (view.weights, view.product))
        assert (view.weights.title.get_text(), view.score.get_text()) == ("", "")
    own.image.value = 3
    assert own.summary.startswith("test image 3, a 0")
    for view in own.best:
        assert view.weights.image.get_array().any() and view.product.image.get_array().any()
        assert not any(image.note.get_visible() for image in (view.weights, view.product)), "not finite, it says"


@settings(max_examples=25, deadline=None)
@given(drawing=arrays(np.uint8, (SIDE, SIDE), elements=st.sampled_from([0, 1, 255]), fill=st.sampled_from([0, 255])))
def test_any_drawing(drawing):
    made = kept("own digit")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(made, drawing / 255)
    assert np.isfinite(made.scores).all() and made.summary.startswith(("your drawing is", "nothing is drawn"))
    assert all(np.isfinite(image.get_array()).all() for axes in made.figure.axes for image in axes.images)


def test_weights_that_know_nothing(own):
    blank = explorers.OwnDigit(np.zeros((10, 784)), *TEST)
    assert blank.summary == "test image 0, a 7, is taken for nothing: all scores are 0"
    assert not any(label.get_fontweight() == "bold" for label in blank.outputs.labels)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((3, 10, 784)), r"weights must be rows of numbers; got an array of shape \(3, 10, 784\)"),
        (np.zeros((784, 10)), r"weights must have the shape \(outputs, inputs\) = \(10, 784\)"),
        (np.full((10, 784), np.nan), "weights must be finite numbers"),
    ],
)
def test_wrong_weights_are_refused_in_a_sentence(wrong, message):
    with pytest.raises(ValueError, match=message):
        explorers.OwnDigit(wrong, *TEST)


def test_the_pad_keeps_what_the_page_sends(own):
    draw(own, stroke())
    assert isinstance(own.pad.ink, bytes) and len(own.pad.ink) == SIDE * SIDE
    np.testing.assert_array_equal(own.pad.drawing, stroke())
    assert own.pad.get_state(["ink"])["ink"] == own.pad.ink  # what a reloaded page asks for


def test_a_test_image_is_put_on_the_pad(own):
    own.image.value = 2
    np.testing.assert_allclose(own.pad.drawing[::5, ::5].ravel(), IMAGES[2])
    np.testing.assert_array_equal(own.pad.drawing[4::5, 4::5], own.pad.drawing[::5, ::5])


@pytest.mark.parametrize("ink", [b"", bytes(784), bytes(SIDE * SIDE + 1)])
def test_ink_of_another_size_is_refused(own, ink):
    before = own.pad.ink
    with pytest.raises(traitlets.TraitError, match=f"ink must be 140 x 140 bytes, not {len(ink)}"):
        own.pad.ink = ink
    assert own.pad.ink == before
