"""A copy of each notebook with the solutions put in for the stubs: it runs whole, and every check is right."""

from pathlib import Path

import nbformat
import pytest
from exercises import NOTEBOOKS, exercises_of
from nbclient import NotebookClient

from helpers import check


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestSolved:  # a class, so that --dist loadscope gives each notebook to a process of its own
    def test_every_check_is_right(self, path: Path, tmp_path: Path):
        notebook, exercises = nbformat.read(path, as_version=4), exercises_of(path)
        for exercise in exercises:
            notebook.cells[exercise.cell].source = f"{exercise.solution}\n\n{exercise.check}"
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
        for exercise in exercises:
            (output,) = notebook.cells[exercise.cell].outputs
            assert output.data["text/plain"].startswith(f"✓ Exercise {exercise.number}: right. ")
        (progress,) = (cell for cell in notebook.cells if cell.source.startswith("check.so_far("))
        said = progress.outputs[0].data["text/plain"].splitlines()
        assert said[0] == f"{len(exercises)} of {len(exercises)} right so far."
        assert said[1:] == [f"✓ {exercise.number} {exercise.title}: right" for exercise in exercises]


def test_every_notebook_ends_with_its_own_progress():
    named = []
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        (progress,) = (cell.source for cell in cells if cell.source.startswith("check.so_far("))
        name = progress.removeprefix('check.so_far("').removesuffix('")')
        named.append(name)
        assert [each.title for each in exercises_of(path)] == [each.title for each in check.SECTIONS[name].exercises]
    assert sorted(named) == sorted(check.SECTIONS)
