"""Copies the notebooks into the form that Sphinx reads: `python -m website.prepare TARGET`.

Each figure's alternative text goes where MyST-NB looks for it, each explorer is recorded, each question becomes a box,
and each notebook a card on the first page. The docstrings make a page too.
"""

import base64
import json
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from helpers.explorers.explorer import BRING_BACK

from .api import api_page
from .classic_scripts import classic_script
from .live_parts import PNG, live_parts

COURSE = Path(__file__).resolve().parents[1]
NOTEBOOKS = COURSE / "notebooks"
FOR_SPHINX = ("conf.py", "index.md", "mathml.py", "previews.py", "published.py")
WHERE_TO_RUN = """\
```{container} where-to-run
Write it, and have it checked, where the notebook runs:
[on your machine, in a class, or on Binder](../index.md#run-it-yourself).
```"""
ROW_OF_TABLE = re.compile(r"^\| \[(.+?)\]\(notebooks/(.+?)\.ipynb\) \| (.+?) \| (\d+) \|$", re.MULTILINE)


def prepare(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    (target / "notebooks").mkdir(parents=True)
    (target / "covers").mkdir()
    for name in ("README.md", *(f"website/{name}" for name in FOR_SPHINX)):
        shutil.copy(COURSE / name, target)
    for name in ("static", "templates"):
        shutil.copytree(COURSE / "website" / name, target / name)
    for name in ("pad", "live", "player"):
        script = classic_script(COURSE / "helpers/explorers" / f"{name}.js")
        (target / "static" / f"{name}.js").write_text(script, encoding="utf-8")
    for name in ("live", "player"):
        shutil.copy(COURSE / f"helpers/explorers/{name}.css", target / "static")
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    # A notebook's run leaves its names behind, so each has a process of its own.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        first, *_ = processes.map(partial(prepare_notebook, target), paths)
    (target / "opening.md").write_text(opening(first), encoding="utf-8")
    readme = (COURSE / "README.md").read_text(encoding="utf-8")
    (target / "cards.md").write_text(cards(readme, target / "covers"), encoding="utf-8")
    (target / "api.md").write_text(api_page(), encoding="utf-8")


def prepare_notebook(target: Path, path: Path) -> NotebookNode:
    """Write the notebook as Sphinx is to read it, and give it."""
    print(path.name, flush=True)
    notebook = nbformat.read(path, as_version=4)
    put_live_parts(notebook, path, target)
    put_ways_to_run(notebook)
    for cell in notebook.cells:
        drop_what_needs_a_kernel(cell)
        name_pictures(cell, path)
    nbformat.write(notebook, target / "notebooks" / path.name)
    return notebook


def opening(notebook: NotebookNode) -> str:
    """A notebook's first explorer, which plays by itself."""
    sources = [cell.source for cell in notebook.cells if "data-explorer=" in cell.source]
    return sources[0].replace("data-explorer=", "data-autoplay data-explorer=", 1)


def cards(readme: str, target: Path) -> str:
    """A card in MyST for each notebook of the README's table; the pictures on them are written to the target."""
    rows = ROW_OF_TABLE.findall(readme)
    found = [card(title, name, learnt, minutes, target) for title, name, learnt, minutes in rows]
    return "\n".join([":::::{grid} 1 2 2 2", ":gutter: 3", "", *found, ":::::"])


def card(title: str, name: str, learnt: str, minutes: str, target: Path) -> str:
    picture = cover(NOTEBOOKS / f"{name}.ipynb")
    (target / f"{name}.png").write_bytes(base64.b64decode(picture.data[PNG]))
    return "\n".join(
        [
            f"::::{{grid-item-card}} {title}",
            f":link: notebooks/{name}",
            ":link-type: doc",
            f":img-top: covers/{name}.png",
            f":img-alt: {json.dumps(picture.metadata[PNG]['alt'])}",
            f"{learnt[0].upper()}{learnt[1:]}.",
            ":::{card-footer}",
            f"{minutes} minutes",
            ":::",
            "::::",
        ]
    )


def cover(path: Path) -> NotebookNode:
    """What the one cell with the tag `cover` shows."""
    cells = nbformat.read(path, as_version=4).cells
    (cell,) = (cell for cell in cells if "cover" in cell.metadata.get("tags", []))
    return cell.outputs[0]


def put_live_parts(notebook: NotebookNode, path: Path, target: Path) -> None:
    """Instead of what explorers, pads and questions have stored: what the page makes of them, below their cells."""
    for number, part in sorted(live_parts(notebook, path, target), reverse=True):
        notebook.cells[number].outputs = []
        notebook.cells.insert(number + 1, new_markdown_cell(part))


def put_ways_to_run(notebook: NotebookNode) -> None:
    """Below each exercise, where it can be solved."""
    for number in reversed(range(len(notebook.cells))):
        if "exercise" in notebook.cells[number].metadata.get("tags", []):
            notebook.cells.insert(number + 1, new_markdown_cell(WHERE_TO_RUN))


def drop_what_needs_a_kernel(cell: NotebookNode) -> None:
    """How to get an explorer's sliders back, which a website can't give."""
    outputs = cell.get("outputs", [])
    outputs[:] = [output for output in outputs if output.get("data", {}).get("text/plain") != BRING_BACK]


def name_pictures(cell: NotebookNode, path: Path) -> None:
    """MyST-NB wants one alternative text for a cell and drops those that the outputs carry."""
    pictures = [output for output in cell.get("outputs", []) if PNG in output.get("data", {})]
    if len(pictures) > 1:
        sys.exit(f"{path.name}: a cell shows {len(pictures)} pictures, give each its own cell:\n{cell.source}")
    for picture in pictures:
        cell.metadata["mystnb"] = {"image": {"alt": picture.metadata[PNG]["alt"]}}


if __name__ == "__main__":
    prepare(Path(sys.argv[1]).resolve())
