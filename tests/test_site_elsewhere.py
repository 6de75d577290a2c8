"""The course where nothing of it is installed: Binder, VS Code, Codespaces."""

import importlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from packaging.requirements import Requirement

from helpers.lab import workspace

pytestmark = pytest.mark.thorough

COURSE = Path(__file__).resolve().parents[1]
POST_BUILD = COURSE / "postBuild"


def test_binder_finds_the_files_at_the_root():
    """A folder of these names would make Binder look there, and nowhere else."""
    assert (COURSE / "environment.yml").is_file()
    assert not (COURSE / "binder").exists() and not (COURSE / ".binder").exists()
    assert os.access(POST_BUILD, os.X_OK)


def test_binder_copies_the_course_before_it_installs_it():
    """It does so because pip is asked for this folder."""
    (pip,) = [part["pip"] for part in yaml.safe_load((COURSE / "environment.yml").read_text())["dependencies"][2:]]
    assert "-e ." in pip


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """The home of a user of Binder, after postBuild."""
    home = tmp_path_factory.mktemp("jovyan")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([POST_BUILD], cwd=COURSE, env=variables | {"HOME": str(home), "PATH": path}, check=True, timeout=120)
    return home


def test_binder_opens_the_workspace_on_the_first_notebook(home):
    (stored,) = (home / ".jupyter/lab/workspaces").iterdir()
    assert stored.name == workspace.file_name()
    layout = json.loads(stored.read_text())
    assert layout["metadata"]["id"] == workspace.NAME
    paths = [entry["data"]["path"] for name, entry in layout["data"].items() if "data" in entry]
    assert paths[0] == "notebooks/1_multiple_inputs.ipynb"
    assert all((COURSE / path).is_file() for path in paths)


def test_binder_asks_nobody_about_news(home):
    settings = json.loads((home / ".jupyter/labconfig/page_config.json").read_text())
    assert settings["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]


def test_binder_stores_pictures_where_widgets_were(home):
    settings = json.loads((home / ".jupyter/jupyter_server_config.json").read_text())
    module, _, name = settings["ServerApp"]["contents_manager_class"].rpartition(".")
    assert issubclass(getattr(importlib.import_module(module), name), AsyncLargeFileManager)


def test_the_readme_says_how_binder_s_link_is_made():
    assert f"?urlpath=lab/workspaces/{workspace.NAME}" in (COURSE / "README.md").read_text()


@pytest.fixture(scope="module")
def container() -> dict:
    return json.loads((COURSE / ".devcontainer/devcontainer.json").read_text())


def test_the_container_has_a_python_that_the_course_runs_on(container):
    name, version = container["image"].split(":")
    project = tomllib.loads((COURSE / "pyproject.toml").read_text())["project"]
    assert name == "python" and Requirement(f"python{project['requires-python']}").specifier.contains(version)


def test_the_container_is_set_up_by_the_course_s_own_make(container):
    command, target = container["postCreateCommand"].split()
    dry = subprocess.run([command, "-n", target], cwd=COURSE, check=False, capture_output=True, text=True, timeout=60)
    assert command == "make" and dry.returncode == 0, dry.stderr


def test_the_container_opens_notebooks_with_the_course_s_environment(container):
    code = container["customizations"]["vscode"]
    assert "ms-toolsai.jupyter" in code["extensions"]
    assert code["settings"]["python.defaultInterpreterPath"] == "${containerWorkspaceFolder}/.venv/bin/python"
    assert all((COURSE / path).is_file() for path in container["customizations"]["codespaces"]["openFiles"])


def test_the_container_forwards_the_lab_s_port(container):
    assert container["forwardPorts"] == [8888] and set(container["portsAttributes"]) == {"8888"}
