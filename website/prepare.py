"""Copies the notebooks into the form that Sphinx reads: `python -m website.prepare TARGET`.

Each figure's alternative text goes where MyST-NB looks for it, and each explorer becomes a strip of three pictures.
"""

import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from .strips import Position, strips

COURSE = Path(__file__).resolve().parents[1]
NOTEBOOKS = COURSE / "notebooks"
PNG = "image/png"


def prepare(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    (target / "notebooks").mkdir(parents=True)
    for name in ("README.md", "website/conf.py", "website/index.md", "website/mathml.py"):
        shutil.copy(COURSE / name, target)
    for name in ("static", "templates"):
        shutil.copytree(COURSE / "website" / name, target / name)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        print(path.name, flush=True)
        notebook = nbformat.read(path, as_version=4)
        put_strips(notebook, path, target / "notebooks")
        for cell in notebook.cells:
            name_pictures(cell, path)
        nbformat.write(notebook, target / "notebooks" / path.name)


def put_strips(notebook: NotebookNode, path: Path, target: Path) -> None:
    """Instead of each explorer's one stored picture, three below its cell; the pictures are written to the target."""
    found = list(strips(notebook, path.parent))
    for number, positions in reversed(found):
        notebook.cells[number].outputs = []
        stem = f"{path.stem}_{number}"
        for k, position in enumerate(positions):
            (target / f"{stem}_{k}.png").write_bytes(position.png)
        notebook.cells.insert(number + 1, new_markdown_cell(tabs(positions, stem)))


def tabs(positions: list[Position], stem: str) -> str:
    """The strip in MyST: one picture in front, the others a click or an arrow key away."""
    return "\n".join(
        [
            "::::::{tab-set}",
            ":class: strip",
            *(tab(position, f"{stem}_{k}.png", in_front=k == 1) for k, position in enumerate(positions)),
            "::::::",
        ]
    )


def tab(position: Position, file: str, in_front: bool) -> str:
    return "\n".join(
        [
            f":::::{{tab-item}} {position.title}",
            *([":selected:"] if in_front else []),
            f"::::{{figure}} {file}",
            f":alt: {json.dumps(position.summary)}",
            f":width: {position.width}px",
            plain(position.summary),
            "::::",
            ":::::",
        ]
    )


def plain(text: str) -> str:
    """Text in which Markdown finds nothing to interpret."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text)


def name_pictures(cell: NotebookNode, path: Path) -> None:
    """MyST-NB wants one alternative text for a cell and drops those that the outputs carry."""
    pictures = [output for output in cell.get("outputs", []) if PNG in output.get("data", {})]
    if len(pictures) > 1:
        sys.exit(f"{path.name}: a cell shows {len(pictures)} pictures, give each its own cell:\n{cell.source}")
    for picture in pictures:
        cell.metadata["mystnb"] = {"image": {"alt": picture.metadata[PNG]["alt"]}}


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
