"""Questions about learning to read digits."""

from functools import cache

import numpy as np

from ..datasets import one_hot
from ..learning import evaluate, stochastic_gradient_descent
from .question import Choice
from .words import right_or_not

RISES, FALLS, STAYS = "it rises", "it falls", "it stays about the same"
EARLY, LATE = 10, 100  # passes
SAME_ACCURACY = 0.005  # accuracies that differ by less count as about the same
WHY = {
    RISES: "What is learnt from the training images still holds for others.",
    STAYS: "What the training still changes makes little difference to images that are new.",
    FALLS: "What is learnt late holds for these training images only, and gets in the way of reading others.",
}


def more_passes(explorer):
    """What happens to the accuracy on test images from 10 to 100 passes, at the explorer's alpha of now?"""
    alpha = explorer.alpha.value

    @cache
    def accuracies():
        """(training, test), each after 10 and after 100 passes."""
        run = _trained(explorer.images, one_hot(explorer.labels), alpha, LATE)
        _, test = evaluate(run.weights[[EARLY, LATE]], explorer.test_images, one_hot(explorer.test_labels))
        return run.accuracies[[EARLY - 1, LATE - 1]], test

    def reply(said):
        training, test = accuracies()
        change = test[1] - test[0]
        truth = STAYS if abs(change) < SAME_ACCURACY else RISES if change > 0 else FALLS
        return [
            (
                f"{right_or_not(said, truth)} At alpha {alpha:.3g} the test accuracy goes from {test[0]:.3f} after "
                f"{EARLY} passes to {test[1]:.3f} after {LATE}."
            ),
            f"On the training images it goes from {training[0]:.3f} to {training[1]:.3f}. {WHY[truth]}",
        ]

    text = f"From {EARLY} to {LATE} passes at alpha {alpha:.3g}: what does the accuracy on the test images do?"
    return Choice(explorer, text, (RISES, FALLS, STAYS), reply)


WIDER, NARROWER, AS_WIDE = "wider", "narrower", "as wide as before"
SOME = (100, 300, 1000)  # training images, of which the first are taken
GAP_PASSES = 10


def gap(trainer):
    """Does the gap between training and test accuracy become wider or narrower with more images?"""
    images, targets = trainer.training
    alpha = trainer.alpha.value
    sizes = [n for n in SOME if n <= len(images)]

    @cache
    def gaps():
        found = []
        for n in sizes:
            run = _trained(images[:n], targets[:n], alpha, GAP_PASSES)
            _, test = evaluate(run.weights[-1], *trainer.test)
            found.append(run.accuracies[-1] - test)
        return found

    def reply(said):
        change = gaps()[-1] - gaps()[0]
        truth = AS_WIDE if abs(change) < SAME_ACCURACY else WIDER if change > 0 else NARROWER
        measured = ", ".join(f"{gap:.3f} with {n:,}" for gap, n in zip(gaps(), sizes))
        paragraphs = [
            right_or_not(said, truth),
            f"Training accuracy less test accuracy, after {GAP_PASSES} passes at alpha {alpha:.3g}: {measured} images.",
        ]
        if truth == NARROWER:
            paragraphs.append(
                "Why? A few images are soon known by heart. With many, a weight has to suit them all, and what suits very "
                "many suits new ones too."
            )
        return paragraphs

    text = "With more training images, the gap between the accuracy on training images and on test images becomes ..."
    return Choice(trainer, text, (WIDER, NARROWER, AS_WIDE), reply)


FEW, MANY = 3, 100  # passes
AFTER_FEW, AFTER_MANY, NO_DIFFERENCE = f"after {FEW} passes", f"after {MANY} passes", "no difference"


def clearer(explorer):
    """Are the digits in the weights clearer after 3 passes or after 100, at the explorer's alpha of now?"""
    alpha = explorer.alpha.value

    @cache
    def trained():
        return _trained(explorer.images, one_hot(explorer.labels), alpha, MANY)

    def measured(weights):
        return clarity(weights, explorer.images, explorer.labels).mean()

    def reply(said):
        run = trained()
        few, many = (measured(run.weights[n]) for n in (FEW, MANY))
        truth = NO_DIFFERENCE if abs(few - many) < 0.01 else AFTER_FEW if few > many else AFTER_MANY
        paragraphs = [
            right_or_not(said, truth),
            (
                "Measured by how well each row of weights agrees with what sets its digit apart, which is the mean image "
                "of the digit less the mean of all images (1 is full agreement, 0 none): on average "
                f"{few:.2f} after {FEW} passes, {many:.2f} after {MANY}."
            ),
            (
                f"Training accuracy meanwhile went from {run.accuracies[FEW - 1]:.3f} to {run.accuracies[MANY - 1]:.3f}. "
                "At first a row is mostly a pile of its digit's images. Later steps only mend what is still wrong, and "
                "that is a matter of single pixels."
            ),
        ]
        now, passes = explorer.run, explorer.iterations.value
        if now.alpha == explorer.alpha.value and len(now) >= passes:
            here = measured(now.weights[passes])
            agreement = f"{here:.2f}" if np.isfinite(here) else "no number is left"
            paragraphs.append(f"Where your sliders are, at alpha {now.alpha:.3g} and {passes} passes: {agreement}.")
        return paragraphs

    text = f"At alpha {alpha:.3g}, when are the digits in the weights clearer?"
    return Choice(explorer, text, (AFTER_FEW, AFTER_MANY, NO_DIFFERENCE), reply)


@np.errstate(all="ignore")
def clarity(weights, images, labels):
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


def _trained(images, targets, alpha, passes):
    start = np.zeros((targets.shape[1], images.shape[1]))
    return stochastic_gradient_descent(images, targets, start, alpha, passes)
