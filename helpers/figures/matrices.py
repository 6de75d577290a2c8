"""Vectors and matrices with their numbers in coloured cells: dot products and outer products."""

import numpy as np
from matplotlib.patches import Rectangle

from .picture import INK, MUTED, WEIGHTS, Picture, bare, number
from .style import course_style


class NumberCell:
    """A square, its lower left corner at (x, y), with a number in it, coloured by the number."""

    def __init__(self, axes, x, y, side=0.9):
        self.square = axes.add_patch(Rectangle((x, y), side, side, edgecolor="#AAAAAA", linewidth=0.8))
        self.text = axes.text(x + side / 2, y + side / 2, "", ha="center", va="center", fontsize=10)
        self.moving = [self.square, self.text]

    def show(self, value, scale):
        """scale: the size of number, above 0, that gets the full colour."""
        share = np.clip(np.nan_to_num(value / scale), -1, 1)
        self.square.set_facecolor(WEIGHTS(0.5 + share / 2))
        self.text.set(text=number(value, 3), color="white" if abs(share) > 0.7 else INK)


class OuterProductView:
    """weight_deltas as the table that they are: a row for each output's delta, a column for each input."""

    def __init__(self, axes, inputs, outputs):
        bare(axes).set(xlim=(-1.6, len(inputs)), ylim=(-0.15, len(outputs) + 0.75))
        rows = range(len(outputs))[::-1]
        axes.text(-0.2, len(outputs) + 0.3, "weight_deltas", ha="right", fontsize=9, color=MUTED)
        self.across = [
            axes.text(i + 0.47, len(outputs) + 0.12, "", ha="center", fontsize=9, color=INK) for i in range(len(inputs))
        ]
        self.down = [axes.text(-0.1, y + 0.47, "", ha="right", va="center", fontsize=9, color=INK) for y in rows]
        self.cells = [[NumberCell(axes, i, y, 0.94) for i in range(len(inputs))] for y in rows]
        self.inputs, self.outputs = inputs, outputs
        cells = [artist for row in self.cells for cell in row for artist in cell.moving]
        self.moving = [*self.down, *cells]

    def show(self, step, scale):
        """scale: the weight_delta, above 0, that gets the full colour."""
        for text, name, value in zip(self.across, self.inputs, step.inputs):
            text.set_text(f"{name}\n{number(value)}")
        for text, name, delta in zip(self.down, self.outputs, step.deltas):
            text.set_text(f"{name}\ndelta {number(delta, 3)}")
        for row, values in zip(self.cells, step.weight_deltas):
            for cell, value in zip(row, values):
                cell.show(value, scale)


@course_style()
def outer_product(step, inputs=("toes", "record", "fans"), outputs=("hurt", "win", "sad")):
    """The weight_deltas of a step: each output's delta times each input."""
    picture = Picture(130 + 110 * len(inputs), 50 + 65 * len(outputs))
    OuterProductView(picture.add_axes((0.02, 0, 0.97, 1)), inputs, outputs).show(step, largest(step.weight_deltas))
    rows = (f"{o} " + " ".join(number(v) for v in values) for o, values in zip(outputs, step.weight_deltas))
    picture.caption = "weight_deltas, a row for each output: " + "; ".join(rows) + "."
    return picture


def largest(values):
    """The size of the largest number, or 1 if all are 0."""
    return np.abs(values).max() or 1.0


@course_style()
def dot_products(*pairs):
    """Dot products, worked out in full: pairs of (name, vector) and (name, vector)."""
    across, down = min(len(pairs), 2), -(-len(pairs) // 2)
    picture = Picture(430 * across, 170 * down)
    captions = []
    grid = picture.subplots(down, across, squeeze=False).ravel()
    for axes in grid[len(pairs) :]:
        axes.remove()
    for axes, ((first, a), (second, b)) in zip(grid, pairs):
        a, b = np.asarray(a, float), np.asarray(b, float)
        bare(axes).set(xlim=(-2.1, len(a) + 1.9), ylim=(-0.1, 3.2))
        for row, (name, values) in enumerate([(first, a), (second, b), (f"{first} × {second}", a * b)]):
            y = 2.1 - row - 0.15 * (row == 2)
            axes.text(-0.15, y + 0.45, name, ha="right", va="center", fontsize=10, color=INK)
            for i, value in enumerate(values):
                NumberCell(axes, i, y).show(value, 1)
        axes.text(len(a) + 0.1, 0.4, f"sum = {number(a @ b)}", va="center", fontsize=11, fontweight="bold", color=INK)
        captions.append(f"{first} · {second} = {number(a @ b)}")
    picture.subplots_adjust(0.01, 0.02, 0.99, 0.98, wspace=0.03, hspace=0.08)
    picture.caption = "Dot products, element by element: " + ", ".join(captions) + "."
    return picture
