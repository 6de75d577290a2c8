"""Large files, which JupyterLab sends in pieces: they are put in their place once the last piece is there."""

import shutil
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from . import files

FIRST, LAST = 1, -1  # so JupyterLab numbers the pieces: 1, 2, 3, ... and the last one -1
SECONDS_BETWEEN_PIECES = 3600  # then whoever sent them will send no more


class OutOfOrder(Exception):
    """A piece that is not the next one, as after a restart of the lab."""


class Uploads:
    """Those that are under way. What is there of them has no name on the disk, and goes with the process."""

    def __init__(self) -> None:
        self._under_way: dict[Path, _Upload] = {}

    def add(self, path: Path, number: int, piece: bytes) -> None:
        """Keep a piece; the last one completes the file. With an OSError the whole upload is given up, and the file
        stays as it was.
        """
        if number == FIRST:
            self._begin(path)
        upload = self._under_way.get(path)
        if not upload or number not in (upload.next, LAST):
            raise OutOfOrder
        try:
            upload.add(piece)
            if number == LAST:
                upload.write(path)
        except OSError:
            self._end(path)
            raise
        if number == LAST:
            self._end(path)

    def _begin(self, path: Path) -> None:
        for other, upload in list(self._under_way.items()):
            if other == path or upload.seconds_since_last_piece() > SECONDS_BETWEEN_PIECES:
                self._end(other)
        self._under_way[path] = _Upload(path.parent)

    def _end(self, path: Path) -> None:
        self._under_way.pop(path).close()


class _Upload:
    """The pieces of one file."""

    def __init__(self, folder: Path):
        self._pieces: IO[bytes] = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # until it is closed
        self.next = FIRST
        self._time = time.monotonic()

    def add(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[self._pieces.write(rest) :]
        self.next += 1
        self._time = time.monotonic()

    def write(self, path: Path) -> None:
        self._pieces.seek(0)
        with files.writing(path) as file:
            shutil.copyfileobj(self._pieces, file)

    def seconds_since_last_piece(self) -> float:
        return time.monotonic() - self._time

    def close(self) -> None:
        self._pieces.close()
