"""Axes with little on them: for charts, and for drawings that need none."""

from matplotlib.axes import Axes

from . import sizes
from .colours import INK, MUTED


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
