"""Exercises of section 4: images and labels, and what is learnt from them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from . import draws
from .section import Section

section = Section("mnist")


def draw_rows(chance: np.random.Generator) -> tuple[list[list[float]]]:
    return (draws.table(chance, draws.count(chance), draws.count(chance, 2, 5), 1.0),)


def draw_labels(chance: np.random.Generator) -> tuple[list[int]]:
    return (chance.integers(10, size=draws.count(chance, 1, 6)).tolist(),)


@section.function(
    "4.1",
    "Flatten",
    blanks=2,
    cases=[
        ([[1, 2, 3], [4, 5, 6]],),
        ([[0.5, 0.1], [0.0, 0.9], [0.3, 0.2]],),
        (np.round(np.random.default_rng(41).random((28, 28)), 2).tolist(),),
    ],
    draw=draw_rows,
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


@flatten.slip(
    "this is only one row. All of them should be in the list, and a `return` inside the loop would end it too soon."
)
def only_one_row(rows: list[list[float]]) -> list[float]:
    return rows[0]


@flatten.slip("each row is added up to one number. Every pixel should stay a number of its own.")
def rows_added_up(rows: list[list[float]]) -> np.ndarray:
    return np.sum(rows, axis=1)


@section.function(
    "4.2",
    "One-hot targets",
    blanks=3,
    cases=[([5, 0, 9],), ([1, 1, 7, 3],), ([8],)],
    draw=draw_labels,
    if_right="Every digit has an output of its own, and no digit counts for more than another.",
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


@one_hot.slip(
    "all rows are the same, with a 1 for every label: it is one and the same list, put in again and again. Each label "
    "needs a new row of zeros, made inside the loop."
)
def one_row_for_all(labels: list[int]) -> np.ndarray:
    return np.tile(np.eye(10)[labels].max(axis=0), (len(labels), 1))


def draw_answers(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return random_answers(chance, draws.count(chance, 3, 30))


def random_answers(chance: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Ten outputs for each of n images, and labels that about half of them get right."""
    outputs = np.round(chance.normal(0.1, 0.4, (n, 10)), 2) - (chance.random((n, 1)) < 0.2)  # some below 0 throughout
    right = chance.random(n) < 0.5
    return outputs, np.where(right, outputs.argmax(axis=1), (outputs.argmax(axis=1) + 3) % 10)


@section.function(
    "4.3",
    "Accuracy",
    blanks=4,
    cases=[random_answers(np.random.default_rng(10), 10)],
    draw=draw_answers,
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


@accuracy.slip(
    "only the first image is looked at, and then the function ends. A `return` inside the loop does that; it should "
    "come after the loop."
)
def first_image_only(outputs: np.ndarray, labels: np.ndarray) -> float:
    return (np.argmax(outputs[0]) == labels[0]) / len(labels)


@accuracy.slip("you divide by 10, the number of outputs. It is a share of the images: divide by how many there are.")
def over_ten(outputs: np.ndarray, labels: np.ndarray) -> float:
    return how_many(outputs, labels) / 10


@accuracy.slip("one too many is counted. Before the first image, none is right yet.")
def counted_from_1_on(outputs: np.ndarray, labels: np.ndarray) -> float:
    return (how_many(outputs, labels) + 1) / len(labels)


@accuracy.slip("the answers themselves are averaged. Compare each with its label first.")
def mean_answer(outputs: np.ndarray, labels: np.ndarray) -> float:
    return np.mean(np.argmax(outputs, axis=1))


def draw_training(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Images, targets, weights and alpha."""
    n, n_in, n_out = draws.count(chance, 3, 6), draws.count(chance, 2, 5), draws.count(chance, 2, 4)
    images, targets = np.round(chance.random((n, n_in)), 2), np.eye(n_out)[chance.integers(n_out, size=n)]
    return images, targets, np.round(chance.normal(0, 0.3, (n_out, n_in)), 2), draws.alpha(chance)


@section.function(
    "4.4",
    "Errors on the way",
    blanks=3,
    cases=[
        (
            np.array([[1.0, 0.0], [0.5, 1.0]]),
            np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
            np.array([[0.2, -0.1], [0.0, 0.3], [0.4, 0.1]]),
            0.1,
        )
    ],
    draw=draw_training,
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


@errors_on_the_way.slip(
    "the weights don't change from image to image: all errors are those of the weights at the start."
)
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


@errors_on_the_way.slip(
    "the weights run away from the targets. Either the steps are added, where they should be taken off, or `delta` is "
    "the other way round: it is what came out less the target."
)
def step_added(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, -alpha)


@errors_on_the_way.slip("these are the sizes of the deltas, added up. Square each delta, then add.")
def sizes_for_squares(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=lambda delta: np.abs(delta).sum())


@errors_on_the_way.slip("the deltas are added up first, and the sum is squared. Square each delta, then add.")
def sum_squared(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=lambda delta: delta.sum() ** 2)


@errors_on_the_way.slip("these are the errors of each output. Add them up over the outputs: one number for each image.")
def not_added_up(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> list[float]:
    return _errors_of_pass(images, targets, weights, alpha, measure=lambda delta: delta**2)


@errors_on_the_way.slip("this is the sum over all images. Collect the errors in a list, one for each image.")
def one_sum(images: np.ndarray, targets: np.ndarray, weights: np.ndarray, alpha: float) -> float:
    return sum(_errors_of_pass(images, targets, weights, alpha))
