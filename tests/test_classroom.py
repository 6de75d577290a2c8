"""A class's hub as far as that goes without one: its password, its address, its locks, what Kubernetes is given."""

import json
import re
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from running_lab import COURSE, copy_course

from classroom import command, load
from helpers.lab import access, configuration, folders, lean

CLASS = COURSE / "classroom"


@pytest.mark.parametrize("password", ["", "1234", "seven77", " " * 20, "short  ", "ein Wort für alle"])
def test_a_weak_password_is_refused_wherever_it_comes_from(password):
    with pytest.raises(access.Refused, match="at least 8 characters.*CLASS_PASSWORD"):
        command.choose_password({"CLASS_PASSWORD": password}, pytest.fail)
    with pytest.raises(access.Refused, match="at least 8 characters"):
        command.choose_password({}, lambda: password)


def test_without_a_terminal_nobody_can_be_asked():
    with pytest.raises(access.Refused, match="needs a password.*CLASS_PASSWORD"):
        command.choose_password({"LAB_PASSWORD": "a word of mine"}, None)


def test_the_variable_comes_first():
    assert command.choose_password({"CLASS_PASSWORD": "a word for us all"}, pytest.fail) == "a word for us all"
    assert command.choose_password({}, lambda: "a word for us all") == "a word for us all"


@pytest.mark.parametrize("ip", ["0.0.0.0", "::"])
def test_where_others_can_reach_it_it_needs_a_certificate(ip):
    with pytest.raises(access.Refused, match=f"at {ip} others can reach the class.*--certfile"):
        command.check(Namespace(ip=ip, certfile=None, keyfile=None))


def test_on_this_machine_it_needs_none():
    command.check(Namespace(ip="127.0.0.1", certfile=None, keyfile=None))


@pytest.mark.parametrize(
    ("arguments", "variables", "sentence"),
    [
        (["--ip", "0.0.0.0"], {"CLASS_PASSWORD": "a word for us all"}, "without a certificate they could read along"),
        ([], {"CLASS_PASSWORD": "1234"}, "the password of a class has at least 8 characters"),
        ([], {}, "a class needs a password"),
    ],
)
def test_it_refuses_in_one_sentence_and_makes_nothing(tmp_path, monkeypatch, arguments, variables, sentence):
    monkeypatch.delenv("CLASS_PASSWORD", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", str(COURSE))
    copy_course(tmp_path)
    refused = subprocess.run(
        [sys.executable, "-m", "classroom", *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("class: ") and refused.stderr.count("\n") == 1 and sentence in refused.stderr
    assert not (tmp_path / "work").exists()


def test_no_option_takes_a_password():
    shown = subprocess.run([sys.executable, "-m", "classroom", "--help"], cwd=COURSE, capture_output=True, text=True,
                           timeout=60)  # fmt: skip
    assert set(re.findall(r"--[a-z]+", shown.stdout)) == {"--help", "--port", "--ip", "--certfile", "--keyfile"}


# What is installed


def pins(lock: Path) -> dict[tuple[str, str], str]:
    """The version of each locked package, by name and marker."""
    requirements = map(Requirement, re.findall(r"^(\S+==.+?) \\$", lock.read_text(), re.MULTILINE))
    return {(each.name, str(each.marker)): str(each.specifier) for each in requirements}


def test_a_learner_s_server_has_the_course_s_own_versions():
    course, learner = pins(COURSE / "requirements.lock"), pins(CLASS / "requirements.lock")
    versions = {}
    for (name, _), version in course.items():
        versions.setdefault(name, set()).add(version)
    assert {name for name, _ in learner} >= {"jupyterlab", "numpy", "matplotlib", "ipywidgets", "jupyterhub"}
    for (name, _), version in learner.items():
        assert name not in versions or version in versions[name], name


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_the_locks_name_no_address(name):
    assert not re.search(r"://|index-url|find-links|file:|\s/\w", (CLASS / name).read_text())


def test_every_package_of_the_proxy_s_has_its_version_and_its_hash():
    _, *packages = json.loads((CLASS / "package-lock.json").read_text())["packages"].items()
    assert "node_modules/configurable-http-proxy" in dict(packages)
    for name, package in packages:
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"]), name
        assert re.match(r"sha512-.{80,}", package["integrity"]), name


# What a learner's server does


def test_a_learner_s_server_shows_their_folder_alone(tmp_path):
    config = configuration.course(folders.learners(tmp_path))
    assert config.ServerApp.root_dir == str(tmp_path)
    assert config.OneFolder.folder == "work/Grokking-Deep-Learning"
    assert not config.ServerApp.terminals_enabled


def test_what_is_left_out_is_left_out_and_jupyter_does_without():
    code = "from helpers.lab import lean; lean.leave_out(); import jupyter_server.serverapp, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "jsonschema" in loaded.stdout.split() and "lark" not in loaded.stdout.split()
    assert lean.NEEDLESS == ["rfc3987_syntax"]


# Kubernetes

VALUES = yaml.safe_load((CLASS / "kubernetes.yaml").read_text())


def test_kubernetes_mounts_what_the_configuration_imports():
    """And nothing else of the course is in the hub's image: the rest of what they import is JupyterHub's or Python's."""
    commands = (CLASS / "kubernetes.yaml").read_text().partition("hub:\n")[0]
    assert "hub.extraConfig.class=classroom/jupyterhub_config.py" in commands  # after the chart's own: the last word
    given = dict(re.findall(r"hub\.extraFiles\.(\w+)\.stringData=(\S+)", commands))
    mounted = {name: file["mountPath"] for name, file in VALUES["hub"]["extraFiles"].items()}
    assert mounted == {name: f"/usr/local/etc/jupyterhub/{path}" for name, path in given.items()}
    files = [CLASS / "jupyterhub_config.py", *(COURSE / path for path in given.values())]
    code = "".join(file.read_text() for file in files)
    ours = set(re.findall(r"^from ((?:classroom|helpers)\S*) import", code, re.MULTILINE))
    assert {f"{name.replace('.', '/')}.py" for name in ours} == set(given.values())


def test_kubernetes_lets_nobody_in_by_the_chart_s_own_authenticator():
    from_values = VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"]
    assert from_values == "classroom.door.Door"
    assert "c.JupyterHub.authenticator_class = Door" in (CLASS / "jupyterhub_config.py").read_text()


def test_kubernetes_limits_memory_and_ends_idle_servers_as_one_machine_does():
    from helpers.lab.learner import IDLE

    assert VALUES["singleuser"]["memory"]["limit"] == "1G"
    assert 'c.Spawner.mem_limit = "1G"' in (CLASS / "jupyterhub_config.py").read_text()
    assert VALUES["cull"]["timeout"] == IDLE


def test_kubernetes_is_given_the_password_as_a_secret():
    assert "secretKeyRef" in VALUES["hub"]["extraEnv"]["CLASS_PASSWORD"]["valueFrom"]


# The load


def test_the_report_says_how_many_a_machine_bears():
    five = load.Size(5, 20, 5, seconds=[0.1] * 95 + [0.9] * 5, memory=[200] * 5, rest=224)
    ten = load.Size(10, 30, 5, seconds=[0.1] * 94 + [0.9] * 6, memory=[200] * 10, rest=220)
    need = [load.Need("", 100, 120, 3), load.Need("a thing", 110, 150, 4)]
    text = load.report([five, ten], need)
    assert "room for **4 learners**" in text
    assert "**5 learners** who all move their sliders; 10 were too many" in text
    assert "| without: a thing | 110 MiB | 150 MiB | +40 MiB | 4.00 s |" in text


@pytest.mark.parametrize("saving", load.SAVINGS, ids=lambda saving: saving.what)
def test_every_saving_can_be_undone_to_be_measured(tmp_path, saving):
    copy = tmp_path / "file.py"
    copy.write_text((COURSE / saving.file).read_text())
    load._undo(copy, saving)
    compile(copy.read_text(), saving.file, "exec")
    with pytest.raises(RuntimeError, match="change SAVINGS"):
        load._undo(copy, saving)
