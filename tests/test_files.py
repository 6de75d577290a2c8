"""The one writer: whatever happens, a file is whole, and stays the file that it was."""

import os
import secrets
import stat
from itertools import count
from pathlib import Path

import pytest

from helpers.lab import files
from tests.support.broken_disk import NEED_ROOM, broken, killed_at_every_moment, leftovers, no_room

OLD, NEW = b"old" * 5000, b"brand new" * 5000
KINDS = ("plain", "hard links")


@pytest.fixture
def path(tmp_path, request) -> Path:
    path = tmp_path / "folder" / "a.ipynb"
    path.parent.mkdir()
    path.write_bytes(OLD)
    if getattr(request, "param", "plain") == "hard links":
        (tmp_path / "other name").hardlink_to(path)
    return path


def again_old(path: Path) -> None:
    """The same file with its old content."""
    with path.open("r+b") as file:
        file.write(OLD)
        file.truncate()


def test_hard_links_hold_the_new_content_too(path, tmp_path):
    (tmp_path / "other name").hardlink_to(path)
    for content in (NEW, b"short", OLD):
        files.write(path, content)
        assert (tmp_path / "other name").read_bytes() == path.read_bytes() == content
    assert path.stat().st_nlink == 2 and not leftovers(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_and_the_rights_stay(path):
    os.chown(path, 12345, 54321)
    path.chmod(0o640)
    files.write(path, NEW)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 54321, 0o640)
    assert path.read_bytes() == NEW


def test_where_the_owner_could_not_be_kept_the_file_itself_is_filled(path, monkeypatch):
    before = path.stat().st_ino

    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(files.shutil, "copystat", refused)
    files.write(path, NEW)
    assert path.read_bytes() == NEW and path.stat().st_ino == before and not leftovers(path.parent)


@pytest.mark.parametrize("length", [238, 255])
def test_long_names(tmp_path, length):
    path = tmp_path / ("é" * (length // 2) + "a" * (length % 2))
    files.write(path, OLD)
    (tmp_path / "other name").hardlink_to(path)
    files.write(path, NEW)
    assert (tmp_path / "other name").read_bytes() == NEW


@pytest.mark.parametrize("kind", ["link", "dangling link", "link to itself", "folder", "pipe"])
def test_nothing_but_a_file_is_written_to_or_read(tmp_path, path, kind):
    target = tmp_path / "target"
    make = {
        "link": lambda: target.symlink_to(path),
        "dangling link": lambda: target.symlink_to(tmp_path / "nowhere"),
        "link to itself": lambda: target.symlink_to(target),
        "folder": target.mkdir,
        "pipe": lambda: os.mkfifo(target),
    }
    make[kind]()
    before = target.lstat()
    for call in (lambda: files.write(target, NEW), lambda: files.read(target, 1000), lambda: files.copy(target, path)):
        with pytest.raises(OSError) as raised:
            call()
        assert raised.value.filename == str(target)
    assert target.lstat().st_ino == before.st_ino and path.read_bytes() == OLD
    assert {each.name for each in tmp_path.iterdir()} == {"target", "folder"} and not leftovers(tmp_path)


@pytest.mark.parametrize("path", KINDS, indirect=True)
def test_a_disk_that_fills_at_any_moment_leaves_the_old_content(path, tmp_path):
    inode = path.stat().st_ino
    for number in count(1):
        with broken(NEED_ROOM, number, no_room) as moments:
            try:
                files.write(path, NEW)
            except OSError as fault:
                assert (fault.strerror, fault.filename) == ("No space left on device", str(path))
        if moments.left > 0:
            break
        assert path.read_bytes() == OLD and path.stat().st_ino == inode and not leftovers(tmp_path)
    assert number > 2 and path.read_bytes() == NEW


@pytest.mark.parametrize("path", KINDS, indirect=True)
def test_killed_at_any_moment_the_next_start_finds_the_old_or_the_new_content(path, tmp_path):
    linked = path.stat().st_nlink == 2
    moments = 0
    for _ in killed_at_every_moment(lambda: files.write(path, NEW), before=lambda: again_old(path)):
        moments += 1
        assert linked or path.read_bytes() in (OLD, NEW)
        files.tidy(path.parent)
        assert path.read_bytes() in (OLD, NEW) and not leftovers(tmp_path)
        if linked:
            assert (tmp_path / "other name").read_bytes() == path.read_bytes()
    assert moments > 4 and path.read_bytes() == NEW


def test_what_is_being_written_is_not_taken_for_a_leftover(path):
    with files.writing(path) as file:
        file.write(NEW)
        files.tidy(path.parent)
        assert len(leftovers(path.parent)) == 1
    assert path.read_bytes() == NEW


def test_what_is_not_ours_is_no_leftover(tmp_path):
    for name in (".unfinished-", ".unfinished-1-a.ipynb", ".complete-mine", files.UNFINISHED + "x" * 32):
        (tmp_path / name).write_bytes(OLD)
    (tmp_path / (files.UNFINISHED + secrets.token_hex(16))).mkdir()
    before = sorted(tmp_path.iterdir())
    files.tidy(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_folders_are_for_their_owner_alone(tmp_path):
    mask = os.umask(0)
    try:
        files.write(tmp_path / "a/b/c.txt", NEW)
    finally:
        os.umask(mask)
    assert [stat.S_IMODE((tmp_path / folder).stat().st_mode) for folder in ("a", "a/b")] == [0o700] * 2
    assert stat.S_IMODE((tmp_path / "a/b/c.txt").stat().st_mode) == 0o644


def test_what_is_there_already_needs_no_room(path):
    with broken(NEED_ROOM, 1, no_room):
        files.write_unless_there(path, OLD)
        with pytest.raises(OSError, match="No space left"):
            files.write_unless_there(path, NEW)
