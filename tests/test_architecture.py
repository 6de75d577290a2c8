"""Who may import whom: the arrows between the folders of helpers point one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
HELPERS = COURSE / "helpers"

ALLOWED = {
    "learning": {"numpy", "threadpoolctl"},
    "datasets": {"numpy", "pooch", "requests"},
    "figures": {"numpy", "matplotlib", "PIL", "helpers.learning", "helpers.datasets"},
    "explorers": {
        "numpy",
        "matplotlib",
        "PIL",
        "anywidget",
        "ipywidgets",
        "traitlets",
        "IPython",
        "helpers.learning",
        "helpers.datasets",
        "helpers.figures",
    },
    "check": {"numpy", "helpers.learning", "helpers.datasets"},
    "predict": {"numpy", "ipywidgets", "helpers.learning", "helpers.datasets"},
    "lab": {"jupyter_client", "jupyterhub", "jupyterlab", "jupyterlab_server", "jupyter_server", "tornado", "traitlets"},
}
FILES = sorted(HELPERS.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The full dotted name of everything that the file imports, wherever in it that stands."""
    package = path.parent.relative_to(COURSE).parts
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{origin}.{alias.name}" for alias in node.names}
    return names


def origin(name: str) -> str:
    """`helpers.figures` for what comes from there, else the library's name."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "helpers" else parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HELPERS)))
def test_imports_follow_the_arrows(path):
    folder = path.relative_to(HELPERS).parts[0]
    used = {origin(name) for name in imported(path)} - sys.stdlib_module_names
    if path.parent == HELPERS:
        assert used <= {"helpers.learning", "helpers.datasets"}
    else:
        assert used <= ALLOWED[folder] | {f"helpers.{folder}"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HELPERS)))
def test_no_figure_is_drawn_on_pyplot_s_global_state(path):
    assert not any(name.startswith("matplotlib.pyplot") for name in imported(path))


def test_every_folder_has_its_rule():
    assert {path.name for path in HELPERS.iterdir() if any(path.glob("*.py"))} == set(ALLOWED)


def test_importing_helpers_loads_no_drawing_and_no_downloading():
    loaded = subprocess.run(
        [sys.executable, "-c", "import helpers, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert "helpers.learning" in loaded
    assert not {"matplotlib", "ipywidgets", "PIL", "jupyterlab", "pooch", "requests", "tqdm"} & set(loaded)
