"""A class with real servers behind a real hub and proxy: who gets in and how far, and what a hub's end ends."""

import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import pytest
import requests
import yaml

from tests.support.classroom import FOLDER, PASSWORD, PYTHON, Learner, RunningClass, environment, printed
from tests.support.lab import COURSE, PAGE


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with RunningClass(tmp_path_factory.mktemp("class")) as running:
        yield running


@pytest.fixture(scope="module")
def ben(running):
    ben = Learner(running, "ben")
    ben.arrive()
    return ben


def test_each_lands_on_the_course(ada, ben):
    for learner in (ada, ben):
        assert learner.get("").url == learner.address + PAGE
        assert learner.listed("") == {"work"}
        assert {"1_multiple_inputs.ipynb", "Welcome.md"} <= learner.listed(FOLDER)
        layout = learner.get("lab/api/workspaces/lab3_Generalizing_Gradient_Descent").json()
        assert f"notebook:{FOLDER}/1_multiple_inputs.ipynb" in layout["data"]


def test_each_sees_their_own_copy_only(running, ada, ben):
    written = {"type": "file", "format": "text", "content": "Ada's"}
    assert ada.send("PUT", f"api/contents/{FOLDER}/mine.txt", json=written).status_code == 201
    assert (running.files("ada") / "mine.txt").read_text(encoding="utf-8") == "Ada's"
    assert "mine.txt" in ada.listed(FOLDER)
    assert "mine.txt" not in ben.listed(FOLDER)
    for path in ("../ada", "work/../../ada", "..%2Fada", f"../ada/{FOLDER}/mine.txt"):
        assert ben.get(f"api/contents/{path}").status_code >= 400
        assert "Ada's" not in ben.get(f"files/{path}").text


def test_nobody_gets_into_another_s_server(running, ada, ben):
    for path in ("", "lab", "api/contents", f"files/{FOLDER}/Welcome.md", "api/kernels", "lab/api/workspaces"):
        assert ben.visitor.get(f"{ada.address}/{path}", timeout=60).status_code == 403, path
        stranger = requests.get(f"{ada.address}/{path}", timeout=60)
        assert stranger.status_code == 403 or stranger.url.startswith(f"{running.address}/hub/login"), path
    assert ben.visitor.get(f"{running.address}/hub/api/users/ada", timeout=60).status_code in (403, 404)


def test_the_kernel_is_the_course_s_with_little_memory_at_most(ada):
    notebook = ada.notebook("1_multiple_inputs.ipynb")
    assert printed(notebook.run("from pathlib import Path; print(Path.cwd().name)")) == "Grokking-Deep-Learning\n"
    loading = "import debugpy, helpers; images, labels = helpers.load_mnist(); print(len(images)); labels"
    assert printed(notebook.run(loading)) == "1000\n"
    assert printed(notebook.run("print(Out)")) == "{}\n"
    assert printed(notebook.run("import numpy; all_of_mnist = numpy.zeros((60_000, 784)); del all_of_mnist")) == ""
    assert printed(notebook.run("too_much = bytearray(2 * 10**9)")) == "MemoryError"
    assert printed(notebook.run("print(len(images))")) == "1000\n"
    assert printed(notebook.run("import os; print('CLASS_PASSWORD' in os.environ)")) == "False\n"


def test_the_password_is_shown_and_stored_nowhere(running, ada):
    assert PASSWORD not in running.output()
    files = [path for path in (running.course / "work").rglob("*") if path.is_file()]
    assert files and not any(PASSWORD.encode() in path.read_bytes() for path in files)
    children = psutil.Process(running.process.pid).children(recursive=True)
    assert len(children) > 1
    for child in children:
        assert PASSWORD not in child.environ().values() and PASSWORD not in child.cmdline()


def test_kubernetes_loads_the_same_configuration(tmp_path):
    """As the chart does it, where nothing of the course is but the files that kubernetes.yaml has mounted."""
    values = yaml.safe_load((COURSE / "classroom/kubernetes.yaml").read_text(encoding="utf-8"))
    for file in values["hub"]["extraFiles"].values():
        path = Path(file["mountPath"]).relative_to("/usr/local/etc/jupyterhub")
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(COURSE / path, tmp_path / path)
    (packages,) = PYTHON.parents[1].glob("lib/python*/site-packages")
    code = f"""
import os, sys
sys.path += [{str(tmp_path)!r}, {str(packages)!r}]
from traitlets.config import Config
c = Config()
exec(open({str(COURSE / "classroom/jupyterhub_config.py")!r}).read(), {{"c": c}})
os.chdir({str(tmp_path)!r})  # where the file of passwords is made
authenticator = c.JupyterHub.authenticator_class(config=c)
print(authenticator.class_password, c.Spawner.default_url)
print(authenticator.validate_username("ada"), authenticator.validate_username("../ada"))
"""
    loaded = subprocess.run(
        [PYTHON, "-I", "-S", "-c", code],
        env={"CLASS_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert loaded.stdout == f"{PASSWORD} {PAGE}\nTrue False\n", loaded.stderr


# What ends with the hub


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_hub_that_ended_and_is_started_again_finds_the_learners_as_they_were(running, ada, ben, how):
    notebook = ada.notebook("3_multiple_outputs.ipynb")
    assert printed(notebook.run("kept = 17")) == ""
    notebook.close()
    ben.send("PUT", f"api/contents/{FOLDER}/kept.txt", json={"type": "file", "format": "text", "content": "Ben's"})
    before = {server.pid for server in running.servers()}
    assert len(before) >= 2

    running.stop(how)
    assert {server.pid for server in running.servers()} == before
    running.start()
    assert {server.pid for server in running.servers()} == before
    assert ada.get("").url == ada.address + PAGE  # with the cookies of before
    assert printed(ada.notebook("3_multiple_outputs.ipynb").run("print(kept)")) == "17\n"
    assert ben.get(f"files/{FOLDER}/kept.txt").text == "Ben's"
    ada.send("DELETE", f"api/kernels/{notebook.kernel}")


def test_a_second_one_on_the_same_folder_says_where_the_first_is(running):
    second = subprocess.run(
        running.command,
        cwd=running.course,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1 and second.stderr.count("\n") == 1
    assert second.stderr.startswith(f"class: the course is already open at {running.address}")


def test_ctrl_c_ends_it_all_and_the_files_stay(running, ada, ben):
    ended = [*running.servers(), *psutil.Process(running.process.pid).children(recursive=True)]
    assert running.stop(signal.SIGINT) == 0
    assert "Traceback" not in running.output()
    assert not any(process.is_running() for process in ended)
    assert (running.files("ben") / "kept.txt").read_text(encoding="utf-8") == "Ben's"
