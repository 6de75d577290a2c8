"""Files that are written whole or not at all, each by the one writer, and read only if they are files.

A new content is first written beside the file, as `.unfinished-` and 32 digits, and then takes the file's place. A file
that has other names too (hard links), or whose owner could not be kept, has to be filled itself: then the new content
stays beside it until that is done, as `.complete-` and 32 digits, and whoever comes next finishes what was broken off.
"""

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import IO

from . import locks

UNFINISHED, COMPLETE = ".unfinished-", ".complete-"
DIGITS = 32
OURS = re.compile(rf"({re.escape(UNFINISHED)}|{re.escape(COMPLETE)})[0-9a-f]{{{DIGITS}}}")


def write(path: Path, content: bytes) -> None:
    """Write all of the file, or leave what was there: see `writing`."""
    with writing(path) as file:
        file.write(content)


def write_unless_there(path: Path, content: bytes) -> None:
    """Write the file if it says something else, or nothing: what is there already needs no room on a full disk."""
    check(path)
    if not (path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content):
        write(path, content)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A new file to write to. All of it becomes the content of `path`, which keeps its rights, owner and hard links.

    Or else `path` stays as it was, with an OSError that names it: also if anything but a file is there, such as a link.
    """
    make_folder(path.parent)
    with _naming(path):
        finish(path)
        before = _file_at(path)
        unfinished = path.with_name(UNFINISHED + secrets.token_hex(DIGITS // 2))
        try:
            with _new(unfinished, before) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if before is None or (before.st_nlink == 1 and _becomes_like(unfinished, path, before)):
                os.replace(unfinished, path)
            else:
                _fill_with(unfinished, path, before)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def copy(original: Path, path: Path) -> None:
    """Write all of the file's content to `path`, or leave what was there: see `writing`."""
    check(original)
    with original.open("rb") as content, writing(path) as file:
        shutil.copyfileobj(content, file)


def finish(path: Path) -> None:
    """Do the rest for a file that a `write` was filling when it was broken off."""
    with suppress(FileNotFoundError):
        complete = _complete(path, path.lstat())
        if complete.is_file():
            with _naming(path), FileIO(path, "r+") as file:
                _fill(file, complete.read_bytes())
                os.fsync(file.fileno())
            complete.unlink()


def tidy(folder: Path) -> None:
    """Finish what a `write` that was killed had all of, and remove what it had a part of."""
    try:
        names = {entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)}
    except FileNotFoundError:
        return
    ours = set(filter(OURS.fullmatch, names))
    if any(name.startswith(COMPLETE) for name in ours):
        for name in names - ours:
            finish(folder / name)
    for name in ours:
        if name.startswith(UNFINISHED):
            _remove_if_abandoned(folder / name)


def read(path: Path, at_most: int) -> bytes:
    """All of a file. Raises OSError if it has more bytes, or is none: a folder, a link, or a pipe, which never ends."""
    with _naming(path):
        found = _file_at(path)
        if found and found.st_size > at_most:
            raise OSError(errno.EINVAL, "it is too large")
        return path.read_bytes()


def check(path: Path) -> None:
    """Raises OSError if anything but a file is there, such as a pipe, which would keep waiting who opens it."""
    with _naming(path):
        _file_at(path)


def make_folder(path: Path) -> None:
    """Make the folder, and those that are missing on the way to it, for their owner alone."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an OSError name the file that was meant."""
    try:
        yield
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from None


def _file_at(path: Path) -> os.stat_result | None:
    """What the system knows of the file; None if nothing is there. Raises OSError for anything but a file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(found.st_mode):
        return found
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, "it is a link")
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, "it is not a file")


def _new(path: Path, before: os.stat_result | None) -> IO[bytes]:
    """A new file to write to, which this process holds; nobody else may read it if it takes the place of another."""
    rights = 0o644
    if before:
        rights = 0o600
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), rights), "wb")
    locks.hold(file)
    return file


def _becomes_like(path: Path, other: Path, wanted: os.stat_result) -> bool:
    """Give the file the owner and the rights of the other; whether it could be had."""
    try:
        made = path.stat()
        if (made.st_uid, made.st_gid) != (wanted.st_uid, wanted.st_gid):
            os.chown(path, wanted.st_uid, wanted.st_gid)
        shutil.copystat(other, path)
        os.utime(path)
    except PermissionError:
        return False
    return True


def _complete(path: Path, found: os.stat_result) -> Path:
    """Where the new content for this very file is while the file is filled with it."""
    digest = hashlib.sha256(f"{found.st_ino} ".encode() + os.fsencode(path.name)).hexdigest()
    return path.with_name(COMPLETE + digest[:DIGITS])


def _fill_with(unfinished: Path, path: Path, found: os.stat_result) -> None:
    """Let the file hold the other's content; or, with an OSError, what it held."""
    complete = _complete(path, found)
    with FileIO(path, "r+") as file:
        before = file.readall()
        os.replace(unfinished, complete)
        try:
            _fill(file, complete.read_bytes())
            os.fsync(file.fileno())
        except OSError:
            _fill(file, before)  # and if that fails too, `complete` stays for `finish`
            complete.unlink()
            raise
    complete.unlink()


def _fill(file: FileIO, content: bytes) -> None:
    """Let the file hold the content. What makes it longer comes first: there a full disk is noticed."""
    _put(file, content, os.fstat(file.fileno()).st_size)
    _put(file, content, 0)
    file.truncate(len(content))


def _put(file: FileIO, content: bytes, start: int) -> None:
    file.seek(start)
    rest = memoryview(content)[start:]
    while rest:
        rest = rest[file.write(rest) :]


def _remove_if_abandoned(unfinished: Path) -> None:
    with suppress(FileNotFoundError), unfinished.open("rb") as file:
        if locks.hold(file):
            unfinished.unlink()
