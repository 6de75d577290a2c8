"""Whether other people have accounts on this machine, and so reach what listens at its loopback address.

An account that nobody can log in to is nobody's. Accounts that a directory in the network keeps are seen only while
somebody uses them, and on Windows only once somebody has.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

try:
    import pwd
except ImportError:  # Windows
    pwd = None  # type: ignore[assignment]

LOGIN_SETTINGS = Path("/etc/login.defs")
PASSWORDS = Path("/etc/shadow")  # which root alone can read
LOCKED = ("!", "*")
LOGGED_IN = Path("/run/systemd/users")  # a file for each user, named by their number
PEOPLE = {"UID_MIN": 1000, "UID_MAX": 60000}
FIRST_PERSON_ON_MACOS = 501
NO_LOGIN = ("nologin", "false", "sync", "shutdown", "halt")
NOBODYS_PROFILES = ("Public", "Default", "Default User", "All Users", "defaultuser0")


def others() -> bool:
    """Whether there is an account of somebody else's."""
    if pwd:
        return any(user != os.getuid() for user in _people())
    profiles = Path.home().parent  # where Windows has a folder for each user who has ever logged in
    return any(
        profile.is_dir() and profile != Path.home() and profile.name not in NOBODYS_PROFILES
        for profile in profiles.iterdir()
    )


def _people() -> Iterator[int]:
    """The numbers of the users that are neither services nor the system itself."""
    first, last = _range()
    locked = _locked()
    for account in pwd.getpwall():
        is_open = account.pw_name not in locked or _has_key(account.pw_dir)
        if first <= account.pw_uid <= last and is_open and Path(account.pw_shell).name not in NO_LOGIN:
            yield account.pw_uid
    with suppress(OSError):
        for file in LOGGED_IN.iterdir():
            if file.name.isdecimal() and first <= int(file.name) <= last:
                yield int(file.name)


def _locked() -> set[str]:
    """The names of the accounts that no password opens, as far as one may know."""
    with suppress(OSError):
        entries = [line.split(":") for line in PASSWORDS.read_text(encoding="utf-8", errors="replace").splitlines()]
        return {name for name, password, *_ in entries if password.startswith(LOCKED)}
    return set()


def _has_key(home: str) -> bool:
    """Whether its owner can come in by SSH."""
    return Path(home, ".ssh/authorized_keys").exists()


def _range() -> tuple[int, int]:
    """The least and the greatest number of a person's account."""
    limits = dict(PEOPLE)
    if sys.platform == "darwin":
        limits["UID_MIN"] = FIRST_PERSON_ON_MACOS
    with suppress(OSError):
        settings = LOGIN_SETTINGS.read_text(encoding="utf-8", errors="replace")
        for name, number in re.findall(r"^\s*(UID_MIN|UID_MAX)\s+(\d+)\s*$", settings, re.MULTILINE):
            limits[name] = int(number)
    return limits["UID_MIN"], limits["UID_MAX"]
