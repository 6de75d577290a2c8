"""Dropdowns, one of whose options may be None, such as no frozen weight."""

from contextlib import suppress
from typing import Any

import ipywidgets as widgets
import numpy as np
from traitlets import Bunch, observe, validate

from ..arguments import quoted
from .refusal import Anything, Refused

ZOOMS = [("as needed", None), *((f"× {zoom}", float(zoom)) for zoom in (1, 2, 5, 10, 20, 50, 100, 1000))]


class Dropdown(widgets.Dropdown):
    """A dropdown that shows the option None by its name; ipywidgets' own takes it for nothing chosen, and is blank.

    What is none of the options is refused in a sentence.
    """

    value = Anything()

    @validate("value")
    def _validate_value(self, proposal: Bunch) -> Any:
        if not isinstance(proposal.value, np.ndarray):
            with suppress(ValueError):  # NumPy compares its numbers with each one of a tuple
                return self._options_values[self._options_values.index(proposal.value)]
        allowed = ", ".join(map(repr, self._options_values))
        raise Refused(f"{self.description} must be one of {allowed}; got {quoted(proposal.value)}.")

    @observe("value")
    def _propagate_value(self, change: Bunch) -> None:
        self.index = self._options_values.index(change.new)


class ZoomChoice(Dropdown):
    """How far a picture zooms out: as far as is needed, or as far as the reader wants, so that two positions compare.

    `in_hand` is the zoom that is held while a point is dragged, so that nothing moves below it; else None.
    """

    def __init__(self) -> None:
        super().__init__(options=ZOOMS, description="zoom out", layout={"width": "200px"})
        self.in_hand: float | None = None

    def held(self) -> float | None:
        """The zoom that was chosen or is held; None if it is to be what is needed."""
        if self.value is not None:
            return self.value
        return self.in_hand
