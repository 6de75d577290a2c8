"""Every number that the notebooks' text states is what the notebook computes: see `prose` for how."""

import re

import nbformat
import pytest

from tests.support.exercises import exercises_of
from tests.support.lessons import LESSONS
from tests.support.notebook import FOLDER, NOTEBOOKS, SECTIONS, cells_of
from tests.support.prose import faults_of

ADVICE = """
Each number that states a result has its sentence in tests/support/lessons, in the module of {name}: copy it (or enough
of it to be found just once) and put {{an expression}} of the notebook's variables in the number's place."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_number_in_the_text_is_the_one_that_comes_out(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    solutions = {exercise.cell: exercise.solution for exercise in exercises_of(path)}
    faults = faults_of(cells_of(path), LESSONS[path.stem].SENTENCES, solutions)
    assert not faults, "\n".join([f"{path.name}:", *faults]) + ADVICE.format(name=path.stem)


LESSON = """## 1. Sums

> A sum of *2* and {sum}, see section 3, is
> about {total}, `[0.1, 0.2]` at most {more}."""
SENTENCES_OF_IT = ["A sum of *2* and {numbers[0]}", "is about {sum(numbers)}, `[{small}]` at {'most': numbers[0] > 1}"]


@pytest.mark.parametrize(
    ("sum", "total", "more", "faults"),
    [
        ("1,000", "1,004.3", "", []),
        ("1,000", "1,004", "", []),
        ("1,001", "1,004.3", "", ["“1,001” should be 1000"]),
        ("1,000", "1,004.4", "", ["“1,004.4” should be 1004.3"]),
        ("1,000", "-1,004.3", "", ["“-1,004.3” should be 1004.3"]),
        ("1,000", "1,004.3", "7", ["nobody says where this number comes from"]),
    ],
)
def test_a_stale_number_and_a_new_one_are_noticed(sum, total, more, faults):
    cells = [
        nbformat.v4.new_code_cell("numbers, small = [1000, 4.27], [0.1, 0.2]"),
        nbformat.v4.new_markdown_cell(LESSON.format(sum=sum, total=total, more=more)),
    ]
    found = faults_of(cells, SENTENCES_OF_IT, {})
    assert len(found) == len(faults)
    assert all(expected in fault for fault, expected in zip(found, faults, strict=True)), found


def test_a_sentence_that_is_gone_and_words_that_do_not_hold_are_noticed():
    cells = [nbformat.v4.new_code_cell("x = 2"), nbformat.v4.new_markdown_cell("It is large.")]
    assert faults_of(cells, ["It is {'large': x > 1}"], {}) == []
    assert faults_of(cells, ["It is {'large': x > 3}"], {}) == ["cell 2: “large” does not hold any more: x > 3"]
    assert faults_of(cells, ["It is {x}"], {}) == ["found 0 times, not once: “It is {x}”"]
    (fault,) = faults_of(cells, ["It is {'large': y > 3}"], {})
    assert "NameError" in fault


def test_an_example_is_run_with_the_exercises_solution():
    cells = [nbformat.v4.new_markdown_cell("`halves([1, 3])` is `[0.5, 1.6]`."), nbformat.v4.new_code_cell("...")]
    (fault,) = faults_of(cells, [], {1: "def halves(numbers): return [number / 2 for number in numbers]"})
    assert "“0.5, 1.6” should be 0.5, 1.5" in fault


def test_every_page_promises_the_same_minutes():
    welcome = (FOLDER / "Welcome.md").read_text(encoding="utf-8")
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for path in SECTIONS:
        minutes = re.search(r"Allow (\d+) minutes", cells_of(path)[0].source)[1]
        assert re.search(rf"\({path.name}\) · {minutes} minutes$", welcome, re.MULTILINE)
        assert re.search(rf"\(notebooks/{path.name}\) \|.*\| {minutes} \|$", readme, re.MULTILINE)
