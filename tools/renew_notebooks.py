"""Runs notebooks from top to bottom and stores what they show, in the form that is committed."""

import hashlib
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def renew(path: Path) -> None:
    """Replace the notebook by its run; one that fails stays as it was."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(NOTEBOOKS)}},
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
    )
    try:
        client.execute()
    except CellExecutionError as fault:
        failed = next(
            number
            for number, cell in enumerate(notebook.cells, start=1)
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        )
        sys.exit(f"{path.name}, cell {failed} (the file stays as it was):\n{fault}")
    tidy(notebook)
    nbformat.validate(notebook)
    unfinished = path.with_suffix(".unfinished")
    nbformat.write(notebook, unfinished)
    os.replace(unfinished, path)


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from run to run or from machine to machine, and what only lives in a kernel."""
    notebook.nbformat_minor = 5
    notebook.metadata = {
        "kernelspec": KERNEL,
        "language_info": {key: value for key, value in notebook.metadata.language_info.items() if key != "version"},
    }
    taken: set[str] = set()
    for cell in notebook.cells:
        cell.id = _id(cell, taken)
        cell.metadata.pop("execution", None)
        cell.metadata.pop("trusted", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(LIVE_WIDGET, None)


def _id(cell: nbformat.NotebookNode, taken: set[str]) -> str:
    """An id that follows from what the cell says, so that it changes only when that does."""
    repeat = 0
    while True:
        text = f"{cell.cell_type}\n{cell.source}\n{repeat}"
        identity = hashlib.sha256(text.encode()).hexdigest()[:8]
        if identity not in taken:
            taken.add(identity)
            return identity
        repeat += 1


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    for path in named or sorted(NOTEBOOKS.glob("*.ipynb")):
        print(path.name, flush=True)
        renew(path)
