"""What the website's questions reply, and where exercises can be run."""

import json
import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers import predict
from tests.support.explorers import MAKERS
from website.prepare import put_ways_to_run
from website.questions import asks_about, question_element, replies

ITERATIONS = (1, 3, 30)

ABOUT_ONE_EXAMPLE = {
    "largest alpha": ("several inputs", predict.largest_alpha),
    "largest share": ("several inputs", predict.largest_share),
    "frozen curve": ("freezing", predict.frozen_curve),
    "fastest output": ("one input, several outputs", predict.fastest_output),
    "limit of all": ("several of both", predict.limit_of_all),
}


def stops_of(explorer) -> dict:
    """Three of each slider, and of what else the explorer lets the reader choose."""
    stops = {"alpha": explorer.alpha.values[1::45][:3], "iterations": ITERATIONS}
    if "frozen" in explorer.controls:
        stops["frozen"] = (None, 0, 2)
    return stops


def looked_up(written: dict, answer: int, position: dict) -> list[str]:
    """As the page does it."""
    said = written["said"][answer]
    for name, stops in written["stops"].items():
        said = said[stops.index(position[name])]
    return [written["paragraphs"][number] for number in written["replies"][said]]


@pytest.mark.parametrize("name", ABOUT_ONE_EXAMPLE)
def test_wherever_the_explorer_is_the_page_has_the_notebook_s_reply(name):
    maker, ask = ABOUT_ONE_EXAMPLE[name]
    explorer = MAKERS[maker]()
    question, before, stops = ask(explorer), explorer.position(), stops_of(explorer)
    written = json.loads(json.dumps(replies(question, explorer, stops)))
    assert explorer.position() == before
    for alpha, iterations in zip(stops["alpha"], ITERATIONS, strict=True):
        explorer.alpha.value, explorer.iterations.value = alpha, iterations
        position = {key: control.value for key, control in explorer.controls.items()}
        for number in range(len(written["said"])):
            answer = 0.5
            if "nearness" not in written:
                answer = question.choices[number]
            said = looked_up(written, number, position)
            expected = question.reply_to(answer)
            for ours, theirs in zip(said, expected, strict=True):
                before_nearness, marker, after = ours.partition("{nearness}")
                assert ours == theirs or (marker and theirs.startswith(before_nearness) and theirs.endswith(after))


def test_a_number_s_nearness_is_left_to_the_page():
    explorer = MAKERS["several inputs"]()
    written = replies(predict.largest_alpha(explorer), explorer, {})
    assert "".join(written["paragraphs"]).count("{nearness}") == 1 and "You said" not in "".join(written["paragraphs"])
    assert (written["nearness"], round(written["truth"], 5)) == ("nearness_of_alpha", 0.02699)


def test_only_what_makes_a_difference_is_written_down():
    explorer = MAKERS["several inputs"]()
    written = replies(predict.largest_alpha(explorer), explorer, stops_of(explorer))
    assert list(written["stops"]) == ["alpha"] and written["start"] == {"alpha": 0.01}
    assert len(set(written["paragraphs"])) == len(written["paragraphs"]) == 3 + 3


def test_a_question_belongs_to_the_explorer_that_it_was_asked_of():
    explorer, other = MAKERS["several inputs"](), MAKERS["several inputs"]()
    question = predict.largest_alpha(explorer)
    assert asks_about(question, explorer) and not asks_about(question, other)


def test_a_question_can_be_read_without_scripts_and_answered_with_them():
    explorer = MAKERS["freezing"]()
    question = predict.frozen_curve(explorer)
    source = question_element(question, explorer, "lesson_3", "lesson_5", stops_of(explorer))
    assert re.findall(r"^- ○ (.+)$", source, re.MULTILINE) == list(question.choices)
    assert re.findall(r'<label><input type="radio" name="lesson_3" value="\d"> (.+)</label>', source) == list(
        question.choices
    )
    assert '<form data-explorer="lesson_5" hidden>' in source


def test_below_each_exercise_stands_where_it_can_be_run():
    exercise = new_code_cell("answer = ...", metadata={"tags": ["exercise"]})
    notebook = new_notebook(cells=[new_code_cell("1 + 1"), exercise, new_code_cell("2 + 2")])
    put_ways_to_run(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["code", "code", "markdown", "code"]
    assert "../index.md#run-it-yourself" in notebook.cells[2].source
