"""Error and accuracy, pass by pass, on the images that are learnt and on images never seen."""

import numpy as np

from .picture import INK, NEGATIVE, POSITIVE, Picture, number, quiet
from .style import course_style

HIGHEST_ERROR = 1.0


class TrainingView:
    """Two charts over the passes: error and accuracy, each for training and test images."""

    def __init__(self, error_axes, accuracy_axes, iterations):
        for axes, title, top in ((error_axes, "error", HIGHEST_ERROR), (accuracy_axes, "accuracy", 1.0)):
            quiet(axes, title, "passes over the training images")
            axes.set(xlim=(0, iterations), ylim=(0, top))
            axes.grid(axis="y", color="#E3E3E3", linewidth=0.6)
        self.lines, self.points, self.labels = [], [], []
        for axes in (error_axes, accuracy_axes):
            for colour, dashes, marker in ((POSITIVE, "-", "o"), (NEGATIVE, "--", "s")):
                self.lines += axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.6)
                self.points += axes.plot(
                    [], [], color=colour, marker=marker, markersize=7, linestyle="none", clip_on=False
                )
            self.labels += [
                axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=8.5, color=INK),
            ]
        accuracy_axes.legend(
            self.lines[2:], ["training images", "test images"],
            fontsize=8, loc="center right", bbox_to_anchor=(1, 0.3), frameon=False,
        )  # fmt: skip
        self.moving = [*self.lines, *self.points, *self.labels]

    def show(self, errors, accuracies, passes):
        """errors, accuracies: (training, test), each (iterations,). passes: how many to draw, from 0."""
        for k, values in enumerate([*errors, *accuracies]):
            top = HIGHEST_ERROR if k < 2 else 1
            drawn = np.clip(np.nan_to_num(values[:passes], nan=np.inf), 0, top)
            self.lines[k].set_data(np.arange(1, passes + 1), drawn)
            self.points[k].set_data(np.arange(1, passes + 1)[-1:], drawn[-1:])
            above = k < 2 and (drawn[-1:] >= top).any()
            self.points[k].set_marker("^" if above else "os"[k % 2])
        for label, (train, test) in zip(self.labels, (errors, accuracies)):
            reached = (number(train[passes - 1], 3), number(test[passes - 1], 3)) if passes else None
            label.set_text(f"training {reached[0]}, test {reached[1]}" if reached else "")


@course_style()
def training(errors, accuracies):
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
