"""What learners hand in: how the exercises of a section stand, and the slips that they were told of. Nothing else.

A file is written when a learner asks for it, and never over another one.
"""

import json
import re
import textwrap
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from .reply import MARKS, NOTHING_CHECKED, Progress

PATTERN = "*results_*.json"  # what collects files, such as Moodle, likes to put something in front
LARGEST = 100_000  # bytes: no file of ours comes near it


class Unreadable(Exception):
    """Says in a sentence why a file can't be read as a learner's results."""


@dataclass(frozen=True)
class Standing:
    """How one exercise stands."""

    title: str
    state: str
    slips: list[str]


@dataclass(frozen=True)
class Results:
    """What one learner hands in about one section; exercises: {number: standing}."""

    learner: str
    section: str
    exercises: dict[str, Standing]


@dataclass(frozen=True)
class Written:
    """What the learner reads when the file is there."""

    path: Path
    progress: Progress

    def __repr__(self):
        said = (
            f"{self.path} is for you to hand in. Open it, if you like: it holds your name, this list, and the slips "
            "that the checks have named to you, nothing else."
        )
        return f"{textwrap.fill(said, 100)}\n\n{self.progress!r}"


@dataclass(frozen=True)
class NotWritten:
    """What the learner reads where there is nothing to hand in yet."""

    def __repr__(self):
        return textwrap.fill(f"No file is written. {NOTHING_CHECKED}", 100)


def write(section, learner, folder=Path()):
    """Write how the exercises of a Section stand now. A file that is there already stays as it is.

    Nothing is written where nothing has been checked: a new kernel knows of no exercise that was right in the last.
    Raises ValueError if `learner` is no name.
    """
    name = _name(learner)
    progress = section.so_far()
    if progress.nothing_checked:
        return NotWritten()
    standings = {each.number: Standing(each.title, each.state, list(each.told)) for each in section.exercises}
    content = json.dumps(asdict(Results(name, section.name, standings)), indent=2, ensure_ascii=False) + "\n"
    return Written(_put(content, folder, _stem(section.name, name)), progress)


def _name(learner):
    name = _clean(learner) if isinstance(learner, str) else ""
    if not re.search(r"\w", name):
        raise ValueError(f'name must be your own in quotation marks, such as "Ada Lovelace"; got {learner!r}.')
    return name[:50]  # with the rest of its name, a file's may have 255 bytes


def _stem(section, name):
    return re.sub(r"[\W_]+", "_", f"results_{section}_{name}").strip("_")


def _put(content, folder, stem):
    """The path of a new file with this content, or of an earlier one that says just the same."""
    for number in count(1):
        path = Path(folder, f"{stem}.json" if number == 1 else f"{stem}_{number}.json")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            if path.is_dir() or path.read_text(encoding="utf-8", errors="replace") != content:
                continue
        return path


def read(path):
    """The Results in a file. Raises Unreadable for any other file: what is handed in may be anything."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise Unreadable(f"{path} is no file, or too large a one, to be a learner's results.")
        given = json.loads(path.read_text(encoding="utf-8"))
        exercises = {_number(number): _standing(**each) for number, each in given["exercises"].items()}
        return Results(_name(given["learner"]), _clean(given["section"]), exercises)
    except OSError as fault:
        raise Unreadable(f"{path} can't be read: {fault.strerror}.") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unreadable(f"{path} is not what check.write_results writes: ask its learner for it once more.") from None


def _number(number):
    if not re.fullmatch(r"\d\.\d", number, re.ASCII):
        raise ValueError(number)
    return number


def _standing(title, state, slips):
    if state not in MARKS or not isinstance(slips, list):
        raise ValueError(state, slips)
    return Standing(_clean(title), state, [_clean(slip)[:300] for slip in slips])


def _clean(text):
    """The text on one line, without what a terminal would take for a command."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
