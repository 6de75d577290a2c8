"""What the explorers of stochastic gradient descent on images of digits share."""

from types import SimpleNamespace
from typing import Any

import ipywidgets as widgets
import numpy as np

from ..datasets import one_hot
from ..figures.alpha_law import AlphaLawView
from ..figures.picture import Picture
from ..learning import TrainingRun, stochastic_gradient_descent
from .explorer import Explorer
from .sliders import AlphaSlider, image_slider, iterations_slider, round_alphas

PASSES = 100
LOWEST_ALPHA, HIGHEST_ALPHA = 0.0001, 0.03


class MnistExplorer(Explorer):
    """The images are learnt anew for each alpha.

    images, test_images: (n, 784), 0 to 1. labels, test_labels: (n,) integers. `law`, a bar below the picture, shows
    where alpha stands among the limits of the images that are learnt; they are the answer "limit", which can be hidden.
    """

    answers = ("limit",)
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
        bar = figure.add_axes_at(left=0.065, bottom=0.042, width=0.895, height=0.03)
        self.law = AlphaLawView(bar, LOWEST_ALPHA, HIGHEST_ALPHA)
        self._learnt: TrainingRun | None = None
        sliders = (
            AlphaSlider(alpha, round_alphas(LOWEST_ALPHA, HIGHEST_ALPHA)),
            iterations_slider(passes, PASSES),
        )
        super().__init__(figure, [*views, self.law], *sliders, **choices)

    def images_to_learn(self, at: SimpleNamespace) -> int:
        """How many of the images are learnt, from the first."""
        return len(self.images)

    def learn(self, at: SimpleNamespace) -> TrainingRun:
        """Train as many passes as are shown; all of them once the iterations slider asks for more."""
        count, learnt = self.images_to_learn(at), self._learnt
        if learnt is None or (learnt.alpha, len(learnt.images)) != (at.alpha, count):
            learnt = self.train(at.alpha, at.iterations, count)
        elif len(learnt) < at.iterations:
            learnt = self.train(at.alpha, PASSES, count)
        self._learnt = learnt
        return learnt

    def train(self, alpha: float, passes: int, count: int) -> TrainingRun:
        """Learn the first `count` images."""
        start = np.zeros((10, self.images.shape[1]))
        return stochastic_gradient_descent(self.images[:count], one_hot(self.labels[:count]), start, alpha, passes)

    def scene(self, at: SimpleNamespace) -> tuple:
        return self.images_to_learn(at), "limit" in at.hidden

    def set_scene(self, at: SimpleNamespace) -> None:
        self.law.mark(limits(self.images[: self.images_to_learn(at)]))
        self.law.hide_marks("limit" in at.hidden)

    @property
    def weights(self) -> np.ndarray:
        """(10, 784), where the controls are now."""
        with self.live.lock:
            return self.weights_at(self.position())

    def weights_at(self, at: SimpleNamespace) -> np.ndarray:
        return self.learn(at).weights[at.iterations]

    def name_share(self, at: SimpleNamespace) -> str:
        """How many of the images alpha is too large for."""
        return f"alpha is above the limit of {self.law.share_above(at.alpha):.1%} of the training images"


class OneImageExplorer(MnistExplorer):
    """Shows what the network makes of one test image, which a slider chooses."""

    def __init__(self, *arguments: Any, test: tuple[np.ndarray, np.ndarray], **options: Any):
        self.image = image_slider(test[0])
        super().__init__(*arguments, test=test, image=self.image, **options)

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


def limits(images: np.ndarray) -> np.ndarray:
    """2 / |x|^2 of each image, (n,): the largest alpha that is stable for it alone, as `largest_stable_alpha` gives."""
    with np.errstate(divide="ignore"):
        return 2 / np.einsum("ij,ij->i", images, images)
