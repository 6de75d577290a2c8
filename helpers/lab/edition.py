"""The learner's copy of the course. It is renewed where the learner has changed nothing, and never written over.

Three digests decide about each file: the learner's, that of the edition they were given last (kept in a record), and
that of the course's present edition. A record that is lost, damaged or too old only makes the lab more careful.
"""

import hashlib
import json
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from . import files

PARTS = ("*.ipynb", "*.md")


class Step(Enum):
    GIVE = auto()
    KEEP = auto()
    RENEW = auto()
    PUT_BESIDE = auto()


def hand_out(edition: Path, copy: Path, record: Path) -> list[str]:
    """Bring the copy up to date. Return a sentence for each file about which the learner should know.

    Only the edition's own notebooks and texts are handed out, not what its authors left in the folder's folders. A
    file that the learner deleted or renamed comes back; one that the edition no longer has stays.

    Raises OSError with the name of the file that could not be read or written; each file is then either as it was or
    as it should be, and the next call does the rest.
    """
    files.sweep(copy)
    given = _read(record)
    before = dict(given)
    said = []
    for part in sorted(path for pattern in PARTS for path in edition.glob(pattern)):
        said += _bring(part, copy, given)
    if given != before:
        files.write(record, json.dumps(given, indent=2).encode())
    return said


def decide(now: str | None, given: str | None, new: str) -> Step:
    """What to do about a file whose digests these are; None for a file that is not there, or not on record."""
    if now is None:
        return Step.GIVE
    if new in (now, given):
        return Step.KEEP
    return Step.RENEW if now == given else Step.PUT_BESIDE


def _bring(part: Path, copy: Path, given: dict[str, str]) -> Iterator[str]:
    """Give one file of the edition, under its own name or, if that is taken, beside it."""
    content = part.read_bytes()
    new = _digest(part.name, content)
    for name in _names(part):
        path = copy / name
        step = decide(digest(path), given.get(name), new)
        if step in (Step.GIVE, Step.RENEW):
            files.write(path, content)
        known = name in given
        given[name] = new
        if step != Step.PUT_BESIDE:
            break

    if name != part.name:
        yield f"{part.name} stays as you left it: the course's new edition of it is beside it, {name}."
    elif step == Step.RENEW:
        yield f"{name} is renewed: the course has a new edition of it, and you had changed nothing in it."
    elif step == Step.GIVE and known:
        yield f"{name} was gone: it is there again, as the course has it."


def _names(part: Path) -> Iterator[str]:
    yield part.name
    yield f"{part.stem}_new_edition{part.suffix}"
    number = 2
    while True:
        yield f"{part.stem}_new_edition_{number}{part.suffix}"
        number += 1


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
    return given if isinstance(given, dict) else {}
