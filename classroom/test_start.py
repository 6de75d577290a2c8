"""What is said when a class, or a learner's server in it, cannot start; and that no stranger's process is ended."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import SECONDS, chromium, needs_chromium
from tests.support.classroom import (
    OWN_PASSWORD,
    PASSWORD,
    TEACHER,
    RunningClass,
    environment,
    make_certificate,
)
from tests.support.lab import wait_until

FAULT = """
    if os.environ["JUPYTERHUB_USER"] == "yan":
        os._exit(3)
"""
SECONDS_UNTIL_TOLD = 30  # on a busy machine
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root's rights")


@pytest.fixture(scope="module")
def stranger():
    """A program of the teacher's that has nothing to do with the class."""
    user = None
    if os.geteuid() == 0:
        user = TEACHER
    with subprocess.Popen(["sleep", "3600"], user=user, cwd="/") as stranger:
        yield stranger
        stranger.kill()


@pytest.fixture(scope="module")
def running(tmp_path_factory, stranger):
    """A class whose note of its proxy is from before a reboot."""
    running = RunningClass(tmp_path_factory.mktemp("class"))
    write(running.course / "work/.class/proxy.pid", str(stranger.pid).encode())
    write(running.course / "work/class/ada/json.py", b"raise SystemExit('not the module of that name')")
    with running:
        yield running


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A class that is not running."""
    return RunningClass(tmp_path_factory.mktemp("stopped"))


def write(path: Path, content: bytes) -> None:
    """A file of the teacher's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    own(path)


def own(path: Path) -> None:
    """Make this, and the folder that it is in, the teacher's."""
    if os.geteuid() == 0:
        for each in (path, path.parent, path.parent.parent):
            os.chown(each, TEACHER, TEACHER)


def start(command: list, folder: Path) -> subprocess.CompletedProcess:
    """Start a class that cannot start."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def sentence(ended: subprocess.CompletedProcess) -> str:
    """The one that it said."""
    assert ended.returncode == 1
    assert ended.stderr.startswith("class: ") and ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


# Strangers


def test_no_stranger_is_taken_for_an_old_proxy(running, stranger):
    assert stranger.poll() is None


def test_a_learner_s_file_is_taken_for_no_module(running, ada):
    assert ada.has_server()


def test_no_stranger_is_taken_for_a_learner_s_server(running, ada, stranger):
    running.stop(signal.SIGKILL)
    (server,) = running.servers()
    server.kill()
    with closing(sqlite3.connect(running.course / "work/.class/hub.sqlite")) as database, database:
        ((state,),) = database.execute("SELECT state FROM spawners WHERE state LIKE '%pid%'")
        recycled = json.loads(state) | {"pid": stranger.pid}
        database.execute("UPDATE spawners SET state = ? WHERE state LIKE '%pid%'", [json.dumps(recycled)])
    running.start()
    wait_until(lambda: not ada.has_server(), "the hub has noticed", SECONDS_UNTIL_TOLD)
    assert stranger.poll() is None
    ada.arrive()


def test_with_an_old_note_and_a_taken_port_it_ends_with_a_sentence(stopped, stranger):
    note = stopped.course / "work/.class/proxy.pid"
    write(note, str(stranger.pid).encode())
    with socket.create_server(("127.0.0.1", stopped.port + 1)):
        assert f"port {stopped.port + 1} is taken" in sentence(start(stopped.command, stopped.course))
    assert stranger.poll() is None


# What lies in the folders


def make_folder(path: Path) -> None:
    path.mkdir(parents=True)
    own(path)


def make_pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    own(path)


@pytest.mark.parametrize(
    ("path", "make", "says"),
    [
        ("work/.class/hub.sqlite", lambda path: write(path, b"SQLite format 3\0" + b"?" * 5000), "is damaged"),
        ("work/.class/hub.sqlite", lambda path: write(path, b"no database at all" * 100), "is damaged"),
        ("work/.class/hub.sqlite", make_folder, "move it away"),
        ("work/.class/hub.sqlite", make_pipe, "move it away"),
        ("work/.class/cookie_secret", make_pipe, "move it away"),
        ("work/.class/proxy.pid", make_pipe, "move it away"),
        ("work/.class/address", make_pipe, "move it away"),
        ("work/.class", lambda path: write(path, b""), "move it away"),
        ("work/class", lambda path: write(path, b""), "move it away"),
    ],
)
def test_whatever_lies_there_is_told_in_a_sentence_and_stays(stopped, path, make, says):
    subprocess.run(["rm", "-rf", stopped.course / "work"], check=True, timeout=60)
    make(stopped.course / path)
    before = (stopped.course / path).lstat()
    told = sentence(start(stopped.command, stopped.course))
    assert says in told and path in told
    assert (stopped.course / path).lstat().st_ino == before.st_ino


@needs_root
@pytest.mark.parametrize("kibibytes", [4, 12, 100, 1000])
def test_on_a_full_disk_it_says_so(stopped, kibibytes):
    work = stopped.course / "work"
    subprocess.run(["rm", "-rf", work], check=True, timeout=60)
    work.mkdir()
    mount = ["sh", "-c", f'mount -t tmpfs -o size={kibibytes}k,mode=777 none {work} && exec "$@"', "sh"]
    with_full_disk = [*stopped.machine, *mount, *stopped.person, *stopped.program, *stopped.trust]
    told = sentence(start(with_full_disk, stopped.course))
    assert "No space left" in told or "disk is full" in told


# Rights


def test_without_root_s_rights_it_says_what_learners_could_do(stopped):
    told = sentence(start([*stopped.machine, *stopped.person, *stopped.program], stopped.course))
    assert "each of them can read, change and delete the others' work" in told and "every file of yours" in told
    assert "sudo" in told and "--trust-learners" in told


@needs_root
def test_no_learner_is_root(stopped):
    told = sentence(start([*stopped.machine, *stopped.program, "--trust-learners"], stopped.course))
    assert "no learner may be root" in told


@needs_root
def test_where_a_learner_s_user_could_not_reach_the_course_it_says_which_folder_is_closed(stopped):
    folder = stopped.course.parent
    folder.chmod(0o700)
    try:
        told = sentence(start([*stopped.machine, *stopped.program], stopped.course))
    finally:
        folder.chmod(0o711)
    assert f"{folder} lets no others pass" in told and f"chmod o+x {folder}" in told


@needs_root
def test_a_key_that_every_user_can_read_is_refused(stopped):
    folder = stopped.course.parent
    make_certificate(folder, "IP:127.0.0.1")
    pair = ["--certfile", f"{folder}/cert.pem", "--keyfile", f"{folder}/key.pem"]
    (folder / "key.pem").chmod(0o644)
    assert "can read the key" in sentence(start([*stopped.machine, *stopped.program, *pair], stopped.course))


# A learner's server


@needs_root
@needs_chromium
def test_a_learner_whose_server_cannot_start_reads_why_on_the_page(running):
    home = running.course / "work/class/zoe"
    make_folder(home)
    inside = ["nsenter", f"--target={running.process.pid}", "--mount"]
    full_disk = ["mount", "-t", "tmpfs", "-o", f"size=16k,uid={TEACHER}", "none", f"{home}"]
    subprocess.run([*inside, *full_disk], check=True, timeout=60)
    code = running.course / "classroom/learner.py"
    content = code.read_text(encoding="utf-8")
    code.write_text(content.replace("def main() -> None:", f"def main() -> None:{FAULT}"), encoding="utf-8")
    with chromium() as browser:
        for name, reason in (("zoe", "No space left on device"), ("yan", "work/.class/servers/yan.log says more")):
            page = browser.new_context().new_page()
            page.set_default_timeout(60 * SECONDS)
            page.goto(running.address)
            page.locator("#username_input").fill(name)
            page.locator("#password_input").fill(OWN_PASSWORD)
            page.locator("#class_password_input").fill(PASSWORD)
            before = time.monotonic()
            page.locator("#login_submit").click()
            expect(page.get_by_text(reason).first).to_be_visible()
            assert time.monotonic() - before < SECONDS_UNTIL_TOLD
            page.goto(f"{running.address}/hub/spawn-pending/{name}")  # where a bookmark leads, afterwards
            expect(page.get_by_text(reason).first).to_be_visible()
