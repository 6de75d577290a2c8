"""A digit of one's own, and what the network makes of it."""

import ipywidgets as widgets

from ..datasets import as_mnist
from ..figures.digits import DigitView, ProductView, ScoresView, colour_scale
from ..figures.picture import Picture
from ..learning.arguments import weight_matrix
from .explorer import WIDE, LiveBox, brief
from .names import SliderNames
from .pad import Pad, enlarged


class OwnDigit(LiveBox):
    """A pad to draw on, the ten scores of what is drawn, and where the best two come from, pixel by pixel.

    weights: (10, 784). test_images: (n, 784), 0 to 1. test_labels: (n,) integers. The slider puts a test image on
    the pad. `seen` is what the network sees, (784,), and `scores`, (10,), what it makes of it.
    """

    def __init__(self, weights, test_images, test_labels):
        self.weights = weight_matrix(weights, 10, 784)
        self.test_images, self.test_labels = test_images, test_labels
        self.pad = Pad()
        self.image = widgets.IntSlider(0, min=0, max=len(test_images) - 1, description="test image", **WIDE)
        figure = Picture(560, 380)
        self.digit = DigitView(figure.add_axes((0.01, 0.5, 0.2991, 0.4408)))
        self.outputs = ScoresView(figure.add_axes((0.4, 0.5, 0.59, 0.4408)), title="scores")
        self.best = [
            ProductView([figure.add_axes((x + 0.24 * k, 0.08, 0.2, 0.2947)) for k in range(2)]) for x in (0.01, 0.55)
        ]
        super().__init__(figure, [self.digit, self.outputs, *self.best])
        side_by_side = widgets.HBox([self.pad, self._live], layout={"flex_flow": "row wrap", "grid_gap": "10px"})
        self.children = [self.image, SliderNames(), side_by_side]
        self._put()
        self.redraw()
        self.image.observe(self._put, "value")
        self.pad.observe(self._move, "ink")

    def _put(self, change=None):
        self._image = enlarged(self.test_images[self.image.value])
        self.pad.ink = self._image

    def draw(self):
        own = self.pad.ink != self._image
        self.seen = as_mnist(self.pad.drawing) if own else self.test_images[self.image.value]
        self.scores = self.weights @ self.seen
        self.digit.show(self.seen, "what the network sees")
        self.outputs.show(self.scores)
        scale = colour_scale(self.weights)
        best = (-self.scores).argsort(kind="stable")[:2]
        for digit, view in zip(best, self.best):
            view.show(self.seen, self.weights, digit, scale)
            for artist in view.moving:
                artist.set_visible(self.seen.any())
        if not self.seen.any():
            return "nothing is drawn yet: draw a digit, or choose a test image"
        label = self.test_labels[self.image.value]
        what = "your drawing" if own else f"test image {self.image.value}, a {label},"
        if not self.scores.any():
            return f"{what} is taken for nothing: all scores are 0"
        scores = ", ".join(f"{digit}? scores {brief(self.scores[digit])}" for digit in best)
        return f"{what} is taken for a {best[0]}: {scores}"
