"""What learning one image does to another."""

from dataclasses import dataclass
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np

from .. import arguments
from ..datasets import one_hot
from ..figures.colours import NEGATIVE, POSITIVE
from ..figures.history import AlphaView
from ..figures.picture import Picture
from ..figures.style import course_style
from ..figures.training_charts import LinesChart, LineStyle
from ..figures.two_images import InCommonView, OutputsView, StepView, explain_outputs
from ..learning import Descent, gradient_descent, largest_stable_alpha
from .explorer import Explorer
from .sliders import AlphaSlider, WholeSlider, iterations_slider, round_alphas
from .words import brief, position

ITERATIONS = 30
LOWEST_ALPHA, HIGHEST_ALPHA = 0.0005, 0.2
STYLES = {"A": LineStyle(POSITIVE, "-", "o"), "B": LineStyle(NEGATIVE, "--", "s")}
HIGHEST_ERROR = 3
ROUNDING = 12  # digits after the point; what is smaller than that comes of rounding


@dataclass(frozen=True)
class Move:
    """What one step, made for image A, does to the output for A's digit."""

    delta: float  # of that output, for A
    in_common: float  # A . B
    predicted: float  # by how much the output for B moves: -alpha * delta * (A . B)
    measured: float  # by how much it has moved once the step is made


class TwoImages(Explorer):
    """One image is learnt, and the outputs and the error of another one move with it.

    images: (n, 784), 0 to 1. labels: (n,) integers. The weights start at 0. The sliders image A and image B choose;
    `move` is the step that comes next.
    """

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray):
        images, labels = arguments.labelled_images("images", images, "labels", labels)
        self.images, self.labels, self.targets = images, labels, one_hot(labels)
        self._learnt: tuple[int, Descent] | None = None
        self.image_a, self.image_b = chooser("image A", 0, images), chooser("image B", 7, images)
        figure = Picture(860, 590)
        self.in_common = InCommonView(
            [figure.add_axes_at(left=0.02 + 0.21 * k, bottom=0.702, width=0.172, height=0.2508) for k in range(3)]
        )
        self.errors = LinesChart(
            figure.add_axes_at(left=0.7, bottom=0.7125, width=0.275, height=0.24),
            "error", "iteration", ITERATIONS, STYLES, HIGHEST_ERROR,
        )  # fmt: skip
        self.errors.name_lines({"A": "A, which is learnt", "B": "B, which is not"}, 0.8)
        self.outputs = [
            OutputsView(figure.add_axes_at(left=left, bottom=0.205, width=0.42, height=0.36)) for left in (0.055, 0.555)
        ]
        self.step = StepView(figure, 0.055, 0.622)
        explain_outputs(figure, 0.055, 0.125)
        bar = figure.add_axes_at(left=0.065, bottom=0.045, width=0.895, height=0.03)
        self.alphas = AlphaView(bar, LOWEST_ALPHA, HIGHEST_ALPHA, log=True)
        super().__init__(
            figure, [self.in_common, self.errors, self.step, *self.outputs, self.alphas],
            AlphaSlider(0.002, round_alphas(LOWEST_ALPHA, HIGHEST_ALPHA)), iterations_slider(3, ITERATIONS),
            image_a=self.image_a, image_b=self.image_b,
        )  # fmt: skip

    answers = ("limit",)

    @property
    def limit(self) -> float:
        """The largest stable alpha for image A."""
        return self.limit_at(self.position())

    def limit_at(self, at: SimpleNamespace) -> float:
        return largest_stable_alpha(self.images[at.image_a])

    def learn(self, at: SimpleNamespace) -> Descent:
        """Image A, learnt as often as the slider can show."""
        if self._learnt is None or (self._learnt[0], self._learnt[1].alpha) != (at.image_a, at.alpha):
            start = np.zeros((10, self.images.shape[1]))
            example = self.images[at.image_a], self.targets[at.image_a]
            self._learnt = at.image_a, gradient_descent(*example, start, at.alpha, ITERATIONS)
        return self._learnt[1]

    @property
    def move(self) -> Move:
        """The step that comes next, where the controls are now."""
        with self.live.lock:
            return self.move_at(self.position())

    def move_at(self, at: SimpleNamespace) -> Move:
        run, a, b, digit = self.learn(at), self.images[at.image_a], self.images[at.image_b], self.labels[at.image_a]
        delta = run.deltas[at.iterations - 1, digit]
        before, after = run.weights[at.iterations - 1 : at.iterations + 1, digit] @ b
        return Move(delta, a @ b, -at.alpha * delta * (a @ b), after - before)

    def scene(self, at: SimpleNamespace) -> tuple:
        return at.image_a, "limit" in at.hidden

    def set_scene(self, at: SimpleNamespace) -> None:
        if "limit" in at.hidden:
            self.alphas.mark_nothing("")
        else:
            self.alphas.mark(self.limit_at(at))

    def place(self, at: SimpleNamespace) -> str:
        run, move, digit = self.learn(at), self.move_at(at), self.labels[at.image_a]
        chosen, now = (at.image_a, at.image_b), run.weights[at.iterations - 1]
        errors = {name: self._errors(run, image) for name, image in zip(STYLES, chosen)}
        titles = [f"{name}: number {image}, a {self.labels[image]}" for name, image in zip(STYLES, chosen)]
        self.in_common.show(self.images[at.image_a], self.images[at.image_b], titles)
        self.errors.show(errors, at.iterations)
        for name, image, view in zip(STYLES, chosen, self.outputs):
            landing = run.weights[at.iterations, digit] @ self.images[image]
            view.title.set_text(f"outputs for {name}, a {self.labels[image]}")
            view.show(now @ self.images[image], self.labels[image], digit, landing)
        self.outputs[0].note.set_text(f"delta of {digit}? is {brief(move.delta)}")
        factors = [f"{at.alpha:g}", brief(move.delta), brief(move.in_common)]
        self.step.show(digit, factors, _rounded(move.predicted))
        self.alphas.show(at.alpha)
        return self._sentence(at, errors, move)

    def _errors(self, run: Descent, image: int) -> np.ndarray:
        """Of an image, its squared deltas added up, before each iteration: (iterations,)."""
        preds = run.weights[:-1] @ self.images[image]
        return ((preds - self.targets[image]) ** 2).sum(axis=1)

    def _sentence(self, at: SimpleNamespace, errors: dict[str, np.ndarray], move: Move) -> str:
        a, b = self.labels[at.image_a], self.labels[at.image_b]
        error_a, error_b = (brief(each[at.iterations - 1]) for each in errors.values())
        sentence = (
            f"{position(at)}: image A, a {a}, has error {error_a}, image B, a {b}, error {error_b}; "
            f"{a}? for A has delta {brief(move.delta)}, A · B is {brief(move.in_common)}, so the next step moves {a}? "
            f"for B by -alpha × delta × (A · B) = {_rounded(move.predicted)} (measured: {_rounded(move.measured)})"
        )
        limit = self.limit_at(at)
        if at.alpha > limit and "limit" not in at.hidden:
            sentence += f"; diverges, alpha is above {limit:.4g}"
        return sentence


def chooser(description: str, value: int, images: np.ndarray) -> widgets.IntSlider:
    """A slider through the images, by their number."""
    highest = len(images) - 1
    return WholeSlider(min(value, highest), 0, highest, description)


def _rounded(change: float) -> str:
    return brief(round(float(change), ROUNDING))
