"""Explorers of stochastic gradient descent on images of digits."""

from dataclasses import dataclass
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np

from ..datasets import one_hot
from ..figures.picture import Picture
from ..figures.pixel_images import ColourBar, DigitView, WeightImageView, colour_scale
from ..figures.scores import ScoresView, SimilarityView
from ..figures.style import course_style
from ..figures.training_charts import TrainingView
from ..learning import TrainingRun, evaluate, stochastic_gradient_descent
from .explorer import Explorer
from .sliders import AlphaSlider, image_slider, iterations_slider, round_alphas
from .words import brief, position

PASSES = 100
LARGE = 1e12  # weights beyond this are too large to be squared and summed in float32


class MnistExplorer(Explorer):
    """Shared by the explorers of this module: the images are learnt anew for each alpha.

    images, test_images: (n, 784), 0 to 1. labels, test_labels: (n,) integers.
    """

    limit = None  # no formula gives a largest stable alpha of many images

    def __init__(
        self,
        figure: Picture,
        views: list,
        alpha: float,
        passes: int,
        *,
        training: tuple[np.ndarray, np.ndarray],
        test: tuple[np.ndarray, np.ndarray],
        **choices: widgets.ValueWidget,
    ):
        self.images, self.labels = training
        self.test_images, self.test_labels = test
        self.image = image_slider(self.test_images)
        self._learnt: TrainingRun | None = None
        sliders = AlphaSlider(alpha, round_alphas(0.0001, 0.03)), iterations_slider(passes, PASSES)
        super().__init__(figure, views, *sliders, image=self.image, **choices)

    def learn(self, at: SimpleNamespace) -> TrainingRun:
        """Train as many passes as are shown; all of them once the iterations slider asks for more."""
        if self._learnt is None or self._learnt.alpha != at.alpha:
            self._learnt = self.train(at.alpha, at.iterations)
        elif len(self._learnt) < at.iterations:
            self._learnt = self.train(at.alpha, PASSES)
        return self._learnt

    def train(self, alpha: float, passes: int) -> TrainingRun:
        start = np.zeros((10, self.images.shape[1]))
        return stochastic_gradient_descent(self.images, one_hot(self.labels), start, alpha, passes)

    @property
    def weights(self) -> np.ndarray:
        """(10, 784), where the controls are now."""
        with self.live.lock:
            return self.weights_at(self.position())

    def weights_at(self, at: SimpleNamespace) -> np.ndarray:
        return self.learn(at).weights[at.iterations]

    @property
    def scores(self) -> np.ndarray:
        """(10,): what the network says of the chosen image, where the controls are now."""
        with self.live.lock:
            return self.scores_at(self.position())

    def scores_at(self, at: SimpleNamespace) -> np.ndarray:
        return self.weights_at(at) @ self.test_images[at.image]

    def name_image(self, at: SimpleNamespace) -> str:
        """What the chosen image is, and what the network takes it for."""
        scores, label = self.scores_at(at), self.test_labels[at.image]
        answer = "no longer finite"
        if np.isfinite(scores).all():
            answer = f"taken for a {scores.argmax()}"
        return f"test image {at.image}, a {label}, is {answer}"


@dataclass(frozen=True)
class Measured:
    """How well the weights of a run do after each pass: (training, test), each (passes,)."""

    run: TrainingRun
    errors: tuple
    accuracies: tuple


class Training(MnistExplorer):
    """Error and accuracy after each pass, on training and test images; the ten outputs for one image.

    To measure ten passes on 10,000 test images takes longer than to learn them, so it is done in float32, and without
    the pixels that no training image inks, behind which all weights stay 0. That is right to six digits, and three are
    shown.
    """

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        self._measured: Measured | None = None
        self.inked = images.any(axis=0)
        self.quick_test = test_images.compress(self.inked, axis=1).astype(np.float32), one_hot(test_labels)
        figure = Picture(860, 540)
        self.charts = TrainingView(
            figure.add_axes_at(left=0.05, bottom=0.57, width=0.42, height=0.36),
            figure.add_axes_at(left=0.55, bottom=0.57, width=0.42, height=0.36),
            PASSES,
        )
        self.digit = DigitView(figure.add_axes_at(left=0.06, bottom=0.05, width=0.36, height=0.36))
        self.outputs = ScoresView(
            figure.add_axes_at(left=0.55, bottom=0.06, width=0.42, height=0.36), title="outputs for this image"
        )
        super().__init__(figure, [self.charts, self.digit, self.outputs], 0.001, 10,
                         training=(images, labels), test=(test_images, test_labels))  # fmt: skip

    @property
    def errors(self) -> tuple:
        """(training, test), each (passes,): where the controls are now."""
        return self._measure_now().errors

    @property
    def accuracies(self) -> tuple:
        """(training, test), each (passes,): where the controls are now."""
        return self._measure_now().accuracies

    def _measure_now(self) -> Measured:
        with self.live.lock:
            return self.measure(self.run)

    def measure(self, run: TrainingRun) -> Measured:
        if self._measured is None or self._measured.run is not run:
            errors, accuracies = zip((run.errors, run.accuracies), self._evaluate_test(run.weights[1:]))
            self._measured = Measured(run, errors, accuracies)
        return self._measured

    def _evaluate_test(self, weights: np.ndarray) -> tuple:
        """Error and accuracy on the test images after each pass."""
        if np.abs(weights).max() < LARGE:
            return evaluate(weights.compress(self.inked, axis=2).astype(np.float32), *self.quick_test)
        return evaluate(weights, self.test_images, one_hot(self.test_labels))

    def place(self, at: SimpleNamespace) -> str:
        measured, passes = self.measure(self.learn(at)), at.iterations
        self.charts.show(measured.errors, measured.accuracies, passes)
        self.digit.show(self.test_images[at.image], f"test image {at.image}: a {self.test_labels[at.image]}")
        self.outputs.show(self.scores_at(at))
        error, test_error = (brief(values[passes - 1]) for values in measured.errors)
        accuracy, test_accuracy = (f"{values[passes - 1]:.3f}" for values in measured.accuracies)
        return (
            f"{position(at, 'pass', 'passes')}: training error {error}, accuracy {accuracy}; "
            f"test error {test_error}, accuracy {test_accuracy}; {self.name_image(at)}"
        )


class Weights(MnistExplorer):
    """The weights of the ten outputs as images, and one image against two of them."""

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        figure = Picture(860, 760)
        self.ten = [
            WeightImageView(
                figure.add_axes_at(left=0.01 + 0.18 * (d % 5), bottom=0.78 - 0.23 * (d // 5), width=0.172, height=0.19),
                f"{d}?",
            )
            for d in range(10)
        ]
        self.bar = ColourBar(figure.add_axes_at(left=0.92, bottom=0.57, width=0.016, height=0.38), self.ten[0])
        self.compared = [
            SimilarityView(
                [figure.add_axes_at(left=0.09 + 0.26 * k, bottom=y, width=0.2, height=0.19) for k in range(3)]
            )
            for y in (0.275, 0.02)
        ]
        self.digits = [
            widgets.Dropdown(options=range(10), value=d, description="weights of", layout={"width": "150px"})
            for d in (2, 1)
        ]
        super().__init__(figure, [*self.ten, self.bar, *self.compared], 0.0001, 3,
                         training=(images, labels), test=(test_images, test_labels),
                         first=self.digits[0], second=self.digits[1])  # fmt: skip

    def place(self, at: SimpleNamespace) -> str:
        run, weights, scores = self.learn(at), self.weights_at(at), self.scores_at(at)
        image, label = self.test_images[at.image], self.test_labels[at.image]
        scale = colour_scale(weights)
        for digit, view in enumerate(self.ten):
            view.show(weights[digit], scale)
        self.bar.show(scale)
        for digit, comparison in zip((at.first, at.second), self.compared):
            comparison.show(image, label, weights, digit, scale)
        largest = "not finite"
        if np.isfinite(weights).all():
            largest = brief(scale)
        return (
            f"{position(at, 'pass', 'passes')}: largest weights {largest}, "
            f"training accuracy {run.accuracies[at.iterations - 1]:.3f}; {self.name_image(at)}; "
            f"{at.first}? scores {brief(scores[at.first])}, {at.second}? scores {brief(scores[at.second])}"
        )
