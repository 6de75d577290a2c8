"""A notebook's cells, run one after the other in this process: quicker than a kernel, and they show the same text."""

import ast
import io
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from IPython.core.formatters import DisplayFormatter

from helpers.explorers.explorer import LiveBox

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECTIONS = [path for path in NOTEBOOKS if path.name[0].isdigit()]
_in_words = DisplayFormatter()


@dataclass(frozen=True)
class Shown:
    """The text that nbval compares, and the picture, which it doesn't."""

    stdout: str = ""
    stderr: str = ""
    result: str | None = None  # the result of the last line, as text/plain
    png: str | None = field(default=None, compare=False)  # in base64


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


def code_of(path):
    return [cell for cell in cells_of(path) if cell.cell_type == "code"]


def write(sources: Iterable[str], path: Path) -> None:
    """A notebook of these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def run(source, namespace) -> Shown:
    """Run a cell as a kernel does. Raises what the cell raises."""
    code, last = ast.parse(source), None
    if code.body and isinstance(code.body[-1], ast.Expr):
        last = ast.Expression(code.body.pop().value)
    with redirect_stdout(io.StringIO()) as stdout, redirect_stderr(io.StringIO()) as stderr:
        exec(compile(code, "cell", "exec"), namespace)
        result = eval(compile(last, "cell", "eval"), namespace) if last else None
        bundles = _bundles(result)
    return _in_text(stdout.getvalue(), stderr.getvalue(), bundles)


def stored(cell) -> Shown:
    """What the cell showed when the notebook was committed."""
    streams = ["".join(each.text for each in cell.outputs if each.get("name") == name) for name in ("stdout", "stderr")]
    return _in_text(*streams, [each.data for each in cell.outputs if "data" in each])


def _bundles(result) -> list[dict]:
    """The result of a cell by MIME type; an explorer's has two parts."""
    if result is None:
        return []
    if isinstance(result, LiveBox):
        return [data for data, _ in result.cell_outputs()]
    return [_in_words.format(result)[0]]


def _in_text(stdout, stderr, bundles) -> Shown:
    text = "\n".join(bundle["text/plain"] for bundle in bundles)
    pictures = [bundle["image/png"] for bundle in bundles if "image/png" in bundle]
    assert len(pictures) <= 1
    return Shown(stdout, stderr, text or None, *pictures)
