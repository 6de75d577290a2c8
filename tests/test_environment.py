"""One set of versions, said in three places: pyproject.toml, requirements.lock, environment.yml."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

COURSE = Path(__file__).resolve().parents[1]
LOCK = (COURSE / "requirements.lock").read_text()
MUTANTS_LOCK = (COURSE / "tests" / "mutants.lock").read_text()
PROJECT = (COURSE / "pyproject.toml").read_text()
ENVIRONMENT = (COURSE / "environment.yml").read_text()

# An entry of a lock: a line that is not indented, and the indented lines below it.
ENTRIES, MUTANTS_ENTRIES = (
    re.findall(r"^[^\s#].*\n(?:[ \t].*\n?)*", lock, re.MULTILINE) for lock in (LOCK, MUTANTS_LOCK)
)


def pin(text: str) -> tuple[str, str, str]:
    """Name, version and marker, each in one spelling."""
    requirement = Requirement(text)
    return canonicalize_name(requirement.name), str(requirement.specifier), str(requirement.marker)


def locked(entry: str) -> tuple[str, str, str]:
    return pin(entry.splitlines()[0].removesuffix("\\"))


def direct() -> list[Requirement]:
    project = tomllib.loads(PROJECT)["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [Requirement(text) for text in named]


def conda() -> tuple[list, list[str]]:
    *own, last = yaml.safe_load(ENVIRONMENT)["dependencies"]
    return own, last["pip"]


@pytest.mark.parametrize("requirement", direct(), ids=str)
def test_the_lock_has_what_the_project_asks_for(requirement):
    versions = [
        version.removeprefix("==")
        for name, version, _ in map(locked, ENTRIES)
        if name == canonicalize_name(requirement.name)
    ]
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("entry", ENTRIES + MUTANTS_ENTRIES, ids=lambda entry: entry.split()[0])
def test_every_locked_package_has_one_version_and_its_hashes(entry):
    assert re.fullmatch(r"==[\w.]+", locked(entry)[1])
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)


@pytest.mark.parametrize("lock", [LOCK, MUTANTS_LOCK], ids=["course", "mutants"])
def test_the_lock_names_no_address_and_no_place(lock):
    assert not re.search(r"://|index-url|find-links|file:|\s/\w", lock)


def test_what_comes_on_top_of_the_course_s_packages_brings_none_of_them_in_another_version():
    course = {name: version for name, version, _ in map(locked, ENTRIES)}
    common = [(name, version) for name, version, _ in map(locked, MUTANTS_ENTRIES) if name in course]
    assert common and all(course[name] == version for name, version in common)


def test_conda_brings_a_python_that_the_project_runs_on():
    own, _ = conda()
    assert own[1:] == ["pip"]
    python, version = own[0].split("=")
    wanted = Requirement(f"python{tomllib.loads(PROJECT)['project']['requires-python']}")
    assert python == "python" and wanted.specifier.contains(version)


def test_conda_s_pip_installs_the_locked_versions_and_helpers():
    *pins, course = conda()[1]
    assert course == "-e ."
    assert sorted(map(pin, pins)) == sorted(map(locked, ENTRIES))


@pytest.mark.parametrize("requirement", direct(), ids=str)
def test_both_say_what_a_direct_dependency_is_for(requirement):
    name = canonicalize_name(requirement.name)
    said = re.search(rf'"{re.escape(requirement.name)}\b[^"]*", *# (.+)', PROJECT)
    assert said
    lines = [line for line in ENVIRONMENT.splitlines() if line.strip().startswith(f"- {name}==")]
    assert lines and all(line.endswith(f"  # {said[1]}") for line in lines)


@pytest.mark.skipif(Path(sys.prefix).name != ".venv-floors", reason="only `make test-floors` has the oldest versions")
def test_the_oldest_versions_allowed_are_those_that_are_tried():
    oldest = {
        each.name: Version(limit.version) for each in direct() for limit in each.specifier if limit.operator == ">="
    }
    assert {name: Version(version(name)) for name in oldest} == oldest
