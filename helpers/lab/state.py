"""The lab's own files: what JupyterLab would otherwise keep in the user's home."""

import json
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from . import files, workspace

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},  # room for the whole names
}


class AlreadyOpen(Exception):
    """Another lab is open on the same folder: where, in a sentence."""


def claim(state: Path) -> IO[str]:
    """Make the state folder and hold it until the file that is returned is closed.

    Raises AlreadyOpen if another lab holds it. Where the system or the disk knows no locks, nobody is turned away.
    """
    make_folder(state)
    lock = url_file(state).open("a", encoding="utf-8")
    if fcntl:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            url = url_file(state).read_text(encoding="utf-8") or "an address that its terminal will show in a moment"
            raise AlreadyOpen(
                f"the course is already open at {url}: use it there, or stop it there with Ctrl-C"
            ) from None
        except OSError:
            pass
    lock.truncate(0)
    return lock


def make_folder(state: Path) -> None:
    """Make the state folder, for its owner's eyes only."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o700)


def prepare(state: Path, folder: str, reset_layout: bool) -> None:
    """Write the settings and the layout. A layout that is there and whole is the learner's: it stays, unless it is to
    be reset.
    """
    _write_json(state / "config/labconfig/default_setting_overrides.json", SETTINGS)
    layout = workspaces_folder(state) / workspace.file_name()
    if reset_layout or not _is_json(layout):
        _write_json(layout, workspace.layout(folder))


def url_file(state: Path) -> Path:
    """Holds the URL of the lab that holds the folder."""
    return state / "address"


def editions_file(state: Path) -> Path:
    """Holds the record of which editions the learner was given."""
    return state / "given.json"


def cookie_secret_file(state: Path) -> Path:
    return state / "cookie-secret"


def workspaces_folder(state: Path) -> Path:
    return state / "workspaces"


def user_settings_folder(state: Path) -> Path:
    return state / "user-settings"


def ipython_folder(state: Path) -> Path:
    """Where kernels look for their settings."""
    return state / "ipython"


def _is_json(path: Path) -> bool:
    with suppress(FileNotFoundError, ValueError):
        json.loads(path.read_bytes())
        return True
    return False


def _write_json(path: Path, content: dict) -> None:
    files.write(path, json.dumps(content, indent=2).encode())
