"""Which digits a network reads, which it takes for others, and what those look like."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from . import sizes
from .axes import bare, quiet
from .colours import GRID, INK, MUTED, OTHER_SCORES, POSITIVE, WEIGHTS
from .pixel_images import DigitView

DIGITS = range(10)
DARK = 0.7  # of the full colour, from which on a number is written in white


class ConfusionTableView:
    """A table of counts: a row for what the images are, a column for what they are taken for; one cell is chosen.

    Blue is the share of the row's images that are read rightly, orange of those that are not; its root is the strength
    of the colour, so that a few per cent can be seen.
    """

    def __init__(self, axes: Axes) -> None:
        self.axes = bare(axes)
        axes.set(xlim=(0, 10), ylim=(10, 0))
        corners = np.arange(11)
        self.mesh = axes.pcolormesh(
            corners, corners, np.zeros((10, 10)), cmap=WEIGHTS, vmin=-1, vmax=1, edgecolors=GRID, linewidth=0.8
        )
        middle: dict[str, Any] = {"ha": "center", "va": "center"}
        for digit in DIGITS:
            axes.text(digit + 0.5, -0.32, f"{digit}", fontsize=sizes.TITLE, color=INK, **middle)
            axes.text(-0.32, digit + 0.5, f"{digit}", fontsize=sizes.TITLE, color=INK, **middle)
        axes.text(5, -0.82, "what it is taken for", fontsize=sizes.LABEL, color=MUTED, **middle)
        axes.text(-0.85, 5, "what it is", fontsize=sizes.LABEL, color=MUTED, rotation=90, **middle)
        self.numbers = [
            [axes.text(column + 0.5, row + 0.5, "", fontsize=sizes.NOTE, **middle) for column in DIGITS]
            for row in DIGITS
        ]
        self.frame = Rectangle((0, 0), 1, 1, fill=False, edgecolor=INK, linewidth=2.4, zorder=4, clip_on=False)
        axes.add_patch(self.frame)
        self.moving = [self.mesh, *(text for row in self.numbers for text in row), self.frame]

    def show(self, counts: np.ndarray, totals: np.ndarray, row: int, column: int) -> None:
        """counts: (10, 10). totals: (10,), how many images of each digit there are. row, column: the chosen cell."""
        strengths = np.sqrt(counts / np.maximum(totals, 1)[:, None]) * np.where(np.eye(10), 1, -1)
        self.mesh.set_array(strengths)
        for texts, counts_of_row, strengths_of_row in zip(self.numbers, counts, strengths):
            for text, count, strength in zip(texts, counts_of_row, np.abs(strengths_of_row)):
                text.set(text=f"{count}", color=_colour_on(strength, count))
        self.frame.set_xy((column, row))

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the cell at a place in pixels of the picture, from its lower left corner; None beside it."""
        across, down = self.axes.transData.inverted().transform((x, y))
        if 0 <= across < 10 and 0 <= down < 10:
            return int(down), int(across)
        return None


def _colour_on(strength: float, count: int) -> str:
    if strength > DARK:
        return "white"
    if count == 0:
        return MUTED
    return INK


class AccuracyPerDigitView:
    """A bar for each digit, level with the rows of the table: the share of its images that are read rightly."""

    LONGEST = 1.65  # of the axes: behind a bar there is room for its number

    def __init__(self, axes: Axes) -> None:
        self.axes = quiet(axes)
        axes.set(xlim=(0, self.LONGEST), ylim=(10, 0), xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.text(0, -0.32, "read rightly", va="center", fontsize=sizes.LABEL, color=MUTED)
        middles = [digit + 0.5 for digit in DIGITS]
        self.bars = axes.barh(middles, np.zeros(10), height=0.6)
        self.labels = [axes.text(0, y, "", va="center", fontsize=sizes.NOTE, color=INK) for y in middles]
        self.moving = [*self.bars, *self.labels]

    def show(self, accuracies: np.ndarray, row: int) -> None:
        """accuracies: (10,), 0 to 1, or NaN for a digit without images. row: the chosen digit, which stands out."""
        for bar, label, accuracy in zip(self.bars, self.labels, accuracies):
            words = f"{accuracy:.2f}"
            if np.isnan(accuracy):
                words = "no images"
            length = np.nan_to_num(accuracy)
            bar.set(width=length, facecolor=OTHER_SCORES)
            label.set(x=length + 0.07, text=words)
        self.bars[row].set_facecolor(POSITIVE)


class ExamplesView:
    """Some images with their numbers above them, and two lines that say what they are and how many there are."""

    def __init__(self, title_axes: Axes, grid: Sequence[Axes]) -> None:
        bare(title_axes)
        self.title = title_axes.text(0, 1, "", va="top", fontsize=sizes.LABEL, color=INK)
        self.note = title_axes.text(0, 0, "", va="bottom", fontsize=sizes.SMALL, color=MUTED)
        self.digits = [DigitView(axes) for axes in grid]
        for view in self.digits:
            view.title.set_fontsize(sizes.SMALL)
        self.moving = [self.title, self.note, *(artist for view in self.digits for artist in view.moving)]

    def show(self, title: str, note: str, images: np.ndarray, numbers: np.ndarray) -> None:
        """images: (n, 784), 0 to 1. numbers: of all the images that there are to show; the first ones are drawn."""
        self.title.set_text(title)
        self.note.set_text(note)
        for place, view in enumerate(self.digits):
            for artist in view.moving:
                artist.set_visible(place < len(numbers))
        for view, number in zip(self.digits, numbers):
            view.show(images[number], f"{number}")
