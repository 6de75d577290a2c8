"""Error and accuracy, pass by pass, on the images that are learnt and on images never seen."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from . import sizes
from .axes import quiet
from .colours import GRID, INK, NEGATIVE, POSITIVE
from .numbers import number
from .picture import Picture
from .style import course_style

TrainingAndTest = Sequence[np.ndarray] | np.ndarray  # two records, each (iterations,)

HIGHEST = 1.0  # of the errors that are shown; no accuracy is higher
TRAINING_STYLE, TEST_STYLE = (POSITIVE, "-", "o"), (NEGATIVE, "--", "s")


class PassesChart:
    """A number over the passes, 0 to 1, for training and for test images."""

    def __init__(self, axes: Axes, title: str, passes: int) -> None:
        quiet(axes, title, "passes over the training images")
        axes.set(xlim=(0, passes), ylim=(0, HIGHEST))
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        self.lines: list[Line2D] = []
        self.points: list[Line2D] = []
        self.markers = []
        for colour, dashes, marker in (TRAINING_STYLE, TEST_STYLE):
            self.lines += axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.6)
            self.points += axes.plot([], [], color=colour, markersize=7, linestyle="none", clip_on=False)
            self.markers.append(marker)
        self.label = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=INK)

    def show(self, values: TrainingAndTest, passes: int) -> None:
        """values: (training, test), each (iterations,). passes: how many to draw, from 0."""
        iterations = np.arange(1, passes + 1)
        for line, point, each in zip(self.lines, self.points, values):
            drawn = np.clip(np.nan_to_num(each[:passes], nan=np.inf), 0, HIGHEST)
            line.set_data(iterations, drawn)
            point.set_data(iterations[-1:], drawn[-1:])
        self.label.set_text("")
        if passes:
            self._show_latest(*(each[passes - 1] for each in values))

    def _show_latest(self, training: float, test: float) -> None:
        """Give each line's end its own marker, or a triangle where it has left the chart; write the numbers above."""
        self.label.set_text(f"training {number(training, 3)}, test {number(test, 3)}")
        for point, marker, value in zip(self.points, self.markers, (training, test)):
            point.set_marker(marker)
            if not value <= HIGHEST:  # true of nan, too
                point.set_marker("^")


class TrainingView:
    """Two charts over the passes: error and accuracy, each for training and test images."""

    def __init__(self, error_axes: Axes, accuracy_axes: Axes, iterations: int) -> None:
        self.error = PassesChart(error_axes, "error", iterations)
        self.accuracy = PassesChart(accuracy_axes, "accuracy", iterations)
        accuracy_axes.legend(
            self.accuracy.lines, ["training images", "test images"],
            fontsize=sizes.SMALL, loc="center right", bbox_to_anchor=(1, 0.3), frameon=False,
        )  # fmt: skip
        self.lines = [*self.error.lines, *self.accuracy.lines]
        self.points = [*self.error.points, *self.accuracy.points]
        self.moving = [*self.lines, *self.points, self.error.label, self.accuracy.label]

    def show(self, errors: TrainingAndTest, accuracies: TrainingAndTest, passes: int) -> None:
        """errors, accuracies: (training, test), each (iterations,). passes: how many to draw, from 0."""
        self.error.show(errors, passes)
        self.accuracy.show(accuracies, passes)


@course_style()
def training(errors: TrainingAndTest, accuracies: TrainingAndTest) -> Picture:
    """Error and accuracy after each pass. errors, accuracies: (training, test), each (iterations,)."""
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
