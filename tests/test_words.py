"""The same word for the same thing: readers meet those of the glossary in CONTRIBUTING.md, and no others for them."""

import re
from pathlib import Path

import pytest

from helpers import check
from tests.support.notebook import FOLDER, NOTEBOOKS, cells_of

COURSE = FOLDER.parent
OTHER_WORDS = {  # {what others say: the course's word}
    "epoch": "pass",
    "learning rate": "alpha",
    "loss": "error",
    "cost function": "error",
    "neuron": "output",
    "bias": "nothing: there is none",
    "ground truth": "true",
    "training example": "game, or image",
    "sample": "game, or image",
    "feature": "input",
    "class": "digit",
    "trajectory": "trail",
    "error plane": "map, or error surface",
    "maximum alpha": "the limit",
    "critical alpha": "the limit",
    "critical value": "the limit",
    "largest stable alpha": "the limit",
    "blow up": "diverge",
    "converges to infinity": "diverge",
    "slider panel": "explorer",
    "widget": "explorer",
    "what to take along": "Key points",
}
ALLOWED = {
    "1_multiple_inputs": {"class"},  # "In a class?", of teaching
    "2_freezing_one_weight": {"class"},
    "3_multiple_outputs": {"class"},
    "4_mnist": {"class"},
    "5_visualizing_weights": {"class", "feature"},  # the title of something to read
    "MNISTPreprocessor": {"class"},
}


def others_in(text: str) -> set[str]:
    """Other words that the text uses; but not in italics or quotation marks, where it says what others call a thing."""
    plain = re.sub(r"\*[^*\n]+\*|“[^”]*”|`[^`]*`|\[[^\]]*\]\([^)]*\)", "", text.replace("**", ""))
    return {word for word in OTHER_WORDS if re.search(rf"\b{word}(s|es|d|ed)?\b", plain, re.IGNORECASE)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_to_the_course_s_words(path):
    text = "\n".join(cell.source for cell in cells_of(path) if cell.cell_type == "markdown")
    found = others_in(text) - ALLOWED[path.stem]
    assert not found, {word: OTHER_WORDS[word] for word in found}


def test_so_do_the_replies_of_checks_and_questions():
    sentences = [
        slip.sentence for section in check.SECTIONS.values() for each in section.exercises for slip in each.slips
    ]
    replies = [path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "replies").glob("*.txt")]
    assert not others_in("\n".join([*sentences, *replies]))


def test_the_glossary_has_the_course_s_words():
    glossary = (COURSE / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## Words\n")[2]
    for word in (
        "pass",
        "alpha",
        "error",
        "output",
        "true",
        "input",
        "trail",
        "map",
        "the limit",
        "diverge",
        "explorer",
    ):
        assert re.search(rf"^\|[^|]*\b{word}\b", glossary, re.MULTILINE), word


def test_another_word_is_noticed_and_one_that_is_quoted_is_not():
    assert others_in("After ten epochs the loss falls.") == {"epoch", "loss"}
    assert others_in("Other texts call alpha the *learning rate*.") == set()
