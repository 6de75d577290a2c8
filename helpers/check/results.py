"""What learners hand in: how the exercises of a section stand, and the slips that they were told of. Nothing else.

A file is written when a learner asks for it, and never over another one.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..printing import printable
from .reply import MARKS, NOTHING_CHECKED, Progress, wrapped
from .section import Section

FILE_PATTERN = "*results_*.json"  # what collects files, such as Moodle, likes to put something in front
LARGEST_FILE = 100_000  # bytes: none of ours comes near it
LONGEST_NAME = 50  # letters: with the rest of its name, a file's may have 255 bytes
LONGEST_SLIP = 300  # letters


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

    def __repr__(self) -> str:
        what_it_is = wrapped(
            f"{self.path} is for you to hand in. Open it, if you like: it holds your name, this list, and the slips "
            "that the checks have named to you, nothing else."
        )
        return f"{what_it_is}\n\n{self.progress!r}"


@dataclass(frozen=True)
class NotWritten:
    """What the learner reads where there is nothing to hand in yet."""

    def __repr__(self) -> str:
        return wrapped(f"No file is written. {NOTHING_CHECKED}")


def write(section: Section, learner: str, folder: Path = Path()) -> Written | NotWritten:
    """Write how the exercises of a Section stand now. A file that is there already stays as it is.

    Nothing is written where nothing has been checked: a new kernel knows of no exercise that was right in the last.
    Raises ValueError if `learner` is no name.
    """
    name = _name(learner)
    progress = section.so_far()
    if progress.nothing_checked:
        return NotWritten()
    standings = {each.number: Standing(each.title, each.state, list(each.slips_met)) for each in section.exercises}
    content = json.dumps(asdict(Results(name, section.name, standings)), indent=2, ensure_ascii=False) + "\n"
    return Written(_write_new(content, folder, _stem(section.name, name)), progress)


def _name(learner: object) -> str:
    if not isinstance(learner, str) or not re.search(r"\w", _clean(learner)):
        raise ValueError(f'name must be your own in quotation marks, such as "Ada Lovelace"; got {learner!r}.')
    return _clean(learner)[:LONGEST_NAME]


def _stem(section: str, name: str) -> str:
    """What the name of the file begins with: letters, digits and single underscores."""
    return re.sub(r"[\W_]+", "_", f"results_{section}_{name}").strip("_")


def _write_new(content: str, folder: Path, stem: str) -> Path:
    """The path of a new file with this content, or of an earlier one that says just the same."""
    path, number = Path(folder, f"{stem}.json"), 1
    while not _is_written(content, path):
        number += 1
        path = Path(folder, f"{stem}_{number}.json")
    return path


def _is_written(content: str, path: Path) -> bool:
    """Write the content, unless there is a file already; whether the file holds it then."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(content)
    except FileExistsError:
        return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == content
    except OSError:  # a full disk
        path.unlink(missing_ok=True)
        raise
    return True


def read(path: Path) -> Results:
    """The Results in a file. Raises Unreadable for any other file: what is handed in may be anything."""
    shown = printable(str(path))
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"{shown} is no file, or too large a one, to be a learner's results.")
        content = json.loads(path.read_text(encoding="utf-8"))
        exercises = {_number(number): _standing(**each) for number, each in content["exercises"].items()}
        return Results(_name(content["learner"]), _clean(content["section"]), exercises)
    except OSError as fault:
        raise Unreadable(f"{shown} can't be read: {fault.strerror}.") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unreadable(f"{shown} is not what check.write_results writes: ask its learner for it once more.") from None


def _number(number: str) -> str:
    if not re.fullmatch(r"\d\.\d", number, re.ASCII):
        raise ValueError(number)
    return number


def _standing(title: str, state: str, slips: Any) -> Standing:
    if state not in MARKS or not isinstance(slips, list):
        raise ValueError(state, slips)
    return Standing(_clean(title), state, [_clean(slip)[:LONGEST_SLIP] for slip in slips])


def _clean(text: str) -> str:
    """The text on one line, without what a terminal would take for a command."""
    spaces = {ord(letter): " " for letter in text if not letter.isprintable()}
    return " ".join(text.translate(spaces).split())
