"""A notebook's cells, run one after the other in this process: quicker than a kernel, and they show the same text."""

import ast
import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from IPython.core.formatters import DisplayFormatter

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
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


def run(source, namespace) -> Shown:
    """Run a cell as a kernel does. Raises what the cell raises."""
    code, last = ast.parse(source), None
    if code.body and isinstance(code.body[-1], ast.Expr):
        last = ast.Expression(code.body.pop().value)
    with redirect_stdout(io.StringIO()) as stdout, redirect_stderr(io.StringIO()) as stderr:
        exec(compile(code, "cell", "exec"), namespace)
        result = eval(compile(last, "cell", "eval"), namespace) if last else None
        forms = {} if result is None else _in_words.format(result)[0]
    return Shown(stdout.getvalue(), stderr.getvalue(), forms.get("text/plain"), forms.get("image/png"))


def stored(cell) -> Shown:
    """What the cell showed when the notebook was committed."""
    streams = {name: "".join(each.text for each in cell.outputs if each.get("name") == name) for name in
               ("stdout", "stderr")}  # fmt: skip
    results = [each.data for each in cell.outputs if each.output_type == "execute_result"]
    assert len(results) <= 1 and not any(each.output_type == "display_data" for each in cell.outputs)
    forms = results[0] if results else {}
    return Shown(**streams, result=forms.get("text/plain"), png=forms.get("image/png"))
