"""What can be seen in wrong answers that lie beside the right ones: facts about numbers, no guesses about code."""

from collections.abc import Sequence

import numpy as np

from .answers import DECIMALS, agree, are_close
from .wording import counted

ROUNDED = "these are the right numbers, rounded"
Pairs = Sequence[tuple[np.ndarray, np.ndarray]]  # (answer, right answer), one for each input


def fact(pairs: Pairs) -> str | None:
    """A sentence that holds for all of the answers; None if none does."""
    if all(ours.shape == right.shape for ours, right in pairs):
        return rounded(pairs) or _sign(pairs) or _factor(pairs) or _difference(pairs) or _order(pairs)
    return _missing_numbers(pairs) or _turned(pairs)


def rounded(pairs: Pairs) -> str | None:
    """Whether they are right, but rounded too far."""
    for decimals in range(DECIMALS - 1, 0, -1):
        if all(np.allclose(ours, np.round(right, decimals), rtol=1e-9, atol=1e-9) for ours, right in pairs):
            return (
                f"{ROUNDED} to {counted(decimals, 'decimal')}. Keep at least {DECIMALS}, or don't round at all: that "
                "can wait until they are printed."
            )
    return None


def _sign(pairs: Pairs) -> str | None:
    if all(agree(-ours, right) for ours, right in pairs):
        return "the numbers are right but for their sign."
    if all(agree(abs(ours), abs(right)) for ours, right in pairs):
        return "the numbers are right in size, but some have the wrong sign."
    return None


def _factor(pairs: Pairs) -> str | None:
    ours, right = _strung_together(pairs)
    if len(np.unique(right)) < 3 or not np.isfinite(ours).all():
        return None
    factor = ours[np.argmax(abs(right))] / abs(right).max() * np.sign(right[np.argmax(abs(right))])
    if not np.allclose(ours, factor * right, rtol=1e-6, atol=1e-9) or abs(factor) < 1e-6:
        return None
    times = {2: "twice", 0.5: "half of"}.get(round(factor, 6), f"{factor:.4g} times")
    return f"every number is {times} what it should be."


def _difference(pairs: Pairs) -> str | None:
    ours, right = _strung_together(pairs)
    difference = np.unique(np.round(ours - right, 6))
    if len(np.unique(right)) < 3 or len(difference) != 1 or not np.isfinite(difference[0]):
        return None
    if difference[0] > 0:
        return f"every number is too large by {difference[0]:g}."
    return f"every number is too small by {-difference[0]:g}."


def _order(pairs: Pairs) -> str | None:
    if all(agree(np.sort(ours, axis=None), np.sort(right, axis=None)) for ours, right in pairs):
        return "these are the right numbers, but not in the right order."
    return None


def _missing_numbers(pairs: Pairs) -> str | None:
    """Where the answers are the beginning, or the end, of the right ones, or of the rows of a table."""
    if any(ours.ndim not in (right.ndim, right.ndim - 1) or not ours.size for ours, right in pairs):
        return None
    beginnings = [_part_of(ours, right, from_the_end=False) for ours, right in pairs]
    if all(beginnings):
        return "what is there is right, but it ends too soon. Does the `return` stand after the loop, not inside it?"
    if all(_part_of(ours, right, from_the_end=True) for ours, right in pairs):
        return "what is there is right, but the beginning is missing."
    return None


def _part_of(ours: np.ndarray, right: np.ndarray, from_the_end: bool) -> bool:
    if ours.ndim < right.ndim:
        ours = ours[None]
    part = right[: len(ours)]
    if from_the_end:
        part = right[len(right) - len(ours) :]
    return ours.shape == part.shape and bool(are_close(ours, part).all())


def _turned(pairs: Pairs) -> str | None:
    if all(right.ndim == 2 and agree(ours.T, right) for ours, right in pairs):
        return "rows and columns are swapped."
    return None


def _strung_together(pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate([np.ravel(ours) for ours, _ in pairs]), np.concatenate(
        [np.ravel(right) for _, right in pairs]
    )
