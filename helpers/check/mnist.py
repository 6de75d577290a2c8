"""Exercises of section 4: images and labels, and what is learnt from them."""

import numpy as np

from .exercise import Section

section = Section("mnist")


@section.exercise(
    "4.1",
    "Flatten",
    cases=[
        ([[1, 2, 3], [4, 5, 6]],),
        ([[0.5, 0.1], [0.0, 0.9], [0.3, 0.2]],),
        (np.round(np.random.default_rng(41).random((28, 28)), 2).tolist(),),
    ],
    right="Row after row, every pixel has its place, and its own weight in each output.",
)
def flatten(rows):
    return np.ravel(rows)


@flatten.slip("this goes down the columns: rows and columns are swapped. All of row 0 comes first, then all of row 1.")
def down_the_columns(rows):
    return np.ravel(rows, order="F")


@flatten.slip("these are still rows. The numbers of all rows should stand in one long list.")
def still_rows(rows):
    return rows


@flatten.slip("the rows come in the wrong order: row 0, at the top of the image, comes first.")
def from_below(rows):
    return np.ravel(rows[::-1])


@flatten.slip("this is only one row. Go on until all of them are in the list.")
def only_one_row(rows):
    return rows[0]


@flatten.slip("each row is added up to one number. Every pixel should stay a number of its own.")
def rows_added_up(rows):
    return np.sum(rows, axis=1)


@section.exercise(
    "4.2",
    "One-hot targets",
    cases=[([5, 0, 9],), ([1, 1, 7, 3],), ([8],)],
    right="A 4 is now no further from a 9 than from a 5: every digit has an output of its own.",
)
def one_hot(labels):
    return np.eye(10)[labels]


@one_hot.slip(
    "these are the labels themselves. As targets they would say that a 9 is nine times a 1; "
    "each label should become a row of ten numbers."
)
def labels_as_they_are(labels):
    return labels


@one_hot.slip("the 1s stand one place too far to the left. The first place, number 0, is for the digit 0.")
def counted_from_1(labels):
    return np.eye(10)[np.subtract(labels, 1)]


@one_hot.slip("the label itself stands at its place. A target says yes or no there: 1 or 0.")
def label_at_its_place(labels):
    return np.eye(10)[labels] * np.reshape(labels, (-1, 1))


@one_hot.slip("rows and columns are swapped: there should be one row for each label, with ten numbers in it.")
def columns_for_labels(labels):
    return np.eye(10)[labels].T


@one_hot.slip("it is the other way round: 1 belongs at the place of the label, 0 everywhere else.")
def zero_for_one(labels):
    return 1 - np.eye(10)[labels]


def _outputs(seed, n):
    """Ten outputs for each of n images, and labels that about half of them get right."""
    rng = np.random.default_rng(seed)
    outputs = np.round(rng.normal(0.1, 0.4, (n, 10)), 2)
    right = rng.random(n) < 0.5
    return outputs, np.where(right, outputs.argmax(axis=1), (outputs.argmax(axis=1) + 3) % 10)


@section.exercise(
    "4.3",
    "Accuracy",
    cases=[_outputs(431, 10), _outputs(432, 13), _outputs(433, 50)],
    right="How high the highest output is plays no part, only that it is the highest.",
)
def accuracy(outputs, labels):
    return np.mean(np.argmax(outputs, axis=1) == labels)


@accuracy.slip("this is how many are right. The accuracy is their share: divide by how many images there are.")
def how_many(outputs, labels):
    return np.sum(np.argmax(outputs, axis=1) == labels)


@accuracy.slip("this is the share of wrong answers. Count where answer and label are the same.")
def share_wrong(outputs, labels):
    return np.mean(np.argmax(outputs, axis=1) != labels)


@accuracy.slip("this is in per cent. Leave it as a share, from 0 to 1.")
def per_cent(outputs, labels):
    return 100 * accuracy.solution(outputs, labels)


@accuracy.slip("the answer taken is the lowest output of each row: `argmax` gives the place of the highest.")
def lowest_output(outputs, labels):
    return np.mean(np.argmin(outputs, axis=1) == labels)


@accuracy.slip(
    "the highest is searched down each column. Every image has a row of outputs: `axis=1`, or one row at a time."
)
def down_the_outputs(outputs, labels):
    return np.mean(np.argmax(outputs, axis=0) == labels)


@accuracy.slip("the answers themselves are averaged. Compare each with its label first.")
def mean_answer(outputs, labels):
    return np.mean(np.argmax(outputs, axis=1))


def _images(seed, n, n_in, n_out):
    rng = np.random.default_rng(seed)
    targets = np.eye(n_out)[rng.integers(n_out, size=n)]
    return np.round(rng.random((n, n_in)), 2), targets, np.round(rng.normal(0, 0.3, (n_out, n_in)), 2), 0.1


@section.exercise(
    "4.4",
    "Errors on the way",
    cases=[_images(441, 3, 4, 2), _images(442, 6, 5, 3), _images(443, 4, 2, 4)],
    right=(
        "Each of these errors was made on an image that the network had not learnt from yet, "
        "so in a first pass they are as honest as those on test images."
    ),
)
def errors_on_the_way(images, targets, weights, alpha):
    return _pass(images, targets, weights, alpha)


def _pass(images, targets, weights, alpha, measure=lambda delta: delta @ delta, step=np.outer):
    now, errors = weights.copy(), []
    for image, target in zip(images, targets):
        delta = now @ image - target
        errors.append(measure(delta))
        now -= alpha * step(delta, image)
    return errors


@errors_on_the_way.slip(
    "each error is measured after the update. Measure it before: then the image is still new to the network."
)
def measured_too_late(images, targets, weights, alpha):
    now, errors = weights.copy(), []
    for image, target in zip(images, targets):
        now -= alpha * np.outer(now @ image - target, image)
        errors.append(((now @ image - target) ** 2).sum())
    return errors


@errors_on_the_way.slip("the weights never change: all errors are those of the weights at the start.")
def nothing_learnt(images, targets, weights, alpha):
    return _pass(images, targets, weights, 0)


@errors_on_the_way.slip(
    "the deltas are added up unsquared, so that too high and too low cancel. Square each, then add."
)
def not_squared(images, targets, weights, alpha):
    return _pass(images, targets, weights, alpha, measure=np.sum)


@errors_on_the_way.slip("this is the mean over the outputs. Add up their squared deltas.")
def mean_over_outputs(images, targets, weights, alpha):
    return _pass(images, targets, weights, alpha, measure=lambda delta: np.mean(delta**2))


@errors_on_the_way.slip("alpha is forgotten: the whole weight_deltas are taken off.")
def without_alpha(images, targets, weights, alpha):
    return _pass(images, targets, weights, 1)


@errors_on_the_way.slip("the sign is flipped: the steps are added, and the errors grow.")
def step_added(images, targets, weights, alpha):
    return _pass(images, targets, weights, -alpha)


@errors_on_the_way.slip("these are the errors of each output. Add them up over the outputs: one number for each image.")
def not_added_up(images, targets, weights, alpha):
    return _pass(images, targets, weights, alpha, measure=lambda delta: delta**2)


@errors_on_the_way.slip("this is the sum over all images. Collect the errors in a list, one for each image.")
def one_sum(images, targets, weights, alpha):
    return sum(_pass(images, targets, weights, alpha))
