"""What README, CONTRIBUTING and their like name is there, and said alike."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

COURSE = Path(__file__).resolve().parents[1]
PAGES = [*sorted(COURSE.glob("*.md")), COURSE / "classroom/README.md"]
TARGETS = set(re.findall(r"^([a-z-]+):", (COURSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(COURSE).as_posix())
def test_what_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    code = re.findall(r"`([^`\n]+)`", text)
    paths = [part for part in code if re.fullmatch(r"[\w.]+(/[\w.]+)+|[\w]+\.(py|toml|lock|yml|cff)", part)]
    ours = [path for path in paths if (COURSE / path.split("/")[0]).exists() and not path.startswith(("build", "work"))]
    assert not [path for path in links if not (page.parent / path).exists()]
    assert not [path for path in ours if not (COURSE / path).exists()]
    assert {word for part in [*code, text] for word in re.findall(r"(?:^|`)make ([a-z-]+)", part)} <= TARGETS


def test_each_promise_has_its_test():
    promises = (COURSE / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!promise)(\w.*?) \| (.*) \|$", promises, re.MULTILINE)
    assert len(rows) > 20
    for promise, tests in rows:
        named = re.findall(r"`(\S+\.py)`: ((?:`\w+`(?:, )?)+)", tests)
        assert named, promise
        for path, names in named:
            code = (COURSE / path).read_text(encoding="utf-8")
            assert all(f"def {name}(" in code for name in re.findall(r"\w+", names)), promise


def test_the_readme_is_short():
    assert len((COURSE / "README.md").read_text(encoding="utf-8").split()) < 700


def test_the_edition_is_the_same_everywhere():
    version = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert yaml.safe_load((COURSE / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert re.findall(r"^## (\S+),", (COURSE / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0] == version


def test_the_hosted_tests_are_those_of_make():
    jobs = yaml.safe_load((COURSE / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]
    called = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert called["everything"] == [".ci/run ${{ matrix.checks }}"]
    checks = " ".join(jobs["everything"]["strategy"]["matrix"]["checks"]).split()
    assert checks == ["lint", "test", "test-site", "test-class", "test-thorough"]
    makefile = re.sub(r"@?\$\(BIN\)/", "", (COURSE / "Makefile").read_text(encoding="utf-8"))
    lint = re.search(r"^lint:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)[1]
    assert {line.strip() for line in lint.splitlines()} <= set(called["without-a-browser"])
    for line in called["without-a-browser"]:
        assert all((COURSE / path).is_file() for path in re.findall(r"\S+\.lock", line))
