"""Questions on the website: what is replied to each answer, written down wherever the explorer has been recorded."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from helpers.predict.explorer import AnyExplorer
from helpers.predict.question import Choice, Number, Question
from helpers.predict.words import say_nearness

from .markdown import plain, raw_html

SOME_NUMBER = 0.5  # stands for the one that a reader will write
NEARNESS = "{nearness}"  # where the page says how near that is

Stops = Mapping[str, Sequence]  # the values at which each control has been recorded, by the control's name


def asks_about(question: Question, explorer: AnyExplorer) -> bool:
    """Whether this explorer's moves bring the reply."""
    return set(explorer.controls.values()) <= set(question.moved)


def question_element(question: Question, explorer: AnyExplorer, name: str, recording: str, stops: Stops) -> str:
    """The question in MyST: with a form where there are scripts, else to be thought about.

    name: of the question. recording: of its explorer. stops: where that has been recorded.
    """
    data = json.dumps(replies(question, explorer, stops), ensure_ascii=False, allow_nan=False).replace("</", "<\\/")
    return "\n".join(
        [
            "::::{admonition} Predict",
            ":class: question",
            plain(question.text),
            "",
            *(f"- {plain(line.replace('( )', '○'))}" for line in question.answer_lines()),
            "",
            raw_html(
                f'<form data-explorer="{recording}" hidden>',
                "<fieldset><legend>Your answer</legend>",
                *_inputs(question, name),
                "<button>commit</button></fieldset>",
                '<div role="status"></div>',
                "</form>",
                f'<script type="application/json">{data}</script>',
            ),
            "::::",
        ]
    )


def _inputs(question: Question, name: str) -> list[str]:
    if isinstance(question, Choice):
        return [
            f'<label><input type="radio" name="{name}" value="{k}"> {escape(choice)}</label>'
            for k, choice in enumerate(question.choices)
        ]
    assert isinstance(question, Number)
    return [f'<label>{escape(question.placeholder)} <input inputmode="decimal" autocomplete="off"></label>']


def replies(question: Question, explorer: AnyExplorer, stops: Stops) -> dict[str, Any]:
    """All that the page replies with.

    `said` has the number of a reply for each answer, and in it, one within the other, for each of the stops of those
    controls that make a difference; `replies` has the numbers of each reply's `paragraphs`. `start` is where the
    notebook has put these controls.
    """
    answers, about_numbers = _answers(question)
    before = {name: explorer.controls[name].value for name in stops}
    paragraphs: dict[str, int] = {}
    found: dict[tuple[int, ...], int] = {}
    said = np.zeros((len(answers), *(len(values) for values in stops.values())), int)
    with np.errstate(all="ignore"), explorer.one_move():
        for place in np.ndindex(said.shape[1:]):
            _move(explorer, {name: values[k] for (name, values), k in zip(stops.items(), place)})
            for number, answer in enumerate(answers):
                texts = _reply_to(question, answer)
                reply = tuple(paragraphs.setdefault(text, len(paragraphs)) for text in texts)
                said[number, *place] = found.setdefault(reply, len(found))
        _move(explorer, before)
    said, kept = _where_it_matters(said, stops)
    return {
        "said": said.tolist(),
        "stops": {name: list(stops[name]) for name in kept},
        "start": {name: before[name] for name in kept},
        "replies": list(found),
        "paragraphs": list(paragraphs),
        "missing": question.answer_missing,
        **about_numbers,
    }


def _answers(question: Question) -> tuple[Sequence, dict[str, Any]]:
    """Those to be replied to, and what the page has to know of others."""
    if isinstance(question, Choice):
        return question.choices, {}
    assert isinstance(question, Number)
    return [SOME_NUMBER], {"truth": question.truth, "nearness": question.nearness.__name__}


def _reply_to(question: Question, answer: Any) -> list[str]:
    paragraphs = question.reply_to(answer)
    if isinstance(question, Number):
        said = say_nearness(answer, question.nearness(answer, question.truth))
        return [paragraph.replace(said, NEARNESS) for paragraph in paragraphs]
    return paragraphs


def _move(explorer: AnyExplorer, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        explorer.controls[name].value = value


def _where_it_matters(said: np.ndarray, stops: Stops) -> tuple[np.ndarray, list[str]]:
    """Without the controls whose value makes no difference; and the names of the others."""
    kept = list(stops)
    for axis, name in reversed(list(enumerate(stops, start=1))):
        if (said == said.take([0], axis)).all():
            said = said.take(0, axis)
            kept.remove(name)
    return said, kept
