"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path

UNFINISHED = ".unfinished-"


def write(path: Path, content: bytes) -> None:
    """Write all of the file, with the rights it had; or, with an OSError that names it, leave what was there."""
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, unfinished)
        os.replace(unfinished, path)
    except BaseException as fault:
        unfinished.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise OSError(fault.errno, fault.strerror, str(path)) from None
        raise


def remove_unfinished(folder: Path) -> None:
    """Remove what a `write` that was killed left half-done."""
    for unfinished in folder.glob(f"{UNFINISHED}*"):
        unfinished.unlink()
