"""Questions about learning to read digits."""

from functools import cache

import numpy as np

from ..datasets import one_hot
from ..learning import TrainingRun, evaluate, stochastic_gradient_descent
from .explorer import ExplorerOfImages, TrainingExplorer, check_explorer_of_images, check_trainer
from .question import Choice
from .words import name_change, verdict

ACCURACY_TOLERANCE = 0.005  # accuracies that differ by less count as about the same
EARLY_PASSES, LATE_PASSES = 10, 100
RISES, FALLS, STAYS = "it rises", "it falls", "it stays about the same"
EXPLANATIONS = {
    RISES: "What is learnt from the training images still holds for others.",
    STAYS: "What the training still changes makes little difference to images that are new.",
    FALLS: "What is learnt late holds for these training images only, and gets in the way of reading others.",
}


def more_passes(explorer: ExplorerOfImages) -> Choice:
    """What happens to the accuracy on test images from 10 to 100 passes, at the explorer's alpha of now?

    Raises ValueError for an explorer of something else.
    """
    check_explorer_of_images(explorer)
    alpha = explorer.alpha.value

    @cache
    def accuracies() -> tuple[np.ndarray, np.ndarray]:
        """(training, test), each after 10 and after 100 passes."""
        run = train(explorer.images, one_hot(explorer.labels), alpha, LATE_PASSES)
        weights = run.weights[[EARLY_PASSES, LATE_PASSES]]
        _, test = evaluate(weights, explorer.test_images, one_hot(explorer.test_labels))
        return run.accuracies[[EARLY_PASSES - 1, LATE_PASSES - 1]], np.asarray(test)

    def reply_to(answer: str) -> list[str]:
        training, test = accuracies()
        truth = _compare_accuracies(test[0], test[1], less=FALLS, same=STAYS, more=RISES)
        return [
            (
                f"{verdict(answer, truth)} At alpha {alpha:.3g} the test accuracy goes from {test[0]:.3f} after "
                f"{EARLY_PASSES} passes to {test[1]:.3f} after {LATE_PASSES}."
            ),
            f"On the training images it goes from {training[0]:.3f} to {training[1]:.3f}. {EXPLANATIONS[truth]}",
        ]

    passes = f"From {EARLY_PASSES} to {LATE_PASSES} passes"
    text = f"{passes} at alpha {alpha:.3g}: what does the accuracy on the test images do?"
    return Choice(explorer.controls.values(), text, reply_to, choices=(RISES, FALLS, STAYS))


IMAGE_COUNTS = (100, 300, 1000)  # of which the first are taken
GAP_PASSES = 10
WIDER, NARROWER, AS_WIDE = "wider", "narrower", "as wide as before"


def gap(trainer: TrainingExplorer) -> Choice:
    """Does the gap between training and test accuracy become wider or narrower with more images?

    Raises ValueError for an explorer of something else.
    """
    check_trainer(trainer)
    images, targets = trainer.training
    alpha = trainer.alpha.value
    counts = [count for count in IMAGE_COUNTS if count <= len(images)]

    @cache
    def gaps() -> list[float]:
        """Training accuracy less test accuracy, for each of the counts."""
        found = []
        for count in counts:
            run = train(images[:count], targets[:count], alpha, GAP_PASSES)
            _, test = evaluate(run.weights[-1], *trainer.test)
            found.append(run.accuracies[-1] - test)
        return found

    def reply_to(answer: str) -> list[str]:
        truth = _compare_accuracies(gaps()[0], gaps()[-1], less=NARROWER, same=AS_WIDE, more=WIDER)
        measured = ", ".join(f"{gap:.3f} with {count:,}" for gap, count in zip(gaps(), counts))
        paragraphs = [
            verdict(answer, truth),
            f"Training accuracy less test accuracy, after {GAP_PASSES} passes at alpha {alpha:.3g}: {measured} images.",
        ]
        if truth == NARROWER:
            paragraphs.append(
                "Why? A few images are soon known by heart. With many, a weight has to suit them all, and what suits "
                "very many suits new ones too."
            )
        return paragraphs

    text = "With more training images, the gap between the accuracy on training images and on test images becomes ..."
    moved = [*trainer.controls.values(), trainer.progress]
    return Choice(moved, text, reply_to, choices=(WIDER, NARROWER, AS_WIDE))


def _compare_accuracies(before: float, after: float, *, less: str, same: str, more: str) -> str:
    unchanged = bool(abs(after - before) < ACCURACY_TOLERANCE)
    return name_change(before, after, unchanged, less=less, same=same, more=more)


FEW_PASSES, MANY_PASSES = 3, 100
CLARITY_TOLERANCE = 0.01
AFTER_FEW, AFTER_MANY, NO_DIFFERENCE = f"after {FEW_PASSES} passes", f"after {MANY_PASSES} passes", "no difference"


def clearer(explorer: ExplorerOfImages) -> Choice:
    """Are the digits in the weights clearer after 3 passes or after 100, at the explorer's alpha of now?

    Raises ValueError for an explorer of something else.
    """
    check_explorer_of_images(explorer)
    alpha = explorer.alpha.value

    @cache
    def trained() -> TrainingRun:
        return train(explorer.images, one_hot(explorer.labels), alpha, MANY_PASSES)

    def mean_clarity(weights: np.ndarray) -> float:
        return clarity(weights, explorer.images, explorer.labels).mean()

    def reply_to(answer: str) -> list[str]:
        run = trained()
        few, many = mean_clarity(run.weights[FEW_PASSES]), mean_clarity(run.weights[MANY_PASSES])
        clear_at_the_end = np.nan_to_num(many)  # weights that are no longer finite show no digit
        unchanged = bool(abs(few - clear_at_the_end) < CLARITY_TOLERANCE)
        truth = name_change(few, clear_at_the_end, unchanged, less=AFTER_FEW, same=NO_DIFFERENCE, more=AFTER_MANY)
        paragraphs = [
            verdict(answer, truth),
            (
                "Measured by how well each row of weights agrees with what sets its digit apart, which is the mean "
                "image of the digit less the mean of all images (1 is full agreement, 0 none): on average "
                f"{few:.2f} after {FEW_PASSES} passes, {_agreement(many)} after {MANY_PASSES}."
            ),
            (
                f"Training accuracy meanwhile went from {run.accuracies[FEW_PASSES - 1]:.3f} to "
                f"{run.accuracies[MANY_PASSES - 1]:.3f}. At first a row is mostly a pile of its digit's images. Later "
                "steps add the fine differences between images."
            ),
        ]
        now, passes = explorer.run, explorer.iterations.value
        if now.alpha == explorer.alpha.value and len(now) >= passes:
            agreement = _agreement(mean_clarity(now.weights[passes]))
            paragraphs.append(f"Where your sliders are, at alpha {now.alpha:.3g} and {passes} passes: {agreement}.")
        return paragraphs

    text = f"At alpha {alpha:.3g}, when are the digits in the weights clearer?"
    return Choice(explorer.controls.values(), text, reply_to, choices=(AFTER_FEW, AFTER_MANY, NO_DIFFERENCE))


def _agreement(value: float) -> str:
    if np.isfinite(value):
        return f"{value:.2f}"
    return "no number is left"


@np.errstate(all="ignore")
def clarity(weights: np.ndarray, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """How well each row of weights agrees with its digit: correlations (n_out,), -1 to 1.

    weights: (n_out, n_in). images: (n, n_in). labels: (n,). A row is compared with the mean image of its digit less
    the mean of all images; a row of equal weights, with numbers that are not finite, or of a digit without images gives
    NaN.
    """
    mean = images.mean(axis=0)
    found = []
    for digit, row in enumerate(weights):
        own = images[labels == digit]
        apart = own.sum(axis=0) / len(own) - mean  # NumPy would warn of the mean of no images
        found.append(np.corrcoef(row, apart)[0, 1])
    return np.array(found)


def train(images: np.ndarray, targets: np.ndarray, alpha: float, passes: int) -> TrainingRun:
    """From weights of 0. images: (n, n_in). targets: (n, n_out)."""
    start = np.zeros((targets.shape[1], images.shape[1]))
    return stochastic_gradient_descent(images, targets, start, alpha, passes)
