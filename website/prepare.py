"""Copies the notebooks into the form that Sphinx reads: `python -m website.prepare TARGET`.

Each figure's alternative text goes where MyST-NB looks for it, each explorer becomes a strip of three pictures, each
question a box, and each notebook a card on the first page.
"""

import base64
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from helpers.explorers.explorer import BRING_BACK

from .strips import Position, strips

COURSE = Path(__file__).resolve().parents[1]
NOTEBOOKS = COURSE / "notebooks"
PNG = "image/png"
ROW_OF_TABLE = re.compile(r"^\| \[(.+?)\]\(notebooks/(.+?)\.ipynb\) \| (.+?) \| (\d+) \|$", re.MULTILINE)


def prepare(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    (target / "notebooks").mkdir(parents=True)
    (target / "covers").mkdir()
    for name in ("README.md", "website/conf.py", "website/index.md", "website/mathml.py"):
        shutil.copy(COURSE / name, target)
    for name in ("static", "templates"):
        shutil.copytree(COURSE / "website" / name, target / name)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        print(path.name, flush=True)
        notebook = nbformat.read(path, as_version=4)
        put_strips(notebook, path, target / "notebooks")
        put_questions(notebook)
        for cell in notebook.cells:
            drop_what_needs_a_kernel(cell)
            name_pictures(cell, path)
        nbformat.write(notebook, target / "notebooks" / path.name)
    readme = (COURSE / "README.md").read_text(encoding="utf-8")
    (target / "cards.md").write_text(cards(readme, target / "covers"), encoding="utf-8")


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


def put_strips(notebook: NotebookNode, path: Path, target: Path) -> None:
    """Instead of each explorer's one stored picture, three below its cell; the pictures are written to the target."""
    for number, positions in reversed(list(strips(notebook, path.parent))):
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
    lines = [f":::::{{tab-item}} {position.title}"]
    if in_front:
        lines.append(":selected:")
    lines += [
        f"::::{{figure}} {file}",
        f":alt: {json.dumps(position.summary)}",
        f":width: {position.width}px",
        plain(position.summary),
        "::::",
        ":::::",
    ]
    return "\n".join(lines)


def drop_what_needs_a_kernel(cell: NotebookNode) -> None:
    """How to get an explorer's sliders back, which a website can't give."""
    outputs = cell.get("outputs", [])
    outputs[:] = [output for output in outputs if output.get("data", {}).get("text/plain") != BRING_BACK]


def put_questions(notebook: NotebookNode) -> None:
    """Instead of each question's stored text, which has the width of a notebook, a box whose lines flow."""
    for number in reversed(range(len(notebook.cells))):
        for output in notebook.cells[number].get("outputs", []):
            text = output.get("data", {}).get("text/plain", "")
            if text.startswith("Predict. "):
                notebook.cells[number].outputs = []
                notebook.cells.insert(number + 1, new_markdown_cell(question(text)))


def question(text: str) -> str:
    """The box in MyST: the question, and below it the answers to choose from."""
    lines = text.removeprefix("Predict. ").splitlines()
    asked = plain(" ".join(line for line in lines if not line.startswith("  ")))
    answers = [plain(line.strip().replace("( )", "○")) for line in lines if line.startswith("  ")]
    return "\n".join([":::{admonition} Predict", asked, "", *(f"- {answer}" for answer in answers), ":::"])


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
