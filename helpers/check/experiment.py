"""More exercises of section 4: why alpha has a limit, what to choose by, and where the network errs."""

from collections.abc import Callable

import numpy as np

from . import draws
from .mnist import section

DIGITS = 10


def draw_two_images(chance: np.random.Generator) -> tuple[float, float, np.ndarray, np.ndarray]:
    """Alpha, delta, and two images that have some ink in common."""
    n_in = draws.count(chance, 3, 6)
    images = np.round(chance.uniform(0.1, 1, (2, n_in)), 2)
    images[:, 1:] *= chance.random((2, n_in - 1)) < 0.7
    return draws.alpha(chance), draws.number(chance), images[0], images[1]


@section.function(
    "4.5",
    "What a step on A does to B",
    blanks=2,
    cases=[
        (0.2, -1.5, np.array([1, 0.5, 0]), np.array([0.5, 1, 1])),
        (0.1, 2.0, np.array([0.2, 0.9, 0.4, 1]), np.array([0.8, 0, 0.5, 0.7])),
        (0.3, 0.5, np.array([1, 0, 0.5]), np.array([0, 1, 0])),
    ],
    draw=draw_two_images,
    if_right="Only pixels with ink in both images count: if there are none, a step on A leaves B's output as it is.",
)
def move_of_output(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * delta * (image_a @ image_b)


@move_of_output.slip(
    "the size is right, the sign is not. The step is taken off the weights: if an output was too high for A, it goes "
    "down."
)
def sign_lost(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return alpha * delta * (image_a @ image_b)


@move_of_output.slip("alpha is forgotten: only that part of the weight_deltas is taken off.")
def without_alpha(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -delta * (image_a @ image_b)


@move_of_output.slip("delta is forgotten: how large a step is, and which way it goes, depends on it.")
def without_delta(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * (image_a @ image_b)


@move_of_output.slip("delta is squared. The step is made with delta itself, and its sign says which way.")
def delta_squared(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * delta**2 * (image_a @ image_b)


@move_of_output.slip("you took the size of `delta`, without its sign. So the direction is lost.")
def size_of_delta(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * abs(delta) * (image_a @ image_b)


@move_of_output.slip("this is a number for each pixel. Together they move one output: a dot product is one number.")
def pixel_by_pixel(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> np.ndarray:
    return -alpha * delta * image_a * image_b


@move_of_output.slip(
    "each image is added up first, and the sums are multiplied. So ink counts even where the other image has none: "
    "multiply pixel by pixel, and add up last."
)
def sums_multiplied(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * delta * image_a.sum() * image_b.sum()


@move_of_output.slip(
    "the ink of both images is added up. What they have in common is where both have some: that takes products."
)
def ink_added_up(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return -alpha * delta * (image_a + image_b).sum()


@move_of_output.slip("this is how much the two images have in common. The step also depends on alpha and delta.")
def only_in_common(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return image_a @ image_b


@move_of_output.slip("this is what the step does to the output for A itself. How much does it move the output for B?")
def on_a_itself(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> float:
    return move_of_output.solution(alpha, delta, image_a, image_a)


@move_of_output.slip("this is the step of the weights. What does it change in the output for B?")
def step_of_the_weights(alpha: float, delta: float, image_a: np.ndarray, image_b: np.ndarray) -> np.ndarray:
    return -alpha * delta * image_a


Results = list[tuple[float, int, float, float]]


def draw_results(chance: np.random.Generator) -> tuple[Results]:
    """No accuracy twice among those of training, nor among those of validation."""
    n = draws.count(chance, 2, 6)
    alphas = np.round(np.sort(chance.choice(np.arange(1, 40), n, replace=False)) / 100, 2).tolist()
    passes = chance.integers(2, 60, n).tolist()
    training, validation = (
        np.round(chance.choice(np.arange(low, low + 30), n, replace=False) / 100, 2).tolist() for low in (70, 55)
    )
    return (list(zip(alphas, passes, training, validation)),)


@section.function(
    "4.6",
    "Choose without fooling yourself",
    blanks=5,
    cases=[
        ([(0.01, 5, 0.8, 0.74), (0.02, 20, 0.85, 0.79), (0.05, 50, 0.93, 0.76)],),
        ([(0.03, 10, 0.9, 0.81), (0.1, 3, 0.95, 0.7)],),
        ([(0.02, 30, 0.88, 0.72), (0.04, 40, 0.86, 0.68), (0.08, 4, 0.91, 0.77)],),
    ],
    draw=draw_results,
    if_right="How good the choice is, only the test images tell: they had no say in it. Look at them once.",
)
def choose(results: Results) -> tuple[float, int]:
    return _alpha_and_passes_of_highest(results, lambda row: row[3])


def _alpha_and_passes_of_highest(results: Results, score: Callable[[tuple], float]) -> tuple[float, int]:
    return max(results, key=score)[:2]


@choose.slip(
    "these have the best training accuracy, on images that the network has learnt from. Whether it reads others, too, "
    "the validation accuracy tells."
)
def by_training(results: Results) -> tuple[float, int]:
    return _alpha_and_passes_of_highest(results, lambda row: row[2])


@choose.slip("these have the lowest validation accuracy, where you want the highest.")
def lowest(results: Results) -> tuple[float, int]:
    return _alpha_and_passes_of_highest(results, lambda row: -row[3])


@choose.slip("these are always those of the first tuple. One with a better validation accuracy should take its place.")
def always_the_first(results: Results) -> tuple[float, int]:
    return results[0][:2]


@choose.slip(
    "these are always those of the last tuple. One should take the place of the best so far only if it is better."
)
def always_the_last(results: Results) -> tuple[float, int]:
    return results[-1][:2]


@choose.slip("these are the right two, in the wrong order. Alpha comes first.")
def passes_first(results: Results) -> tuple[int, float]:
    return choose.solution(results)[::-1]


@choose.slip("this is the whole tuple, with its accuracies. Return only the two that you choose: alpha and the passes.")
def whole_tuple(results: Results) -> tuple:
    return max(results, key=lambda row: row[3])


@choose.slip("the accuracy is returned, too. Return only the two that you choose: alpha and the passes.")
def accuracy_too(results: Results) -> tuple[float, int, float]:
    return *choose.solution(results), max(row[3] for row in results)


@choose.slip("this is the best validation accuracy itself. Which alpha and how many passes led to it?")
def only_the_accuracy(results: Results) -> float:
    return max(row[3] for row in results)


@choose.slip("these are two accuracies. Alpha and the passes stand before them in the tuple.")
def both_accuracies(results: Results) -> tuple[float, float]:
    return max(results, key=lambda row: row[3])[2:]


@choose.slip(
    "these are the ones where validation comes closest to training, or exceeds it most. That may be a network that "
    "reads everything badly: compare the validation accuracy itself."
)
def smallest_gap(results: Results) -> tuple[float, int]:
    return _alpha_and_passes_of_highest(results, lambda row: row[3] - row[2])


Digits = list[int] | np.ndarray


def draw_readings(chance: np.random.Generator) -> tuple[Digits, Digits]:
    """Labels and answers: one confusion is the commonest, and one digit read rightly is more frequent still."""
    most = draws.count(chance, 3, 5)
    pairs = chance.permutation([(i, j) for i in range(DIGITS) for j in range(DIGITS) if i != j]).tolist()
    commonest, *others = pairs
    others = [pair for pair in others if pair != commonest[::-1]][:8]
    if chance.random() < 0.5:  # the other way round it occurs, too
        others[0] = commonest[::-1]
    wrong = [commonest, *others]
    right = np.repeat(chance.permutation(DIGITS)[:4, None], 2, axis=1)
    counts = [most, *chance.integers(1, most, len(wrong) - 1), most + 2, *chance.integers(1, most + 2, len(right) - 1)]
    labels, answers = chance.permutation(np.repeat([*wrong, *right], counts, axis=0)).T
    if chance.random() < 0.5:
        return labels.tolist(), answers.tolist()
    return labels.copy(), answers.copy()


@section.function(
    "4.7",
    "The commonest confusion",
    blanks=5,
    cases=[
        ([4, 1, 9, 1, 4, 1, 4, 1, 7], [9, 1, 4, 1, 9, 1, 4, 1, 1]),
        ([3, 5, 0, 0, 5, 8, 0, 2, 5], [5, 3, 0, 0, 3, 8, 0, 8, 5]),
    ],
    draw=draw_readings,
    if_right="Mind which way round it is: taking a 4 for a 9 is one confusion, taking a 9 for a 4 another.",
)
def commonest_confusion(labels: Digits, answers: Digits) -> tuple[int, int]:
    return _row_and_column(_confusions(labels, answers).argmax())


def _table(labels: Digits, answers: Digits) -> np.ndarray:
    counts = np.zeros((DIGITS, DIGITS), int)
    np.add.at(counts, (np.asarray(labels), np.asarray(answers)), 1)
    return counts


def _confusions(labels: Digits, answers: Digits) -> np.ndarray:
    counts = _table(labels, answers)
    np.fill_diagonal(counts, 0)
    return counts


def _row_and_column(place: int | np.integer) -> tuple[int, int]:
    return divmod(int(place), DIGITS)


def _wrong_ones(labels: Digits, answers: Digits) -> list[tuple[int, int]]:
    return [(label, answer) for label, answer in zip(labels, answers) if label != answer]


@commonest_confusion.slip(
    "these two are the same digit: the answer that is rightly given most often. Only wrong answers should be counted."
)
def right_ones_too(labels: Digits, answers: Digits) -> tuple[int, int]:
    return _row_and_column(_table(labels, answers).argmax())


@commonest_confusion.slip("these are the right two digits, in the wrong order. The label comes first.")
def answer_first(labels: Digits, answers: Digits) -> tuple[int, int]:
    return commonest_confusion.solution(labels, answers)[::-1]


@commonest_confusion.slip(
    "this is always 0 and 0, the first place of the table. Look whether anything is counted in it, and whether it is "
    "the highest number that you look for."
)
def always_0(labels: Digits, answers: Digits) -> tuple[int, int]:
    return 0, 0


@commonest_confusion.slip("this is the place in the long list. Turn it into row and column: they are label and answer.")
def place_in_the_list(labels: Digits, answers: Digits) -> int:
    return int(_confusions(labels, answers).argmax())


@commonest_confusion.slip(
    "the place is divided by 28, as for an image. This table is not as wide: how many columns does it have?"
)
def rows_of_28(labels: Digits, answers: Digits) -> tuple[int, int]:
    return divmod(int(_confusions(labels, answers).argmax()), 28)


@commonest_confusion.slip("this is how often the commonest confusion occurs. Which label and answer are they?")
def how_often(labels: Digits, answers: Digits) -> int:
    return _confusions(labels, answers).max()


@commonest_confusion.slip(
    "this pair is the first in the table that occurs at all, no matter how often. Each time that a pair occurs, its "
    "number should grow."
)
def counted_once(labels: Digits, answers: Digits) -> tuple[int, int]:
    return min(_wrong_ones(labels, answers))


@commonest_confusion.slip(
    "this is the first wrong answer in the lists. Look at all of them, before you say which is the commonest."
)
def first_wrong_one(labels: Digits, answers: Digits) -> tuple[int, int]:
    return _wrong_ones(labels, answers)[0]


@commonest_confusion.slip("this is the last wrong answer in the lists, not the one that occurs most often.")
def last_wrong_one(labels: Digits, answers: Digits) -> tuple[int, int]:
    return _wrong_ones(labels, answers)[-1]


@commonest_confusion.slip(
    "these are the label that is most often misread and the answer that is most often wrong, each for itself. Look for "
    "the pair that occurs most often together."
)
def each_for_itself(labels: Digits, answers: Digits) -> tuple[int, int]:
    counts = _confusions(labels, answers)
    return int(counts.sum(axis=1).argmax()), int(counts.sum(axis=0).argmax())


@commonest_confusion.slip("only the first ten images are looked at. Go through the whole lists.")
def first_ten(labels: Digits, answers: Digits) -> tuple[int, int]:
    return commonest_confusion.solution(labels[:DIGITS], answers[:DIGITS])
