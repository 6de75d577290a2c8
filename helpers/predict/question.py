"""A question to be answered before sliding."""

import textwrap
from html import escape

import ipywidgets as widgets
import numpy as np

TO_ANSWER = "To answer, choose Run → Run All Cells."
PARAGRAPH = '<p style="line-height: 1.4; margin: 4px 0">{}</p>'


class Question(widgets.VBox):
    """A question, an answer to commit to, and a reply that comes with the next move of a slider.

    explorer: what the reader slides; it has the sliders `alpha` and `iterations`, perhaps `frozen` and `progress` too.
    reply: called with the reader's answer at every move from then on; gives what to say at that position, as a list
    of paragraphs.
    As the result of a cell it is the live widget where there is a kernel; where there is none, its text and how to answer.
    """

    def __init__(self, explorer, text, answer, reply):
        self.text, self.answer, self.reply_to = text, answer, reply
        self.reply = ""  # what the reader has been told so far
        names = ("alpha", "iterations", "frozen", "progress")
        self.sliders = [getattr(explorer, name) for name in names if hasattr(explorer, name)]
        self.button = widgets.Button(description="commit", layout={"width": "100px"})
        self.button.on_click(self._commit)
        self._said = widgets.HTML().add_class("prediction-reply")
        question = widgets.HTML(PARAGRAPH.format(f"<b>Predict.</b> {escape(text)}"))
        super().__init__([question, answer, self.button, self._said], layout={"max_width": "860px"})
        self.add_class("prediction")

    def given(self):
        """The reader's answer, or None where there is none yet."""
        raise NotImplementedError

    def lines(self):
        """The possible answers, in text."""
        raise NotImplementedError

    def _commit(self, button):
        given = self.given()
        if given is None:
            self._say([self.missing])
            return
        self.answer.disabled = self.button.disabled = True
        self._say([f"You said: {self.answer.value}. Now slide, and see."])
        for slider in self.sliders:
            slider.observe(self._answer, "value")

    def _answer(self, change):
        with np.errstate(all="ignore"):
            self._say(self.reply_to(self.given()))

    def _say(self, paragraphs):
        self.reply = " ".join(paragraphs)
        self._said.value = "".join(PARAGRAPH.format(escape(words)) for words in paragraphs)

    def _repr_mimebundle_(self, **options):
        answers = "<br>\n".join(escape(line) for line in self.lines())
        parts = [f"<b>Predict.</b> {escape(self.text)}", answers, f"<i>{TO_ANSWER}</i>"]
        html = "\n".join(PARAGRAPH.format(part) for part in parts)
        return {**super()._repr_mimebundle_(**options), "text/html": html, "text/plain": repr(self)}

    def __repr__(self):
        return "\n".join([textwrap.fill(f"Predict. {self.text}", 100), *(f"  {line}" for line in self.lines())])


class Choice(Question):
    """A question with answers to choose from."""

    missing = "Choose an answer first. A wrong guess costs nothing, and you will remember the answer better."

    def __init__(self, explorer, text, choices, reply):
        self.choices = tuple(choices)
        answer = widgets.RadioButtons(options=self.choices, value=None, layout={"width": "max-content"})
        super().__init__(explorer, text, answer, reply)

    def given(self):
        return self.answer.value

    def lines(self):
        return [f"( ) {choice}" for choice in self.choices]


class Number(Question):
    """A question whose answer is a number, `what`."""

    missing = "Write a number first, such as 0.5. A wrong guess costs nothing, and you will remember the answer better."

    def __init__(self, explorer, text, what, reply):
        self.what = what
        answer = widgets.Text(placeholder=what, layout={"width": "200px"})
        super().__init__(explorer, text, answer, reply)

    def given(self):
        try:
            value = float(self.answer.value.strip().rstrip("%").replace(",", "."))
        except ValueError:
            return None
        return value if abs(value) < float("inf") else None

    def lines(self):
        return [f"____ ({self.what})"]
