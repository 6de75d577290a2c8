"""A digit of one's own, and what the network makes of it."""

from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import numpy.typing as npt
from traitlets import Bunch

from .. import arguments
from ..datasets import as_mnist
from ..figures.picture import Picture
from ..figures.pixel_images import DigitView, colour_scale
from ..figures.scores import ProductView, ScoresView
from ..figures.style import course_style
from .explorer import LiveBox
from .pad import Pad, as_drawing, enlarged
from .slider_access import SliderAccess
from .sliders import image_slider
from .words import brief


class OwnDigit(LiveBox):
    """A pad to draw on, the ten scores of what is drawn, and where the best two come from, pixel by pixel.

    weights: (10, 784). test_images: (n, 784), 0 to 1. test_labels: (n,) integers. The slider puts a test image on
    the pad. `seen` is what the network sees, (784,), and `scores`, (10,), what it makes of it.
    """

    @course_style()
    def __init__(self, weights: npt.ArrayLike, test_images: np.ndarray, test_labels: np.ndarray):
        self.weights = arguments.read_only(arguments.weight_matrix(weights, 10, 784).copy())
        self.test_images, self.test_labels = arguments.labelled_images(
            "test_images", test_images, "test_labels", test_labels
        )
        self.pad = Pad()
        self.image = image_slider(test_images)
        figure = Picture(560, 380)
        self.digit = DigitView(figure.add_axes_at(left=0.01, bottom=0.5, width=0.2991, height=0.4408))
        self.outputs = ScoresView(figure.add_axes_at(left=0.4, bottom=0.5, width=0.59, height=0.4408), title="scores")
        self.best = [
            ProductView(
                [figure.add_axes_at(left=x + 0.24 * k, bottom=0.08, width=0.2, height=0.2947) for k in range(2)]
            )
            for x in (0.01, 0.55)
        ]
        super().__init__(figure, [self.digit, self.outputs, *self.best])
        side_by_side = widgets.HBox([self.pad, self.live], layout={"flex_flow": "row wrap", "grid_gap": "10px"})
        self.children = [self.image, SliderAccess(self.image), side_by_side]
        self._put()
        self._move()
        self.image.observe(self._put, "value")
        self.pad.observe(self._move, "ink")

    def position(self) -> SimpleNamespace:
        return SimpleNamespace(image=self.image.value, ink=self.pad.ink)

    @property
    def seen(self) -> np.ndarray:
        return self._seen(self.position())

    @property
    def scores(self) -> np.ndarray:
        return self.weights @ self.seen

    def place(self, at: SimpleNamespace) -> str:
        seen = self._seen(at)
        scores = self.weights @ seen
        self.digit.show(seen, "what the network sees")
        self.outputs.show(scores)
        scale = colour_scale(self.weights)
        best = (-scores).argsort(kind="stable")[:2]
        for digit, view in zip(best, self.best):
            if seen.any():
                view.show(seen, self.weights, digit, scale)
            else:
                view.show_nothing()
        return self._sentence(at, seen, scores, best)

    def _sentence(self, at: SimpleNamespace, seen: np.ndarray, scores: np.ndarray, best: np.ndarray) -> str:
        if not seen.any():
            return "nothing is drawn yet: draw a digit, or choose a test image"
        what = f"test image {at.image}, a {self.test_labels[at.image]},"
        if self._is_own(at):
            what = "your drawing"
        if not scores.any():
            return f"{what} is taken for nothing: all scores are 0"
        two_best = ", ".join(f"{digit}? scores {brief(scores[digit])}" for digit in best)
        return f"{what} is taken for a {best[0]}: {two_best}"

    def _put(self, change: Bunch | None = None) -> None:
        self.pad.ink = enlarged(self.test_images[self.image.value])

    def _is_own(self, at: SimpleNamespace) -> bool:
        """Whether the reader has drawn something, instead of the chosen image."""
        return at.ink != enlarged(self.test_images[at.image])

    def _seen(self, at: SimpleNamespace) -> np.ndarray:
        if self._is_own(at):
            return as_mnist(as_drawing(at.ink))
        return self.test_images[at.image]
