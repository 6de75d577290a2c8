"""What a check says to the reader."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

RIGHT, NOT_STARTED, UNFINISHED, WRONG, NOT_CHECKED = "right", "not started", "unfinished", "wrong", "not checked"
MARKS = {RIGHT: "✓", NOT_STARTED: "○", UNFINISHED: "◐", WRONG: "✗", NOT_CHECKED: "?"}

NOTHING_CHECKED = (
    "No exercise has been checked since the kernel was started: choose Run → Run All Cells, then run this cell again."
)
SOME_NOT_CHECKED = (
    "Not checked: the exercise's cell has not been run to its end since the kernel was started. Choose Run → Run All "
    "Cells (if that stops at an error, mend that cell first), then run this cell again."
)
LETTERS_PER_LINE = 100


@dataclass(frozen=True)
class Reply:
    """One sentence or a few. `state` is "right", "wrong", "unfinished" or "not started"."""

    number: str  # of the exercise, such as "1.2"
    state: str
    sentence: str
    slip: str | None = None  # what is said of the known slip, if it is one

    def __repr__(self) -> str:
        return wrapped(f"{MARKS[self.state]} Exercise {self.number}: {self.sentence}")

    def _repr_html_(self) -> str:
        return f"<p>{MARKS[self.state]} <b>Exercise {self.number}:</b> {_html(self.sentence)}</p>"


@dataclass(frozen=True)
class Progress:
    """How far a reader has come in one section: (number, title, state) for each exercise."""

    exercises: tuple[tuple[str, str, str], ...]

    @property
    def not_checked(self) -> int:
        """How many of the exercises have not been checked."""
        return self._count(NOT_CHECKED)

    @property
    def nothing_checked(self) -> bool:
        return self.not_checked == len(self.exercises)

    def _count(self, wanted: str) -> int:
        return sum(state == wanted for _, _, state in self.exercises)

    def __repr__(self) -> str:
        if self.nothing_checked:
            return wrapped(NOTHING_CHECKED)
        lines = [f"{self._count(RIGHT)} of {len(self.exercises)} right so far."]
        lines += [f"{MARKS[state]} {number} {title}: {state}" for number, title, state in self.exercises]
        if self.not_checked:
            lines += ["", wrapped(SOME_NOT_CHECKED)]
        return "\n".join(lines)


def wrapped(text: str) -> str:
    """The text in lines that a notebook has room for."""
    return textwrap.fill(text, LETTERS_PER_LINE)


def _html(text: str) -> str:
    """The text made safe, what stands in backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
