"""Numbers and positions in the words of the summaries."""

from types import SimpleNamespace

from ..figures.numbers import number


def position(at: SimpleNamespace, one: str = "iteration", many: str = "iterations") -> str:
    """alpha 0.0100, 3 iterations"""
    unit = one if at.iterations == 1 else many
    return f"alpha {brief(at.alpha)}, {at.iterations} {unit}"


def brief(value: float) -> str:
    """Three significant digits, zeros kept: 0.0100, 0.0000880."""
    return number(value, 3, keep_zeros=True)
