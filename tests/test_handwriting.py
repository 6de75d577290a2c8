"""A drawing becomes an image as those of MNIST were made: held against MNIST itself."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

import helpers
from helpers.datasets import as_mnist

IMAGES, LABELS = helpers.load_mnist("test")


def enlarged(image, times):
    return np.kron(np.reshape(image, (28, 28)), np.ones((times, times)))


def smooth(image, side):
    """The image on `side` x `side` pixels, its steps smoothed away."""
    grey = Image.fromarray(np.reshape(image * 255, (28, 28)).astype(np.uint8))
    return np.asarray(grey.resize((side, side), Image.Resampling.BICUBIC)) / 255


def moved(drawing, down, right):
    return np.pad(drawing, ((down, 0), (right, 0)))


def centre(image):
    """Row and column of the ink's centre of mass."""
    return np.indices((28, 28)).reshape(2, 784) @ image / image.sum()


def box(image):
    """Height and width of the smallest box that holds all ink."""
    ink = image.reshape(28, 28) > 0
    return [np.ptp(np.flatnonzero(ink.any(axis=axis))) + 1 for axis in (1, 0)]


def test_mnist_s_own_images_enlarged_come_back_pixel_for_pixel():
    for image in IMAGES[:1000]:
        np.testing.assert_allclose(as_mnist(enlarged(image, 5)), image, atol=1e-12)


def test_mnist_s_own_images_smoothed_scaled_and_moved_come_back_nearly_the_same():
    weights = helpers.stochastic_gradient_descent(
        helpers.load_mnist()[0], helpers.one_hot(helpers.load_mnist()[1]), np.zeros((10, 784)), 0.001, 10
    ).weights[-1]
    rng = np.random.default_rng(1)
    images, labels = IMAGES[:500], LABELS[:500]
    made = np.array([as_mnist(moved(smooth(im, rng.integers(150, 300)), *rng.integers(0, 90, 2))) for im in images])
    alike = [np.corrcoef(image, again)[0, 1] for image, again in zip(images, made)]
    assert np.median(alike) > 0.93
    assert np.mean(np.array(alike) > 0.75) > 0.95  # the others are one pixel off, where a centre lay between two
    middle = np.array([centre(image) for image in made])
    assert (np.abs(middle - 14) <= 0.5 + 1e-9).all()
    accuracy, again = (((part @ weights.T).argmax(axis=1) == labels).mean() for part in (images, made))
    assert accuracy > 0.75 and abs(accuracy - again) < 0.03


def test_mnist_s_centres_lie_in_pixel_14_and_its_boxes_have_20_pixels():
    """What the function goes by."""
    assert all((np.abs(centre(image) - 14) <= 0.5 + 1e-9).all() for image in IMAGES[:1000])
    assert np.mean([max(box(image)) == 20 for image in IMAGES]) > 0.999


drawings = arrays(
    np.float64, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.sampled_from([0.0, 0.0, 0.3, 1.0])
)


@settings(deadline=None)
@given(drawings, st.integers(0, 30), st.integers(0, 30), st.integers(2, 4))
def test_place_and_size_on_the_paper_make_no_difference(drawing, down, right, times):
    image = as_mnist(drawing)
    np.testing.assert_array_equal(as_mnist(moved(drawing, down, right)), image)
    np.testing.assert_allclose(as_mnist(np.kron(drawing, np.ones((times, times)))), image, atol=1e-9)


@settings(deadline=None)
@given(drawings)
def test_any_drawing(drawing):
    image = as_mnist(drawing)
    assert image.shape == (784,) and image.dtype == np.float64
    assert (image >= 0).all() and image.max() <= 1 + 1e-12
    assert image.any() == drawing.any()
    if drawing.any():
        assert max(box(image)) == 20
        off = np.abs(centre(image) - 14)
        edges = np.flatnonzero(image.reshape(28, 28).any(axis=1)), np.flatnonzero(image.reshape(28, 28).any(axis=0))
        at_the_edge = [0 in edge or 27 in edge for edge in edges]
        assert ((off <= 0.5 + 1e-9) | at_the_edge).all()


@settings(deadline=None)
@given(drawings)
def test_an_image_once_made_stays_as_it_is(drawing):
    """But for what a rounded grey does to a centre that lies between two pixels."""
    image = np.minimum(as_mnist(drawing), 1)
    most = 0.51 / 255 * 14 * np.count_nonzero(image) / max(image.sum(), 1e-9)  # that rounding can move the centre by
    assume(not image.any() or np.abs(np.abs(centre(image) - 14) - 0.5).min() > most)
    np.testing.assert_allclose(as_mnist(image.reshape(28, 28)), image, atol=0.51 / 255)


def test_the_aspect_ratio_is_kept():
    stroke, beam = np.ones((200, 20)), np.ones((30, 60))
    assert box(as_mnist(stroke)) == [20, 2] and box(as_mnist(beam)) == [10, 20]


def test_the_edges_are_grey_as_far_as_the_pixel_is_covered():
    image = as_mnist(np.triu(np.ones((40, 40)))).reshape(28, 28)
    assert set(np.round(image, 6).ravel()) == {0, 0.75, 1}  # the diagonal's pixels have three of four covered


def test_a_centre_between_two_pixels_goes_to_the_first_of_them_and_no_ink_leaves_the_image():
    square = as_mnist(np.ones((5, 5))).reshape(28, 28)
    assert square[4:24, 4:24].all() and square.sum() == 400
    nail = np.zeros((40, 40))
    nail[:2, 10:30] = nail[:, 20] = 1
    for drawing, rows, columns in ((nail, slice(8, 28), slice(8, 19)), (nail.T, slice(8, 19), slice(8, 28))):
        image = as_mnist(drawing).reshape(28, 28)
        assert image[rows, columns].sum() == image.sum() > 0


def test_paper_alone_gives_paper_and_dust_is_paper():
    assert not as_mnist(np.zeros((280, 280))).any()
    dusty = np.full((50, 50), 0.4 / 255)
    assert not as_mnist(dusty).any()
    dusty[10:20, 10:15] = 1
    assert box(as_mnist(dusty)) == [20, 10]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros(784), "must be a table of numbers; got an array of shape (784,)"),
        (np.zeros((28, 28, 3)), "must be a table of numbers; got an array of shape (28, 28, 3)"),
        ([["ink"]], "must be numbers, in rows of equal length; got [['ink']]"),
        ([[0, 1], [1]], "must be numbers, in rows of equal length; got [[0, 1], [1]]"),
        (None, "must be numbers, in rows of equal length; got None"),
        ([[0, 255]], "must hold numbers from 0 (paper) to 1 (ink), but there is a 255"),
        ([[0, 1.5]], "must hold numbers from 0 (paper) to 1 (ink), but there is a 1.5"),
        ([[0.5, -0.1]], "from 0 (paper) to 1 (ink), but there is a -0.1"),
        ([[0.5, float("nan")]], "from 0 (paper) to 1 (ink), but there is a nan"),
    ],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(wrong, message):
    with pytest.raises(ValueError) as refusal:
        as_mnist(wrong)
    assert message in str(refusal.value) and str(refusal.value).endswith(".")


def test_the_drawing_is_left_as_it_was():
    drawing = np.eye(30)
    drawing.flags.writeable = False
    as_mnist(drawing)
    as_mnist(np.zeros((0, 5)))
