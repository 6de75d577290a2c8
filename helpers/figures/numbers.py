"""Numbers as a person would write them."""

from decimal import Decimal

import numpy as np


def number(value: float, digits: int = 4, keep_zeros: bool = False, smallest: float = 1e-6) -> str:
    """`value` with so many significant digits: 0.1119, 8.5, 3.2e+12, infinite.

    smallest: what is closer to 0 is written as 4.3e-7, not as 0.00000043.
    """
    if not np.isfinite(value):
        return "infinite"
    rounded = f"{value + 0.0:.{digits - 1}e}"
    mantissa, exponent = rounded.split("e")
    if value and not smallest <= abs(value) < 1e6:
        return f"{_trimmed(mantissa, keep_zeros)}e{int(exponent):+d}"
    return _trimmed(format(Decimal(rounded), "f"), keep_zeros)


def short(value: float, letters: int, digits: int = 4) -> str:
    """`value` in at most so many letters, 8 or more: 0.1119, 4.3e-6, -6.8e+19. It loses digits where room is short."""
    for fewer in range(digits, 0, -1):
        text = number(value, fewer, smallest=1e-4)
        if len(text) <= letters:
            break
    return text


def largest(values: np.ndarray) -> float:
    """The size of the largest finite number, or 1 if all are 0."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0)) or 1.0


def _trimmed(decimal: str, keep_zeros: bool) -> str:
    """Without the zeros at the end of a decimal fraction, unless they are wanted."""
    if keep_zeros or "." not in decimal:
        return decimal
    return decimal.rstrip("0").rstrip(".")
