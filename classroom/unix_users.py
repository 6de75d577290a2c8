"""A Unix user for each learner of a class that was started with root's rights."""

import grp
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from helpers.lab.access import Refused

from . import paths

GROUP = "class-learners"  # in it is every user that a class made, and nobody else
PREFIX = "learner-"
LONGEST_NAME = 32  # what Linux allows
STRANGER = 65534  # the number of nobody: a user without rights


class Unusable(Exception):
    """Why a learner can have no Unix user, or not this folder, in a sentence."""


def are_possible() -> bool:
    """Whether this process may make Unix users."""
    return os.geteuid() == 0


def check_possible() -> None:
    """Raises Refused if this system makes no users as Linux does."""
    if not (shutil.which("useradd") and shutil.which("groupadd")):
        raise Refused(
            "started with root's rights, a class gives each learner a Unix user, for which it needs Linux with its "
            "command useradd: start it there, or read in classroom/README.md what --trust-learners means"
        )


def name_of(learner: str) -> str:
    """The name of the learner's Unix user: never one that a system has by itself."""
    name = PREFIX + learner
    if len(name) > LONGEST_NAME:  # no learner's name begins with a dash, so this is nobody else's
        name = f"{PREFIX}-{hashlib.sha256(learner.encode()).hexdigest()}"[:LONGEST_NAME]
    return name


def account(learner: str, home: Path) -> pwd.struct_passwd:
    """The learner's Unix user, made if there is none; their home is theirs alone.

    Raises Unusable if there is a user of this name that this class did not make, or something else in the home's place.
    """
    name = name_of(learner)
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        user = _make(name, learner, home)
    if not _was_made_by_a_class(user):
        raise Unusable(f"there is a Unix user {name} on this machine that no class made; choose another name")
    if Path(user.pw_dir) != home:
        if Path(user.pw_dir).exists():
            raise Unusable(f"the Unix user {name} belongs to another class, in {user.pw_dir}; choose another name")
        _run("usermod", "--home", str(home), name)  # the course's folder was moved
        user = pwd.getpwnam(name)
    _take_home(home, user)
    return user


def existing(learner: str, home: Path) -> pwd.struct_passwd | None:
    """The learner's Unix user, if this class made one."""
    try:
        user = pwd.getpwnam(name_of(learner))
    except KeyError:
        return None
    if _was_made_by_a_class(user) and Path(user.pw_dir) == home:
        return user
    return None


def _make(name: str, learner: str, home: Path) -> pwd.struct_passwd:
    _run("groupadd", "--force", GROUP)
    shell = shutil.which("nologin") or "/bin/false"
    _run("useradd", "--home-dir", str(home), "--no-create-home", "--user-group", "--groups", GROUP,
         "--shell", shell, "--comment", f"learner {learner} of a class", name)  # fmt: skip
    return pwd.getpwnam(name)


def _was_made_by_a_class(user: pwd.struct_passwd) -> bool:
    try:
        return user.pw_uid != 0 and user.pw_name in grp.getgrnam(GROUP).gr_mem
    except KeyError:
        return False


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise Unusable(f"this machine makes no Unix user for you ({done.stderr.strip()}); tell your teacher")


def _take_home(home: Path, user: pwd.struct_passwd) -> None:
    """Make the home the user's, and with it what its owner of before left there."""
    if not os.path.lexists(home):
        home.mkdir(mode=0o700)
        os.chown(home, user.pw_uid, user.pw_gid)
    before = home.lstat()
    if not stat.S_ISDIR(before.st_mode):
        raise Unusable(
            f"{home}, where your folder should be, is something else; tell your teacher, who can move it away"
        )
    if before.st_uid != user.pw_uid:
        _hand_over(home, before.st_uid, user)
    home.chmod(0o700)


def _hand_over(home: Path, owner: int, user: pwd.struct_passwd) -> None:
    """Give the user what the owner has in this folder. A file with names elsewhere stays the owner's."""
    try:
        former = pwd.getpwuid(owner)
    except KeyError:
        former = None
    if former and _was_made_by_a_class(former):
        raise Unusable(f"{home} belongs to another learner's Unix user, {former.pw_name}; tell your teacher")
    for _, folders, names, folder in os.fwalk(home):
        for name in folders + names:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if found.st_uid == owner and (stat.S_ISDIR(found.st_mode) or found.st_nlink == 1):
                os.chown(name, user.pw_uid, user.pw_gid, dir_fd=folder, follow_symlinks=False)
    os.chown(home, user.pw_uid, user.pw_gid)


def clear_shared_memory(user: pwd.struct_passwd) -> None:
    """Delete what the user left in /dev/shm, with no more rights than theirs: it would count as their memory."""
    subprocess.run(
        ["find", "/dev/shm", "-mindepth", "1", "-user", str(user.pw_uid), "-delete"],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


# What a class checks before it starts


def prepare_folders() -> None:
    """Make the learners' folder. All may pass through it, each to their own, and nobody but its owner may list it."""
    work = paths.LEARNERS.parent
    if not work.exists():
        work.mkdir()
        owner = paths.COURSE.stat()
        os.chown(work, owner.st_uid, owner.st_gid)
    paths.LEARNERS.mkdir(exist_ok=True)
    for folder in (work, paths.LEARNERS):
        folder.chmod(0o711)
    for folder in work.iterdir():
        if folder != paths.LEARNERS and folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o700)  # the teacher's own copy, and what the lab and the hub keep


def check_reach(keyfile: str | None) -> None:
    """Raises Refused if a learner's user could not run the course, or could read the certificate's key."""
    done = _as_stranger(f"import os, classroom.learner, jupyterhub; os.stat({str(paths.LEARNERS / '.')!r})")
    if done is None or done.returncode:
        raise Refused(_obstacle(done))
    if keyfile and (done := _as_stranger(f"open({keyfile!r})")) and done.returncode == 0:
        raise Refused(f"every user of this machine, so each learner too, can read the key: chmod 600 {keyfile}")


def _as_stranger(code: str) -> subprocess.CompletedProcess | None:
    """Run it in this Python as a user without rights; None if that user may not even start it."""
    try:
        return subprocess.run(
            [sys.executable, "-P", "-c", code],
            user=STRANGER,
            group=STRANGER,
            extra_groups=(),
            cwd="/",
            env={"PYTHONPATH": str(paths.COURSE), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except OSError:
        return None


def _obstacle(done: subprocess.CompletedProcess | None) -> str:
    for path in (Path(sys.executable), Path(sys.executable).resolve(), paths.COURSE, paths.LEARNERS):
        for folder in (*reversed(path.parents), path):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return (
                    f"a learner's Unix user cannot get to {path}, for {folder} lets no others pass: allow it with "
                    f"chmod o+x {folder}, or have the course and its Python elsewhere, such as in /srv"
                )
    last_line = ""
    if done:
        last_line = done.stderr.strip().rpartition("\n")[2]
    return f"a learner's Unix user cannot run the course ({last_line}): allow it with chmod -R o+rX {paths.COURSE}"


def open_home() -> Path | None:
    """The home of the teacher's own user, if the learners' users may enter it."""
    with suppress(KeyError, ValueError, OSError):
        home = Path(pwd.getpwuid(int(os.environ.get("SUDO_UID", "0"))).pw_dir)
        if home.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH):
            return home
    return None
