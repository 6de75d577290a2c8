"""The lab's own files: what JupyterLab would otherwise keep in the user's home."""

import json
import os
import site
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

from . import access, files, workspace

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},  # room for the whole names
}


class Held(Exception):
    """Another lab is open on the same folder."""


def claim(state: Path) -> IO[str]:
    """Make the state folder, for its owner's eyes only, and hold it until the file that is returned is closed.

    Raises Held if another lab holds it. Where the system or the disk knows no locks, nobody is turned away.
    """
    make(state)
    lock = address(state).open("a", encoding="utf-8")
    if fcntl:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            where = address(state).read_text(encoding="utf-8") or "an address that its terminal will show in a moment"
            raise Held(f"the course is already open at {where}: use it there, or stop it there with Ctrl-C") from None
        except OSError:
            pass
    lock.truncate(0)
    return lock


def make(state: Path) -> None:
    """Make the state folder, for its owner's eyes only."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o700)


def prepare(state: Path, folder: str, reset_layout: bool) -> None:
    """Write the settings and the layout; a whole layout that is already there is the learner's, and stays unless `reset_layout`."""
    _write_json(state / "config/labconfig/default_setting_overrides.json", SETTINGS)
    layout = workspaces(state) / workspace.file_name()
    if reset_layout or not _is_json(layout):
        _write_json(layout, workspace.layout(folder))


def take_over_environment(state: Path, kept: str | None = None) -> None:
    """Let this process, and the kernels that it starts, find Jupyter's files in the state folder and nowhere else.

    kept: how the names begin of those of Jupyter's variables that stay.
    """
    own = {name: value for name, value in os.environ.items() if kept and name.startswith(kept)}
    variables = environment(state, dict(os.environ)) | own
    os.environ.clear()
    os.environ.update(variables)
    site.ENABLE_USER_SITE = False  # outside a virtual environment, Jupyter would also look into ~/.local


def environment(state: Path, inherited: dict[str, str]) -> dict[str, str]:
    """The variables to run JupyterLab and its kernels with: neither the password nor anything of Jupyter's is left."""
    kept = {
        name: value for name, value in inherited.items() if not name.startswith("JUPYTER") and name != access.VARIABLE
    }
    return kept | {
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_DATA_DIR": str(state / "data"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "IPYTHONDIR": str(ipython(state)),
    }


def ipython(state: Path) -> Path:
    """IPython's folder, in which kernels look for their settings."""
    return state / "ipython"


def record(state: Path) -> Path:
    """Where it is kept which editions the learner was given."""
    return state / "given.json"


def address(state: Path) -> Path:
    """The file that holds the address of the lab that holds the folder."""
    return state / "address"


def cookie_secret(state: Path) -> Path:
    """The file that holds the secret behind the login cookies."""
    return state / "cookie-secret"


def workspaces(state: Path) -> Path:
    return state / "workspaces"


def user_settings(state: Path) -> Path:
    return state / "user-settings"


def _is_json(path: Path) -> bool:
    with suppress(FileNotFoundError, ValueError):
        json.loads(path.read_bytes())
        return True
    return False


def _write_json(path: Path, content: dict) -> None:
    files.write(path, json.dumps(content, indent=2).encode())
