"""What the file browser shows, the one folder and nothing that links lead to; and how it saves."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

from jupyter_server.files.handlers import FilesHandler
from tornado.web import HTTPError
from traitlets import Unicode

from . import files
from .views import LiveViews


class OutsideTheCourse(HTTPError, OSError):
    """404 for who asks; and with ELOOP, a listing leaves it out."""

    def __init__(self, path: str):
        super().__init__(404, f"{path} is not in the folder of the course")
        self.errno = errno.ELOOP


class CourseContents(LiveViews):
    """The files in `folder`, at its own path under `root_dir`, so that one still sees where it is."""

    folder = Unicode(config=True, help="The folder that is served, as a path from root_dir.")

    def _files_handler_class_default(self) -> type:
        return FilesHandler  # the one that asks the contents manager, not the disk

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

    async def delete_file(self, path: str) -> None:
        if self._leads_there(self._get_os_path(path)):
            raise HTTPError(403, f"{path} holds the course: it has to stay")
        await super().delete_file(path)

    @property
    def _served(self) -> Path:
        return Path(self.root_dir, self.folder)

    def _leads_there(self, os_path: str) -> bool:
        """Whether it is the folder itself or one on the way to it."""
        return self._served.is_relative_to(os.path.abspath(os_path))
