"""The one folder that is served, at its own path under `root_dir`, so that one still sees where it is."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any

from jupyter_server.services.contents.fileio import AsyncFileManagerMixin
from tornado.web import HTTPError
from traitlets import Unicode

from . import files


class OutsideTheCourse(HTTPError, OSError):
    """404 for who asks; and with ELOOP, a listing leaves it out."""

    def __init__(self, path: str):
        super().__init__(404, f"{path} is not in the folder of the course")
        self.errno = errno.ELOOP


class OneFolder(AsyncFileManagerMixin):
    """Jupyter's way to files: to those in the folder, not to what links lead to outside; saved whole or not at all."""

    folder = Unicode(config=True, help="The folder that is served, as a path from root_dir.")

    def _get_os_path(self, path: str) -> str:
        os_path = super()._get_os_path(path)
        real, served = Path(os.path.realpath(os_path)), Path(os.path.realpath(self._served))
        if not (real.is_relative_to(served) or self._leads_there(os_path)):
            raise OutsideTheCourse(path)
        return os_path

    @contextmanager
    def atomic_writing(self, os_path: str, text: bool = True, encoding: str = "utf-8") -> Iterator[IO]:
        """Jupyter's own empties the file and then fills it: a lab that is killed in between leaves half of it."""
        content = BytesIO()
        file: IO = content
        if text:
            file = TextIOWrapper(content, encoding, newline="", write_through=True)
        yield file
        with self.perm_to_403(os_path):
            files.write(Path(os_path).resolve(), content.getvalue())

    async def _read_file(self, os_path: str, format: str | None, raw: bool = False) -> Any:  # type: ignore[override]
        with self.perm_to_403(os_path):
            files.finish(Path(os_path).resolve())
        return await super()._read_file(os_path, format, raw)

    async def _copy(self, src: str, dest: str) -> None:
        try:
            with self.perm_to_403(dest):
                files.copy(Path(src).resolve(), Path(dest).resolve())
        except OSError as fault:
            raise HTTPError(500, f"{os.path.basename(dest)} cannot be written: {fault.strerror}") from None

    @property
    def _served(self) -> Path:
        return Path(self.root_dir, self.folder)  # type: ignore[attr-defined]

    def _leads_there(self, os_path: str) -> bool:
        """Whether it is the folder itself or one on the way to it."""
        return self._served.is_relative_to(os.path.abspath(os_path))
