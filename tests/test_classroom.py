"""A class's hub as far as that goes without one: its password, its address, its locks, what Kubernetes is given."""

import json
import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from traitlets.config import Config

from benchmarks import classroom as benchmark
from classroom import command, control_groups, domain, learner, separation, unix_users
from helpers.lab import access, configuration, folders
from tests.support.classroom import make_certificate
from tests.support.lab import COURSE, copy_course

CLASS = COURSE / "classroom"
ROOT = os.geteuid() == 0


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


@pytest.mark.parametrize("password", ["12345678", "Password1", "class2026", "aaaaaaaaaa", "Gradient Descent"])
def test_a_password_that_everybody_tries_is_refused(password):
    with pytest.raises(access.Refused, match="must not be easy to guess.*CLASS_PASSWORD"):
        command.choose_password({"CLASS_PASSWORD": password}, pytest.fail)


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


def options(ip: str, **others) -> Namespace:
    """Those of the command line, with which learners are kept apart or trusted."""
    return Namespace(
        **{"ip": ip, "certfile": None, "keyfile": None, "domain": None, "trust_learners": not ROOT} | others
    )


@pytest.mark.parametrize("ip", ["0.0.0.0", "::"])
def test_where_others_can_reach_it_it_needs_a_certificate(ip):
    with pytest.raises(access.Refused, match=f"at {ip} others can reach the class.*--certfile"):
        command.check_options(options(ip))


def test_on_this_machine_it_needs_none():
    command.check_options(options("127.0.0.1"))


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
    if not ROOT:
        arguments = [*arguments, "--trust-learners"]
    refused = run(tmp_path, "-m", "classroom", *arguments)
    assert refused.returncode == 1
    assert refused.stderr.startswith("class: ") and refused.stderr.count("\n") == 1 and sentence in refused.stderr
    assert not (tmp_path / "work").exists()


def test_no_option_takes_a_password():
    shown = run(COURSE, "-m", "classroom", "--help")
    options = set(re.findall(r"--[a-z-]+", shown.stdout))
    assert "--reset" in options and not any("pass" in option for option in options)


# Limits for all of a learner's processes


def test_limits_are_set_where_those_above_hold_too_in_version_2(tmp_path):
    """A tree as systemd makes one; the kernel would put the files into each new folder."""
    own = tmp_path / "user.slice/session-3.scope"
    own.mkdir(parents=True)
    (tmp_path / "membership").write_text("0::/user.slice/session-3.scope\n")
    groups = control_groups.prepare("class-1", root=tmp_path, membership=tmp_path / "membership")
    shutil.rmtree(tmp_path / "user.slice/class-1")  # as the kernel lets it go with the last learner
    (file,) = groups.make("ada", 10**9)
    group = tmp_path / "user.slice/class-1/ada"
    assert file == group / "cgroup.procs"
    assert (group / "memory.max").read_text() == "1000000000" and int((group / "pids.max").read_text()) < 1000
    for folder in (group.parent, own.parent):
        assert (folder / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_limits_are_set_below_its_own_group_in_version_1(tmp_path):
    for kind, own in (("memory", "job/7"), ("pids", "")):
        (tmp_path / kind / own).mkdir(parents=True)
    (tmp_path / "membership").write_text("9:pids:/\n4:memory:/job/7\n0::/\n")
    groups = control_groups.prepare("class-1", root=tmp_path, membership=tmp_path / "membership")
    files = groups.make("ada", 10**9)
    assert files == [tmp_path / f"{path}/class-1/ada/cgroup.procs" for path in ("memory/job/7", "pids")]
    assert (files[0].with_name("memory.limit_in_bytes")).read_text() == "1000000000"


def test_where_a_system_gives_no_groups_the_class_says_so(tmp_path):
    (tmp_path / "membership").write_text("0::/\n")
    with pytest.raises(OSError):
        control_groups.prepare("class-1", root=tmp_path / "nothing", membership=tmp_path / "membership")


# A domain


@pytest.mark.parametrize(
    "text", ["", "class example", "https://class.example.org", "192.0.2.7", "-a.b", "a..b", "ü.org"]
)
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="class.example.org"):
        domain.name(text)


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["DNS:class.example.org", "DNS:*.class.example.org"], None),
        (["DNS:class.example.org"], "learner.class.example.org"),
        (["DNS:*.class.example.org"], "class.example.org"),
        (["DNS:*.example.org"], "learner.class.example.org"),
    ],
)
def test_the_certificate_has_to_hold_for_each_learner_s_address(tmp_path, names, missing):
    make_certificate(tmp_path, *names)
    pair = (str(tmp_path / "cert.pem"), str(tmp_path / "key.pem"))
    if not missing:
        domain.check_certificate("class.example.org", *pair)
    else:
        with pytest.raises(access.Refused, match=rf"does not hold for {missing}: get one for both .* and \*\."):
            domain.check_certificate("class.example.org", *pair)


# Rights


@pytest.mark.parametrize(
    ("root", "trusts", "says"),
    [
        (True, True, "no learner may be root"),
        (False, False, "each of them can read, change and delete the others' work.* every file of yours.*sudo"),
    ],
)
def test_learners_are_kept_apart_or_the_teacher_has_said_that_it_is_well(monkeypatch, root, trusts, says):
    monkeypatch.setattr(unix_users, "are_possible", lambda: root)
    with pytest.raises(access.Refused, match=says):
        separation.check(options("127.0.0.1", trust_learners=trusts))
    separation.check(options("127.0.0.1", trust_learners=not root))


def test_what_is_not_kept_apart_is_said_at_the_start(monkeypatch):
    monkeypatch.setattr(unix_users, "open_home", lambda: None)
    assert separation.warnings(options("127.0.0.1", trust_learners=False, domain="class.example.org")) == []
    everything = " ".join(separation.warnings(options("127.0.0.1", trust_learners=True)))
    assert "every file of yours" in everything and "share one web address" in everything


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
    found = run(tmp_path, "-P", "-c", "import classroom.learner")
    assert found.returncode == 0, found.stderr
    assert "--editable ." in (CLASS / "Dockerfile").read_text()
    assert '["python", "-P", "-m", "classroom.learner"]' in (CLASS / "jupyterhub_config.py").read_text()


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
    modules = {f"{name.replace('.', '/')}.py" for name in ours}
    assert modules | {"classroom/templates/login.html"} == set(given.values())


def test_kubernetes_lets_nobody_in_by_the_chart_s_own_authenticator():
    from_values = VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"]
    assert from_values == "classroom.authenticator.ClassAuthenticator"
    assert "authenticator_class = ClassAuthenticator" in (CLASS / "jupyterhub_config.py").read_text()


def test_kubernetes_limits_memory_and_ends_idle_servers_as_one_machine_does():
    assert VALUES["singleuser"]["memory"]["limit"] == "1G"
    assert 'c.Spawner.mem_limit = "1G"' in (CLASS / "jupyterhub_config.py").read_text()
    assert VALUES["cull"]["timeout"] == learner.IDLE_SECONDS


def test_kubernetes_gives_each_learner_an_address_of_their_own():
    assert "hub.config.JupyterHub.subdomain_host=https://" in (CLASS / "kubernetes.yaml").read_text()
    assert "--host-routing" in VALUES["proxy"]["chp"]["extraCommandLineFlags"]
    code = VALUES["hub"]["extraConfig"]["apart"]
    config = Config()
    with pytest.raises(SystemExit, match="set hub.config.JupyterHub.subdomain_host"):
        exec(code, {"c": config})
    config.JupyterHub.subdomain_host = "https://class.example.org"
    exec(code, {"c": config})


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
