"""Straight valleys on a square map: where they reach its edge, and where their names stand."""

from collections.abc import Sequence

import numpy as np

Valley = Sequence[float] | np.ndarray  # a, b, c: the line a * x + b * y = c, where x and y go from -1 to 1 on the map

SIDES = {"right": (0, 1), "top": (1, 1), "left": (0, -1)}  # in order of preference; the axis, and its value there


def ends_on_map(valley: Valley) -> np.ndarray:
    """Where a valley meets the map's edge, (2, 2), each an x and a y from -1 to 1; (0, 2) if it passes by."""
    a, b, c = np.asarray(valley, dtype=float)
    edges = np.array([-1.0, 1.0])
    with np.errstate(all="ignore"):
        met = np.concatenate([np.stack([(c - b * edges) / a, edges], 1), np.stack([edges, (c - a * edges) / b], 1)])
    met = met[(np.abs(met) <= 1 + 1e-9).all(axis=1)]  # false of nan, too
    if not len(met):
        return met
    return np.stack([met[0], met[np.hypot(*(met - met[0]).T).argmax()]])


def end_to_name(ends: np.ndarray) -> tuple[str, float]:
    """At which side a valley's name stands, and how far along it, 0 to 1. Every line meets one of `SIDES`."""
    sides = [(side, end, axis) for side, (axis, edge) in SIDES.items() for end in ends if np.isclose(end[axis], edge)]
    side, end, axis = sides[0]
    return side, (end[1 - axis] + 1) / 2


def spread(places: Sequence[float], apart: float, lowest: float, highest: float) -> np.ndarray:
    """The places, in rising order, moved until they are `apart` from each other, and from lowest to highest."""
    steps = apart * np.arange(len(places))
    moved = np.maximum.accumulate(np.clip(places, lowest, highest) - steps) + steps
    return np.minimum(moved, highest - steps[::-1])
