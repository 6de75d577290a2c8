"""Vectors and matrices with their numbers in coloured cells: dot products and outer products."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .. import arguments
from ..learning import Step
from ..learning.descent import check_step
from . import sizes
from .axes import bare
from .colours import EDGE, INK, MUTED, WEIGHTS
from .given import INPUTS, OUTPUTS, check_nodes, names_for
from .numbers import largest, number, short
from .picture import Picture
from .style import course_style

MOST_PAIRS, MOST_NUMBERS = 20, 30
CELL = 0.9  # of a dot product, so wide that neighbours stand apart
TABLE_CELL = 0.94
BEFORE_TABLE, BESIDE_TABLE = 1.6, 0.1  # room for the deltas, and how far they stand from it
CELL_PADDING = 0.05  # left and right of a number, of the cell's side
FEWEST_LETTERS, POINTS_PER_LETTER = 6, 6.0  # of a number in a cell, at its largest
DOT_PRODUCT_ROWS = (2.1, 1.1, -0.05)  # lower edges: two vectors, and farther below their product
BEFORE_VECTORS, AFTER_VECTORS = 2.1, 1.9  # room for their names, and for the sum


class NumberCell:
    """A square, its lower left corner at (x, y), with a number in it, coloured by the number.

    The axes must have their limits and their place already: the number becomes as small as it must to stay in its cell.
    """

    def __init__(self, axes: Axes, x: float, y: float, side: float = CELL) -> None:
        self.square = axes.add_patch(Rectangle((x, y), side, side, edgecolor=EDGE, linewidth=0.8))
        self.text = axes.text(x + side / 2, y + side / 2, "", ha="center", va="center", fontsize=sizes.TITLE)
        self.room = (1 - 2 * CELL_PADDING) * side * sizes.points_per_unit(axes)
        self.letters = max(int(self.room / POINTS_PER_LETTER), FEWEST_LETTERS)
        self.moving = [self.square, self.text]

    def show(self, value: float, scale: float) -> None:
        """scale: the size of number, above 0, that gets the full colour."""
        share = np.clip(np.nan_to_num(value / scale), -1, 1)
        self.square.set_facecolor(WEIGHTS(0.5 + share / 2))
        self.text.set(text=short(value, self.letters, 3), color="white" if abs(share) > 0.7 else INK)
        sizes.fit(self.text, self.room, sizes.TITLE)


class OuterProductView:
    """weight_deltas as the table that they are: a row for each output's delta, a column for each input."""

    def __init__(self, axes: Axes, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        self.inputs, self.outputs = inputs, outputs
        columns, rows = range(len(inputs)), range(len(outputs))[::-1]
        top, middle = len(outputs), TABLE_CELL / 2
        label: dict[str, Any] = {"fontsize": sizes.LABEL, "color": INK}
        bare(axes).set(xlim=(-BEFORE_TABLE, len(inputs)), ylim=(-0.15, top + 0.75))
        axes.text(-0.2, top + 0.3, "weight_deltas", ha="right", fontsize=sizes.LABEL, color=MUTED)
        self.across = [axes.text(x + middle, top + 0.12, "", ha="center", **label) for x in columns]
        self.down = [axes.text(-BESIDE_TABLE, y + middle, "", ha="right", va="center", **label) for y in rows]
        self.cells = [[NumberCell(axes, x, y, TABLE_CELL) for x in columns] for y in rows]
        self.room_before = (BEFORE_TABLE - BESIDE_TABLE) * sizes.points_per_unit(axes)
        self.room_above = TABLE_CELL * sizes.points_per_unit(axes)
        cells = [artist for row in self.cells for cell in row for artist in cell.moving]
        self.moving = [*self.down, *cells]

    def show(self, step: Step, scale: float) -> None:
        """scale: the weight_delta, above 0, that gets the full colour."""
        for text, name, value in zip(self.across, self.inputs, step.inputs):
            text.set_text(f"{name}\n{number(value)}")
            sizes.fit(text, self.room_above, sizes.LABEL)
        for text, name, delta in zip(self.down, self.outputs, step.deltas):
            text.set_text(f"{name}\ndelta {short(delta, 8, 3)}")
            sizes.fit(text, self.room_before, sizes.LABEL)
        for row, values in zip(self.cells, step.weight_deltas):
            for cell, value in zip(row, values):
                cell.show(value, scale)


@course_style()
def outer_product(step: Step, inputs: Sequence[str] | None = None, outputs: Sequence[str] | None = None) -> Picture:
    """The weight_deltas of a step: each output's delta times each input.

    inputs, outputs: their names; without them toes, record and fans, and hurt, win and sad.
    Raises ValueError, naming the argument, for what can't be shown whole.
    """
    check_step("step", step)
    check_nodes("step", step.inputs)
    check_nodes("step", step.targets)
    inputs = names_for("inputs", inputs, step.inputs, INPUTS)
    outputs = names_for("outputs", outputs, step.targets, OUTPUTS)
    picture = Picture(130 + 110 * len(inputs), 50 + 65 * len(outputs))
    axes = picture.add_axes_at(left=0.02, bottom=0, width=0.97, height=1)
    OuterProductView(axes, inputs, outputs).show(step, largest(step.weight_deltas))
    rows = (f"{o} " + " ".join(number(v) for v in values) for o, values in zip(outputs, step.weight_deltas))
    picture.caption = "weight_deltas, a row for each output: " + "; ".join(rows) + "."
    return picture


@course_style()
def dot_products(*pairs: tuple[tuple[str, npt.ArrayLike], tuple[str, npt.ArrayLike]]) -> Picture:
    """Dot products, worked out in full: pairs of (name, vector) and (name, vector), finite or not.

    Raises ValueError for what are no such pairs, or vectors of different lengths.
    """
    check_nodes("pairs", pairs, MOST_PAIRS)
    vectors = [_names_and_vectors(pair) for pair in pairs]
    if not vectors:
        raise ValueError('pairs must be at least one, such as (("a", [1, 0]), ("b", [1, 1])); got none.')
    across, down = min(len(pairs), 2), math.ceil(len(pairs) / 2)
    picture = Picture(430 * across, 170 * down)
    captions = []
    grid = picture.subplots(down, across, squeeze=False).ravel()
    for axes in grid[len(pairs) :]:
        axes.remove()
    picture.subplots_adjust(left=0.01, bottom=0.02, right=0.99, top=0.98, wspace=0.03, hspace=0.08)
    for axes, ((first, a), (second, b)) in zip(grid, vectors):
        _show_dot_product(axes, [first, second, f"{first} × {second}"], [a, b, a * b], a @ b)
        captions.append(f"{first} · {second} = {number(a @ b)}")
    picture.caption = "Dot products, element by element: " + ", ".join(captions) + "."
    return picture


def _names_and_vectors(pair: Any) -> list[tuple[str, np.ndarray]]:
    try:
        (first, left), (second, right) = pair
    except (TypeError, ValueError):
        raise ValueError(f'pairs must be like (("a", [1, 0]), ("b", [1, 1])); got {arguments.quoted(pair)}.') from None
    a, b = arguments.shaped("pairs", left, 1), arguments.shaped("pairs", right, 1)
    if len(a) != len(b):
        raise ValueError(f"pairs must be of vectors of one length; got {len(a)} and {len(b)} numbers.")
    check_nodes("pairs", a, MOST_NUMBERS)
    return [(arguments.text("pairs", first), a), (arguments.text("pairs", second), b)]


def _show_dot_product(axes: Axes, names: list[str], rows: list[np.ndarray], dot_product: float) -> None:
    """Show two vectors, and below them their product element by element, with its sum."""
    length = len(rows[0])
    bare(axes).set(xlim=(-BEFORE_VECTORS, length + AFTER_VECTORS), ylim=(-0.1, 3.2))
    unit = sizes.points_per_unit(axes)
    for y, name, values in zip(DOT_PRODUCT_ROWS, names, rows):
        label = axes.text(-0.15, y + CELL / 2, name, ha="right", va="center", color=INK)
        sizes.fit(label, (BEFORE_VECTORS - 0.15) * unit, sizes.TITLE)
        for x, value in enumerate(values):
            NumberCell(axes, x, y).show(value, 1)
    text = f"sum = {short(dot_product, 8)}"
    total = axes.text(length + 0.1, 0.4, text, va="center", fontweight="bold", color=INK)
    sizes.fit(total, (AFTER_VECTORS - 0.1) * unit, sizes.SUM)
