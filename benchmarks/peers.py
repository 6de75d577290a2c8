"""The Python that the learning is measured with: the course's packages, and on top the peers of requirements.txt."""

import shutil
import site
import subprocess
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
FOLDER = COURSE / ".venv-bench"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def python() -> str:
    """A Python with all peers that can be installed; without any, the course's own."""
    ready = FOLDER / "ready"
    wanted = f"{sys.executable}\n{sys.version}\n{REQUIREMENTS.read_text()}"
    if not ready.exists() or ready.read_text() != wanted:
        try:
            installed = _set_up()
        except (OSError, subprocess.CalledProcessError) as fault:
            print(f"The folder .venv-bench could not be made, so the peers are left out: {fault}", file=sys.stderr)
            shutil.rmtree(FOLDER, ignore_errors=True)
            return sys.executable
        if installed:
            ready.write_text(wanted)
    return str(_python())


def _set_up() -> bool:
    """Make the folder anew. True if every peer could be installed."""
    print("Setting up .venv-bench: this is done once and takes a minute ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", FOLDER], check=True)
    (own,) = FOLDER.glob("lib/python*/site-packages") if sys.platform != "win32" else FOLDER.glob("Lib/site-packages")
    course = [folder for folder in site.getsitepackages() if Path(folder).is_dir()]
    (own / "course.pth").write_text("".join(f"import site; site.addsitedir({folder!r})\n" for folder in course))
    requirements = [line.partition("#")[0].strip() for line in REQUIREMENTS.read_text().splitlines()]
    failed = [requirement for requirement in requirements if requirement and not _install(requirement)]
    return not failed


def _install(requirement: str) -> bool:
    failed = subprocess.run([_python(), "-m", "pip", "install", "--quiet", requirement], check=False).returncode
    if failed:
        print(
            f"{requirement} could not be installed, so the table leaves it out: see pip's message above, "
            "check the network and run make bench again.",
            file=sys.stderr,
        )
    return not failed


def _python() -> Path:
    return FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
