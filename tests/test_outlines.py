"""Text from kept outlines: where matplotlib's own text would be, and as large."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.figures.outlines import Canvas

FINE = 400  # dots per inch, so that the rounding of small sizes does not matter


def drawn(canvas, text, dpi=FINE, **style):
    """(dpi, dpi): how dark each pixel of one square inch is, 0 to 1, with this text in the middle."""
    figure = Figure((1, 1), dpi)
    figure.text(0.5, 0.5, text, **{"fontsize": 9, "linespacing": 1.2, **style})
    canvas = canvas(figure)
    canvas.draw()
    return 1 - np.asarray(canvas.buffer_rgba())[..., :3].mean(axis=2) / 255


def edges(dark):
    """(left, right, top, bottom) of what is drawn."""
    rows, columns = (np.flatnonzero((dark > 0.3).any(axis=axis)) for axis in (1, 0))
    return np.array([columns[0], columns[-1], rows[0], rows[-1]])


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("va", ["baseline", "top", "center", "bottom"])
@pytest.mark.parametrize("text", ["0.1119", "gravy", "-8.5e+12", "true 1\ndelta -0.14", "  a b"])
@pytest.mark.parametrize("style", [{}, {"fontweight": "bold"}, {"rotation": 90}, {"rotation": 30}])
def test_text_is_where_matplotlib_puts_it(ha, va, text, style):
    ours, own = (edges(drawn(canvas, text, ha=ha, va=va, **style)) for canvas in (Canvas, FigureCanvasAgg))
    assert np.abs(ours - own).max() <= 6  # of 400 pixels an inch: 1 of 72, a point


def test_text_is_as_dark_as_matplotlib_s():
    ours, own = (drawn(canvas, "weight 0.25", ha="center").sum() for canvas in (Canvas, FigureCanvasAgg))
    assert ours == pytest.approx(own, rel=0.03)


def test_formulas_are_left_to_matplotlib():
    ours, own = (drawn(canvas, "$10^{-4}$") for canvas in (Canvas, FigureCanvasAgg))
    np.testing.assert_array_equal(ours, own)


def test_bold_letters_are_kept_apart_from_others():
    plain, bold = (drawn(Canvas, "7", fontweight=weight).sum() for weight in ("normal", "bold"))
    assert bold > 1.2 * plain
    assert drawn(Canvas, "7").sum() == plain


def test_a_figure_can_change_its_size_and_its_dots_per_inch():
    figure = Figure((1, 1), 100)
    figure.text(0.5, 0.5, "7")
    canvas = Canvas(figure)
    for dpi, inches in ((100, 1), (200, 1), (200, 2), (100, 1)):
        figure.set_dpi(dpi)
        figure.set_size_inches(inches, inches)
        canvas.draw()
        assert np.asarray(canvas.buffer_rgba()).shape == (dpi * inches, dpi * inches, 4)


def test_text_takes_the_colour_and_the_transparency_it_is_given():
    figure = Figure((1, 1), FINE)
    figure.text(0.3, 0.3, "I", fontsize=40, fontweight="bold", color=(1, 0, 0), alpha=0.5)
    canvas = Canvas(figure)
    canvas.draw()
    inside = np.asarray(canvas.buffer_rgba())[..., :3].reshape(-1, 3).astype(int)
    assert (np.abs(inside - (255, 128, 128)).max(axis=1) <= 1).sum() > 1000
