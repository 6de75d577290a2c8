"""The hub's own files on one machine, looked at before it uses them."""

import sqlite3
from contextlib import closing
from tempfile import TemporaryFile

from helpers.lab import files
from helpers.lab.access import Refused

from . import paths

ROOM_BYTES = 2_000_000  # what the hub writes at its first start, with room to spare


def check() -> None:
    """Raises Refused if the database can't be used; OSError if something else is where a file should be, or no room."""
    for path in (paths.DATABASE, paths.PASSWORDS, paths.COOKIE_SECRET, paths.PROXY_PID):
        files.check(path)
    try:
        with TemporaryFile(dir=paths.HUB) as trial:
            trial.write(bytes(ROOM_BYTES))
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(paths.HUB)) from None
    if paths.DATABASE.exists():
        try:
            with closing(sqlite3.connect(paths.DATABASE)) as database:
                ((found,),) = database.execute("PRAGMA quick_check(1)")
        except sqlite3.OperationalError as fault:
            raise Refused(
                f"cannot use {paths.DATABASE} ({fault}): make room there, or give yourself the right to write"
            ) from None
        except sqlite3.DatabaseError as fault:
            found = str(fault)
        if found != "ok":
            raise Refused(
                f"{paths.DATABASE} is damaged ({found}): move it away and start again; the learners keep their files "
                "and passwords, and have to log in anew"
            )
