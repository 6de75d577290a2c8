"""The learner's copy of the course. It is renewed where the learner has changed nothing, and never written over.

Three digests decide about each file: the learner's, that of the edition they were given last (kept in a record), and
that of the course's present edition. A record that is lost, damaged or too old only makes the lab more careful.

What is going to be given is on record too, before the first file is written: where that is broken off, the next start
knows both contents for the course's own.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from pathlib import Path
from typing import Any

from . import files

PATTERNS = ("*.ipynb", "*.md")
WHAT_IS_NEW = "CHANGELOG.md, in the course's folder, says what is new."
LARGEST_FILE = 50_000_000  # bytes: none of the course's comes near it, nor does its record
BEGUN = "begun"  # no file's name: those end as the patterns do


class Step(Enum):
    GIVE = auto()
    KEEP = auto()
    RENEW = auto()
    PUT_BESIDE = auto()


@dataclass
class Record:
    """Digests by the names of files: of what was given last, and of what was begun to be given since."""

    given: dict[str, str] = field(default_factory=dict)
    begun: dict[str, list[str]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        content: dict[str, Any] = dict(self.given)
        if self.begun:
            content[BEGUN] = self.begun
        files.write(path, json.dumps(content, indent=2).encode())


@dataclass(frozen=True)
class Copying:
    """A file of the copy that is to be written."""

    path: Path
    content: bytes
    digest: str


def files_of(edition: Path) -> list[Path]:
    """The notebooks and texts of an edition, not what its authors left in the folder's folders."""
    return sorted(file for pattern in PATTERNS for file in edition.glob(pattern) if file.is_file())


def hand_out(edition: Path, copy: Path, record: Path) -> list[str]:
    """Bring the copy up to date. Return what the learner should know: a sentence for each such file, and for an edition
    that is not the one they were given last.

    A file that the learner deleted or renamed comes back; one that the edition no longer has stays.

    Raises OSError with the name of the file that could not be read or written; each file is then either as it was or
    as it should be, and the next call does the rest.
    """
    files.make_folder(copy)
    files.tidy(copy)
    before = _read(record)
    plan = _Plan(copy, before)
    for file in files_of(edition):
        plan.add(file)
    if plan.copying:
        Record(before.given, plan.begun()).write(record)
    for each in plan.copying.values():
        files.write(each.path, each.content)
    if plan.given != before.given or before.begun or plan.copying:
        Record(plan.given).write(record)
    if before.given and plan.given != before.given:
        plan.sentences.append(WHAT_IS_NEW)
    return plan.sentences


def decide(learners: str | None, given: str | None, new: str, begun: Collection[str] = ()) -> Step:
    """What to do about a file, by the digests of the learner's (None if it is not there), of the one they were given
    last (None if it is not on record), of the new one, and of those that were begun to be given.
    """
    if learners is None:
        return Step.GIVE
    if learners == new:
        return Step.KEEP
    if learners in begun:
        return Step.RENEW
    if new == given:
        return Step.KEEP
    if learners == given:
        return Step.RENEW
    return Step.PUT_BESIDE


class _Plan:
    """What is to be written into the copy, and what will be on record then."""

    def __init__(self, copy: Path, record: Record):
        self._copy = copy
        self._record = record
        self.given = dict(record.given)
        self.copying: dict[str, Copying] = {}
        self.sentences: list[str] = []

    def begun(self) -> dict[str, list[str]]:
        """What may be in the copy once the first file has been written."""
        names = {**self._record.begun, **self.copying}
        begun = {name: list(self._record.begun.get(name, [])) for name in names}
        for name, each in self.copying.items():
            begun[name].append(each.digest)
        return begun

    def add(self, file: Path) -> None:
        """Give one file of the edition, under its own name or, if that is taken, beside it."""
        content = files.read(file.resolve(), LARGEST_FILE)
        new = _digest(file.name, content)
        for name in _names(file):
            on_record = name in self.given
            step = decide(self._digest_of(name), self.given.get(name), new, self._record.begun.get(name, ()))
            if step in (Step.GIVE, Step.RENEW):
                self.copying[name] = Copying(self._copy / name, content, new)
            self.given[name] = new
            if step != Step.PUT_BESIDE:
                break

        if name != file.name:
            self.sentences.append(
                f"{file.name} stays as you left it: the course's new edition of it is beside it, {name}."
            )
        elif step == Step.RENEW:
            self.sentences.append(
                f"{name} is renewed: the course has a new edition of it, and you had changed nothing in it."
            )
        elif step == Step.GIVE and on_record:
            self.sentences.append(f"{name} was gone: it is there again, as the course has it.")

    def _digest_of(self, name: str) -> str | None:
        if name in self.copying:
            return self.copying[name].digest
        return digest(self._copy / name)


def _names(file: Path) -> Iterator[str]:
    """Its own name, then those under which it may stand beside the learner's."""
    yield file.name
    yield f"{file.stem}_new_edition{file.suffix}"
    for number in count(2):
        yield f"{file.stem}_new_edition_{number}{file.suffix}"


def digest(path: Path) -> str | None:
    """What decides whether two files say the same: a notebook's cells without what they show, else every byte. What is
    no file of the course's for certain has a digest of its own: a folder, a link, a file that is too large.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    try:
        return _digest(path.name, files.read(path, LARGEST_FILE))
    except OSError as fault:
        return f"cannot be read: {fault.strerror}"


def _digest(name: str, content: bytes) -> str:
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(content)["cells"]
            content = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in cells]).encode()
        except (ValueError, LookupError, TypeError, RecursionError):
            pass  # no notebook, or no longer one: every byte counts
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> Record:
    """The record; an empty one in place of a damaged one."""
    try:
        content = json.loads(files.read(path, LARGEST_FILE))
        begun = content.pop(BEGUN, {})
        return Record(
            {name: given for name, given in content.items() if isinstance(given, str)},
            {name: [str(digest) for digest in digests] for name, digests in begun.items()},
        )
    except (FileNotFoundError, ValueError, TypeError, AttributeError, RecursionError):
        return Record()
