"""The learner's copy of the course. It is renewed where the learner has changed nothing, and never written over.

Three digests decide about each file: the learner's, that of the edition they were given last (kept in a record), and
that of the course's present edition. A record that is lost, damaged or too old only makes the lab more careful.
"""

import hashlib
import json
from collections.abc import Iterator
from enum import Enum, auto
from itertools import count
from pathlib import Path

from . import files

PATTERNS = ("*.ipynb", "*.md")
WHAT_IS_NEW = "CHANGELOG.md, in the course's folder, says what is new."


class Step(Enum):
    GIVE = auto()
    KEEP = auto()
    RENEW = auto()
    PUT_BESIDE = auto()


def hand_out(edition: Path, copy: Path, record: Path) -> list[str]:
    """Bring the copy up to date. Return what the learner should know: a sentence for each such file, and for an edition
    that is not the one they were given last.

    Only the edition's own notebooks and texts are handed out, not what its authors left in the folder's folders. A
    file that the learner deleted or renamed comes back; one that the edition no longer has stays.

    Raises OSError with the name of the file that could not be read or written; each file is then either as it was or
    as it should be, and the next call does the rest.
    """
    files.remove_unfinished(copy)
    given = _read(record)
    before = dict(given)
    sentences: list[str] = []
    for file in sorted(file for pattern in PATTERNS for file in edition.glob(pattern)):
        sentences += _hand_out_file(file, copy, given)
    if given != before:
        files.write(record, json.dumps(given, indent=2).encode())
        if before:
            sentences.append(WHAT_IS_NEW)
    return sentences


def decide(learners: str | None, given: str | None, new: str) -> Step:
    """What to do about a file, by the digests of the learner's (None if it is not there), of the one they were given
    last (None if it is not on record), and of the new one.
    """
    if learners is None:
        return Step.GIVE
    if new in (learners, given):
        return Step.KEEP
    if learners == given:
        return Step.RENEW
    return Step.PUT_BESIDE


def _hand_out_file(file: Path, copy: Path, given: dict[str, str]) -> Iterator[str]:
    """Give one file of the edition, under its own name or, if that is taken, beside it."""
    content = file.read_bytes()
    new = _digest(file.name, content)
    for name in _names(file):
        path = copy / name
        step = decide(digest(path), given.get(name), new)
        if step in (Step.GIVE, Step.RENEW):
            files.write(path, content)
        on_record = name in given
        given[name] = new
        if step != Step.PUT_BESIDE:
            break

    if name != file.name:
        yield f"{file.name} stays as you left it: the course's new edition of it is beside it, {name}."
    elif step == Step.RENEW:
        yield f"{name} is renewed: the course has a new edition of it, and you had changed nothing in it."
    elif step == Step.GIVE and on_record:
        yield f"{name} was gone: it is there again, as the course has it."


def _names(file: Path) -> Iterator[str]:
    """Its own name, then those under which it may stand beside the learner's."""
    yield file.name
    yield f"{file.stem}_new_edition{file.suffix}"
    for number in count(2):
        yield f"{file.stem}_new_edition_{number}{file.suffix}"


def digest(path: Path) -> str | None:
    """What decides whether two files say the same: a notebook's cells without what they show, else every byte."""
    try:
        return _digest(path.name, path.read_bytes())
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        return "a folder"


def _digest(name: str, content: bytes) -> str:
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(content)["cells"]
            content = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in cells]).encode()
        except (ValueError, LookupError, TypeError):
            pass  # no notebook, or no longer one: every byte counts
    return hashlib.sha256(content).hexdigest()


def _read(record: Path) -> dict[str, str]:
    try:
        given = json.loads(record.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(given, dict):
        return {}
    return given
