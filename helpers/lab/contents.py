"""What the file browser shows and does."""

import base64
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_server.files.handlers import FilesHandler
from tornado.web import HTTPError
from traitlets import default

from .checkpoints import CourseCheckpoints
from .one_folder import OneFolder
from .uploads import FIRST, LAST, OutOfOrder, Uploads
from .views import LiveViews


class NoCheckpoint(HTTPError):
    """Why there is none."""


class CourseContents(OneFolder, LiveViews):  # type: ignore[misc]  # as Jupyter's own do not fit each other
    """The files in `folder`; they are saved whole or not at all, and nothing leads out of it."""

    def __init__(self, **options: Any):
        super().__init__(**options)
        self._uploads = Uploads()

    def _files_handler_class_default(self) -> type:
        return FilesHandler  # the one that asks the contents manager, not the disk

    @default("checkpoints_class")
    def _checkpoints_class_default(self) -> type:
        return CourseCheckpoints

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        if model.get("chunk") is not None:
            return await self._save_piece(model, path.strip("/"))
        try:
            return await super().save(model, path)
        except NoCheckpoint as reason:  # a notebook's first checkpoint is made when it is saved, and it is saved by now
            self.log.warning("%s", reason)
            return await self.get(path, content=False)

    async def create_checkpoint(self, path: str) -> dict[str, Any]:
        try:
            return await super().create_checkpoint(path)
        except HTTPError as reason:
            raise NoCheckpoint(reason.status_code, f"No checkpoint of {path}: {reason.log_message}") from None
        except OSError as fault:
            raise NoCheckpoint(500, f"No checkpoint of {path}: {fault.strerror}") from None

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Jupyter notes when a notebook was seen last: where it can't, as on a full disk, the notebook opens all the
        same.
        """
        try:
            super().mark_trusted_cells(nb, path)
        except sqlite3.Error as fault:
            self.log.warning("%s opens as one that is not trusted: %s", path, fault)
            self.notary.mark_cells(nb, False)

    async def delete_file(self, path: str) -> None:
        if self._leads_there(self._get_os_path(path)):
            raise HTTPError(403, f"{path} holds the course: it has to stay")
        await super().delete_file(path)

    async def _save_piece(self, model: dict[str, Any], path: str) -> dict[str, Any]:
        """Take one piece of a file that is uploaded."""
        number, os_path = model["chunk"], self._get_os_path(path)
        if number == FIRST:
            self.run_pre_save_hooks(model=model, path=path)
        if model.get("type") != "file":
            raise HTTPError(400, "Only files can be uploaded in pieces")
        try:
            with self.perm_to_403(os_path):
                self._uploads.add(Path(os_path).resolve(), number, _bytes(model))
        except OutOfOrder:
            raise HTTPError(400, f"A piece of {path} is missing: upload it once more") from None
        except OSError as fault:
            raise HTTPError(500, f"{path} is not uploaded: {fault.strerror}") from None
        if number != LAST:
            return _model_of_unfinished(path)
        model = await self.get(path, content=False)
        self.run_post_save_hooks(model=model, os_path=os_path)
        self.emit(data={"action": "save", "path": path})
        return model

    async def _copy_dir(self, from_path: str, to_path_original: str, to_name: str, to_path: str) -> dict[str, Any]:
        """Jupyter's own copies what links lead to."""
        source, target = Path(self._get_os_path(from_path)), Path(self._get_os_path(to_path))
        if target.is_relative_to(source):
            raise HTTPError(400, f"{from_path} cannot be copied into itself")
        try:
            shutil.copytree(source, target, ignore=_neither_files_nor_folders)
        except OSError as fault:
            shutil.rmtree(target, ignore_errors=True)
            raise HTTPError(400, f"{from_path} cannot be copied: {fault}") from None
        return await self.get(to_path, content=False)


def _bytes(model: dict[str, Any]) -> bytes:
    content: Any = model.get("content")
    format = model.get("format")
    try:
        if format == "text":
            return content.encode()
        if format == "base64":
            return base64.b64decode(content)
    except (ValueError, TypeError, AttributeError):
        pass
    raise HTTPError(400, "The format of what is uploaded must be 'text' or 'base64', and its content fit to it")


def _model_of_unfinished(path: str) -> dict[str, Any]:
    """What Jupyter answers about a file, where it may not be there yet."""
    now = datetime.now(UTC)
    unknown = dict.fromkeys(("content", "format", "mimetype", "size", "hash", "hash_algorithm"))
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "type": "file",
        "created": now,
        "last_modified": now,
        "writable": True,
        **unknown,
    }


def _neither_files_nor_folders(folder: str, names: list[str]) -> set[str]:
    """Links, pipes and the like."""
    entries = [entry for entry in os.scandir(folder) if not entry.is_file(follow_symlinks=False)]
    return {entry.name for entry in entries if not entry.is_dir(follow_symlinks=False)}
