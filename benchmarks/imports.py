"""How long a reader waits for the first things: imports, the first figure, each notebook run whole."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

from tests.support.lab import COURSE, copy_course
from tests.support.lesson import INPUTS, START, TRUE

from .report import Row, Section

TIMED = """\
import time
start = time.perf_counter()
{statements}
print(time.perf_counter() - start)
"""
PYPLOT = "import matplotlib.pyplot"
IMPORTS = ["import helpers", "from helpers import explorers, figures"]
OUR_FIGURE = f"""\
from helpers import explorers
explorers.MultipleInputs({INPUTS}, {TRUE}, {START})
"""
USUAL_FIGURE = """\
import io, matplotlib, warnings
matplotlib.use("agg")
warnings.simplefilter("ignore")
import matplotlib.pyplot as plt
from benchmarks import usual_way
usual_way.multiple_inputs(0.01, 3)
plt.savefig(io.BytesIO(), format="png", dpi=200, bbox_inches="tight")
"""


def measure(quick: bool = False) -> list[Section]:
    repetitions = 2 if quick else 15
    everything = [*IMPORTS, PYPLOT, OUR_FIGURE, USUAL_FIGURE]
    for statements in everything:  # once in vain, so that all files are in the machine's cache
        _fresh(statements)
    seconds: dict[str, list[float]] = {statements: [] for statements in everything}
    for _ in range(repetitions):
        for statements in everything:
            seconds[statements].append(_fresh(statements))
    rows = [Row(f"`{statement}`", seconds[statement], f"`{PYPLOT}`", seconds[PYPLOT]) for statement in IMPORTS]
    rows.append(
        Row("first figure of notebook 1, imports included", seconds[OUR_FIGURE], "pyplot", seconds[USUAL_FIGURE])
    )
    notes = [f"Each in a fresh Python, {repetitions} times in turn; Python's own start is not counted."]
    return [
        Section("Imports and the first figure", rows, notes),
        Section(
            "Each notebook, run whole",
            _notebooks(1 if quick else 3),
            ["By nbclient, the start of the kernel included."],
        ),
    ]


def _fresh(statements: str) -> float:
    run = subprocess.run(
        [sys.executable, "-c", TIMED.format(statements=statements)],
        cwd=COURSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout)


def _notebooks(repetitions: int) -> list[Row]:
    with TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        copy_course(course)
        paths = sorted((course / "notebooks").glob("*.ipynb"))
        seconds: dict[Path, list[float]] = {path: [] for path in paths}
        for _ in range(repetitions):
            for path in paths:
                seconds[path].append(_run(path))
    return [Row(path.name, seconds[path]) for path in paths]


def _run(path: Path) -> float:
    start = time.perf_counter()
    NotebookClient(
        nbformat.read(path, as_version=4),
        resources={"metadata": {"path": str(path.parent)}},
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
    ).execute()
    return time.perf_counter() - start
