"""Error and accuracy, pass by pass, on the images that are learnt and on images never seen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.markers import CARETUP, MarkerStyle

from .. import arguments
from . import sizes
from .axes import quiet
from .colours import GRID, INK, NEGATIVE, POSITIVE, THIRD
from .numbers import number, short
from .picture import Picture
from .style import course_style

Records = Sequence[np.ndarray] | np.ndarray  # one for each part of the images, each (passes,)


class LineStyle(NamedTuple):
    """How one line looks among others."""

    colour: str
    dashes: str
    marker: str


PARTS = {
    "training": LineStyle(POSITIVE, "-", "o"),
    "validation": LineStyle(THIRD, "-.", "D"),
    "test": LineStyle(NEGATIVE, "--", "s"),
}
TRAINING_AND_TEST = ("training", "test")
HIGHEST = 1.0  # of the errors that are shown; no accuracy is higher
TOO_HIGH = MarkerStyle(CARETUP)
LETTERS = 7  # of a number above a chart, so that three fit there


class LinesChart:
    """Numbers over the iterations, 0 to `highest`, a line for each of some names; their last numbers stand above.

    A line that has left the chart ends in a triangle below the upper edge.

    styles: {name: how its line looks}.
    """

    def __init__(
        self,
        axes: Axes,
        title: str,
        xlabel: str,
        iterations: int,
        styles: Mapping[str, LineStyle],
        highest: float = HIGHEST,
    ) -> None:
        self.axes = quiet(axes, title, xlabel)
        self.styles, self.highest = styles, highest
        axes.set(xlim=(0, iterations), ylim=(0, highest))
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        self.lines, self.points = {}, {}
        for name, (colour, dashes, _) in styles.items():
            (self.lines[name],) = axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.6)
            (self.points[name],) = axes.plot([], [], color=colour, markersize=7, linestyle="none", clip_on=False)
        self.label = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=INK)
        self.moving = [*self.lines.values(), *self.points.values(), self.label]

    def name_lines(self, names: Mapping[str, str], height: float = 0.3) -> None:
        """Explain the lines that are shown in a legend. names: {name: what it says}. height: of its middle, 0 to 1."""
        self.axes.legend(
            [self.lines[name] for name in names], names.values(),
            fontsize=sizes.SMALL, loc="center right", bbox_to_anchor=(1, height), frameon=False,
        )  # fmt: skip

    def show(self, values: Mapping[str, np.ndarray], iteration: int) -> None:
        """values: {name: (iterations,)}, of all lines that are shown. iteration: how many to draw, from 0."""
        iterations = np.arange(1, iteration + 1)
        for name, line in self.lines.items():
            shown = np.asarray(values.get(name, []))[:iteration]
            drawn = np.clip(np.nan_to_num(shown, nan=np.inf), 0, self.highest)
            line.set_data(iterations[: len(drawn)], drawn)
            self.points[name].set_data(iterations[len(drawn) - 1 : len(drawn)], drawn[-1:])
            self.points[name].set_marker(self.styles[name].marker)
            if not (shown[-1:] <= self.highest).all():  # true of nan, too
                self.points[name].set_marker(TOO_HIGH)
        latest = [f"{name} {short(each[iteration - 1], LETTERS, 3)}" for name, each in values.items() if iteration]
        self.label.set_text(", ".join(latest))


class TrainingView:
    """Two charts over the passes: error and accuracy, each for training and test images, and for others perhaps.

    parts: names of `PARTS`, all that may be shown. What `compare` chooses is: at first all of them.
    """

    def __init__(
        self, error_axes: Axes, accuracy_axes: Axes, passes: int, parts: Sequence[str] = TRAINING_AND_TEST
    ) -> None:
        styles = {part: PARTS[part] for part in parts}
        xlabel = "passes over the training images"
        self.error = LinesChart(error_axes, "error", xlabel, passes, styles)
        self.accuracy = LinesChart(accuracy_axes, "accuracy", xlabel, passes, styles)
        self.moving = [*self.error.moving, *self.accuracy.moving]
        self.compare(parts)

    def compare(self, parts: Sequence[str]) -> None:
        """Choose the parts of the images that are shown from now on."""
        self.parts = parts
        self.accuracy.name_lines({part: f"{part} images" for part in parts})

    def show(self, errors: Records, accuracies: Records, passes: int) -> None:
        """errors, accuracies: of each part, in their order, (passes,). passes: how many to draw, from 0."""
        self.error.show(dict(zip(self.parts, errors)), passes)
        self.accuracy.show(dict(zip(self.parts, accuracies)), passes)


@course_style()
def training(errors: Records, accuracies: Records) -> Picture:
    """Error and accuracy after each pass. errors, accuracies: (training, test), each (iterations,), finite or not.

    Raises ValueError, naming the argument, for what does not fit.
    """
    errors, accuracies = _two_records("errors", errors), _two_records("accuracies", accuracies)
    if errors.shape != accuracies.shape:
        raise ValueError(
            f"errors and accuracies must be of as many passes; got {errors.shape[1]} and {accuracies.shape[1]}."
        )
    passes = len(errors[0])
    picture = Picture(860, 290)
    left, right = picture.subplots(1, 2)
    TrainingView(left, right, passes).show(errors, accuracies, passes)
    picture.tight_layout(pad=0.8, w_pad=2.5)
    picture.caption = (
        f"After {passes} passes: training error {number(errors[0][-1])}, test error {number(errors[1][-1])}, "
        f"training accuracy {number(accuracies[0][-1])}, test accuracy {number(accuracies[1][-1])}."
    )
    return picture


def _two_records(name: str, value: Records) -> np.ndarray:
    records = arguments.shaped(name, value, 2)
    if len(records) != len(TRAINING_AND_TEST):
        raise ValueError(f"{name} must be two lists of equal length, for training and test; got {len(records)}.")
    return records
