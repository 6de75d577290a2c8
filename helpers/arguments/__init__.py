"""What a caller passes in, as it was meant, or a ValueError: one sentence that names the argument and what came.

numbers  one number: alpha, a count, a place
arrays   lists and tables of numbers, of a certain shape
images   pixels, labels, the weights of a network that reads digits
strings  names, titles, choices, paths
words    how what came is written in the sentence

Numbers are those of Python and NumPy, fractions and decimals, and in arrays True for 1. Text, dates, complex and masked
numbers are refused, even where NumPy would make floats of them.
"""

from .arrays import (
    array,
    check_same_length,
    converted,
    finite,
    of_shape,
    one_row_per_example,
    read_only,
    reals,
    shaped,
    weight_matrix,
)
from .images import check_shades, digits, image, labelled_images, labels, pixels, weights_of_digits, whole_numbers
from .numbers import check_memory, columns, count, is_whole, learning_rate, number, place, whole, within, yes_or_no
from .strings import choice, names, path, text, texts, titles
from .words import quoted, written

__all__ = [
    "array",
    "check_memory",
    "check_same_length",
    "check_shades",
    "choice",
    "columns",
    "converted",
    "count",
    "digits",
    "finite",
    "image",
    "is_whole",
    "labelled_images",
    "labels",
    "learning_rate",
    "names",
    "number",
    "of_shape",
    "one_row_per_example",
    "path",
    "pixels",
    "place",
    "quoted",
    "read_only",
    "reals",
    "shaped",
    "text",
    "texts",
    "titles",
    "weight_matrix",
    "weights_of_digits",
    "whole",
    "whole_numbers",
    "within",
    "written",
    "yes_or_no",
]
