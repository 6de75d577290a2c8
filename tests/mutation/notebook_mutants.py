"""Would the tests notice? Changes one number or operator in a cell of a notebook, and runs what watches over it.

A change is noticed if a cell from there on shows other text than what is stored (what nbval compares), if the text
no longer says what comes out (`test_prose`), or if another picture is drawn (`test_reruns`). The cells before the
change run once: each change is tried in a fork of that process. Prints what became of each, and ends with 1 if too few
are noticed.

    make notebook-mutants ARGS="100 6"   (how many, and the seed by which they are chosen)
"""

import ast
import copy
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.exercises import exercises_of
from tests.support.lessons import LESSONS
from tests.support.notebook import SECTIONS, cells_of, run, stored
from tests.support.pictures import look_the_same
from tests.support.prose import faults_of

COUNT, SEED, LOWEST_SCORE = 100, 6, 0.9
SECONDS_PER_CHANGE = 120
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mod,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.USub: ast.UAdd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    notebook: Path
    cell: int  # index among all cells
    before: str  # the line as it is
    after: str
    source: str  # the whole cell, changed

    def __str__(self) -> str:
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


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """Functions that change such a node in place."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        step = node.value / 10 or 0.1
        if isinstance(node.value, int):
            step = 1
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
    pictures = []
    for i, cell in enumerate(cells):
        if i >= mutant.cell and cell.cell_type == "code":
            expected = stored(cell)
            if i == mutant.cell:
                cell.source = mutant.source
            try:
                shown = run(cell.source, namespace)
            except Exception as fault:
                return f"{type(fault).__name__} in cell {i + 1}"
            if shown != expected:
                return f"text of cell {i + 1}"
            if not look_the_same(shown, expected, Path.cwd()):
                pictures.append(f"picture of cell {i + 1}")
    solutions = {exercise.cell: exercise.solution for exercise in exercises_of(mutant.notebook)}
    faults = faults_of(cells, LESSONS[mutant.notebook.stem].SENTENCES, solutions)
    return next(iter([f"prose: {fault.splitlines()[0]}" for fault in faults] + pictures), "")


def in_a_fork(work: Callable[[], str]) -> str:
    """What the work returns, done in a copy of this process that is gone afterwards."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS_PER_CHANGE)
        try:
            with os.fdopen(writing, "w") as pipe:
                pipe.write(work())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "out of time"
    return answer


def try_out(path: Path, mutants: list[Mutant]) -> list[bool]:
    """Whether each was noticed."""
    namespace, noticed = {}, []
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type == "code":
            for mutant in mutants:
                if mutant.cell == i:
                    answer = in_a_fork(lambda mutant=mutant: who_notices(mutant, namespace))
                    print(f"{answer or 'SURVIVED'} | {mutant}", flush=True)
                    noticed.append(bool(answer))
            assert run(cell.source, namespace) == stored(cell), f"{path.name}, cell {i + 1} is not as stored"
    return noticed


def main(count: int = COUNT, seed: int = SEED) -> None:
    chance, noticed = random.Random(seed), []
    for path in SECTIONS:
        everything = list(mutants_of(path))
        chosen = chance.sample(everything, min(count // len(SECTIONS), len(everything)))
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            here = try_out(path, chosen)
        print(f"{path.name}: {sum(here)} of {len(here)} noticed, {len(everything)} possible", flush=True)
        noticed += here
    score = sum(noticed) / len(noticed)
    print(f"In all: {score:.0%} of {len(noticed)} noticed")
    sys.exit(score < LOWEST_SCORE)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
