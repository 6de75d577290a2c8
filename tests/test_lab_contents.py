"""How the lab saves what the learner wrote: whole, or not at all."""

import asyncio
import os
from pathlib import Path

import nbformat
import pytest
from tornado.web import HTTPError

from helpers.lab.contents import CourseContents

NAME = "work/mine/a.ipynb"


@pytest.fixture
def manager(tmp_path) -> CourseContents:
    (tmp_path / "work/mine").mkdir(parents=True)
    return CourseContents(root_dir=str(tmp_path), folder="work/mine")


def save(manager: CourseContents, source: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    asyncio.run(manager.save({"type": "notebook", "content": notebook}, NAME))


def held(manager: CourseContents) -> str:
    return nbformat.read(Path(manager.root_dir, NAME), as_version=4).cells[0].source


def test_a_notebook_is_whole_at_every_moment(manager, monkeypatch):
    """Whatever the lab asks of the system while it saves, what is there by then is the old or the new notebook."""
    save(manager, "old")
    seen = []
    for name in ("fsync", "replace", "chmod"):
        call = getattr(os, name)

        def watched(*arguments, call=call, **options):
            seen.append(held(manager))
            call(*arguments, **options)
            seen.append(held(manager))

        monkeypatch.setattr(os, name, watched)
    save(manager, "new" * 100_000)
    assert len(seen) >= 4 and set(seen) == {"old", "new" * 100_000}


@pytest.mark.parametrize(
    ("fault", "status"),
    [(PermissionError(13, "Permission denied"), 403), (OSError(28, "No space left on device"), 500)],
)
def test_a_notebook_that_cannot_be_saved_stays_as_it_was(manager, monkeypatch, fault, status):
    save(manager, "old")

    def failing(_):
        raise fault

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(HTTPError) as raised:
        save(manager, "new")
    assert raised.value.status_code == status and fault.strerror in str(raised.value)
    assert held(manager) == "old"
    assert not [path for path in Path(manager.root_dir, "work/mine").iterdir() if path.name.startswith(".unfinished")]


def test_saving_keeps_the_rights_of_a_file(manager):
    save(manager, "old")
    Path(manager.root_dir, NAME).chmod(0o640)
    save(manager, "new")
    assert Path(manager.root_dir, NAME).stat().st_mode & 0o777 == 0o640


def test_other_files_are_saved_too(manager):
    for text in ("first", "second, with an ö"):
        asyncio.run(manager.save({"type": "file", "format": "text", "content": text}, "work/mine/notes.txt"))
        assert Path(manager.root_dir, "work/mine/notes.txt").read_text() == text
