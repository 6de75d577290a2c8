"""Training that takes a while: it goes on in the background, shows how far it is, and can be stopped."""

import threading
from dataclasses import dataclass
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
from traitlets import Bunch

from .. import arguments
from ..datasets import one_hot
from ..figures.picture import Picture
from ..figures.style import course_style
from ..figures.training_charts import TrainingView
from ..learning import evaluate, stochastic_gradient_descent
from .explorer import Explorer
from .sliders import AlphaSlider, iterations_slider, round_alphas
from .words import brief

PASSES = 10
PIECE = 2000  # images between two looks at the stop button


@dataclass(frozen=True)
class Progress:
    """What has been learnt so far with one alpha."""

    alpha: float
    weights: np.ndarray  # (10, 784)
    results: np.ndarray  # (error and accuracy, training and test, passes)


class FullTraining(Explorer):
    """Error and accuracy after each pass over as many images as there are, such as all 60,000.

    images, test_images: (n, 784), 0 to 1. labels, test_labels: (n,) integers. The button starts and stops.
    """

    limit = None  # no formula gives a largest stable alpha of many images

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        images, labels = arguments.labelled_images("images", images, "labels", labels)
        test_images, test_labels = arguments.labelled_images("test_images", test_images, "test_labels", test_labels)
        self.training, self.test = (images, one_hot(labels)), (test_images, one_hot(test_labels))
        figure = Picture(860, 300)
        self.charts = TrainingView(
            figure.add_axes_at(left=0.05, bottom=0.17, width=0.42, height=0.7),
            figure.add_axes_at(left=0.55, bottom=0.17, width=0.42, height=0.7),
            PASSES,
        )
        self.button = widgets.Button(description="train", layout={"width": "100px"})
        self.progress = widgets.FloatProgress(0, min=0, max=1, description="progress", layout={"width": "400px"})
        self._learnt: Progress | None = None
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        alpha = AlphaSlider(0.001, round_alphas(0.0001, 0.03))
        super().__init__(figure, [self.charts], alpha, iterations_slider(3, PASSES))
        row = self.children[1]
        row.children = (*row.children, self.button, self.progress)
        self.button.on_click(self._start_or_stop)

    @property
    def is_training(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def weights(self) -> np.ndarray:
        """(10, 784), after the last complete pass."""
        return self.run.weights

    @property
    def results(self) -> np.ndarray:
        """(2, 2, passes): error and accuracy, for training and test images, after each pass."""
        return self.run.results

    def start(self) -> None:
        """Begin anew, in the background."""
        if not self.is_training:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._train, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the training; the passes that are complete stay."""
        self._stopped.set()

    def wait(self) -> None:
        """Return when the training has ended."""
        if self._thread:
            self._thread.join()

    def learn(self, at: SimpleNamespace) -> Progress:
        """What the training has learnt with this alpha so far: nothing, until it has been started."""
        if self._learnt is None or self._learnt.alpha != at.alpha:
            return self._begin_anew(at.alpha)
        return self._learnt

    def place(self, at: SimpleNamespace) -> str:
        learnt = self.learn(at)
        errors, accuracies = learnt.results
        passes = min(at.iterations, learnt.results.shape[-1])
        self.charts.show(errors, accuracies, passes)
        done = f"alpha {brief(at.alpha)}, {passes} of {at.iterations} passes over {len(self.training[0]):,} images"
        if not passes:
            return f"{done}: nothing learnt yet"
        (error, test_error), (accuracy, test_accuracy) = errors[:, passes - 1], accuracies[:, passes - 1]
        if not np.isfinite(error):
            done += ", diverged"
        return (
            f"{done}: training error {brief(error)}, accuracy {accuracy:.3f}; "
            f"test error {brief(test_error)}, accuracy {test_accuracy:.3f}"
        )

    def _move(self, change: Bunch | None = None) -> None:
        if change and change.owner is self.alpha:
            self.stop()
            self.wait()
        super()._move(change)

    def _start_or_stop(self, button: widgets.Button) -> None:
        if self.is_training:
            self.stop()
        else:
            self.start()

    def _begin_anew(self, alpha: float) -> Progress:
        weights, results = np.zeros((10, self.training[0].shape[1])), np.empty((2, 2, 0))
        self._learnt = Progress(alpha, arguments.read_only(weights), arguments.read_only(results))
        self.progress.value = 0
        return self._learnt

    def _train(self) -> None:
        self.alpha.disabled = self.iterations.disabled = True
        self.button.description = "stop"
        try:
            with self.live.lock:
                learnt = self._begin_anew(self.alpha.value)
            self._move()
            passes = self.iterations.value
            for _ in range(passes):
                weights = self._one_pass(learnt, share_of_progress=1 / passes)
                if weights is None:
                    break
                measured = np.transpose([evaluate(weights, *part) for part in (self.training, self.test)])
                results = arguments.read_only(np.concatenate([learnt.results, measured[..., None]], axis=-1))
                self._learnt = learnt = Progress(learnt.alpha, weights, results)
                self._move()
                if not np.isfinite(weights).all():
                    break
        finally:
            self.button.description = "train"
            self.alpha.disabled = self.iterations.disabled = False

    def _one_pass(self, before: Progress, share_of_progress: float) -> np.ndarray | None:
        """The weights after all images, which are learnt piece by piece to the same end; None if it was stopped."""
        images, targets = self.training
        weights = before.weights
        for first in range(0, len(images), PIECE):
            if self._stopped.is_set():
                return None
            piece = slice(first, first + PIECE)
            weights = stochastic_gradient_descent(images[piece], targets[piece], weights, before.alpha, 1).weights[-1]
            if not np.isfinite(weights).all():
                break
            self.progress.value += share_of_progress * len(images[piece]) / len(images)
        return weights
