"""Numbers and positions in the words of the summaries."""

from ..figures.picture import number


def position(at, one="iteration", many="iterations"):
    """alpha 0.0100, 3 iterations"""
    n = at.iterations
    return f"alpha {brief(at.alpha)}, {n} {one if n == 1 else many}"


def brief(value):
    """Three significant digits, zeros kept: 0.0100, 0.0000880."""
    return number(value, 3, keep_zeros=True)
