"""What an explorer offers to a question, and to the website. The explorers themselves are in `helpers.explorers`."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

import ipywidgets as widgets
import numpy as np

from ..arguments import quoted
from ..learning import Descent, TrainingRun


def run_of_one_example(explorer: "ExplorerOfOneExample") -> Descent:
    """What the explorer learns now; ValueError unless it is one of one training example."""
    run = _run_of(explorer)
    if not isinstance(run, Descent) or "way" not in explorer.answers:
        raise ValueError(
            "explorer must be one of one training example, such as explorers.MultipleInputs(...); "
            f"got {quoted(explorer)}."
        )
    return run


def check_explorer_of_images(explorer: "ExplorerOfImages") -> None:
    """ValueError unless the explorer learns images."""
    if not isinstance(_run_of(explorer), TrainingRun):
        raise ValueError(
            f"explorer must be one that learns images, such as explorers.Training(...); got {quoted(explorer)}."
        )


def check_trainer(trainer: "TrainingExplorer") -> None:
    """ValueError unless the explorer trains in the background."""
    try:
        trainer.start, trainer.training, trainer.test  # noqa: B018 (whether they are there)
    except AttributeError:
        raise ValueError(f"trainer must be an explorers.FullTraining(...); got {quoted(trainer)}.") from None


def _run_of(explorer: Any) -> object:
    try:
        return explorer.run
    except AttributeError:
        return None


class AnyExplorer(Protocol):
    """A picture that follows what a reader moves."""

    alpha: widgets.SelectionSlider
    iterations: widgets.IntSlider
    controls: dict[str, widgets.ValueWidget]  # all that a reader moves, by name; alpha and iterations among them
    limit: float | None  # the largest stable alpha; None where no formula gives it
    answers: tuple[str, ...]  # to questions, that can be hidden
    summary: str  # what the picture shows now, in one sentence

    def hide(self, answer: str) -> None:
        """Keep what answers a question out of the picture."""

    def reveal(self, *answers: str) -> None:
        """Show it."""

    def one_move(self) -> AbstractContextManager[None]:
        """Inside, controls can be set one after the other; the picture follows when all are."""

    def cell_outputs(self) -> list[tuple[dict, dict]]:
        """What a cell shows: (data, metadata), first of the picture with its controls."""


class ExplorerOfOneExample(AnyExplorer, Protocol):
    """Learns one training example."""

    run: Descent  # with the alpha of now, and as many iterations as the slider can show


class ExplorerOfImages(AnyExplorer, Protocol):
    """Learns images of digits."""

    run: TrainingRun  # with the alpha of now, and at least as many passes as the slider shows
    images: np.ndarray  # (n, 784), 0 to 1
    labels: np.ndarray  # (n,) integers
    test_images: np.ndarray  # (n, 784), 0 to 1
    test_labels: np.ndarray  # (n,) integers


class TrainingExplorer(AnyExplorer, Protocol):
    """Learns images of digits in the background, once it is told to."""

    training: tuple[np.ndarray, np.ndarray]  # images (n, 784) and targets (n, 10)
    test: tuple[np.ndarray, np.ndarray]
    progress: widgets.FloatProgress

    def start(self) -> None:
        """Begin anew, in the background."""

    def wait(self) -> None:
        """Return when the training has ended."""
