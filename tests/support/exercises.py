"""The exercises as they stand in the notebooks: a stub, its check, and the solution folded away below."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

import numpy as np

from helpers import check
from tests.support.notebook import FOLDER, NOTEBOOKS, cells_of, code_of

SOLUTION = re.compile(
    r"<details><summary>Hint</summary>\n\n.+?\n\n</details>\n\n"
    r"<details><summary>Solution</summary>\n\n```python\n(.+?)\n```\n\n.+?\n\n</details>",
    re.DOTALL,
)


@dataclass(frozen=True)
class Exercise:
    notebook: str
    cell: int  # index of the stub
    number: str  # such as "1.2"
    title: str
    stub: str  # what the learner replaces
    check: str  # the line below it
    solution: str

    @property
    def name(self) -> str:
        """Of its check: check.NAME(...)"""
        return re.match(r"check\.(\w+)\(", self.check)[1]


def exercises_of(path: Path) -> list[Exercise]:
    cells, found = cells_of(path), []
    for i, cell in enumerate(cells):
        if "exercise" in cell.metadata.get("tags", []):
            task = re.match(r"### Exercise (\d\.\d) · (.+)\n\n", cells[i - 1].source)
            stub, _, check = cell.source.rpartition("\n\n")
            solution = SOLUTION.fullmatch(cells[i + 1].source)
            found.append(Exercise(path.name, i, *task.groups(), stub, check, solution[1]))
    return found


EXERCISES = {exercise.name: exercise for path in NOTEBOOKS for exercise in exercises_of(path)}


def lesson_functions(name: str) -> dict:
    """The functions that the lesson itself defines, which a learner's code may call."""
    namespace = {"np": np}
    for code in _definitions(name):
        exec(code, namespace)
    return namespace


@cache
def _definitions(name: str) -> list[CodeType]:
    cells = [cell.source for cell in code_of(FOLDER / name) if "exercise" not in cell.metadata.get("tags", [])]
    functions = [[node for node in ast.parse(cell).body if isinstance(node, ast.FunctionDef)] for cell in cells]
    return [compile(ast.Module(each, []), "lesson", "exec") for each in functions if each]


def hand_in(name: str, code: str) -> check.reply.Reply:
    """What the check says if a learner runs this code in the exercise's cell."""
    return eval(EXERCISES[name].check, after_cell(name, code))


def after_cell(name: str, code: str) -> dict:
    """The reader's names once their code has run in the exercise's cell."""
    namespace = lesson_functions(EXERCISES[name].notebook) | {"check": check}
    exec(compile(code, "cell", "exec"), namespace)
    return namespace
