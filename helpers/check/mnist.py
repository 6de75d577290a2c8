"""Exercises of section 4: images and labels, and what is learnt from them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .section import Section

section = Section("mnist")


@section.function(
    "4.1",
    "Flatten",
    cases=[
        ([[1, 2, 3], [4, 5, 6]],),
        ([[0.5, 0.1], [0.0, 0.9], [0.3, 0.2]],),
        (np.round(np.random.default_rng(41).random((28, 28)), 2).tolist(),),
    ],
    if_right="Row after row, every pixel has its place, and its own weight in each output.",
)
def flatten(rows: list[list[float]]) -> np.ndarray:
    return np.ravel(rows)


@flatten.slip("this goes down the columns: rows and columns are swapped. All of row 0 comes first, then all of row 1.")
def down_the_columns(rows: list[list[float]]) -> np.ndarray:
    return np.ravel(rows, order="F")


@flatten.slip("these are still rows. The numbers of all rows should stand in one long list.")
def still_rows(rows: list[list[float]]) -> list[list[float]]:
    return rows


@flatten.slip("the rows come in the wrong order: row 0, at the top of the image, comes first.")
def from_below(rows: list[list[float]]) -> np.ndarray:
    return np.ravel(rows[::-1])


@flatten.slip("this is only one row. Go on until all of them are in the list.")
def only_one_row(rows: list[list[float]]) -> list[float]:
    return rows[0]


@flatten.slip("each row is added up to one number. Every pixel should stay a number of its own.")
def rows_added_up(rows: list[list[float]]) -> np.ndarray:
    return np.sum(rows, axis=1)


@section.function(
    "4.2",
    "One-hot targets",
    cases=[([5, 0, 9],), ([1, 1, 7, 3],), ([8],)],
    if_right="A 4 is now no further from a 9 than from a 5: every digit has an output of its own.",
)
def one_hot(labels: list[int]) -> np.ndarray:
    return np.eye(10)[labels]


@one_hot.slip(
    "these are the labels themselves. As targets they would say that a 9 is nine times a 1; "
    "each label should become a row of ten numbers."
)
def labels_as_they_are(labels: list[int]) -> list[int]:
    return labels


@one_hot.slip("the 1s stand one place too far to the left. The first place, number 0, is for the digit 0.")
def counted_from_1(labels: list[int]) -> np.ndarray:
    return np.eye(10)[np.subtract(labels, 1)]


@one_hot.slip("the label itself stands at its place. A target says yes or no there: 1 or 0.")
def label_at_its_place(labels: list[int]) -> np.ndarray:
    return np.eye(10)[labels] * np.reshape(labels, (-1, 1))


@one_hot.slip("rows and columns are swapped: there should be one row for each label, with ten numbers in it.")
def columns_for_labels(labels: list[int]) -> np.ndarray:
    return np.eye(10)[labels].T


@one_hot.slip("it is the other way round: 1 belongs at the place of the label, 0 everywhere else.")
def zero_for_one(labels: list[int]) -> np.ndarray:
    return 1 - np.eye(10)[labels]


def random_outputs(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Ten outputs for each of n images, and labels that about half of them get right."""
    rng = np.random.default_rng(seed)
    outputs = np.round(rng.normal(0.1, 0.4, (n, 10)), 2)
    right = rng.random(n) < 0.5
    return outputs, np.where(right, outputs.argmax(axis=1), (outputs.argmax(axis=1) + 3) % 10)


@section.function(
    "4.3",
    "Accuracy",
    cases=[random_outputs(431, 10), random_outputs(432, 13), random_outputs(433, 50)],
    if_right="How high the highest output is plays no part, only that it is the highest.",
)
def accuracy(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmax(outputs, axis=1) == labels)


@accuracy.slip("this is how many are right. The accuracy is their share: divide by how many images there are.")
def how_many(outputs: np.ndarray, labels: np.ndarray) -> int:
    return np.sum(np.argmax(outputs, axis=1) == labels)


@accuracy.slip("this is the share of wrong answers. Count where answer and label are the same.")
def share_wrong(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmax(outputs, axis=1) != labels)


@accuracy.slip("this is in per cent. Leave it as a share, from 0 to 1.")
def per_cent(outputs: np.ndarray, labels: np.ndarray) -> float:
    return 100 * accuracy.solution(outputs, labels)


@accuracy.slip("the answer taken is the lowest output of each row: `argmax` gives the place of the highest.")
def lowest_output(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmin(outputs, axis=1) == labels)


@accuracy.slip(
    "the highest is searched down each column. Every image has a row of outputs: `axis=1`, or one row at a time."
)
def down_the_outputs(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmax(outputs, axis=0) == labels)


@accuracy.slip("the answers themselves are averaged. Compare each with its label first.")
def mean_answer(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmax(outputs, axis=1))


def random_training(seed: int, n: int, n_in: int, n_out: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Images, targets, weights and alpha."""
    rng = np.random.default_rng(seed)
    targets = np.eye(n_out)[rng.integers(n_out, size=n)]
    return np.round(rng.random((n, n_in)), 2), targets, np.round(rng.normal(0, 0.3, (n_out, n_in)), 2), 0.1


@section.function(
    "4.4",
    "Errors on the way",
    cases=[random_training(441, 3, 4, 2), random_training(442, 6, 5, 3), random_training(443, 4, 2, 4)],
    if_right=(
        "Each of these errors was made on an image that the network had not learnt from yet, "
        "so in a first pass they are as honest as those on test images."
    ),
)
def errors_on_the_way(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha)


def _squared_error(delta: np.ndarray) -> float:
    return delta @ delta


def _errors_of_pass(
    images: np.ndarray,
    targets: np.ndarray,
    weights: np.ndarray,
    alpha: float,
    measure: Callable[[np.ndarray], Any] = _squared_error,
) -> list:
    """What `measure` makes of the deltas of each image, before the weights learn from it."""
    now, errors = weights.copy(), []
    for image, target in zip(images, targets):
        delta = now @ image - target
        errors.append(measure(delta))
        now -= alpha * np.outer(delta, image)
    return errors


@errors_on_the_way.slip(
    "each error is measured after the update. Measure it before: then the image is still new to the network."
)
def measured_too_late(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    now, errors = weights.copy(), []
    for image, target in zip(images, targets):
        now -= alpha * np.outer(now @ image - target, image)
        errors.append(((now @ image - target) ** 2).sum())
    return errors


@errors_on_the_way.slip("the weights never change: all errors are those of the weights at the start.")
def nothing_learnt(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, 0)


@errors_on_the_way.slip(
    "the deltas are added up unsquared, so that too high and too low cancel. Square each, then add."
)
def not_squared(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=np.sum)


@errors_on_the_way.slip("this is the mean over the outputs. Add up their squared deltas.")
def mean_over_outputs(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=lambda delta: np.mean(delta**2))


@errors_on_the_way.slip("alpha is forgotten: the whole weight_deltas are taken off.")
def without_alpha(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, 1)


@errors_on_the_way.slip("the sign is flipped: the steps are added, and the errors grow.")
def step_added(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, -alpha)


@errors_on_the_way.slip("these are the errors of each output. Add them up over the outputs: one number for each image.")
def not_added_up(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=lambda delta: delta**2)


@errors_on_the_way.slip("this is the sum over all images. Collect the errors in a list, one for each image.")
def one_sum(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> float:
    return sum(_errors_of_pass(images, targets, weights, alpha))
