"""Opens the course in JupyterLab and sets it up first if need be: what `make lab` does, where there is no make.

python start.py                shows the course
python start.py --port 9000    hands options on to the lab; --help lists them
"""

from __future__ import annotations  # so that an old Python comes as far as the sentence that it is too old

import os
import signal
import subprocess
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parent
MADE_FROM = ("requirements.lock", "pyproject.toml")
HELPERS_ARE_THERE = """
import os, sys
from importlib.util import find_spec
sys.exit(not os.path.samefile(find_spec("helpers").origin, sys.argv[1]))
"""


def main(options: list[str]) -> int:
    """Start the lab with these options, and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (it also is for those who have another)
        sys.exit(too_old())
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is meant for what is started here, which ends by itself
    if not is_ready():
        command = [sys.executable, "-Es", "-m", "tools.environment", ".venv", "requirements.lock", "--helpers"]
        set_up = subprocess.run(command, cwd=COURSE)
        if set_up.returncode:
            return set_up.returncode
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return subprocess.run([program("lab"), *options], env=variables).returncode


def too_old() -> str:
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    newer = "py -3.12" if sys.platform == "win32" else "python3.12"
    return f"The course needs Python 3.11 or newer and this is {found}: install one, then '{newer} start.py'."


def program(name: str) -> Path:
    """Where the set-up has put it."""
    if sys.platform == "win32":
        return COURSE / ".venv" / "Scripts" / f"{name}.exe"
    return COURSE / ".venv" / "bin" / name


def is_ready() -> bool:
    """Whether the course is set up, from its present files and in this folder, so not moved or copied here with it."""
    ready = COURSE / ".venv" / "ready"
    if not ready.exists() or any(ready.stat().st_mtime < (COURSE / name).stat().st_mtime for name in MADE_FROM):
        return False
    command = [str(program("python")), "-Ic", HELPERS_ARE_THERE, str(COURSE / "helpers" / "__init__.py")]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
