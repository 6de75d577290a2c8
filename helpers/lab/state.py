"""The lab's own files: what JupyterLab would otherwise keep in the user's home."""

import json
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ..printing import printable
from . import files, locks, workspace

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},  # room for the whole names
}
LARGEST_FILE = 10_000_000  # bytes: a layout has some thousands
LONGEST_ADDRESS = 1000  # bytes
SIGNING_KEY_BYTES = 1024


class AlreadyOpen(Exception):
    """Another lab is open on the same folder: where, in a sentence."""


def claim(state: Path) -> IO[str]:
    """Make the state folder and hold it until the file that is returned is closed.

    Raises AlreadyOpen if another lab holds it. Where the system or the disk knows no locks, nobody is turned away.
    """
    make_folder(state)
    address = url_file(state)
    files.check(address)
    lock = address.open("a", encoding="utf-8")
    if not locks.hold(lock):
        lock.close()
        url = _address(state)
        raise AlreadyOpen(f"the course is already open at {url}: use it there, or stop it there with Ctrl-C")
    lock.truncate(0)
    return lock


def note_address(state: Path, url: str) -> None:
    """Note, for a lab that is started later, where the one is that holds the folder.

    Not by the safe writer, which would make another file of it: this one is the lock. On a full disk nothing is noted.
    """
    with suppress(OSError):
        url_file(state).write_text(url, encoding="utf-8")


def make_folder(state: Path) -> None:
    """Make the state folder, for its owner's eyes only."""
    files.make_folder(state)
    state.chmod(0o700)


def prepare(state: Path, folder: str, reset_layout: bool) -> None:
    """Write the settings, the layout and the key that notebooks are signed with. A layout that is there and whole is
    the learner's: it stays, unless it is to be reset.
    """
    settings = state / "config/labconfig/default_setting_overrides.json"
    signing_key = state / "data/notebook_secret"
    files.tidy(state)
    layout = workspaces_folder(state) / workspace.file_name()
    for path in (settings, layout, signing_key):
        files.make_folder(path.parent)
        files.tidy(path.parent)
    _write_json(settings, SETTINGS)
    if reset_layout or not workspace.is_layout(_read_json(layout)):
        _write_json(layout, workspace.layout(folder))
    _make_signing_key(signing_key)


def url_file(state: Path) -> Path:
    """Holds the URL of the lab that holds the folder."""
    return state / "address"


def editions_file(state: Path) -> Path:
    """Holds the record of which editions the learner was given."""
    return state / "given.json"


def cookie_secret_file(state: Path) -> Path:
    return state / "cookie-secret"


def daily_password_file(state: Path) -> Path:
    return state / "password-of-the-day"


def workspaces_folder(state: Path) -> Path:
    return state / "workspaces"


def user_settings_folder(state: Path) -> Path:
    return state / "user-settings"


def ipython_folder(state: Path) -> Path:
    """Where kernels look for their settings."""
    return state / "ipython"


def _address(state: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        address = files.read(url_file(state), LONGEST_ADDRESS).decode()
        if address:
            return printable(address)
    return "an address that its terminal will show in a moment"


def _make_signing_key(path: Path) -> None:
    """Jupyter would make it too, but on a full disk an empty one."""
    with suppress(FileNotFoundError):
        if len(files.read(path, LARGEST_FILE)) >= SIGNING_KEY_BYTES:
            return
    files.write(path, secrets.token_bytes(SIGNING_KEY_BYTES))
    path.chmod(0o600)


def _read_json(path: Path) -> Any:
    """What the file says; None if it is not there or damaged."""
    with suppress(FileNotFoundError, ValueError, RecursionError):
        return json.loads(files.read(path, LARGEST_FILE))
    return None


def _write_json(path: Path, content: dict) -> None:
    files.write_unless_there(path, json.dumps(content, indent=2).encode())
