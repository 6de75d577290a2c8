"""A start, whatever lies in the folders and however full the disk: the lab runs, or one sentence says what to do."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from helpers.lab import damage, folders, starting, state
from helpers.lab.access import Refused
from tests.support.broken_disk import NEED_ROOM, broken, killed_at_every_moment, leftovers, no_room
from tests.support.lab import RunningLab, copy_course, log_in

NAMES = ["1_first.ipynb", "2_second.ipynb", "Welcome.md"]
COPY, STATE = "work/Grokking-Deep-Learning", "work/.lab/learner"
NOTEBOOK = f"{COPY}/1_first.ipynb"
LAYOUT = f"{STATE}/workspaces/lab3_generalizing_gradient_descent-39f3.jupyterlab-workspace"
SECONDS = 20


def edition(folder: Path, says: str) -> dict[str, bytes]:
    content = {name: json.dumps({"cells": [{"cell_type": "code", "source": [name, says]}]}).encode() for name in NAMES}
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / name).write_bytes(content[name])
    return content


@pytest.fixture
def place(tmp_path, monkeypatch) -> Iterator[folders.Place]:
    """A course, before its first start; a start that hangs is ended."""
    edition(tmp_path / "notebooks", "old")
    monkeypatch.setattr(folders, "AUTHORS", folders.Place("notebooks", tmp_path / "work/.lab/author", tmp_path))

    def hangs(*_):
        raise AssertionError("it hangs")

    signal.signal(signal.SIGALRM, hangs)
    signal.alarm(SECONDS * 3)
    yield folders.learners(tmp_path)
    signal.alarm(0)


def start(place: folders.Place) -> str | None:
    """The sentence with which it ends; None if the lab would run."""
    try:
        with starting.refusing(), state.claim(place.state):
            starting.prepare(place)
    except Refused as reason:
        assert str(reason).count("\n") == 0
        return str(reason)
    return None


def held(place: folders.Place) -> dict[str, bytes]:
    files = (path for path in place.path.iterdir() if path.is_file() and path.stat().st_size < 1 << 20)
    return {path.name: path.read_bytes() for path in files}


ODD = {
    "pipe": os.mkfifo,
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "folder": lambda path: path.mkdir(),
    "deep": lambda path: path.write_text("[" * 100_000),
    "binary": lambda path: path.write_bytes(b"\xff\x00" * 100),
    "huge": lambda path: path.touch() or os.truncate(path, 1 << 40),
    "empty": lambda path: path.touch(),
}
PLACES = {  # where it stands: whether the lab runs then
    "work": False,
    STATE: False,
    COPY: False,
    f"{STATE}/given.json": None,  # it depends
    f"{STATE}/address": None,
    f"{STATE}/config": True,
    f"{STATE}/config/labconfig/page_config.json": True,
    f"{STATE}/data": True,
    f"{STATE}/runtime": True,
    f"{STATE}/ipython": True,
    LAYOUT: True,
    f"{STATE}/workspaces/default-37a8.jupyterlab-workspace": True,
    f"{STATE}/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings": True,
    NOTEBOOK: True,
    f"{COPY}/.unfinished-1-1_first.ipynb": True,
    "notebooks/3_third.ipynb": None,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("where", PLACES)
def test_whatever_lies_there_the_lab_runs_or_a_sentence_names_it(place, tmp_path, where, odd):
    path = tmp_path / where
    path.parent.mkdir(parents=True, exist_ok=True)
    ODD[odd](path)
    before = path.lstat()
    sentence = start(place)
    if PLACES[where] or (odd == "folder" and PLACES[where] is False):
        assert sentence is None
    if sentence:
        assert f"cannot use {path} (" in sentence and sentence.endswith("start again; what was there is as it was")
        if odd == "folder":
            path.rmdir()
        else:
            path.unlink()
        assert start(place) is None
    elif path.suffix == ".ipynb" or ".unfinished" in path.name:
        assert path.lstat().st_ino == before.st_ino  # the learner's
    assert {"2_second.ipynb", "Welcome.md"} <= held(place).keys()
    assert start(place) is None


@pytest.mark.parametrize("missing", ["folder", "notebooks"])
def test_without_notebooks_it_says_where_to_get_them(place, tmp_path, missing):
    for path in (tmp_path / "notebooks").iterdir():
        path.unlink()
    if missing == "folder":
        (tmp_path / "notebooks").rmdir()
    assert "get the whole course" in start(place)


def test_a_sentence_shows_no_command_of_a_terminal(place, tmp_path):
    strange = folders.learners(tmp_path / "a\x1b[31m\nlab: all is well\u202e")
    strange.root.mkdir()
    (strange.root / "work").touch()
    assert "a\\x1b[31m\\nlab: all is well\\u202e/work (" in start(strange)


def test_what_is_damaged_is_set_aside_and_nothing_is_lost(place):
    settings = place.state / "user-settings/@jupyterlab/shortcuts.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    for number in (1, 2):
        settings.write_text('{"shortcuts": [' + str(number))
        (sentence,) = damage.set_aside(place.state)
        assert sentence.startswith(f"{settings} is damaged") and not settings.exists()
        assert settings.with_name(f"{settings.name}.damaged-{number}").read_text().endswith(str(number))
    settings.write_text("{ // JupyterLab takes comments\n 'shortcuts': [],}")
    assert damage.set_aside(place.state) == [] and settings.exists()


@pytest.mark.parametrize("first", [True, False], ids=["the first start", "a new edition"])
def test_a_disk_that_fills_at_any_moment(place, tmp_path, first):
    """What is there stays whole; with room again, the next start does the rest."""
    for number in count(1):
        shutil.rmtree(tmp_path / "work", ignore_errors=True)
        old = edition(tmp_path / "notebooks", "old")
        if not first:
            assert start(place) is None
            (place.path / NAMES[1]).write_bytes(b"mine")
        new = edition(tmp_path / "notebooks", "new")
        with broken(NEED_ROOM, number, no_room) as moments:
            sentence = start(place)
        if place.path.exists():
            for name, content in held(place).items():
                assert content in (old.get(name), new[name.replace("_new_edition", "")], b"mine")
        if moments.left <= 0:
            assert sentence and "(No space left on device): make room there" in sentence
        assert start(place) is None
        mine = {NAMES[1]: b"mine", "2_second_new_edition.ipynb": new[NAMES[1]]}
        assert held(place) == new | (mine if not first else {})
        assert not leftovers(tmp_path)
        if moments.left > 0:
            return


def test_killed_at_any_moment(place, tmp_path):
    old = edition(tmp_path / "notebooks", "old")
    start(place)
    new = edition(tmp_path / "notebooks", "new")

    def again_old() -> None:
        shutil.rmtree(tmp_path / "work")
        edition(tmp_path / "notebooks", "old")
        start(place)
        edition(tmp_path / "notebooks", "new")

    for _ in killed_at_every_moment(lambda: start(place), before=again_old):
        for name in NAMES:
            assert held(place)[name] in (old[name], new[name])
        newest = edition(tmp_path / "notebooks", "newest")
        assert start(place) is None
        assert held(place) == newest and not leftovers(tmp_path)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of its own, on which a course fits."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> None:
    with (disk / "fill").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is Linux's")
def test_on_a_disk_that_is_really_full_nothing_is_lost_and_the_lab_starts_again(small_disk):
    with RunningLab(small_disk) as lab:
        path = lab.notebooks / "1_multiple_inputs.ipynb"
        before = path.read_bytes()
        visitor, _ = log_in(lab, "1234")
        notebook = f"{lab.address}/api/contents/{COPY}/{path.name}"
        token = {"X-XSRFToken": visitor.cookies["_xsrf"]}
        assert visitor.post(f"{notebook}/checkpoints", headers=token, timeout=30).status_code == 201
        content = visitor.get(notebook, timeout=30).json()["content"]
        fill(small_disk)
        save = {"type": "notebook", "content": content}
        for saved in (
            visitor.put(notebook, json=save, headers=token, timeout=30),
            visitor.post(f"{notebook}/checkpoints/checkpoint", headers=token, timeout=30),
        ):
            assert saved.status_code == 500 and "No space left on device" in saved.json()["message"]
        assert path.read_bytes() == before
    with RunningLab(small_disk, port=lab.port) as lab:
        assert "Traceback" not in lab.output()
        assert visitor.get(notebook, timeout=30).status_code == 200


def test_a_lab_with_damaged_files_of_its_own_opens(tmp_path):
    copy_course(tmp_path / "course")
    place = folders.learners(tmp_path / "course")
    for where in (key for key in PLACES if key.startswith(STATE) and PLACES[key] and key != f"{STATE}/config"):
        path = place.root / where
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
    with RunningLab(tmp_path) as lab:
        assert "Traceback" not in lab.output()
        visitor, page = log_in(lab, "1234")
        assert page.url == lab.url
        for path in ("lab", "lab/api/settings", "lab/api/workspaces", "api/kernelspecs"):
            assert visitor.get(f"{lab.address}/{path}", timeout=10).status_code == 200
