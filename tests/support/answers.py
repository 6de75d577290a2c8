"""What novices hand in, and what they should and should not be told: the files in tests/answers, one for each section.

## train                          the exercise
# delta the other way round       what the learner does; below it their code, or changes of the notebook's solution
pred - true --> true - pred       `\\n` in a change is a new line
✗ run away | step is added        the reply's mark, and what it says
not: weight - alpha               what it doesn't say
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.exercises import EXERCISES

FOLDER = Path(__file__).resolve().parents[1] / "answers"
STATES = {"✓": "right", "○": "not started", "◐": "unfinished", "✗": "wrong"}


@dataclass(frozen=True)
class Answer:
    exercise: str
    title: str
    code: str
    state: str
    says: tuple[str, ...]
    says_not: tuple[str, ...]


def answers_in(path: Path) -> list[Answer]:
    found = []
    for part in path.read_text(encoding="utf-8").removeprefix("## ").split("\n## "):
        name, *blocks = part.strip().split("\n\n")
        found += [_answer(name, block) for block in blocks]
    return found


def _answer(name: str, block: str) -> Answer:
    title, *lines = block.split("\n")
    says_not = ()
    if lines[-1].startswith("not: "):
        says_not = tuple(lines.pop().removeprefix("not: ").split(" | "))
    mark, _, says = lines.pop().partition(" ")
    return Answer(name, title.removeprefix("# "), _code(name, lines), STATES[mark], tuple(says.split(" | ")), says_not)


def _code(name: str, lines: list[str]) -> str:
    if not all("-->" in line for line in lines):
        return "\n".join(lines)
    code = EXERCISES[name].solution
    for line in lines:
        old, new = re.split(r" --> ?", line.replace("\\n", "\n"), maxsplit=1)
        assert code.count(old) == 1, f"{old!r} should be there once in\n{code}"
        code = code.replace(old, new)
    return code


ANSWERS = [answer for path in sorted(FOLDER.glob("*.txt")) for answer in answers_in(path)]
