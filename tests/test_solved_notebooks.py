"""A copy of each notebook with the solutions put in for the stubs: it runs whole, and every check is right."""

from pathlib import Path

import nbformat
import pytest
from exercises import NOTEBOOKS, exercises_of
from running_notebook import cells_of, run

from helpers import check


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestSolved:  # a class, so that --dist loadscope gives each notebook to a process of its own
    def test_every_check_is_right(self, path: Path, tmp_path: Path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        solved = {exercise.cell: exercise for exercise in exercises_of(path)}
        namespace = {}
        for i, cell in enumerate(cells_of(path)):
            if i in solved:
                exercise = solved[i]
                said = run(f"{exercise.solution}\n\n{exercise.check}", namespace).result
                assert said.startswith(f"✓ Exercise {exercise.number}: right. ")
            elif cell.cell_type == "code":
                shown = run(cell.source, namespace)
                if cell.source.startswith("check.so_far("):
                    progress = shown.result.splitlines()
        assert progress[0] == f"{len(solved)} of {len(solved)} right so far."
        assert progress[1:] == [f"✓ {each.number} {each.title}: right" for each in solved.values()]


def test_every_notebook_ends_with_its_own_progress():
    named = []
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        (progress,) = (cell.source for cell in cells if cell.source.startswith("check.so_far("))
        name = progress.removeprefix('check.so_far("').removesuffix('")')
        named.append(name)
        assert [each.title for each in exercises_of(path)] == [each.title for each in check.SECTIONS[name].exercises]
    assert sorted(named) == sorted(check.SECTIONS)
