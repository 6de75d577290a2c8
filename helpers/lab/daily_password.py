"""A password that the lab makes, and keeps for a day."""

import json
import secrets
from contextlib import suppress
from datetime import date
from pathlib import Path

from . import files

CONSONANTS, VOWELS = "bdfghklmnprstvz", "aeiou"
SYLLABLES, SYLLABLES_IN_WORD = 8, 2  # 10**15 passwords
LARGEST_FILE = 1000  # bytes


def of_today(file: Path) -> str:
    """The password in the file, or a new one if that is not today's."""
    today = date.today().isoformat()
    with suppress(FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        kept = json.loads(files.read(file, LARGEST_FILE))
        if kept["day"] == today and isinstance(kept["password"], str) and kept["password"]:
            return kept["password"]
    password = _new()
    files.write(file, json.dumps({"day": today, "password": password}).encode())
    file.chmod(0o600)
    return password


def _new() -> str:
    """Words that are nothing but easy to type, such as bado-kife-muta-lore."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES)]
    words = ["".join(syllables[n : n + SYLLABLES_IN_WORD]) for n in range(0, SYLLABLES, SYLLABLES_IN_WORD)]
    return "-".join(words)
