"""The Python that the learning is measured with: the course's packages, and on top the peers of requirements.txt."""

import shutil
import sys
from pathlib import Path

from tools import environment
from tools.environment import SetUpError

FOLDER = Path(__file__).resolve().parents[1] / ".venv-bench"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def python() -> str:
    """A Python with all peers that can be installed; without any, the course's own."""
    ready = environment.ready(FOLDER)
    wanted = f"{sys.executable}\n{sys.version}\n{REQUIREMENTS.read_text()}"
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        try:
            environment.make(FOLDER, on_top=True)
        except (OSError, SetUpError) as fault:
            print(f"The peers are left out: {fault}", file=sys.stderr)
            shutil.rmtree(FOLDER, ignore_errors=True)
            return sys.executable
        if _install_all():
            ready.write_text(wanted, encoding="utf-8")
    return str(environment.python(FOLDER))


def _install_all() -> bool:
    """Install each peer by itself, so that one can be left out. True if every one could be installed."""
    requirements = [line.partition("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
    faults = []
    for requirement in filter(None, requirements):
        try:
            environment.pip_install(FOLDER, [requirement], requirement)
        except SetUpError as fault:
            print(f"The table leaves this peer out: {fault}", file=sys.stderr)
            faults.append(fault)
    return not faults
