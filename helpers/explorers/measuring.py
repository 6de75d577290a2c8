"""How well weights do on many test images, soon enough for a slider."""

import numpy as np

from ..datasets import one_hot
from ..learning.measuring import answers_of, errors_and_accuracies

LARGE = 1e12  # weights beyond this are too large to be squared and summed in float32


class TestImages:
    """Test images for weights that were learnt from other images, starting from 0.

    To measure ten passes on 10,000 test images takes longer than to learn them, so it is done in float32, and without
    the pixels that no training image inks, behind which all weights stay 0. That is right to six digits.

    images, training_images: (n, 784). labels: (n,) integers.
    """

    def __init__(self, images: np.ndarray, labels: np.ndarray, training_images: np.ndarray) -> None:
        self.images, self.targets = images, one_hot(labels)
        self.inked = training_images.any(axis=0)
        self.inked_parts = images.compress(self.inked, axis=1).astype(np.float32)

    def evaluate(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Error and accuracy, (passes,) each. weights: (passes, 10, 784)."""
        if self._are_small(weights):
            return errors_and_accuracies(self._inked_part(weights), self.inked_parts, self.targets)
        return errors_and_accuracies(weights, self.images, self.targets)

    def answers(self, weights: np.ndarray) -> np.ndarray:
        """What each image is taken for, (n,), as `helpers.learning.answers` has it. weights: (10, 784)."""
        if self._are_small(weights):
            return answers_of(self._inked_part(weights), self.inked_parts)
        return answers_of(weights, self.images)

    def _are_small(self, weights: np.ndarray) -> bool:
        return bool(np.abs(weights).max() < LARGE)

    def _inked_part(self, weights: np.ndarray) -> np.ndarray:
        return weights.compress(self.inked, axis=-1).astype(np.float32)
