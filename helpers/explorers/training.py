"""Learning images of digits pass by pass, and how well others are read meanwhile."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from .. import arguments
from ..datasets import one_hot
from ..figures.picture import Picture
from ..figures.pixel_images import DigitView
from ..figures.scores import ScoresView
from ..figures.style import course_style
from ..figures.training_charts import TrainingView
from ..learning import TrainingRun, evaluate
from .choices import Dropdown
from .measuring import TestImages
from .mnist import PASSES, OneImageExplorer
from .words import brief, position

TWO_PARTS, THREE_PARTS = ("training", "test"), ("training", "validation", "test")
HELD_OUT = 1 / 5  # of the images, where some validate


@dataclass(frozen=True)
class Measured:
    """How well the weights of a run do after each pass on each part of the images, in their order: each (passes,)."""

    run: TrainingRun
    errors: tuple[np.ndarray, ...]
    accuracies: tuple[np.ndarray, ...]


class Training(OneImageExplorer):
    """Error and accuracy after each pass, on training and test images; the ten outputs for one image.

    `held_out` says whether the last fifth of the images isn't learnt from, but validates.
    """

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        images, labels = arguments.labelled_images("images", images, "labels", labels)
        test_images, test_labels = arguments.labelled_images("test_images", test_images, "test_labels", test_labels)
        self._measured: Measured | None = None
        self.tested = TestImages(test_images, test_labels, images)
        held_out = int(len(images) * HELD_OUT)
        learnt = f"the first {len(images) - held_out:,} (the last {held_out:,} validate)"
        self.held_out = Dropdown(
            options=[(f"all {len(images):,} images", False), (learnt, True)],
            description="learn from", style={"description_width": "70px"}, layout={"width": "340px"},
        )  # fmt: skip
        figure = Picture(860, 590)
        self.charts = TrainingView(
            figure.add_axes_at(left=0.05, bottom=0.645, width=0.42, height=0.305),
            figure.add_axes_at(left=0.55, bottom=0.645, width=0.42, height=0.305),
            PASSES,
            THREE_PARTS,
        )
        self.digit = DigitView(figure.add_axes_at(left=0.06, bottom=0.2, width=0.36, height=0.335))
        self.outputs = ScoresView(
            figure.add_axes_at(left=0.55, bottom=0.2, width=0.42, height=0.335), title="outputs for this image"
        )
        super().__init__(figure, [self.charts, self.digit, self.outputs], 0.001, 10,
                         training=(images, labels), test=(test_images, test_labels),
                         held_out=self.held_out)  # fmt: skip

    @property
    def errors(self) -> tuple[np.ndarray, ...]:
        """(training, test), or (training, validation, test), each (passes,): where the controls are now."""
        return self._measure_now().errors

    @property
    def accuracies(self) -> tuple[np.ndarray, ...]:
        """As `errors`."""
        return self._measure_now().accuracies

    def _measure_now(self) -> Measured:
        with self.live.lock:
            return self.measure(self.run)

    def images_to_learn(self, at: SimpleNamespace) -> int:
        count = len(self.images)
        if at.held_out:
            count -= int(count * HELD_OUT)
        return count

    def parts_at(self, at: SimpleNamespace) -> tuple[str, ...]:
        """The parts of the images that are compared."""
        if self.images_to_learn(at) < len(self.images):
            return THREE_PARTS
        return TWO_PARTS

    def set_scene(self, at: SimpleNamespace) -> None:
        super().set_scene(at)
        self.charts.compare(self.parts_at(at))

    def measure(self, run: TrainingRun) -> Measured:
        measured = self._measured
        if measured is None or measured.run is not run:
            weights = run.weights[1:]
            results = [(run.errors, run.accuracies), self.tested.evaluate(weights)]
            count = len(run.images)
            if count < len(self.images):
                results.insert(1, evaluate(weights, self.images[count:], one_hot(self.labels[count:])))
            errors, accuracies = zip(*(map(arguments.read_only, result) for result in results))
            self._measured = measured = Measured(run, errors, accuracies)
        return measured

    def place(self, at: SimpleNamespace) -> str:
        measured, passes = self.measure(self.learn(at)), at.iterations
        self.charts.show(measured.errors, measured.accuracies, passes)
        self.digit.show(self.test_images[at.image], f"test image {at.image}: a {self.test_labels[at.image]}")
        self.outputs.show(self.scores_at(at))
        self.law.show(at.alpha)
        results = "; ".join(
            f"{part} error {brief(error[passes - 1])}, accuracy {accuracy[passes - 1]:.3f}"
            for part, error, accuracy in zip(self.parts_at(at), measured.errors, measured.accuracies)
        )
        return f"{position(at, 'pass', 'passes')}: {results}; {self.name_share(at)}; {self.name_image(at)}"
