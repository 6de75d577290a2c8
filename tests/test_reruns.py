"""After "Run All" a reader may go back to any cell and run it again: it shows the same, so do the cells after it."""

import ast

import ipywidgets
import pytest

from tests.support.notebook import NOTEBOOKS, code_of, run, stored
from tests.support.pictures import look_the_same

pytestmark = pytest.mark.thorough

# What a lesson works out by hand, and later anew under the same name, since that is its name. Who runs a cell again
# that reads one has to go back to the cell that set it.
WORKED_OUT_ANEW = {
    "1_multiple_inputs": {"weights", "pred", "delta", "error", "weight_deltas"},
    "3_multiple_outputs": {"weights", "preds", "deltas", "weight_deltas", "alpha", "new_weights", "explorer"},
}


def names(source, context) -> set[str]:
    """The variables that a cell reads (ast.Load) or sets (ast.Store) outside its functions."""
    return {
        node.id
        for statement in ast.parse(source).body
        if not isinstance(statement, ast.FunctionDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }


def set_anew_for(k, sources, reused) -> list[int]:
    """The cells that a reader has to run before cell k, in order, to have the variables of that name back."""
    before = set()
    for name in names(sources[k], ast.Load) & reused:
        earlier = [j for j in range(k) if name in names(sources[j], ast.Store)]
        before |= {earlier[-1], *set_anew_for(earlier[-1], sources, reused)} if earlier else set()
    return sorted(before)


def shows_where_the_sliders_are(source, namespace) -> bool:
    """Of a cell that shows a live picture, or a guess about it, as it is now: the reader, or a later cell, moved it."""
    last = ast.parse(source).body[-1]
    asks = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and "predict." in ast.unparse(last)
    lives = isinstance(last, ast.Expr) and isinstance(last.value, ast.Name)
    return asks or (lives and isinstance(namespace[last.value.id], ipywidgets.Widget) and ".value =" not in source)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_all_cells_and_then_backwards(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cells, namespace = code_of(path), {}
    for cell in cells:
        shown, expected = run(cell.source, namespace), stored(cell)
        assert shown == expected, cell.source
        assert look_the_same(shown, expected, tmp_path), f"drawn otherwise:\n{cell.source}"
    sources = [cell.source for cell in cells]
    changed = []
    for k in reversed(range(len(cells))):
        if shows_where_the_sliders_are(sources[k], namespace):
            continue
        for j in set_anew_for(k, sources, WORKED_OUT_ANEW.get(path.stem, set())):
            run(sources[j], namespace)
        if run(sources[k], namespace) != stored(cells[k]):
            changed.append(sources[k])
    assert not changed, "after Run All these show something else:\n\n" + "\n\n".join(changed)
