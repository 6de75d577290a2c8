"""How much memory an explorer takes, made and shown on a page; each in a fresh Python."""

import subprocess
import sys

from tests.support.lab import COURSE

from .report import Row, Section
from .sliders import MNIST, ONE_EXAMPLE

EXPLORERS = {
    "notebook 1's explorer": f"MultipleInputs({ONE_EXAMPLE})",
    "notebook 5's explorer, images included": f"Weights({MNIST})",
}
MEASURED = """\
import psutil
import helpers
from helpers import explorers
process = psutil.Process()
imported = process.memory_info().rss
explorer = explorers.{make}
explorer.live.send = lambda *message: None
explorer.live.draw_for_page(None, {{"density": 2}}, [])
explorer.cell_outputs()
print(imported, process.memory_info().rss)
"""


def measure(quick: bool = False) -> list[Section]:
    rows = []
    for what, make in EXPLORERS.items():
        pairs = [_fresh(make) for _ in range(2 if quick else 7)]
        rows.append(Row(what, [shown - imported for imported, shown in pairs], unit="MB"))
        rows.append(Row(f"{what}: the whole Python", [shown for _, shown in pairs], unit="MB"))
    notes = [
        "Resident memory above that after `import helpers.explorers`, once the explorer is drawn for a fine screen and "
        "is the result of a cell; of the whole Python that without Jupyter's kernel."
    ]
    return [Section("Memory", rows, notes)]


def _fresh(make: str) -> tuple[float, float]:
    """MB after the import, and once the explorer is shown."""
    command = [sys.executable, "-c", MEASURED.format(make=make)]
    run = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, check=True)
    imported, shown = map(int, run.stdout.split())
    return imported / 1e6, shown / 1e6
