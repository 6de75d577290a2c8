"""Which digits the trained network reads badly."""

from dataclasses import dataclass
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np

from .. import arguments
from ..figures.confusions import AccuracyPerDigitView, ConfusionTableView, ExamplesView
from ..figures.picture import Picture
from ..figures.style import course_style
from ..learning import NO_ANSWER, TrainingRun, accuracy_per_digit, confusion_matrix
from .choices import Dropdown
from .measuring import TestImages
from .mnist import MnistExplorer
from .words import position

COLUMNS, ROWS = 3, 4  # of examples
NOT_FINITE = "the outputs are no longer finite"


@dataclass(frozen=True)
class Read:
    """What a network with the weights of a run takes the test images for."""

    run: TrainingRun
    passes: int
    answers: np.ndarray  # (n,), NO_ANSWER where there is none
    counts: np.ndarray  # (10, 10), a row for what the images are, a column for what they are taken for
    accuracies: np.ndarray  # (10,), of each digit


class Confusions(MnistExplorer):
    """What the test images are taken for: accuracy per digit, a table of confusions, and images of one of its cells.

    `digit` and `taken_for` choose the cell, as `pressed` does for a place in the picture.
    """

    @course_style()
    def __init__(self, images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray):
        images, labels = arguments.labelled_images("images", images, "labels", labels)
        test_images, test_labels = arguments.labelled_images("test_images", test_images, "test_labels", test_labels)
        self.tested = TestImages(test_images, test_labels, images)
        self.totals = np.bincount(test_labels, minlength=10)
        self._read: Read | None = None
        figure = Picture(860, 590)
        self.table = ConfusionTableView(figure.add_axes_at(left=0.0535, bottom=0.163, width=0.5116, height=0.7458))
        self.bars = AccuracyPerDigitView(figure.add_axes_at(left=0.575, bottom=0.163, width=0.115, height=0.7458))
        self.examples = ExamplesView(
            figure.add_axes_at(left=0.703, bottom=0.93, width=0.29, height=0.05),
            [
                figure.add_axes_at(left=0.703 + 0.0985 * column, bottom=0.76 - 0.19 * row, width=0.0907, height=0.1322)
                for row in range(ROWS)
                for column in range(COLUMNS)
            ],
        )
        self.digit = digit_chooser("what it is", 5)
        self.taken_for = digit_chooser("taken for", 3)
        super().__init__(figure, [self.table, self.bars, self.examples], 0.001, 10,
                         training=(images, labels), test=(test_images, test_labels),
                         digit=self.digit, taken_for=self.taken_for)  # fmt: skip
        self.live.pressed = self.pressed

    @property
    def counts(self) -> np.ndarray:
        """(10, 10): how many test images of a digit (row) are taken for which (column), where the controls are now."""
        return self._read_now().counts

    @property
    def accuracies(self) -> np.ndarray:
        """(10,): the share of each digit's test images that are read rightly, where the controls are now."""
        return self._read_now().accuracies

    def _read_now(self) -> Read:
        with self.live.lock:
            return self.read(self.position())

    def pressed(self, x: float, y: float) -> None:
        """Choose the cell at a place in pixels of the picture, from its lower left corner; beside the table, none."""
        cell = self.table.cell_at(x, y)
        if cell:
            with self.one_move():
                self.digit.value, self.taken_for.value = cell

    def read(self, at: SimpleNamespace) -> Read:
        """What the weights at a position take the test images for."""
        run, read = self.learn(at), self._read
        if read is None or read.run is not run or read.passes != at.iterations:
            given = self.tested.answers(run.weights[at.iterations])
            counts = arguments.read_only(confusion_matrix(self.test_labels, given))
            accuracies = arguments.read_only(accuracy_per_digit(self.test_labels, given))
            self._read = read = Read(run, at.iterations, given, counts, accuracies)
        return read

    def place(self, at: SimpleNamespace) -> str:
        read = self.read(at)
        chosen = np.flatnonzero((self.test_labels == at.digit) & (read.answers == at.taken_for))
        cell = self._name_cell(at, len(chosen))
        self.table.show(read.counts, self.totals, at.digit, at.taken_for)
        self.bars.show(read.accuracies, at.digit)
        self.examples.show(cell, self._name_examples(read, len(chosen)), self.test_images, chosen)
        self.law.show(at.alpha)
        return f"{position(at, 'pass', 'passes')}: {self._name_result(read)}; {cell}; {self.name_share(at)}"

    def _name_cell(self, at: SimpleNamespace, count: int) -> str:
        of_all = f"{count:,} of the {self.totals[at.digit]:,} {at.digit}s"
        if at.digit == at.taken_for:
            return f"{of_all} are read rightly"
        return f"{of_all} are taken for a {at.taken_for}"

    def _name_examples(self, read: Read, count: int) -> str:
        if (read.answers == NO_ANSWER).all():
            return NOT_FINITE
        if count > COLUMNS * ROWS:
            return f"the first {COLUMNS * ROWS} of them, by their numbers:"
        if count:
            return "all of them, by their numbers:"
        return ""

    def _name_result(self, read: Read) -> str:
        right = f"{read.counts.trace():,} of {len(read.answers):,} test images read rightly"
        if (read.answers == NO_ANSWER).all():
            return f"{right}: {NOT_FINITE}"
        best, worst = np.nanargmax(read.accuracies), np.nanargmin(read.accuracies)
        confused = read.counts * (1 - np.eye(10, dtype=int))
        row, column = np.unravel_index(confused.argmax(), confused.shape)
        return (
            f"{right}, best {best} ({read.accuracies[best]:.2f}), worst {worst} ({read.accuracies[worst]:.2f}); "
            f"commonest confusion: {row} taken for {column} ({confused.max():,})"
        )


def digit_chooser(description: str, value: int) -> widgets.Dropdown:
    return Dropdown(options=range(10), value=value, description=description, layout={"width": "160px"})
