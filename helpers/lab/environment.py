"""What JupyterLab and its kernels find in the process that starts them."""

import os
import site
import sys
from pathlib import Path

from . import access, state

NOT_HANDED_ON = (access.PASSWORD_VARIABLE, "PYTHONSTARTUP")


def take_over(state_folder: Path, kept_prefix: str | None = None) -> None:
    """Prepare this process before Jupyter is loaded: it and its kernels find Jupyter's files in the state folder alone.

    kept_prefix: how the names begin of those of Jupyter's variables that stay.
    """
    variables = for_jupyter(state_folder, dict(os.environ))
    if kept_prefix:
        variables |= {name: value for name, value in os.environ.items() if name.startswith(kept_prefix)}
    os.environ.clear()
    os.environ.update(variables)
    os.umask(os.umask(0o077) | 0o077)  # what is written is its owner's alone
    _leave_out_the_system_s_folders()
    site.ENABLE_USER_SITE = False  # outside a virtual environment, Jupyter would also look into ~/.local
    # As if it were not installed: jsonschema would build a whole grammar of it at every start, to check addresses that
    # are not in ASCII, which nothing here has. That takes a second and 16 MiB.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def _leave_out_the_system_s_folders() -> None:
    """Those that Jupyter would look into for settings, kernels and extensions, such as /usr/local/etc/jupyter."""
    from jupyter_core import paths  # only now: it reads the variables

    paths.SYSTEM_CONFIG_PATH.clear()
    paths.SYSTEM_JUPYTER_PATH.clear()


def for_jupyter(state_folder: Path, inherited: dict[str, str]) -> dict[str, str]:
    """The variables to run JupyterLab and its kernels with: without the password, anything of Jupyter's, and what
    IPython would run first.
    """
    others = {
        name: value for name, value in inherited.items() if not name.startswith("JUPYTER") and name not in NOT_HANDED_ON
    }
    return others | {
        "JUPYTER_CONFIG_DIR": str(state_folder / "config"),
        "JUPYTER_DATA_DIR": str(state_folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(state_folder / "runtime"),
        "IPYTHONDIR": str(state.ipython_folder(state_folder)),
    }
