"""Training that takes a while: it goes on in the background, shows how far it is, and can be stopped."""

import threading

import ipywidgets as widgets
import numpy as np

from ..datasets import one_hot
from ..figures.picture import Picture
from ..figures.training import TrainingView
from ..learning import evaluate, stochastic_gradient_descent
from .explorer import Explorer, RoundAlphaSlider, brief, iterations_slider

PASSES = 10
PIECE = 2000  # images between two looks at the stop button


class FullTraining(Explorer):
    """Error and accuracy after each pass over as many images as there are, such as all 60,000.

    images, test_images: (n, 784), 0 to 1. labels, test_labels: (n,) integers. The button starts and stops.
    """

    def __init__(self, images, labels, test_images, test_labels):
        self.training, self.test = (images, one_hot(labels)), (test_images, one_hot(test_labels))
        figure = Picture(860, 300)
        self.charts = TrainingView(
            figure.add_axes((0.05, 0.17, 0.42, 0.7)), figure.add_axes((0.55, 0.17, 0.42, 0.7)), PASSES
        )
        self.button = widgets.Button(description="train", layout={"width": "100px"})
        self.progress = widgets.FloatProgress(0, min=0, max=1, description="progress", layout={"width": "400px"})
        self._thread, self._stopped = None, threading.Event()
        super().__init__(figure, [self.charts], RoundAlphaSlider(0.001, 0.0001, 0.03), iterations_slider(3, PASSES),
                         self.button, self.progress)  # fmt: skip
        self.button.on_click(lambda button: self.stop() if self.is_training else self.start())

    @property
    def is_training(self):
        return self._thread is not None and self._thread.is_alive()

    def start(self):
        """Begin anew, in the background."""
        if not self.is_training:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._train, daemon=True)
            self._thread.start()

    def stop(self):
        """End the training; the passes that are complete stay."""
        self._stopped.set()

    def wait(self):
        """Return when the training has ended."""
        if self._thread:
            self._thread.join()

    def learn(self):
        """Forget what was learnt: it was learnt with another alpha."""
        self.weights = np.zeros((10, self.training[0].shape[1]))
        self.results = np.empty((2, 2, 0))  # (error, accuracy), (training, test), passes
        self.progress.value = 0

    def draw(self):
        errors, accuracies = self.results
        passes = self.results.shape[-1]
        self.charts.show(errors, accuracies, passes)
        done = f"alpha {brief(self.alpha.value)}, {passes} of {self.iterations.value} passes over {len(self.training[0]):,} images"
        if not passes:
            return f"{done}: nothing learnt yet"
        if not np.isfinite(errors[0, -1]):
            done += ", diverged"
        return (
            f"{done}: training error {brief(errors[0, -1])}, accuracy {accuracies[0, -1]:.3f}; "
            f"test error {brief(errors[1, -1])}, accuracy {accuracies[1, -1]:.3f}"
        )

    def _relearn(self, change):
        self.stop()
        self.wait()
        super()._relearn(change)

    def _train(self):
        self.alpha.disabled = self.iterations.disabled = True
        self.button.description = "stop"
        try:
            self.learn()
            self._move(None)
            for _ in range(self.iterations.value):
                if not self._one_pass():
                    break
                measured = [evaluate(self.weights, *part) for part in (self.training, self.test)]
                self.results = np.concatenate([self.results, np.transpose(measured)[..., None]], axis=-1)
                self._move(None)
                if not np.isfinite(self.weights).all():
                    break
        finally:
            self.button.description = "train"
            self.alpha.disabled = self.iterations.disabled = False

    def _one_pass(self):
        """Go through the images piece by piece, which gives the same weights; False if it was stopped."""
        images, targets = self.training
        for first in range(0, len(images), PIECE):
            if self._stopped.is_set():
                return False
            piece = slice(first, first + PIECE)
            run = stochastic_gradient_descent(images[piece], targets[piece], self.weights, self.alpha.value, 1)
            self.weights = run.weights[-1]
            if not np.isfinite(self.weights).all():
                break
            self.progress.value += len(images[piece]) / len(images) / self.iterations.value
        return True
