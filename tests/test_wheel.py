"""The package `helpers` where it is installed without the course around it: with its data, in any folder."""

import os
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tools import environment

pytestmark = pytest.mark.thorough

COURSE = Path(__file__).resolve().parents[1]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", COURSE, "-w", folder], check=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_the_data_and_nothing_beside_helpers(wheel):
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist() if ".dist-info/" not in name}
    expected = {f"helpers/data/{path.name}": path.read_bytes() for path in (COURSE / "data").iterdir()}
    ours = [path for path in COURSE.glob("helpers/**/*") if path.is_file() and path.parent.name != "__pycache__"]
    expected |= {path.relative_to(COURSE).as_posix(): path.read_bytes() for path in ours}
    assert held == expected


def test_a_notebook_runs_on_it_in_an_empty_folder(wheel, tmp_path):
    """The libraries are those of this environment, where helpers itself is not found."""
    elsewhere, folder = tmp_path / "environment", tmp_path / "folder"
    venv.create(elsewhere, symlinks=os.name != "nt")
    python = environment.python(elsewhere)
    subprocess.run([*PIP, "--python", python, "install", "--no-deps", wheel], check=True, timeout=120)
    packages = sysconfig.get_path("purelib", "venv", {"base": str(elsewhere), "platbase": str(elsewhere)})
    Path(packages, "libraries.pth").write_text("\n".join(site.getsitepackages()))
    folder.mkdir()
    shutil.copy(COURSE / "notebooks/5_visualizing_weights.ipynb", folder)
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    found = subprocess.run(
        [python, "-c", "import helpers; print(helpers.__file__)"], cwd=folder, env=variables, check=True, text=True,
        stdout=subprocess.PIPE, timeout=60,
    )  # fmt: skip
    assert Path(found.stdout).is_relative_to(packages)
    run = [python, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--nbval", folder]
    subprocess.run(run, cwd=folder, env=variables, check=True, timeout=300)
