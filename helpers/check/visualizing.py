"""Exercises of section 5: weights as pictures, and dot products."""

import numpy as np

from . import draws
from .section import Section

section = Section("visualizing")

SIDE_LENGTH = 28  # pixels


@section.function(
    "5.1",
    "Unflatten",
    blanks=1,
    cases=[(np.arange(784.0),)],
    draw=lambda chance: (np.round(chance.normal(size=784), 2),),
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


@unflatten.slip(
    "each row begins only one number further than the row above it. Row number `i` has `i` full rows of 28 before it."
)
def overlapping(row: np.ndarray) -> np.ndarray:
    return np.array([row[i : i + SIDE_LENGTH] for i in range(SIDE_LENGTH)])


@unflatten.slip("this is one number from each row, the first. Each row should have all its 28.")
def only_the_first_column(row: np.ndarray) -> np.ndarray:
    return row[::SIDE_LENGTH]


A, B, C, D = np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0.5, 0, 0.5, 0]])


@section.value(
    "5.2",
    "Dot products by hand",
    blanks=3,
    parts=("b_with_c", "b_with_d", "c_with_d"),
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


@dot_products.slip("the products are right, but still lists. Add the four products up: a dot product is one number.")
def not_added_up() -> list[np.ndarray]:
    return [B * C, B * D, C * D]


def draw_weights(chance: np.random.Generator) -> tuple[np.ndarray]:
    """Rows of weights, one much larger than the others; sometimes another is its opposite."""
    weights = np.round(chance.normal(0.05, 0.4, (draws.count(chance, 3, 8), 12)), 2)
    large, opposite = chance.permutation(len(weights))[:2]
    weights[large] *= 3
    if chance.random() < 0.3:
        weights[opposite] = np.round(-1.2 * weights[large], 2)
    if chance.random() < 0.3:  # then no two are alike: their dot products are negative
        weights = np.round(weights[:3] - weights[:3].mean(axis=0), 2)
    return (weights,)


@section.function(
    "5.3",
    "The two most alike",
    blanks=3,
    cases=[],
    draw=draw_weights,
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


@most_alike.slip("these are the right two, in the wrong order. The smaller number comes first.")
def larger_first(weights: np.ndarray) -> tuple[int, int]:
    return most_alike.solution(weights)[::-1]


@most_alike.slip(
    "these are the last two rows. A pair should take the place of the best so far only if it scores higher, and then "
    "its score is the best so far."
)
def last_two(weights: np.ndarray) -> tuple[int, int]:
    return len(weights) - 2, len(weights) - 1


@most_alike.slip("these are the first two rows. Are there others that score higher?")
def first_two(weights: np.ndarray) -> tuple[int, int]:
    return 0, 1


def draw_network(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Images of 784 pixels, labels and weights; the network is wrong about some images, and right about others."""
    n = draws.count(chance, 5, 12)
    images = np.round(chance.random((n, 784)) * (chance.random((n, 784)) < 0.2), 2)
    if chance.random() < 0.3:
        images[:, :-SIDE_LENGTH] = 0  # ink in the last row of pixels alone
    weights = np.round(chance.normal(0, chance.uniform(0.1, 1), (10, 784)), 2)
    answers = (images @ weights.T).argmax(axis=1)
    wrong = chance.random(n) < 0.4
    wrong[chance.integers(n)] = True
    return images, np.where(wrong, (answers + chance.integers(1, 10, size=n)) % 10, answers), weights


@section.function(
    "5.4",
    "The network's mistakes",
    blanks=3,
    cases=[],
    draw=draw_network,
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


@mistakes.slip("these are the labels of those images. Give the places of the images instead.")
def the_labels(images: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return labels[mistakes.solution(images, labels, weights)]


def draw_mistake(chance: np.random.Generator) -> tuple[np.ndarray, int, np.ndarray]:
    images, labels, weights = draw_network(chance)
    wrong = mistakes.solution(images, labels, weights)[0]
    return images[wrong], int(labels[wrong]), weights


@section.function(
    "5.5",
    "The pixel that decides",
    blanks=3,
    cases=[],
    draw=draw_mistake,
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


@deciding_pixel.slip(
    "this pixel speaks most for the label, where you want the one that speaks most for the network's answer."
)
def for_the_right_one(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(-image * _difference(image, label, weights))


@deciding_pixel.slip("this is the place in the row of 784. Turn it into row and column, with 28 pixels in a row.")
def place_in_the_row(image: np.ndarray, label: int, weights: np.ndarray) -> int:
    return int((image * _difference(image, label, weights)).argmax())


@deciding_pixel.slip(
    "only one of the two weights is multiplied by the ink, and the other is taken off as it is. Python multiplies "
    "before it subtracts, unless there are brackets."
)
def without_brackets(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(image * weights[(weights @ image).argmax()] - weights[label])


@deciding_pixel.slip(
    "the sign is lost: this pixel says most, be it for the answer or for the label. Let the sign stay."
)
def largest_in_size(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(abs(image * _difference(image, label, weights)))


@deciding_pixel.slip(
    "only the weights of the label are looked at. Take the difference of two rows: that of the network's answer, less "
    "that of the label."
)
def only_the_label(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(image * weights[label])


@deciding_pixel.slip("this is the pixel with the most ink. How much it says depends on its weights, too.")
def most_ink(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(image)


@deciding_pixel.slip(next(each.sentence for each in deciding_pixel.slips if each.function is without_brackets))
def without_brackets_the_other_way(image: np.ndarray, label: int, weights: np.ndarray) -> tuple[int, int]:
    return _pixel_of_highest(weights[(weights @ image).argmax()] - image * weights[label])
