"""Numbers as a person would write them."""

from decimal import Decimal

import numpy as np


def number(value: float, digits: int = 4, keep_zeros: bool = False) -> str:
    """`value` with so many significant digits: 0.1119, 8.5, 3.2e+12, infinite."""
    if not np.isfinite(value):
        return "infinite"
    if value and not 1e-6 <= abs(value) < 1e6:
        return f"{value:.{digits - 1}e}"
    text = format(Decimal(f"{value + 0.0:.{digits - 1}e}"), "f")
    if "." in text and not keep_zeros:
        text = text.rstrip("0").rstrip(".")
    return text
