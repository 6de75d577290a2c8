"""Where each number stands along its line, so that all can be read although the lines cross."""

from functools import cache

import numpy as np

Point = tuple[float, float]

PLACES = 25  # that are tried along each line
SAMPLES = 9  # points on a label, which stand for it
COVERED_LABEL = 100.0  # how much worse it is to cover another label than another line
OFF_THE_MIDDLE = 1.5  # the same of a place at the end of the line, against one at its middle
MOST_ROUNDS = 20  # three are usually enough


@cache
def along_lines(starts: tuple[Point, ...], ends: tuple[Point, ...], length: float, height: float) -> np.ndarray:
    """Where the labels stand, (lines, 2): each on its line, over no other label and over few other lines.

    starts, ends: of the lines. length, height: of a label, which is turned into the direction of its line.

    Each label in turn moves to the place that is best while the others stay, until none moves any more.
    """
    first, last = np.array(starts), np.array(ends)
    shares = np.linspace(0, 1, PLACES)
    labels = _sampled_labels(first, last, shares, length)
    costs = _covered_lines(labels, first, last, height) + OFF_THE_MIDDLE * np.abs(2 * shares - 1)
    chosen = np.full(len(first), PLACES // 2)
    for _ in range(MOST_ROUNDS):
        before = chosen.copy()
        for line in range(len(first)):
            others = np.delete(np.arange(len(first)), line)
            in_the_way = labels[others, chosen[others]]
            covered = _overlaps(labels[line], in_the_way, height)
            chosen[line] = np.argmin(costs[line] + COVERED_LABEL * covered)
        if (chosen == before).all():
            break
    return labels[np.arange(len(first)), chosen, SAMPLES // 2]


def _sampled_labels(first: np.ndarray, last: np.ndarray, shares: np.ndarray, length: float) -> np.ndarray:
    """Points on a label at each place of each line, (lines, PLACES, SAMPLES, 2): the labels stay between the ends."""
    way = last - first
    direction = way / np.hypot(*way.T)[:, None]
    start, end = first + direction * length / 2, last - direction * length / 2
    centres = start[:, None] + shares[:, None] * (end - start)[:, None]
    offsets = np.linspace(-length / 2, length / 2, SAMPLES)
    return centres[:, :, None] + offsets[:, None] * direction[:, None, None]


def _covered_lines(labels: np.ndarray, first: np.ndarray, last: np.ndarray, height: float) -> np.ndarray:
    """How much of other lines the labels cover, (lines, PLACES)."""
    way = last - first
    share = ((labels[..., None, :] - first) * way).sum(axis=-1) / (way**2).sum(axis=-1)
    nearest = first + np.clip(share, 0, 1)[..., None] * way
    distances = np.linalg.norm(labels[..., None, :] - nearest, axis=-1)
    own = np.eye(len(first), dtype=bool)[:, None, None]
    return ((distances < height / 2) & ~own).sum(axis=(2, 3))


def _overlaps(places: np.ndarray, others: np.ndarray, height: float) -> np.ndarray:
    """By how much a label at each of its places, (PLACES, SAMPLES, 2), runs into others, (n, SAMPLES, 2): (PLACES,)."""
    between = places[:, None, :, None] - others[:, None]
    distances = np.linalg.norm(between, axis=-1).min(axis=(2, 3))
    return np.maximum(1 - distances / height, 0).sum(axis=1)
