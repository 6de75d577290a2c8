"""What a reader without a kernel sees of an explorer: the same picture at three values of alpha."""

import base64
import contextlib
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets.config import Config

from helpers import explorers
from helpers.predict.explorer import AnyExplorer

NAMES = ("small", "good", "too large")
SHARES_OF_LIMIT = (0.1, 0.4, 1.1)
ALPHAS_ON_IMAGES = (0.0001, 0.001, 0.03)  # where the images are learnt one at a time, no formula gives a limit
ITERATIONS = 10


@dataclass(frozen=True)
class Position:
    """One place of the slider alpha."""

    title: str
    png: bytes
    width: int  # in pixels of the page
    summary: str


def strips(notebook: NotebookNode, folder: Path) -> Iterator[tuple[int, list[Position]]]:
    """Run the notebook in its folder. Give the number of each cell that shows a new explorer, and the explorer's strip.

    Where an explorer is shown again, the notebook has put its sliders where it wants them.
    """
    known = set()
    with tempfile.TemporaryDirectory() as own_files, contextlib.chdir(folder):
        shell = InteractiveShell(ipython_dir=own_files, config=Config({"HistoryManager": {"enabled": False}}))
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                shown = run(shell, cell.source)
                if isinstance(shown, explorers.explorer.Explorer) and shown not in known:
                    known.add(shown)
                    yield number, strip(shown)


def run(shell: InteractiveShell, source: str) -> object:
    """The result of the cell; what it prints is stored in the notebook already."""
    with contextlib.redirect_stdout(io.StringIO()):
        result = shell.run_cell(source)
    result.raise_error()
    return result.result


def strip(explorer: AnyExplorer) -> list[Position]:
    """The explorer with a small, a good and a diverging alpha; its sliders are then where they were."""
    before = explorer.alpha.value, explorer.iterations.value
    positions = [position(explorer, name, alpha) for name, alpha in zip(NAMES, alphas(explorer))]
    explorer.alpha.value, explorer.iterations.value = before
    return positions


def alphas(explorer: AnyExplorer) -> list[float]:
    if explorer.limit is None:
        return list(ALPHAS_ON_IMAGES)
    return [float(f"{share * explorer.limit:.2g}") for share in SHARES_OF_LIMIT]


def position(explorer: AnyExplorer, name: str, alpha: float) -> Position:
    explorer.alpha.value, explorer.iterations.value = alpha, ITERATIONS
    if isinstance(explorer, explorers.FullTraining):  # it waits for its button
        explorer.start()
        explorer.wait()
    (data, metadata), *_ = explorer.cell_outputs()
    png = base64.b64decode(data["image/png"])
    return Position(f"{name} alpha: {explorer.alpha.value:g}", png, metadata["image/png"]["width"], explorer.summary)
