"""The learners' own passwords: salted hashes in one file, from which no password can be read.

It needs nothing but Python, for on Kubernetes a teacher runs it as a program that takes a learner's password away:

    python3 passwords.py FILE NAME
"""

import argparse
import errno
import hashlib
import hmac
import os
import secrets
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SALT_BYTES = 16
SCRYPT_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MiB and a twentieth of a second: a whole class may come at once
ERROR_NUMBERS = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_READONLY: errno.EROFS}
SCHEMA = """
    CREATE TABLE IF NOT EXISTS learner (
        name TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, must_log_in INTEGER NOT NULL DEFAULT 1
    );
    CREATE TABLE IF NOT EXISTS class (salt BLOB NOT NULL, hash BLOB NOT NULL);
"""


class Passwords:
    """A learner without a password here is a newcomer. Every method raises OSError if the file cannot be used."""

    def __init__(self, file: Path):
        self._file = file
        with self._database() as database:
            database.executescript(SCHEMA)

    def use_for_class(self, password: str) -> None:
        """With another one than at the last start, all learners must log in anew."""
        with self._database() as database:
            kept = database.execute("SELECT salt, hash FROM class").fetchone()
            if not _fits(password, kept):
                database.execute("DELETE FROM class")
                database.execute("INSERT INTO class VALUES (?, ?)", _salt_and_hash(password))
                database.execute("UPDATE learner SET must_log_in = 1")

    def has(self, name: str) -> bool:
        return self._kept(name) is not None

    def is_right(self, name: str, password: str) -> bool:
        return _fits(password, self._kept(name))

    def add(self, name: str, password: str) -> bool:
        """Whether it could be added: nobody's password is replaced."""
        with self._database() as database:
            return _changed(
                database,
                "INSERT INTO learner (name, salt, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                name,
                *_salt_and_hash(password),
            )

    def remove(self, name: str) -> bool:
        """Whether there was one. The learner must log in anew, as a newcomer."""
        with self._database() as database:
            return _changed(database, "DELETE FROM learner WHERE name = ?", name)

    def must_log_in(self, name: str) -> bool:
        """Whether this learner has not logged in since the class's password, or their own, was set."""
        with self._database() as database:
            row = database.execute("SELECT must_log_in FROM learner WHERE name = ?", (name,)).fetchone()
        return row is None or bool(row[0])

    def has_logged_in(self, name: str) -> None:
        with self._database() as database:
            database.execute("UPDATE learner SET must_log_in = 0 WHERE name = ?", (name,))

    def _kept(self, name: str) -> tuple[bytes, bytes] | None:
        with self._database() as database:
            return database.execute("SELECT salt, hash FROM learner WHERE name = ?", (name,)).fetchone()

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            with closing(sqlite3.connect(self._file)) as database, database:
                yield database
        except sqlite3.Error as fault:
            number = ERROR_NUMBERS.get(getattr(fault, "sqlite_errorcode", 0), errno.EIO)
            raise OSError(number, str(fault), str(self._file)) from None


def _changed(database: sqlite3.Connection, statement: str, *values: object) -> bool:
    return database.execute(statement, values).rowcount == 1


def _salt_and_hash(password: str) -> tuple[bytes, bytes]:
    salt = secrets.token_bytes(SALT_BYTES)
    return salt, _hash(password, salt)


def _fits(password: str, kept: tuple[bytes, bytes] | None) -> bool:
    if kept is None:
        return False
    salt, hashed = kept
    return hmac.compare_digest(_hash(password, salt), hashed)


def _hash(password: str, salt: bytes) -> bytes:
    """Of the letters, however the keyboard composes them."""
    letters = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(letters, salt=salt, **SCRYPT_COST)


class NoSuchLearner(Exception):
    """Nobody of that name has a password: said in a sentence."""


def reset(file: Path, name: str) -> str:
    """Take a learner's password away. Returns what is to be said about it; raises NoSuchLearner."""
    name = name.lower()
    if not file.exists() or not Passwords(file).remove(name):
        raise NoSuchLearner(f"nobody called {name!r} has a password here: look at how the name is written")
    return f"{name} has no password any more, and sets a new one at the next visit, with the class's password."


def main() -> None:
    parser = argparse.ArgumentParser(description="Take a learner's password away, so that they can set a new one.")
    parser.add_argument("file", type=Path)
    parser.add_argument("name")
    options = parser.parse_args()
    try:
        print(reset(options.file, options.name))
    except (NoSuchLearner, OSError) as reason:
        sys.exit(f"passwords: {reason}")


if __name__ == "__main__":
    main()
