"""Exercises of section 5: weights as pictures, and dot products."""

import numpy as np

from .section import Section

section = Section("visualizing")

SIDE_LENGTH = 28  # pixels


@section.function(
    "5.1",
    "Unflatten",
    cases=[(np.arange(784.0),), (np.round(np.random.default_rng(51).normal(size=784), 3),)],
    if_right="Each weight is back at the pixel that it multiplies, and the row can be looked at.",
)
def unflatten(row: np.ndarray) -> np.ndarray:
    return np.reshape(row, (SIDE_LENGTH, SIDE_LENGTH))


@unflatten.slip("rows and columns are swapped: the digit would lie on its side. The first 28 numbers are the top row.")
def swapped(row: np.ndarray) -> np.ndarray:
    return np.reshape(row, (SIDE_LENGTH, SIDE_LENGTH)).T


@unflatten.slip("these are still 784 numbers in a row. Cut them into 28 rows of 28.")
def still_flat(row: np.ndarray) -> np.ndarray:
    return row


@unflatten.slip("the digit would stand on its head: the first 28 numbers are the top row, not the bottom one.")
def upside_down(row: np.ndarray) -> np.ndarray:
    return np.reshape(row, (SIDE_LENGTH, SIDE_LENGTH))[::-1]


@unflatten.slip("this is only the top row. There are 27 more below it.")
def only_the_top(row: np.ndarray) -> np.ndarray:
    return row[:SIDE_LENGTH]


A, B, C, D = np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0.5, 0, 0.5, 0]])


@section.value(
    "5.2",
    "Dot products by hand",
    if_right="`b` with `c` and `b` with `d` score the same, for different reasons: one whole match, and two half ones.",
    hint="Multiply the two lists place by place, and add up the four products.",
)
def dot_products() -> list[float]:
    return [B @ C, B @ D, C @ D]


@dot_products.slip(
    "you counted the places where both have something. `d` has only halves: multiply, and 1 times 0.5 is 0.5."
)
def counted() -> list[float]:
    return [((x > 0) & (y > 0)).sum() for x, y in ((B, C), (B, D), (C, D))]


@dot_products.slip("everything is added up. First multiply place by place: what meets a 0 falls away.")
def added() -> list[float]:
    return [(x + y).sum() for x, y in ((B, C), (B, D), (C, D))]


@dot_products.slip("places where both are 0 are counted as alike. In a dot product they add nothing.")
def zeros_counted() -> list[float]:
    return [((x > 0) == (y > 0)).sum() for x, y in ((B, C), (B, D), (C, D))]


@dot_products.slip("the sums are multiplied with each other. Multiply place by place first, and add up last.")
def sums_multiplied() -> list[float]:
    return [x.sum() * y.sum() for x, y in ((B, C), (B, D), (C, D))]


def random_weights(seed: int, n: int, opposites: bool = False) -> np.ndarray:
    """Rows of weights, one much larger than the others; rows 1 and 2 can be opposites."""
    weights = np.round(np.random.default_rng(seed).normal(0.05, 0.4, (n, 12)), 2)
    weights[1] *= 3
    if opposites:
        weights[2] = np.round(-1.2 * weights[1], 2)
    return weights


@section.function(
    "5.3",
    "The two most alike",
    cases=[(random_weights(531, 4, opposites=True),), (random_weights(532, 10),), (random_weights(533, 6),)],
    tidy=sorted,
    if_right="A dot product tells how alike two rows of weights are, just as it does for an image and a row.",
)
def most_alike(weights: np.ndarray) -> tuple[int, int]:
    return _most_alike_but_itself(weights @ weights.T)


def _most_alike_but_itself(scores: np.ndarray) -> tuple[int, int]:
    """The place of the highest score off the diagonal, where each row meets itself."""
    others = scores.astype(float)
    np.fill_diagonal(others, -np.inf)
    return _place_of_highest(others)


def _place_of_highest(scores: np.ndarray) -> tuple[int, int]:
    row, column = np.unravel_index(scores.argmax(), scores.shape)
    return int(row), int(column)


@most_alike.slip(
    "a row is compared with itself, and of course it is most like itself. The two must be different digits."
)
def with_itself(weights: np.ndarray) -> tuple[int, int]:
    return _place_of_highest(weights @ weights.T)


@most_alike.slip("these two are the least alike: the lowest dot product, where you want the highest.")
def least_alike(weights: np.ndarray) -> tuple[int, int]:
    return _most_alike_but_itself(-(weights @ weights.T))


@most_alike.slip("the sign is lost. A large negative dot product means opposites, not likeness.")
def opposites(weights: np.ndarray) -> tuple[int, int]:
    return _most_alike_but_itself(np.abs(weights @ weights.T))


@most_alike.slip("this is how alike they are. Which two are they?")
def only_the_score(weights: np.ndarray) -> float:
    return np.max((weights @ weights.T)[~np.eye(len(weights), dtype=bool)])


@most_alike.slip(
    "these are the rows that differ least, place by place. That favours rows of small numbers; take the dot product."
)
def nearest(weights: np.ndarray) -> tuple[int, int]:
    return _most_alike_but_itself(-((weights[:, None] - weights) ** 2).sum(axis=-1))


def random_network(seed: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Images of 784 pixels, labels and weights; the network is wrong about some images, and right about others."""
    rng = np.random.default_rng(seed)
    images = np.round(rng.random((n, 784)) * (rng.random((n, 784)) < 0.2), 2)
    weights = np.round(rng.normal(0, 0.1, (10, 784)), 3)
    answers = (images @ weights.T).argmax(axis=1)
    labels = np.where(np.arange(n) % 3 == seed % 3, (answers + 4) % 10, answers)
    return images, labels, weights


@section.function(
    "5.4",
    "The network's mistakes",
    cases=[random_network(540, 7), random_network(541, 12), random_network(542, 9)],
    if_right="These are the images worth looking at: they show what one picture for each digit can't do.",
)
def mistakes(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.flatnonzero((images @ weights.T).argmax(axis=1) != labels)


@mistakes.slip("these are the images that the network gets right.")
def those_right(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.flatnonzero((images @ weights.T).argmax(axis=1) == labels)


@mistakes.slip("this says for each image whether it is wrong. Give the places of those that are.")
def wrong_or_not(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return (images @ weights.T).argmax(axis=1) != labels


@mistakes.slip("this is how many there are. Which ones are they?")
def how_many(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> int:
    return len(mistakes.solution(images, labels, weights))


@mistakes.slip("this is only the first of them. Give all.")
def only_the_first(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> int:
    return mistakes.solution(images, labels, weights)[0]


@mistakes.slip("these are the network's wrong answers. Give the places of the images instead.")
def the_answers(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    answers = (images @ weights.T).argmax(axis=1)
    return answers[answers != labels]


def _mistaken_image(seed: int) -> tuple[np.ndarray, int, np.ndarray]:
    images, labels, weights = random_network(seed, 3)
    wrong = mistakes.solution(images, labels, weights)[0]
    return images[wrong], int(labels[wrong]), weights


@section.function(
    "5.5",
    "The pixel that decides",
    cases=[_mistaken_image(550), _mistaken_image(551), _mistaken_image(552)],
    if_right="Ink times the difference of two weights: that is a reason, and it can be pointed at in the picture.",
)
def deciding_pixel(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(image * _difference(image, label, weights))


def _difference(image: np.ndarray, label: int, weights: np.ndarray) -> np.ndarray:
    return weights[(weights @ image).argmax()] - weights[label]


def _pixel_of_highest(values: np.ndarray) -> tuple[int, int]:
    return divmod(int(values.argmax()), SIDE_LENGTH)


@deciding_pixel.slip("row and column are swapped: the place divided by 28 is the row, the remainder the column.")
def row_and_column_swapped(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return deciding_pixel.solution(image, label, weights)[::-1]


@deciding_pixel.slip("the image is left out. Where it has no ink, no weight has a say: multiply by the image.")
def without_image(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(_difference(image, label, weights))


@deciding_pixel.slip(
    "only the weights of the network's answer are looked at. A pixel that speaks as loudly for the right digit "
    "decides nothing: take the difference of the two rows."
)
def only_the_answer(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(image * weights[(weights @ image).argmax()])


@deciding_pixel.slip("this pixel speaks most for the right digit. Take the difference the other way round.")
def for_the_right_one(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(-image * _difference(image, label, weights))


@deciding_pixel.slip("this is the place in the row of 784. Turn it into row and column, with 28 pixels in a row.")
def place_in_the_row(image: np.ndarray, label: int, weights: np.ndarray) -> int:
    return int((image * _difference(image, label, weights)).argmax())
