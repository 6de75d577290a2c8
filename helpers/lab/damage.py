"""What JupyterLab would stumble over, or wait at for ever, among the lab's own files. It is set aside, not deleted, and
JupyterLab begins anew there.
"""

import json
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import json5

from ..printing import printable
from . import files

FOLDERS = ("config", "data", "ipython", "runtime", "user-settings", "workspaces")
READ_WITH: dict[str, Callable[[str], object]] = {  # what JupyterLab reads the files with, by how their names end
    ".json": json.loads,
    ".jupyterlab-workspace": json.loads,
    ".jupyterlab-settings": json5.loads,
}
LARGEST_FILE = 10_000_000  # bytes: a layout has some thousands


def set_aside(state: Path) -> list[str]:
    """Give what is damaged in the state folder another name. Return a sentence for each."""
    return [_set_aside(path) for folder in FOLDERS for path in _damaged(state / folder)]


def _damaged(folder: Path) -> Iterator[Path]:
    if os.path.lexists(folder) and not folder.is_dir():
        yield folder
    for parent, folders, names in os.walk(folder):
        for path in (Path(parent, name) for name in [*folders, *names]):
            if path.suffix in READ_WITH and not _can_be_read(path):
                yield path


def _can_be_read(path: Path) -> bool:
    try:
        text = files.read(path.resolve(), LARGEST_FILE).decode()
        READ_WITH[path.suffix](text or "{}")  # an empty file says nothing, to JupyterLab too
    except (OSError, ValueError, RecursionError, RuntimeError):  # RuntimeError: a link to itself
        return False
    return True


def _set_aside(path: Path) -> str:
    for number in count(1):
        aside = path.with_name(f"{path.name}.damaged-{number}")
        if not os.path.lexists(aside):
            break
    path.rename(aside)
    return f"{printable(str(path))} is damaged: it is {printable(aside.name)} now, and JupyterLab begins anew there."
