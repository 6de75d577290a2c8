"""A digit of one's own, and what the network makes of it."""

from html import escape

import ipywidgets as widgets

from ..datasets import as_mnist
from ..figures.digits import DigitView, ProductView, ScoresView, colour_scale
from ..figures.picture import Picture, image_bundle
from ..learning.arguments import weight_matrix
from .explorer import WIDE, brief
from .live import LivePicture
from .pad import Pad, enlarged


class OwnDigit(widgets.VBox):
    """A pad to draw on, the ten scores of what is drawn, and where the best two come from, pixel by pixel.

    weights: (10, 784). test_images: (n, 784), 0 to 1. test_labels: (n,) integers. The slider puts a test image on
    the pad. `seen` is what the network sees, (784,), and `scores`, (10,), what it makes of it. As the result of a
    cell it is the live widget where there is a kernel, and a PNG with the summary as text where there is none.
    """

    def __init__(self, weights, test_images, test_labels):
        self.weights = weight_matrix(weights, 10, 784)
        self.test_images, self.test_labels = test_images, test_labels
        self.pad = Pad()
        self.image = widgets.IntSlider(0, min=0, max=len(test_images) - 1, description="test image", **WIDE)
        self.figure = Picture(560, 380)
        self.digit = DigitView(self.figure.add_axes((0.01, 0.5, 0.2991, 0.4408)))
        self.outputs = ScoresView(self.figure.add_axes((0.4, 0.5, 0.59, 0.4408)), title="scores")
        self.best = [
            ProductView([self.figure.add_axes((x + 0.24 * k, 0.08, 0.2, 0.2947)) for k in range(2)])
            for x in (0.01, 0.55)
        ]
        views = [self.digit, self.outputs, *self.best]
        still = {self.digit.title, *(view.product.title for view in self.best)}
        moving = [artist for view in views for artist in view.moving if artist not in still]
        self._live = LivePicture(self.figure, moving)
        self._words = widgets.HTML().add_class("explorer-summary")
        side_by_side = widgets.HBox([self.pad, self._live.widget], layout={"flex_flow": "row wrap", "grid_gap": "10px"})
        super().__init__([self.image, side_by_side, self._words])
        self._put()
        self._tell()
        self._live.draw_all()
        self.image.observe(self._put, "value")
        self.pad.observe(self._move, "ink")

    def _put(self, change=None):
        self._image = enlarged(self.test_images[self.image.value])
        self.pad.ink = self._image

    def _move(self, change):
        self._tell()
        self._live.draw()

    def _tell(self):
        self._own = self.pad.ink != self._image
        self.seen = as_mnist(self.pad.drawing) if self._own else self.test_images[self.image.value]
        self.scores = self.weights @ self.seen
        self.summary = self._draw()
        self._words.value = escape(self.summary)

    def _draw(self):
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
        what = "your drawing" if self._own else f"test image {self.image.value}, a {label},"
        if not self.scores.any():
            return f"{what} is taken for nothing: all scores are 0"
        scores = ", ".join(f"{digit}? scores {brief(self.scores[digit])}" for digit in best)
        return f"{what} is taken for a {best[0]}: {scores}"

    def _repr_mimebundle_(self, **options):
        live = super()._repr_mimebundle_(**options)
        still, metadata = image_bundle(self.figure, self.summary)
        return {**live, **still}, metadata

    def __repr__(self):
        return self.summary
