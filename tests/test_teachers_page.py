"""What classroom/README.md tells a teacher: the plan adds up, each slip and slider position is the course's own."""

import re
from pathlib import Path

import numpy as np
import pytest

import helpers
from helpers import check, explorers
from helpers.explorers.live import LivePicture
from tests.support.explorers import MAKERS
from tests.support.lesson import INPUTS, NAMES
from tests.support.notebook import NOTEBOOKS, cells_of

COURSE = Path(__file__).resolve().parents[1]
PAGE = (COURSE / "classroom/README.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))
EXERCISES = {each.number: each for section in check.SECTIONS.values() for each in section.exercises}
HEADINGS = [
    re.sub(r"^#+ (\d\. )?", "", line)
    for path in NOTEBOOKS
    for cell in cells_of(path)
    if cell.cell_type == "markdown"
    for line in cell.source.splitlines()
    if line.startswith("#")
]


def rows(part):
    """The cells of a table, without its head."""
    lines = [line.strip("|").split("|") for line in PARTS[part].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


LESSONS = [name for name in PARTS if name.startswith("Lesson")]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_fills_its_90_minutes(lesson):
    blocks = [tuple(map(int, minutes.split(" to "))) for minutes, *_ in rows(lesson)]
    assert [begin for begin, _ in blocks] == [0, *(end for _, end in blocks[:-1])]
    assert blocks[-1][1] == 90 and all(5 <= end - begin <= 20 for begin, end in blocks)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_asks_in_every_block_and_names_what_the_notebooks_have(lesson):
    for _, what, ask in rows(lesson):
        assert ask.endswith("?")
        for name in re.findall(r"\*([^*]+)\*", re.sub("`.*?`", "", what)):
            assert any(heading.startswith(name) for heading in HEADINGS), name


def test_every_exercise_has_its_time():
    text = PARTS["Lesson 1: one delta, many weights"] + PARTS["Lesson 2: from a table to handwriting"]
    ranges = re.findall(r"(\d)\.(\d) to \d\.(\d)", text)
    named = {f"{section}.{n}" for section, first, last in ranges for n in range(int(first), int(last) + 1)}
    assert "section 2 to its end" in text
    named |= {number for number in EXERCISES if number.startswith("2.")} | set(re.findall(r"\b\d\.\d\b", text))
    assert named == set(EXERCISES)


@pytest.mark.parametrize("row", rows("Misunderstandings to expect"), ids=lambda row: f"{row[0]}-{row[1][:30]}")
def test_a_slip_is_named_as_the_check_names_it(row):
    number, slip, ask = row
    assert any(known.sentence.startswith(slip) for known in EXERCISES[number].slips)
    assert ask.partition("?")[1]


MADE = {
    "Section 1": MAKERS["several inputs"],
    "Section 2": MAKERS["freezing"],
    "Section 3, one input": MAKERS["one input, several outputs"],
    "Section 3, three inputs": MAKERS["several of both"],
    "Section 4": lambda: explorers.Training(*helpers.load_mnist(), *helpers.load_mnist("test")),
    "Section 5": lambda: explorers.Weights(*helpers.load_mnist(), *helpers.load_mnist("test")),
}
LIMIT = helpers.largest_stable_alpha(INPUTS)

# What the page says of each position, in the explorer's own numbers; in the page's order.
CLAIMS = {
    "Section 1": [
        lambda e: all(np.diff(e.run.errors[:, 0]) <= 0),
        lambda e: e.run.deltas[0, 0] < 0 < e.run.deltas[1, 0] < 0.01,
        lambda e: all(np.diff(np.sign(e.run.deltas[:, 0]))) and all(np.diff(e.run.errors[:, 0]) < 0),
        lambda e: all(np.diff(np.sign(e.run.deltas[:, 0]))) and all(np.diff(e.run.errors[:, 0]) > 0),
    ],
    "Section 2": [
        lambda e: np.ptp(e.run.weights[:, 0, 0]) == 0 and e.alpha.value > 10 * LIMIT,
        lambda e: e.alpha.value == 0.3,
        lambda e: np.ptp(e.run.weights[:, 0, 0]) > 10 * np.ptp(e.run.weights[:, 0, 1]) > 0,
    ],
    "Section 3, one input": [
        lambda e: np.allclose(e.run.errors[1:] / e.run.errors[:-1], e.run.errors[1, 0] / e.run.errors[0, 0]),
        lambda e: all(e.run.errors[19] > e.run.errors[0]),
    ],
    "Section 3, three inputs": [lambda e: np.isclose(e.limit, LIMIT) and e.run.weights[0].size == 9],
    "Section 4": [
        lambda e: e.iterations.value == 10 and e.test_labels[15] == 5 != e.scores.argmax(),
        lambda e: e.accuracies[0][99] > e.accuracies[0][9] and e.accuracies[1][99] < e.accuracies[1][9],
        lambda e: np.ptp(e.accuracies[0][:10]) > 0.1 and min(np.diff(e.accuracies[0][:10])) < 0,
    ],
    "Section 5": [
        lambda e: e.scores[7] > 0 > e.scores[1],
        lambda e: e.run.accuracies[9] > 0.781,
        lambda e: e.scores[4] > e.scores[5] and e.test_labels[8] == 5,
    ],
}
POSITIONS = {
    name: re.findall(r"^- `(.+)`\\\n  \S", text, re.MULTILINE)
    for name, text in re.findall(
        r"^(Section \d.*):\n\n((?:(?:- |  ).*\n)+)", PARTS["What to show on which slider"], re.MULTILINE
    )
}


def move(explorer, sentence):
    """Put the explorer where the sentence says that it is."""
    alpha, iterations = re.search(r"alpha (\S+), (\d+) (?:iteration|pass)", sentence).groups()
    if hasattr(explorer, "frozen"):
        name = re.match(r"(\w+) frozen", sentence)[1]
        explorer.frozen.value = None if name == "nothing" else NAMES.index(name)
    for choice, digit in zip(getattr(explorer, "digits", []), re.findall(r"(\d)\? scores", sentence)):
        choice.value = int(digit)
    if hasattr(explorer, "image"):
        explorer.image.value = int(re.search(r"test image (\d+)", sentence)[1])
    explorer.iterations.value, explorer.alpha.value = int(iterations), float(alpha)


def can_be_dragged_there(slider):
    """Sliders of round alphas take no others; of the others, steps lead to the value."""
    steps = (slider.value - slider.min) / slider.step if hasattr(slider, "step") else 0
    return np.isclose(steps, round(steps))


@pytest.mark.parametrize("name", MADE)
def test_the_explorer_says_what_the_page_says(name, monkeypatch):
    monkeypatch.setattr(LivePicture, "draw", lambda live: setattr(live, "words", live.place()))  # nobody looks
    explorer = MADE[name]()
    assert len(POSITIONS[name]) == len(CLAIMS[name])
    for sentence, holds in zip(POSITIONS[name], CLAIMS[name]):
        move(explorer, sentence)
        assert explorer.summary == sentence
        assert can_be_dragged_there(explorer.alpha)
        assert holds(explorer), sentence


def test_no_position_is_left_out():
    assert list(POSITIONS) == list(MADE) == list(CLAIMS)
    assert sum(map(len, POSITIONS.values())) == PARTS["What to show on which slider"].count("\n- ")


def test_the_file_of_results_has_the_name_that_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check.train, "state", "right")  # something has been checked
    (call,) = re.findall(r"^check\.write_results\(.+\)$", PAGE, re.MULTILINE)
    assert f"`{eval(call, {'check': check}).path}`" in PAGE
