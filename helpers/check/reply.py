"""What a check says to the reader."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

RIGHT, NOT_STARTED, WRONG = "right", "not started", "wrong"
MARKS = {RIGHT: "✓", NOT_STARTED: "○", WRONG: "✗"}


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

    def __repr__(self):
        right = sum(state == RIGHT for _, _, state in self.exercises)
        lines = [f"{MARKS[state]} {number} {title}: {state}" for number, title, state in self.exercises]
        return "\n".join([f"{right} of {len(self.exercises)} right so far.", *lines])


def _html(text):
    """The text made safe, what stands in backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
