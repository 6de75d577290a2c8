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

from benchmarks import classroom as benchmark
from classroom import command, learner
from helpers.lab import access, configuration, folders
from tests.support.lab import COURSE, copy_course

CLASS = COURSE / "classroom"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """A Python in this folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


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
        command.check_options(Namespace(ip=ip, certfile=None, keyfile=None))


def test_on_this_machine_it_needs_none():
    command.check_options(Namespace(ip="127.0.0.1", certfile=None, keyfile=None))


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
    refused = run(tmp_path, "-m", "classroom", *arguments)
    assert refused.returncode == 1
    assert refused.stderr.startswith("class: ") and refused.stderr.count("\n") == 1 and sentence in refused.stderr
    assert not (tmp_path / "work").exists()


def test_no_option_takes_a_password():
    shown = run(COURSE, "-m", "classroom", "--help")
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
    assert config.CourseContents.folder == "work/Grokking-Deep-Learning"
    assert not config.ServerApp.terminals_enabled


def test_jupyter_does_without_the_grammar_of_foreign_addresses(tmp_path):
    taken_over = "from helpers.lab import environment, folders; environment.take_over(folders.LEARNERS.state); "
    loaded = run(
        tmp_path, "-c", taken_over + "import jupyter_server.serverapp, sys; print(*sys.modules)"
    ).stdout.split()
    assert "jsonschema" in loaded and "lark" not in loaded


def test_a_learner_s_server_is_found_from_any_folder(tmp_path, monkeypatch):
    """On Kubernetes by the editable installation alone."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    found = run(tmp_path, "-c", "import classroom.learner")
    assert found.returncode == 0, found.stderr
    assert "--editable ." in (CLASS / "Dockerfile").read_text()
    assert '["python", "-m", "classroom.learner"]' in (CLASS / "jupyterhub_config.py").read_text()


# Kubernetes

VALUES = yaml.safe_load((CLASS / "kubernetes.yaml").read_text())


def test_kubernetes_mounts_what_the_configuration_imports():
    """Nothing else of the course is in the hub's image: the rest of what they import is JupyterHub's or Python's."""
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
    assert from_values == "classroom.authenticator.ClassAuthenticator"
    assert "authenticator_class = ClassAuthenticator" in (CLASS / "jupyterhub_config.py").read_text()


def test_kubernetes_limits_memory_and_ends_idle_servers_as_one_machine_does():
    assert VALUES["singleuser"]["memory"]["limit"] == "1G"
    assert 'c.Spawner.mem_limit = "1G"' in (CLASS / "jupyterhub_config.py").read_text()
    assert VALUES["cull"]["timeout"] == learner.IDLE_SECONDS


def test_kubernetes_is_given_the_password_as_a_secret():
    assert "secretKeyRef" in VALUES["hub"]["extraEnv"]["CLASS_PASSWORD"]["valueFrom"]


# The benchmark


def test_the_report_says_how_many_a_machine_bears(tmp_path, monkeypatch):
    five = benchmark.ClassMeasurement(5, 5, 20, [0.1] * 95 + [0.9] * 5, learner_mib=[200] * 5, hub_mib=224)
    ten = benchmark.ClassMeasurement(10, 5, 30, [0.1] * 94 + [0.9] * 6, learner_mib=[200] * 10, hub_mib=220)
    text = benchmark.report([five, ten])
    assert "room for **4 learners**" in text
    assert "**5 learners** who all move their sliders; 10 were too many" in text

    results = tmp_path / "RESULTS.md"
    results.write_text(f"old\n\n{benchmark.MEASURED_ONCE}\n\na table\n")
    monkeypatch.setattr(benchmark, "RESULTS", results)
    benchmark.store(text)
    assert results.read_text() == f"{text}\n{benchmark.MEASURED_ONCE}\n\na table\n"
