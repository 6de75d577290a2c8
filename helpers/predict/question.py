"""A question to be answered before sliding."""

import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np

HOW_TO_ANSWER = "To answer, choose Run → Run All Cells."
PARAGRAPH = '<p style="line-height: 1.4; margin: 4px 0">{}</p>'
LETTERS_PER_LINE = 100


def hide_nothing() -> None:
    """What there is to reveal where the explorer shows no answer by itself."""


class Question(widgets.VBox):
    """A question, an answer to commit to, and a reply that comes with the next move of an explorer.

    moved: the explorer's widgets; once the reader has committed to an answer, each new value brings the reply.
    reply_to: gives what to say to an answer where the explorer is now, as a list of paragraphs.
    answer: the widget in which the reader answers.
    reveal: called once the reader has committed: what the explorer has hidden so far can be shown.
    As the result of a cell it is the live widget where there is a kernel; where there is none, its text and how to
    answer.
    """

    answer_missing: str

    def __init__(
        self,
        moved: Iterable[widgets.ValueWidget],
        text: str,
        reply_to: Callable[[Any], list[str]],
        answer: widgets.ValueWidget,
        reveal: Callable[[], None],
    ) -> None:
        self.text, self.reply_to, self.answer, self.reveal = text, reply_to, answer, reveal
        self.moved = list(moved)
        self.reply = ""  # what the reader has been told so far
        self.button = widgets.Button(description="commit", layout={"width": "100px"})
        self.button.on_click(self._commit)
        self.reply_box = widgets.HTML().add_class("prediction-reply")
        question = widgets.HTML(PARAGRAPH.format(f"<b>Predict.</b> {escape(text)}"))
        super().__init__([question, answer, self.button, self.reply_box], layout={"max_width": "860px"})
        self.add_class("prediction")

    def given(self) -> str | float | None:
        """The answer as the reader has given it so far; None if there is none yet."""
        raise NotImplementedError

    def answer_lines(self) -> list[str]:
        """The possible answers, in text."""
        raise NotImplementedError

    def _commit(self, button: widgets.Button) -> None:
        if self.given() is None:
            self._show([self.answer_missing])
            return
        self.answer.disabled = self.button.disabled = True
        self._show([f"You said: {self.answer.value}. Now slide, and see."])
        for widget in self.moved:
            widget.observe(self._show_reply, "value")
        self.reveal()

    def _show_reply(self, change: dict) -> None:
        with np.errstate(all="ignore"):
            self._show(self.reply_to(self.given()))

    def _show(self, paragraphs: list[str]) -> None:
        self.reply = " ".join(paragraphs)
        self.reply_box.value = "".join(PARAGRAPH.format(escape(paragraph)) for paragraph in paragraphs)

    def _repr_mimebundle_(self, **options: Any) -> dict:
        answers = "<br>\n".join(escape(line) for line in self.answer_lines())
        parts = [f"<b>Predict.</b> {escape(self.text)}", answers, f"<i>{HOW_TO_ANSWER}</i>"]
        html = "\n".join(PARAGRAPH.format(part) for part in parts)
        return {**super()._repr_mimebundle_(**options), "text/html": html, "text/plain": repr(self)}

    def __repr__(self) -> str:
        question = textwrap.fill(f"Predict. {self.text}", LETTERS_PER_LINE)
        return "\n".join([question, *(f"  {line}" for line in self.answer_lines())])


class Choice(Question):
    """A question with answers to choose from."""

    answer_missing = "Choose an answer first. A wrong guess costs nothing, and you will remember the answer better."

    def __init__(
        self,
        moved: Iterable[widgets.ValueWidget],
        text: str,
        reply_to: Callable[[str], list[str]],
        *,
        choices: Sequence[str],
        reveal: Callable[[], None] = hide_nothing,
    ) -> None:
        self.choices = tuple(choices)
        answer = widgets.RadioButtons(options=self.choices, value=None, layout={"width": "max-content"})
        super().__init__(moved, text, reply_to, answer, reveal)

    def given(self) -> str | None:
        return self.answer.value

    def answer_lines(self) -> list[str]:
        return [f"( ) {choice}" for choice in self.choices]


class Number(Question):
    """A question whose answer is a number; the placeholder says of what.

    nearness: says in words how near an answer is to the truth, called with both.
    """

    answer_missing = (
        "Write a number first, such as 0.5. A wrong guess costs nothing, and you will remember the answer better."
    )

    def __init__(
        self,
        moved: Iterable[widgets.ValueWidget],
        text: str,
        reply_to: Callable[[float], list[str]],
        *,
        placeholder: str,
        truth: float,
        nearness: Callable[[float, float], str],
        reveal: Callable[[], None] = hide_nothing,
    ) -> None:
        self.placeholder, self.truth, self.nearness = placeholder, truth, nearness
        answer = widgets.Text(placeholder=placeholder, layout={"width": "200px"})
        super().__init__(moved, text, reply_to, answer, reveal)

    def given(self) -> float | None:
        try:
            value = float(self.answer.value.strip().rstrip("%").replace(",", "."))
        except ValueError:
            return None
        if not math.isfinite(value):
            return None
        return value

    def answer_lines(self) -> list[str]:
        return [f"____ ({self.placeholder})"]
