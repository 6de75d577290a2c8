"""What a check says to the reader."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

RIGHT, NOT_STARTED, WRONG, NOT_CHECKED = "right", "not started", "wrong", "not checked"
MARKS = {RIGHT: "✓", NOT_STARTED: "○", WRONG: "✗", NOT_CHECKED: "?"}

NOTHING_CHECKED = (
    "No exercise has been checked since the kernel was started: choose Run → Run All Cells, then run this cell again."
)
SOME_NOT_CHECKED = (
    "Not checked: the exercise's cell has not been run to its end since the kernel was started. Choose Run → Run All "
    "Cells (if that stops at an error, mend that cell first), then run this cell again."
)


@dataclass(frozen=True)
class Reply:
    """One sentence or a few. `state` is "right", "not started" or "wrong"."""

    number: str  # of the exercise, such as "1.2"
    state: str
    sentence: str
    slip: str | None = None  # the known slip that the sentence names

    def __repr__(self):
        return textwrap.fill(f"{MARKS[self.state]} Exercise {self.number}: {self.sentence}", 100)

    def _repr_html_(self):
        return f"<p>{MARKS[self.state]} <b>Exercise {self.number}:</b> {_html(self.sentence)}</p>"


@dataclass(frozen=True)
class Progress:
    """How far a reader has come in one section: (number, title, state) for each exercise."""

    exercises: tuple

    @property
    def not_checked(self):
        """How many of the exercises have not been checked."""
        return self._count(NOT_CHECKED)

    @property
    def nothing_checked(self):
        return self.not_checked == len(self.exercises)

    def _count(self, wanted):
        return sum(state == wanted for _, _, state in self.exercises)

    def __repr__(self):
        if self.nothing_checked:
            return textwrap.fill(NOTHING_CHECKED, 100)
        lines = [f"{self._count(RIGHT)} of {len(self.exercises)} right so far."]
        lines += [f"{MARKS[state]} {number} {title}: {state}" for number, title, state in self.exercises]
        if self.not_checked:
            lines += ["", textwrap.fill(SOME_NOT_CHECKED, 100)]
        return "\n".join(lines)


def _html(text):
    """The text made safe, what stands in backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
