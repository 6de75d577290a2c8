"""The sizes of text, in points."""

from typing import cast

from matplotlib.axes import Axes
from matplotlib.text import Text

from .outlines import Canvas

POINTS_PER_INCH = 72

TINY = 6  # a number that is too long for its node
SMALL = 8  # ticks and legends
NOTE = 8.5  # numbers on a network, and what is said inside or above a chart
LABEL = 9
TITLE = 10  # and the numbers in cells
SUM = 11  # of a dot product
SCORE = 12  # of an image beside its weights
ELLIPSIS = 14
DELTA = 16  # of an output node from near
SIGN = 18  # × and = between images


def fit(text: Text, room: float, largest: float) -> None:
    """Give a text the largest size with which it is at most so many points wide; `largest` is enough."""
    text.set_fontsize(largest)
    canvas, font = cast(Canvas, text.figure.canvas), text.get_fontproperties()
    renderer = canvas.get_renderer()
    lines = text.get_text().split("\n")
    width = max(renderer.get_text_width_height_descent(line, font, False)[0] for line in lines)
    points = width / canvas.figure.dpi * POINTS_PER_INCH
    if points > room:
        text.set_fontsize(largest * room / points)


def points_per_unit(axes: Axes) -> float:
    """How many points wide a unit of the axes is, where they are now."""
    left, right = axes.get_xlim()
    return axes.bbox.width / axes.figure.dpi * POINTS_PER_INCH / (right - left)
