"""One set of versions, said in pyproject.toml, in the files of locked versions, and in environment.yml."""

import itertools
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
PROJECT = (COURSE / "pyproject.toml").read_text(encoding="utf-8")
ENVIRONMENT = (COURSE / "environment.yml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(PROJECT)

GROUPS = {
    name: [Requirement(entry) for entry in entries if isinstance(entry, str)]
    for name, entries in SETTINGS["dependency-groups"].items()
}
WHAT_LEARNERS_GET = [*map(Requirement, SETTINGS["project"]["dependencies"]), *GROUPS["course"]]

LEARNERS, TESTS, MUTANTS, SITE, CLASS = LOCKS = [
    (COURSE / path).read_text(encoding="utf-8")
    for path in (
        "requirements.lock",
        "tests/requirements.lock",
        "tests/mutation/requirements.lock",
        "website/requirements.lock",
        "classroom/requirements.lock",
    )
]


def entries(lock: str) -> list[str]:
    """The lines that are not indented, each with the indented lines below it."""
    return re.findall(r"^[^\s#].*\n(?:[ \t].*\n?)*", lock, re.MULTILINE)


def pin(text: str) -> tuple[str, str, str]:
    """Name, version and marker, each in one spelling."""
    requirement = Requirement(text)
    return canonicalize_name(requirement.name), str(requirement.specifier).removeprefix("=="), str(requirement.marker)


def pins(lock: str) -> list[tuple[str, str, str]]:
    return [pin(entry.splitlines()[0].removesuffix("\\")) for entry in entries(lock)]


def versions(lock: str) -> dict[str, set[str]]:
    """Those of each package: more than one if they depend on Python's."""
    found = {}
    for name, number, _ in pins(lock):
        found.setdefault(name, set()).add(number)
    return found


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        (WHAT_LEARNERS_GET, LEARNERS),
        (GROUPS["tests"], LEARNERS + TESTS),
        (GROUPS["lint"], TESTS),
        (GROUPS["mutants"], MUTANTS),
        (GROUPS["site"], SITE),
        (WHAT_LEARNERS_GET + GROUPS["classroom"], CLASS),
    ],
    ids=["learners", "tests", "lint", "mutants", "site", "class"],
)
def test_each_lock_has_what_is_asked_for(wanted, lock):
    locked = versions(lock)
    for each in wanted:
        assert all(map(each.specifier.contains, locked[canonicalize_name(each.name)])), each


@pytest.mark.parametrize("lock", LOCKS, ids=["learners", "tests", "mutants", "site", "class"])
def test_every_locked_package_has_one_version_and_its_hashes_and_no_address(lock):
    for entry, (_, number, _) in zip(entries(lock), pins(lock), strict=True):
        assert re.fullmatch(r"[\w.]+", number) and re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry
    assert not re.search(r"://|index-url|find-links|file:|\s/\w", lock)


def test_what_comes_on_top_of_the_learners_packages_brings_none_of_them():
    assert not versions(LEARNERS).keys() & versions(TESTS).keys()
    assert not versions(LEARNERS + TESTS).keys() & versions(MUTANTS).keys()


def test_learners_get_no_test_bench():
    assert not {"playwright", "hypothesis", "axe-playwright-python", "mypy", "ruff"} & versions(LEARNERS).keys()


def test_the_class_has_the_learners_own_versions():
    ours, theirs = versions(LEARNERS), versions(CLASS)
    assert all(theirs[name] <= numbers for name, numbers in ours.items())


def conda() -> tuple[list, list[str]]:
    *own, last = yaml.safe_load(ENVIRONMENT)["dependencies"]
    return own, last["pip"]


def test_conda_brings_a_python_that_the_project_runs_on():
    own, _ = conda()
    assert own[1:] == ["pip"]
    python, number = own[0].split("=")
    allowed = Requirement(f"python{SETTINGS['project']['requires-python']}").specifier
    assert python == "python" and allowed.contains(number)


def test_conda_s_pip_installs_what_learners_get_and_helpers():
    *locked, course = conda()[1]
    assert course == "-e ."
    assert sorted(map(pin, locked)) == sorted(pins(LEARNERS))


def test_it_is_said_what_each_package_is_for():
    for each in itertools.chain(*GROUPS.values()):
        assert re.search(rf'"{re.escape(each.name)}\b[^"]*", *# .+', PROJECT), each
    for each in WHAT_LEARNERS_GET:
        reason = re.search(rf'"{re.escape(each.name)}\b[^"]*", *# (.+)', PROJECT)[1]
        lines = re.findall(rf"^ +- {re.escape(canonicalize_name(each.name))}==.*", ENVIRONMENT, re.MULTILINE)
        assert lines and all(line.endswith(f"  # {reason}") for line in lines), each


@pytest.mark.skipif(Path(sys.prefix).name != ".venv-floors", reason="only `make test-floors` has the oldest versions")
def test_the_oldest_versions_allowed_are_those_that_are_tried():
    for each in WHAT_LEARNERS_GET + GROUPS["tests"]:
        (limit,) = [limit for limit in each.specifier if limit.operator == ">="]
        assert Version(version(each.name)) == Version(limit.version), each
