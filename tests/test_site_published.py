"""How the website is published: the hosted workflow, and what the pages say of where they are."""

from pathlib import Path

import yaml

from helpers.lab import workspace
from website import published

COURSE = Path(__file__).resolve().parents[1]
JOBS = yaml.safe_load((COURSE / ".github/workflows/site.yml").read_text(encoding="utf-8"))["jobs"]


def test_the_website_is_made_twice_compared_and_handed_on():
    steps = JOBS["build"]["steps"]
    (commands,) = [step["run"].splitlines() for step in steps if "run" in step]
    assert commands.count("make site") == 2 and commands[-1] == "diff --recursive build/first build/site"
    assert steps[-1]["uses"].startswith("actions/upload-pages-artifact@")
    assert steps[-1]["with"]["path"] == "build/site"


def test_only_what_publishes_may_write_and_nothing_but_pages():
    workflow = yaml.safe_load((COURSE / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert "write" not in JOBS["build"]["permissions"].values()
    assert JOBS["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert JOBS["publish"]["needs"] == "build"


def test_binder_has_a_link_where_the_repository_is_known(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "ada/course")
    assert f"(https://mybinder.org/v2/gh/ada/course/HEAD?urlpath={workspace.URL[1:]})" in published.binder_link()
    monkeypatch.delenv("GITHUB_REPOSITORY")
    assert "://" not in published.binder_link()
