"""The form in which notebooks are committed; nbval checks what they say by running them."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers import check
from tests.support.exercises import exercises_of
from tests.support.notebook import FOLDER, NOTEBOOKS, code_of

NAMES = [
    "1_multiple_inputs.ipynb",
    "2_freezing_one_weight.ipynb",
    "3_multiple_outputs.ipynb",
    "4_mnist.ipynb",
    "5_visualizing_weights.ipynb",
    "MNISTPreprocessor.ipynb",
]
LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"


def test_the_course_is_complete():
    assert [path.name for path in NOTEBOOKS] == NAMES


@pytest.fixture(params=NAMES)
def path(request) -> Path:
    return FOLDER / request.param


@pytest.fixture
def notebook(path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


@pytest.fixture
def code(notebook) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def outputs(code) -> list[nbformat.NotebookNode]:
    return [output for cell in code for output in cell.outputs]


def test_is_a_valid_notebook_for_the_plain_kernel(notebook):
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert "version" not in notebook.metadata.language_info


def test_was_run_once_from_top_to_bottom(code):
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not any("execution" in cell.metadata for cell in code)


def test_stores_no_error_and_no_live_widget(outputs):
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if LIVE_WIDGET in output.get("data", {})]


def test_every_picture_says_in_text_what_it_shows(outputs):
    shown = [output.data for output in outputs if "image/png" in output.get("data", {})]
    assert all(not re.match(r"<.*>$", data["text/plain"]) for data in shown)


def test_no_cell_is_left_out_of_the_comparison(code):
    assert not any("nbval" in cell.source.lower() for cell in code)
    tags = {tag.lower() for cell in code for tag in cell.metadata.get("tags", [])}
    assert not any("nbval" in tag or tag == "raises-exception" for tag in tags)


def test_one_idea_a_cell(code):
    for cell in code:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len([line for line in lines if not line.lstrip().startswith("#")]) <= 15, cell.source


def test_uses_helpers(code):
    assert any(re.search(r"^(import|from) helpers\b", cell.source, re.MULTILINE) for cell in code)


def test_is_small_enough_to_be_read_on_the_web(path):
    assert path.stat().st_size <= 2 * 1024**2


def test_every_notebook_ends_with_its_own_progress():
    named = []
    for path in NOTEBOOKS:
        (progress,) = (cell.source for cell in code_of(path) if cell.source.startswith("check.so_far("))
        named += re.findall(r'^check\.so_far\("(.+)"\)$', progress)
        assert [each.title for each in exercises_of(path)] == [
            each.title for each in check.SECTIONS[named[-1]].exercises
        ]
    assert sorted(named) == sorted(check.SECTIONS)
