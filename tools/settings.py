"""What of the shell and of pip's settings reaches a set-up: how to get at packages, but not what goes where.

pip takes settings from variables (`PIP_USER=yes`) and from files (`user = true` in pip.conf).
"""

import configparser
import json
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

# The settings that say how to reach the package index, and where to keep what came from there.
ALLOWED = {
    "index-url",
    "pypi-url",
    "extra-index-url",
    "no-index",
    "find-links",
    "trusted-host",
    "proxy",
    "no-proxy-env",
    "cert",
    "client-cert",
    "keyring-provider",
    "no-input",
    "timeout",
    "default-timeout",
    "retries",
    "resume-retries",
    "cache-dir",
    "no-cache-dir",
}

# Variables by which Python or pip would look elsewhere; PYTHON_KEYRING_BACKEND and its like stay.
MISLEADING = re.compile(r"PIP_|PYTHON[A-Z]|VIRTUAL_ENV$|__PYVENV_LAUNCHER__$")

ASK_FOR_FILES = """
import json
from pip._internal.configuration import get_configuration_files
print(json.dumps(get_configuration_files()))
"""


def variables() -> dict[str, str]:
    """The shell's variables without misleading ones and without pip's settings."""
    kept = {name: value for name, value in os.environ.items() if not MISLEADING.match(name)}
    return kept | {"PIP_CONFIG_FILE": os.devnull}  # this name makes pip read no file at all


def variables_for_pip(python: Path) -> dict[str, str]:
    """The same with those of pip's settings that are allowed, from variables and from the files that this pip reads."""
    allowed: dict[str, str] = {}
    for name, value in [*_in_files(_files(python)), *_in_variables()]:
        if name in ALLOWED and value:
            allowed.pop(name, None)  # the last one comes last: it also decides between two names of one setting
            allowed[name] = value
    return variables() | {f"PIP_{name.upper().replace('-', '_')}": value for name, value in allowed.items()}


def _files(python: Path) -> list[str]:
    """The files that pip would read, in its order."""
    named = os.environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return []
    command = [str(python), "-I", "-c", ASK_FOR_FILES]
    known = json.loads(subprocess.run(command, env=variables(), stdout=subprocess.PIPE, check=True).stdout)
    if os.path.exists(named):
        known["user"] = []
    return [*known["global"], *known["user"], *known["site"], named]


def _in_files(files: Iterable[str]) -> list[tuple[str, str]]:
    """What they say to `pip install`: the section of that name has the last word."""
    parser = _Settings(strict=False)
    parser.read(files)
    sections = [section for section in ("global", "install") if parser.has_section(section)]
    return [setting for section in sections for setting in parser.items(section)]


class _Settings(configparser.RawConfigParser):
    """Files in which `find_links` and `find-links` are one setting."""

    def optionxform(self, name: str) -> str:
        return _in_one_spelling(name)


def _in_variables() -> list[tuple[str, str]]:
    settings = [(name, value) for name, value in os.environ.items() if name.startswith("PIP_")]
    return [(_in_one_spelling(name.removeprefix("PIP_")), value) for name, value in settings]


def _in_one_spelling(name: str) -> str:
    return name.lower().replace("_", "-")
