"""What a network takes images for: which digits it reads, and which it confuses."""

from itertools import repeat

import numpy as np

from .stochastic import IMAGES_PER_TASK
from .threads import CORES, threads

DIGITS = 10
NO_ANSWER = -1  # of weights that are no longer finite


@np.errstate(all="ignore")
def answers(weights: np.ndarray, images: np.ndarray) -> np.ndarray:
    """The network's answer to each image, (n,): where its largest pred is; NO_ANSWER where a pred is not finite.

    weights: (n_out, n_in). images: (n, n_in).
    """
    parts = np.split(images, range(IMAGES_PER_TASK, len(images), IMAGES_PER_TASK))
    with threads(CORES) as pool:
        return np.concatenate(list(pool.map(_answers_to_part, repeat(weights), parts)))


def _answers_to_part(weights: np.ndarray, images: np.ndarray) -> np.ndarray:
    preds = images @ weights.T
    return np.where(np.isfinite(preds).all(axis=1), preds.argmax(axis=1), NO_ANSWER)


def confusion_matrix(labels: np.ndarray, given: np.ndarray) -> np.ndarray:
    """How many images of each digit (row) got each answer (column), (10, 10); images without an answer are left out.

    labels, given: (n,) integers, what the images are and what they are taken for.
    """
    counts = np.zeros((DIGITS, DIGITS), int)
    answered = given != NO_ANSWER
    np.add.at(counts, (labels[answered], given[answered]), 1)
    return counts


def accuracy_per_digit(labels: np.ndarray, given: np.ndarray) -> np.ndarray:
    """The share of each digit's images that are read rightly, (10,), 0 to 1; NaN for a digit without images.

    labels, given: as in `confusion_matrix`.
    """
    right = np.bincount(labels[labels == given], minlength=DIGITS)
    with np.errstate(invalid="ignore"):
        return right / np.bincount(labels, minlength=DIGITS)
