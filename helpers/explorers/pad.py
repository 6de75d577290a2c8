"""White paper to draw on with mouse, pen or finger."""

from pathlib import Path

import anywidget
import numpy as np
from traitlets import Bunch, validate

from ..arguments import quoted
from .refusal import Anything, Refused

SIDE = 140  # pixels, for 280 of the page


class Pad(anywidget.AnyWidget):
    """A square to draw on, with a button that clears it.

    `ink` is what is on it: 140 x 140 bytes, row by row, 0 for paper to 255 for ink. While the kernel is busy the
    page goes on drawing; the kernel then gets the drawing as it is by then, without the steps that led there.
    """

    _esm = Path(__file__).with_name("pad.js").read_text(encoding="utf-8")
    ink = Anything(bytes(SIDE * SIDE)).tag(sync=True)

    @validate("ink")
    def _checked(self, proposal: Bunch) -> bytes:
        if not isinstance(proposal.value, bytes | bytearray | memoryview):
            raise Refused(f"ink must be {SIDE} x {SIDE} bytes; got {quoted(proposal.value)}.")
        ink = bytes(proposal.value)
        if len(ink) != SIDE * SIDE:
            raise Refused(f"ink must be {SIDE} x {SIDE} bytes, not {len(ink)}.")
        return ink

    @property
    def drawing(self) -> np.ndarray:
        """float64 (140, 140), 0 for paper to 1 for ink."""
        return as_drawing(self.ink)


def as_drawing(ink: bytes) -> np.ndarray:
    """Ink of 140 x 140 bytes as float64 (140, 140), 0 for paper to 1 for ink."""
    return np.frombuffer(ink, np.uint8).reshape(SIDE, SIDE) / 255


def enlarged(image: np.ndarray) -> bytes:
    """The ink of an image of (784,) pixels, 0 to 1, laid on the pad five times as large."""
    pixels = np.round(np.reshape(image, (28, 28)) * 255).astype(np.uint8)
    return np.kron(pixels, np.ones((5, 5), np.uint8)).tobytes()
