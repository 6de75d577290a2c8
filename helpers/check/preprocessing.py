"""The exercise of the notebook that makes the data."""

import numpy as np

from .section import Section

section = Section("preprocessing")


def draw(chance: np.random.Generator) -> tuple[int, int, int]:
    """Row, column, columns."""
    columns = int(chance.integers(3, 40))
    return int(chance.integers(30)), int(chance.integers(columns)), columns


@section.function(
    "0.1",
    "The place of a pixel",
    blanks=1,
    cases=[(14, 9, 28), (0, 7, 28), (3, 2, 5)],
    draw=draw,
    if_right="All the full rows before it, then its own.",
)
def place_of_pixel(row: int, column: int, columns: int) -> int:
    return row * columns + column


@place_of_pixel.slip("row and column are swapped. It is the rows that are full before it.")
def swapped(row: int, column: int, columns: int) -> int:
    return column * columns + row


@place_of_pixel.slip("you count from 1. The first row, the first column and the first place are all number 0.")
def counted_from_1(row: int, column: int, columns: int) -> int:
    return (row - 1) * columns + column


@place_of_pixel.slip("its own row is missing: after the full rows come as many pixels as its column says.")
def only_the_rows(row: int, column: int, columns: int) -> int:
    return row * columns


@place_of_pixel.slip("row and column are multiplied. How many pixels are in the rows before it?")
def multiplied(row: int, column: int, columns: int) -> int:
    return row * column


@place_of_pixel.slip("this takes every image to be 28 wide. How wide it is comes as `columns`.")
def always_28(row: int, column: int, columns: int) -> int:
    return row * 28 + column
