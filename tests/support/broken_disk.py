"""A disk that fills, or a process that is killed, at any moment that is asked for."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from itertools import count
from pathlib import Path

import pytest

from helpers.lab import files

NEED_ROOM = ("open", "mkdir", "fsync")
CHANGE_SOMETHING = (*NEED_ROOM, "replace", "chown", "utime", "chmod", "unlink")


class Moments:
    """Counts what is asked of the system; from the `last` one on, it goes as `end` says."""

    def __init__(self, last: int, end: Callable[[], None]):
        self.left, self._end = last, end

    def pass_one(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self._end()


def no_room() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def broken(names: tuple[str, ...], last: int, end: Callable[[], None]) -> Iterator[Moments]:
    """Let it end before the call with this number of those with these names, or in the middle of a write in place."""
    moments = Moments(last, end)

    class BrokenFile(FileIO):
        def write(self, content) -> int:
            if self.tell() + len(content) > os.fstat(self.fileno()).st_size or end is not no_room:
                moments.pass_one()
            return super().write(content[: len(content) // 2 or 1])

    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            call = getattr(os, name)

            def broken_call(*arguments, call=call, **options):
                moments.pass_one()
                return call(*arguments, **options)

            patch.setattr(os, name, broken_call)
        patch.setattr(files, "FileIO", BrokenFile)
        yield moments


def killed_at_every_moment(work: Callable[[], None], before: Callable[[], None]) -> Iterator[int]:
    """Do the work in a process of its own that is killed at the first moment, at the second, ... until it is done."""
    for number in count(1):
        before()
        child = os.fork()
        if not child:
            with broken(CHANGE_SOMETHING, number, lambda: os._exit(1)):
                work()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        yield number
        if os.waitstatus_to_exitcode(status) == 0:
            return


def leftovers(folder: Path) -> list[str]:
    """The names of what an unfinished write has left there."""
    return [path.name for path in folder.rglob("*") if files.OURS.fullmatch(path.name)]
