"""Checkpoints of notebooks, to which a learner can revert: each beside its file, and in no other place."""

import hashlib
import os
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from traitlets import default

from . import files
from .one_folder import OneFolder, OutsideTheCourse

LONGEST_NAME = 255  # bytes


class CourseCheckpoints(OneFolder, AsyncFileCheckpoints):
    """Jupyter's checkpoints, made and restored whole or not at all, inside the folder and through no link."""

    @default("folder")
    def _folder_default(self) -> str:
        return self.parent.folder  # type: ignore[union-attr]

    def checkpoint_path(self, checkpoint_id: str, path: str) -> str:
        folder, _, name = path.strip("/").rpartition("/")
        stem, suffix = os.path.splitext(name)
        name = f"{stem}-{checkpoint_id}{suffix}"
        if len(os.fsencode(name)) > LONGEST_NAME:
            name = hashlib.sha256(os.fsencode(name)).hexdigest()
        os_path = self._get_os_path(f"{folder}/{self.checkpoint_dir}/{name}")
        if os.path.islink(os_path) or os.path.islink(os.path.dirname(os_path)):
            raise OutsideTheCourse(path)
        return os_path

    async def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        try:
            return await super().list_checkpoints(path)
        except OutsideTheCourse:
            return []

    async def restore_checkpoint(self, contents_mgr: Any, checkpoint_id: str, path: str) -> None:
        if not os.path.isfile(self.checkpoint_path(checkpoint_id, path)):
            self.no_such_checkpoint(path, checkpoint_id)
        await super().restore_checkpoint(contents_mgr, checkpoint_id, path)

    async def rename_checkpoint(self, checkpoint_id: str, old_path: str, new_path: str) -> None:
        """The file itself has its new name by now: a checkpoint that can't follow stays behind."""
        old, new = (Path(self.checkpoint_path(checkpoint_id, path)) for path in (old_path, new_path))
        try:
            files.make_folder(new.parent)
            os.replace(old, new)
        except OSError as fault:
            self.log.warning("The checkpoint of %s stays behind: %s", old_path, fault)
