"""What a network takes images for: which digits it reads, and which it confuses."""

import numpy as np
import numpy.typing as npt

from .. import arguments
from .measuring import NO_ANSWER, answers_of

DIGITS = 10


def answers(weights: npt.ArrayLike, images: npt.ArrayLike) -> np.ndarray:
    """The network's answer to each image, (n,): where its largest pred is; NO_ANSWER where a pred is not finite.

    weights: (n_out, n_in), finite or not. images: (n, n_in). Where several preds are the largest, it is the first.
    Raises ValueError, naming the argument, for input that does not fit.
    """
    images, weights = arguments.shaped("images", images, 2), arguments.shaped("weights", weights, 2)
    if weights.shape[1] != images.shape[1]:
        raise ValueError(
            f"weights must have a column for each of the {images.shape[1]} pixels of an image; got {weights.shape}."
        )
    given = answers_of(weights, images)
    # What is not finite in images is found sooner in the answers.
    if (given == NO_ANSWER).any():
        arguments.finite("images", images)
    return given


def confusion_matrix(labels: npt.ArrayLike, given: npt.ArrayLike) -> np.ndarray:
    """How many images of each digit (row) got each answer (column), (10, 10); images without an answer are left out.

    labels, given: (n,) digits, what the images are and what they are taken for, where NO_ANSWER is no digit.
    Raises ValueError, naming the argument, for input that does not fit.
    """
    labels, given = _checked(labels, given)
    counts = np.zeros((DIGITS, DIGITS), int)
    answered = given != NO_ANSWER
    np.add.at(counts, (labels[answered], given[answered]), 1)
    return counts


def accuracy_per_digit(labels: npt.ArrayLike, given: npt.ArrayLike) -> np.ndarray:
    """The share of each digit's images that are read rightly, (10,), 0 to 1; NaN for a digit without images.

    labels, given: as in `confusion_matrix`, and so is what is raised.
    """
    labels, given = _checked(labels, given)
    right = np.bincount(labels[labels == given], minlength=DIGITS)
    with np.errstate(invalid="ignore"):
        return right / np.bincount(labels, minlength=DIGITS)


def _checked(labels: npt.ArrayLike, given: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    labels = arguments.labels("labels", labels)
    given = arguments.labels("given", given, lowest=NO_ANSWER)
    arguments.check_same_length("labels", labels, "given", given)
    return labels, given
