"""Runs a notebook as its reader would, and gives what its cells show."""

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets.config import Config


def run_cells(notebook: NotebookNode, folder: Path) -> Iterator[tuple[int, object]]:
    """Run the notebook in its folder. Give the number and the result of each code cell, as soon as it has run."""
    with tempfile.TemporaryDirectory() as own_files, contextlib.chdir(folder):
        shell = InteractiveShell(ipython_dir=own_files, config=Config({"HistoryManager": {"enabled": False}}))
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                yield number, _run(shell, cell.source)


def _run(shell: InteractiveShell, source: str) -> object:
    """The result of the cell; what it prints is stored in the notebook already."""
    with contextlib.redirect_stdout(io.StringIO()):
        result = shell.run_cell(source)
    result.raise_error()
    return result.result
