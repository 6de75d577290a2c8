"""Explorers of stochastic gradient descent on images of digits."""

import ipywidgets as widgets
import numpy as np

from ..datasets import one_hot
from ..figures.digits import ColourBar, DigitView, ScoresView, SimilarityView, WeightImageView, colour_scale
from ..figures.picture import Picture
from ..figures.training import TrainingView
from ..learning import evaluate, stochastic_gradient_descent
from .explorer import WIDE, Explorer, RoundAlphaSlider, brief, iterations_slider, position

PASSES = 100
LARGE = 1e12  # weights beyond this are too large to be squared and summed in float32


class MnistExplorer(Explorer):
    """Shared by the explorers of this module: the images are learnt anew for each alpha.

    images, test_images: (n, 784), 0 to 1. labels, test_labels: (n,) integers.
    """

    def __init__(self, figure, views, alpha, passes, *choices, training, test):
        self.images, self.labels = training
        self.test_images, self.test_labels = test
        self.image = widgets.IntSlider(0, min=0, max=len(self.test_images) - 1, description="test image", **WIDE)
        super().__init__(figure, views, RoundAlphaSlider(alpha, 0.0001, 0.03), iterations_slider(passes, PASSES),
                         self.image, *choices)  # fmt: skip
        for choice in (self.image, *choices):
            choice.observe(self._move, "value")

    def learn(self):
        """Train as many passes as are shown; all of them once the iterations slider asks for more."""
        self.train(self.iterations.value)

    def train(self, passes):
        start = np.zeros((10, self.images.shape[1]))
        self.run = stochastic_gradient_descent(self.images, one_hot(self.labels), start, self.alpha.value, passes)

    def _move(self, change):
        if self.iterations.value > len(self.run):
            self.train(PASSES)
        super()._move(change)

    @property
    def weights(self):
        """(10, 784): the weights at the present position."""
        return self.run.weights[self.iterations.value]

    def scores(self):
        """(10,): what the network says of the chosen image."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.weights @ self.test_images[self.image.value]

    def name_image(self):
        """What the chosen image is, and what the network takes it for."""
        scores, label = self.scores(), self.test_labels[self.image.value]
        said = f"taken for a {scores.argmax()}" if np.isfinite(scores).all() else "no longer finite"
        return f"test image {self.image.value}, a {label}, is {said}"


class Training(MnistExplorer):
    """Error and accuracy after each pass, on training and test images; the ten outputs for one image.

    To measure ten passes on 10,000 test images takes longer than to learn them, so it is done in float32, and without the
    pixels that no training image inks, behind which all weights stay 0. That is right to six digits; three are shown.
    """

    def __init__(self, images, labels, test_images, test_labels):
        self.inked = images.any(axis=0)
        self.quick_test = np.float32(test_images.compress(self.inked, axis=1)), one_hot(test_labels)
        figure = Picture(860, 540)
        self.charts = TrainingView(
            figure.add_axes((0.05, 0.57, 0.42, 0.36)), figure.add_axes((0.55, 0.57, 0.42, 0.36)), PASSES
        )
        self.digit = DigitView(figure.add_axes((0.06, 0.05, 0.36, 0.36)))
        self.outputs = ScoresView(figure.add_axes((0.55, 0.06, 0.42, 0.36)), title="outputs for this image")
        super().__init__(figure, [self.charts, self.digit, self.outputs], 0.001, 10,
                         training=(images, labels), test=(test_images, test_labels))  # fmt: skip

    def train(self, passes):
        super().train(passes)
        self.errors, self.accuracies = zip((self.run.errors, self.run.accuracies), self.measure())

    def measure(self):
        """Error and accuracy on the test images after each pass."""
        weights = self.run.weights[1:]
        if np.abs(weights).max() < LARGE:
            return evaluate(np.float32(weights.compress(self.inked, axis=2)), *self.quick_test)
        return evaluate(weights, self.test_images, one_hot(self.test_labels))

    def draw(self):
        passes = self.iterations.value
        self.charts.show(self.errors, self.accuracies, passes)
        self.digit.show(
            self.test_images[self.image.value], f"test image {self.image.value}: a {self.test_labels[self.image.value]}"
        )
        self.outputs.show(self.scores())
        error, test_error = (brief(values[passes - 1]) for values in self.errors)
        accuracy, test_accuracy = (f"{values[passes - 1]:.3f}" for values in self.accuracies)
        return (
            f"{position(self, 'pass', 'passes')}: training error {error}, accuracy {accuracy}; "
            f"test error {test_error}, accuracy {test_accuracy}; {self.name_image()}"
        )


class Weights(MnistExplorer):
    """The weights of the ten outputs as images, and one image against two of them."""

    def __init__(self, images, labels, test_images, test_labels):
        figure = Picture(860, 760)
        self.ten = [
            WeightImageView(figure.add_axes((0.01 + 0.18 * (d % 5), 0.78 - 0.23 * (d // 5), 0.172, 0.19)), f"{d}?")
            for d in range(10)
        ]
        self.bar = ColourBar(figure.add_axes((0.92, 0.57, 0.016, 0.38)), self.ten[0])
        self.compared = [
            SimilarityView([figure.add_axes((0.09 + 0.26 * k, y, 0.2, 0.19)) for k in range(3)]) for y in (0.275, 0.02)
        ]
        self.digits = [
            widgets.Dropdown(options=range(10), value=d, description="weights of", layout={"width": "150px"})
            for d in (2, 1)
        ]
        super().__init__(figure, [*self.ten, self.bar, *self.compared], 0.0001, 3, *self.digits,
                         training=(images, labels), test=(test_images, test_labels))  # fmt: skip

    def draw(self):
        weights, image, label = self.weights, self.test_images[self.image.value], self.test_labels[self.image.value]
        scale = colour_scale(weights)
        for digit, view in enumerate(self.ten):
            view.show(weights[digit], scale)
        self.bar.show(scale)
        for choice, view in zip(self.digits, self.compared):
            view.show(image, label, weights, choice.value, scale)
        scores = ", ".join(f"{choice.value}? scores {brief(self.scores()[choice.value])}" for choice in self.digits)
        return (
            f"{position(self, 'pass', 'passes')}: largest weights {brief(scale) if np.isfinite(weights).all() else 'not finite'}, "
            f"training accuracy {self.run.accuracies[self.iterations.value - 1]:.3f}; {self.name_image()}; {scores}"
        )
