"""The Unix users of a class, made on a machine of their own."""

import json
import os
import pwd
import subprocess
from types import SimpleNamespace

import pytest

from classroom import unix_users
from tests.support.classroom import PYTHON, machine
from tests.support.lab import COURSE

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root's rights, to make Unix users")

# What happens there; the last line prints what is then known of each step.
STEPS = """
import json, os, shutil, subprocess, sys
from pathlib import Path
from classroom import unix_users

def tried(learner, home):
    try:
        user = unix_users.account(learner, home)
        return [user.pw_name, user.pw_uid, user.pw_shell, user.pw_dir]
    except unix_users.Unusable as reason:
        return str(reason)

folder = Path(sys.argv[1])
subprocess.run(["useradd", "--no-create-home", "learner-guest"], check=True)
subprocess.run(["useradd", "--no-create-home", "--non-unique", "--uid", "0", "learner-toor"], check=True)
subprocess.run(["useradd", "--no-create-home", "--uid", "4444", "teacher"], check=True)

steps = {name: tried(name, folder / name) for name in ("ada", "root", "daemon", "teacher", "guest", "toor", "a" * 32)}
steps["ada again"] = tried("ada", folder / "ada")
steps["ada of another class"] = tried("ada", folder / "other/ada")

(folder / "ada/notes").write_text("Ada's")
(folder / "ada").rename(folder / "moved")
steps["ada moved"] = tried("ada", folder / "moved")

(folder / "old/sub").mkdir(parents=True)
(folder / "private").write_text("the teacher's")
(folder / "old/sub/mine").write_text("from a class that trusted")
(folder / "old/link").symlink_to(folder / "private")
os.link(folder / "private", folder / "old/sub/planted")
for path in (folder / "private", folder / "old", folder / "old/sub", folder / "old/sub/mine"):
    os.chown(path, 4444, 4444)
steps["old"] = tried("old", folder / "old")
(folder / "file").write_text("")
steps["file"] = tried("file", folder / "file")
steps["owners"] = {name: (folder / name).stat().st_uid for name in ("moved/notes", "private", "old", "old/sub/mine")}
steps["mode"] = oct((folder / "old").stat().st_mode & 0o777)
shadow = Path("/etc/shadow").read_text().splitlines()
steps["password"] = [line.split(":")[1] for line in shadow if line.startswith("learner-ada:")]
print(json.dumps(steps))
"""


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("homes")
    folder.chmod(0o711)
    done = subprocess.run(
        [*machine(folder / "etc", folder, first_user=5000), PYTHON, "-P", "-c", STEPS, folder],
        env=os.environ | {"PYTHONPATH": str(COURSE)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("learner", ["ada", "root", "daemon", "teacher"])
def test_a_learner_gets_a_user_of_their_own_whoever_else_has_the_name(steps, learner):
    name, number, shell, _ = steps[learner]
    assert name == f"learner-{learner}" and number >= 5000 and shell.endswith(("nologin", "false"))


def test_nobody_logs_in_to_the_machine_as_one(steps):
    assert steps["password"] == ["!"]


def test_it_is_the_same_the_next_time_and_after_the_course_has_moved(steps):
    assert steps["ada again"] == steps["ada"]
    assert steps["ada moved"][:3] == steps["ada"][:3] and steps["ada moved"][3].endswith("/moved")
    assert steps["owners"]["moved/notes"] == 0  # written by this test, as root; it is not theirs to take


def test_users_that_no_class_made_are_left_alone(steps):
    for learner in ("guest", "toor"):
        assert f"a Unix user learner-{learner} on this machine that no class made" in steps[learner]


def test_a_user_of_another_class_s_learner_is_not_shared(steps):
    assert "belongs to another class" in steps["ada of another class"]


def test_what_a_class_without_users_left_becomes_the_learner_s_and_no_more(steps):
    old = steps["old"][1]
    assert steps["owners"] == steps["owners"] | {"old": old, "old/sub/mine": old, "private": 4444}
    assert steps["mode"] == "0o700"


def test_something_else_in_the_folder_s_place_is_told(steps):
    assert "is something else" in steps["file"]


@pytest.mark.parametrize(("mode", "is_open"), [(0o700, False), (0o750, False), (0o711, True), (0o755, True)])
def test_a_home_that_learners_could_enter_is_named(monkeypatch, tmp_path, mode, is_open):
    home = tmp_path / "teacher"
    home.mkdir()
    home.chmod(mode)
    monkeypatch.setenv("SUDO_UID", "4444")
    monkeypatch.setattr(pwd, "getpwuid", {4444: SimpleNamespace(pw_dir=str(home))}.get)
    assert unix_users.open_home() == (home if is_open else None)


def test_long_names_are_different_users():
    names = ["a" * 32, "a" * 31 + "b", "a" * 24, "a" * 25]
    users = {unix_users.name_of(name) for name in names}
    assert len(users) == len(names) and all(len(user) <= 32 for user in users)
