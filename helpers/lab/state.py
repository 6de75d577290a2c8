"""The lab's own files: what JupyterLab would otherwise keep in the user's home."""

import json
import os
import tempfile
from pathlib import Path

from . import workspace

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


def prepare(state: Path) -> None:
    """Make the state folder, for its owner's eyes only; a layout already there is the learner's."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o700)
    _write_json(settings_file(state), SETTINGS)
    layout = workspaces(state) / workspace.FILE_NAME
    if not layout.exists():
        _write_json(layout, workspace.layout())


def environment(state: Path, inherited: dict[str, str]) -> dict[str, str]:
    """The variables to run JupyterLab with: nothing of Jupyter's that was inherited survives."""
    kept = {name: value for name, value in inherited.items() if not name.startswith("JUPYTER")}
    return kept | {
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_DATA_DIR": str(state / "data"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "IPYTHONDIR": str(state / "ipython"),
    }


def settings_file(state: Path) -> Path:
    return state / "config" / "labconfig" / "default_setting_overrides.json"


def workspaces(state: Path) -> Path:
    return state / "workspaces"


def user_settings(state: Path) -> Path:
    return state / "user-settings"


def _write_json(path: Path, content: dict) -> None:
    """Write all of the file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as unfinished:
        json.dump(content, unfinished, indent=2)
    os.replace(unfinished.name, path)
