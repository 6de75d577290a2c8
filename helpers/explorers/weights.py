"""What the weights of the network that reads digits look like."""

from types import SimpleNamespace

import numpy as np

from .. import arguments
from ..figures import sizes
from ..figures.picture import Picture
from ..figures.pixel_images import ColourBar, WeightImageView, colour_scale
from ..figures.scores import SimilarityView
from ..figures.style import course_style
from .choices import Dropdown
from .mnist import OneImageExplorer
from .words import brief, position


class Weights(OneImageExplorer):
    """The weights of the ten outputs as images, and one image against two of them."""

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        images, labels = arguments.labelled_images("images", images, "labels", labels)
        test_images, test_labels = arguments.labelled_images("test_images", test_images, "test_labels", test_labels)
        figure = Picture(860, 590)
        self.ten = [
            WeightImageView(
                figure.add_axes_at(
                    left=0.012 + 0.174 * (d % 5), bottom=0.72 - 0.288 * (d // 5), width=0.165, height=0.2405
                ),
                f"{d}?",
            )
            for d in range(10)
        ]
        self.bar = ColourBar(figure.add_axes_at(left=0.89, bottom=0.432, width=0.016, height=0.5285), self.ten[0])
        self.compared = [self._comparison(figure, left) for left in (0.012, 0.515)]
        self.digits = [
            Dropdown(options=range(10), value=d, description="weights of", layout={"width": "150px"}) for d in (2, 1)
        ]
        super().__init__(figure, [*self.ten, self.bar, *self.compared], 0.0001, 3,
                         training=(images, labels), test=(test_images, test_labels),
                         first=self.digits[0], second=self.digits[1])  # fmt: skip

    def _comparison(self, figure: Picture, left: float) -> SimilarityView:
        row = [figure.add_axes_at(left=left + 0.166 * k, bottom=0.172, width=0.134, height=0.195) for k in range(3)]
        view = SimilarityView(row)
        view.score.set(x=1, y=-0.04, ha="right", va="top", fontsize=sizes.TITLE)
        return view

    def place(self, at: SimpleNamespace) -> str:
        run, weights, scores = self.learn(at), self.weights_at(at), self.scores_at(at)
        image, label = self.test_images[at.image], self.test_labels[at.image]
        scale = colour_scale(weights)
        for digit, view in enumerate(self.ten):
            view.show(weights[digit], scale)
        self.bar.show(scale)
        for digit, comparison in zip((at.first, at.second), self.compared):
            comparison.show(image, label, weights, digit, scale)
        self.law.show(at.alpha)
        largest = "not finite"
        if np.isfinite(weights).all():
            largest = brief(scale)
        return (
            f"{position(at, 'pass', 'passes')}: largest weights {largest}, "
            f"training accuracy {run.accuracies[at.iterations - 1]:.3f}; {self.name_share(at)}; {self.name_image(at)}; "
            f"{at.first}? scores {brief(scores[at.first])}, {at.second}? scores {brief(scores[at.second])}"
        )
