"""Would anybody notice? Changes one number or operator in a cell of a notebook, and runs what watches over it.

A change is noticed if a cell from there on shows other text than what is stored (what nbval compares), if the text no
longer says what comes out (`test_prose`), or if another picture is drawn (`test_reruns`). The cells before the change run once: each change is tried in a fork of
that process. Prints what was noticed, and ends with 1 if it is too little or a survivor is not explained in MUTANTS.md.
Before that, each notebook is run five times by a kernel of its own, and has to show the same text each time. At the end,
nbval itself is asked about some of the changes.

    python tests/notebook_mutants.py [how many] [seed]
"""

import ast
import copy
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from exercises import exercises_of
from nbclient import NotebookClient
from running_notebook import NOTEBOOKS, SECTIONS, cells_of, run, stored
from sentences import SENTENCES
from test_pictures import drawn_as_locked
from test_prose import faults_of
from test_reruns import look_the_same

COUNT, SEED, ENOUGH, RESTARTS = 100, 6, 0.9, 5
SECONDS = 120  # for each change
REPORT = Path(__file__).with_name("MUTANTS.md")
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mod, ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.Gt, ast.Gt: ast.Lt,
    ast.USub: ast.UAdd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    notebook: Path
    cell: int  # index among all cells
    before: str  # the line as it is
    after: str
    source: str  # the whole cell, changed

    def __str__(self):
        return f"{self.notebook.stem}: `{self.before}` → `{self.after}`"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All changes of one number, sign or operator in the notebook, exercises aside: these a learner is to change."""
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type != "code" or "exercise" in cell.metadata.get("tags", []):
            continue
        plain = ast.parse(cell.source)
        for at, node in enumerate(ast.walk(plain)):
            for change in _changes(node):
                changed = copy.deepcopy(plain)
                change(list(ast.walk(changed))[at])
                lines, new_lines = (ast.unparse(tree).splitlines() for tree in (plain, changed))
                ((before, after),) = [pair for pair in zip(lines, new_lines, strict=True) if pair[0] != pair[1]]
                yield Mutant(path, i, before.strip(), after.strip(), "\n".join(new_lines))


def _changes(node):
    """Functions that change such a node in place."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        step = 1 if isinstance(node.value, int) else node.value / 10 or 0.1
        yield lambda found: setattr(found, "value", node.value + step)
        if node.value > 0:
            yield lambda found: setattr(found, "value", node.value - step)
    operator = getattr(node, "op", None)
    if type(operator) in OPERATORS:
        yield lambda found: setattr(found, "op", OPERATORS[type(operator)]())
    for k, comparison in enumerate(getattr(node, "ops", [])):
        if type(comparison) in OPERATORS:
            yield lambda found, k=k, comparison=comparison: found.ops.__setitem__(k, OPERATORS[type(comparison)]())


def who_notices(mutant: Mutant, namespace: dict) -> str:
    """In which way the change shows, "" if in none. namespace: after the cells before the change."""
    cells = cells_of(mutant.notebook)
    expected = [stored(cell) if cell.cell_type == "code" else None for cell in cells]
    cells[mutant.cell].source = mutant.source
    pictures = []
    for i in range(mutant.cell, len(cells)):
        if cells[i].cell_type == "code":
            try:
                shown = run(cells[i].source, namespace)
            except Exception as fault:
                return f"{type(fault).__name__} in cell {i + 1}"
            if shown != expected[i]:
                return f"text of cell {i + 1}"
            if drawn_as_locked and not look_the_same(shown, expected[i], Path.cwd()):
                pictures.append(f"picture of cell {i + 1}")
    solutions = {exercise.cell: exercise.solution for exercise in exercises_of(mutant.notebook)}
    faults = faults_of(cells, SENTENCES[mutant.notebook.stem], solutions)
    return next(iter([f"prose: {fault}" for fault in faults] + pictures), "")


def in_a_fork(work) -> str:
    """What the work returns, done in a copy of this process that is gone afterwards."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            with os.fdopen(writing, "w") as pipe:
                pipe.write(work())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return "out of time" if os.WIFSIGNALED(status) else said


def nbval_notices(mutant: Mutant, folder: str) -> bool:
    """Whether the text of the cells, which is what `make test` has nbval compare, is another one in a kernel too."""
    notebook = nbformat.read(mutant.notebook, as_version=4)
    notebook.cells[mutant.cell].source = mutant.source
    changed = Path(folder, mutant.notebook.name)
    nbformat.write(notebook, changed)
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}", changed]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert ended.returncode in (0, 1), ended.stdout + ended.stderr
    return ended.returncode == 1


def disagreements(results: list[tuple[Mutant, str]], folder: str) -> list[Mutant]:
    """Asks nbval about the last change that was noticed in what cells show, and the last that was not noticed at all."""
    asked = {bool(how): mutant for mutant, how in results if not how.startswith(("prose", "picture"))}
    return [mutant for noticed, mutant in asked.items() if nbval_notices(mutant, folder) != noticed]


def try_out(path: Path, mutants: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    namespace = {}
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type == "code":
            for mutant in mutants:
                if mutant.cell == i:
                    yield mutant, in_a_fork(lambda mutant=mutant: who_notices(mutant, namespace))
            assert run(cell.source, namespace) == stored(cell), f"{path.name}, cell {i + 1} is not as stored"


def restart_and_run_all(path: Path, folder: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    expected = [stored(cell) for cell in notebook.cells if cell.cell_type == "code"]
    quiet = ["--log-level=ERROR"]
    NotebookClient(notebook, timeout=SECONDS, extra_arguments=quiet, resources={"metadata": {"path": folder}}).execute()
    shown = [stored(cell) for cell in notebook.cells if cell.cell_type == "code"]
    assert shown == expected, f"{path.name} shows something else: {[a for a, b in zip(shown, expected) if a != b]}"


def main(count=COUNT, seed=SEED):
    with tempfile.TemporaryDirectory() as folder:
        for path in NOTEBOOKS:
            for _ in range(RESTARTS):
                restart_and_run_all(path, folder)
            print(f"{path.name}: the same text in {RESTARTS} runs", flush=True)
    rng, survivors, tried, disagreed = random.Random(seed), [], 0, []
    for path in SECTIONS:
        everything = list(mutants_of(path))
        chosen = rng.sample(everything, min(count // len(SECTIONS), len(everything)))
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            results = list(try_out(path, chosen))
            disagreed += disagreements(results, folder)
        missed = [mutant for mutant, how in results if not how]
        for mutant, how in results:
            print(f"{'noticed, ' + how.splitlines()[0] if how else 'survived'} | {mutant}", flush=True)
        noticed = len(results) - len(missed)
        print(f"{path.name}: {noticed} of {len(results)} noticed, {len(everything)} possible", flush=True)
        survivors, tried = survivors + missed, tried + len(results)
    score = 1 - len(survivors) / tried
    print(f"In all: {score:.0%} of {tried} noticed")
    unexplained = [mutant for mutant in survivors if str(mutant) not in REPORT.read_text(encoding="utf-8")]
    for mutant in unexplained:
        print(f"not explained in {REPORT.name}: {mutant}")
    for mutant in disagreed:
        print(f"nbval says otherwise: {mutant}")
    sys.exit(score < ENOUGH or bool(unexplained) or bool(disagreed))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
