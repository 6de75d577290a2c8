"""Axes with little on them: for charts, and for drawings that need none."""

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from . import sizes
from .colours import INK, MUTED
from .numbers import number


def bare(axes: Axes) -> Axes:
    """Leave nothing of the axes but their area."""
    axes.set_axis_off()
    return axes


def quiet(axes: Axes, title: str = "", xlabel: str = "", ylabel: str = "") -> Axes:
    """Axes with two spines, small labels and a title on the left."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(MUTED)
    axes.tick_params(labelsize=sizes.SMALL, color=MUTED, labelcolor=MUTED)
    axes.set_title(title, fontsize=sizes.TITLE, loc="left", color=INK)
    axes.set_xlabel(xlabel, fontsize=sizes.LABEL, color=MUTED)
    axes.set_ylabel(ylabel, fontsize=sizes.LABEL, color=MUTED)
    return axes


def write_ticks(axes: Axes) -> None:
    """About five ticks a side, each with its number in full: no power of ten stands apart at the end of the axis."""
    axes.locator_params(nbins=5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_in_full))


def _in_full(value: float, position: int) -> str:
    return number(value, 4).replace("e+", "e")


def place_of(point: Line2D) -> tuple[float, float] | None:
    """Where a point is drawn, in pixels of the picture, from its lower left corner; None if it is not."""
    places = point.get_transform().transform(point.get_xydata())
    if not len(places):
        return None
    x, y = places[0].tolist()
    return x, y
