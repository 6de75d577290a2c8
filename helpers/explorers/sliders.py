"""The sliders of the explorers. What code sets is rounded at once, in Python.

A `FloatSlider` rounds in the page only, and sends that back to the kernel some time later, perhaps after the code has
gone on to the next value; so alpha is chosen from a list.
"""

import ipywidgets as widgets
import numpy as np
from traitlets import Bunch, TraitType, validate

from .. import arguments
from .refusal import refused

WIDE = {"style": {"description_width": "70px"}, "layout": {"width": "400px"}}


class Alpha(TraitType):
    """A finite number; else Refused."""

    default_value = 0.0

    def validate(self, obj: object, value: object) -> float:
        with refused():
            return arguments.learning_rate(value)


class WholeNumber(TraitType):
    """A whole number, of whichever size: the slider takes its own nearest. Refused if it is none."""

    def validate(self, obj: widgets.IntSlider, value: object) -> int:
        with refused():
            return arguments.whole(obj.description, value)


class WholeSlider(widgets.IntSlider):
    """A slider through whole numbers. One set from code that is too low or too high becomes the nearest."""

    value = WholeNumber(0).tag(sync=True)

    def __init__(self, value: int, lowest: int, highest: int, description: str):
        super().__init__(value, min=lowest, max=highest, description=description, **WIDE)


class AlphaSlider(widgets.SelectionSlider):
    """A slider through some alphas, `values`. A value set from code becomes the nearest of them."""

    value = Alpha()

    def __init__(self, value: float, values: list[float]):
        options = [(f"{alpha:g}", alpha) for alpha in values]
        super().__init__(options=options, value=value, description="alpha", **WIDE)

    @property
    def values(self) -> tuple[float, ...]:
        return self._options_values

    @validate("value")
    def _validate_value(self, proposal: Bunch) -> float:
        return min(self.values, key=lambda alpha: abs(alpha - proposal.value))


def even_alphas(highest: float, steps: int) -> list[float]:
    """From 0 to `highest` in steps of one size."""
    return [float(f"{highest * step / steps:.10g}") for step in range(steps + 1)]


def round_alphas(lowest: float, highest: float) -> list[float]:
    """Closer together where they are small: 0.001, 0.0011 ... 0.3, 0.32."""
    digits = [*range(10, 20), *range(20, 50, 2), *range(50, 100, 5)]
    alphas = [float(f"{two}e{power}") for power in range(-6, 2) for two in digits]
    return [alpha for alpha in alphas if lowest <= alpha <= highest]


def iterations_slider(value: int, highest: int) -> widgets.IntSlider:
    return WholeSlider(value, 1, highest, "iterations")


def image_slider(images: np.ndarray) -> widgets.IntSlider:
    return WholeSlider(0, 0, len(images) - 1, "test image")
