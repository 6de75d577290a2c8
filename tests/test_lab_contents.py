"""How the lab saves what the learner wrote: whole, or not at all."""

import asyncio
import base64
import os
import shutil
from itertools import count
from pathlib import Path

import nbformat
import pytest
from tornado.web import HTTPError

from helpers.lab.contents import CourseContents
from tests.support.broken_disk import NEED_ROOM, broken, leftovers, no_room
from tests.support.lab import log_in

NAME = "work/mine/a.ipynb"


@pytest.fixture
def manager(tmp_path, monkeypatch) -> CourseContents:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))  # for the signatures of notebooks
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


@pytest.mark.parametrize("length", [238, 255])
def test_long_names_can_be_saved_and_reverted(manager, length):
    path = f"work/mine/{'n' * (length - 6)}.ipynb"
    for source in ("old", "new"):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        asyncio.run(manager.save({"type": "notebook", "content": notebook}, path))
    asyncio.run(manager.restore_checkpoint("checkpoint", path))
    assert "old" in Path(manager.root_dir, path).read_text()


def test_saving_keeps_hard_links(manager):
    save(manager, "old")
    other = Path(manager.root_dir, "other")
    other.hardlink_to(Path(manager.root_dir, NAME))
    save(manager, "new")
    asyncio.run(manager.restore_checkpoint("checkpoint", NAME))
    assert other.samefile(Path(manager.root_dir, NAME)) and held(manager) == "old"


def test_a_notebook_of_which_only_a_part_was_filled_in_is_read_whole(manager):
    save(manager, "old")
    path = Path(manager.root_dir, NAME)
    Path(manager.root_dir, "other").hardlink_to(path)
    whole = path.read_bytes()
    with pytest.raises(KeyboardInterrupt), broken((), 1, lambda: (_ for _ in ()).throw(KeyboardInterrupt)):
        save(manager, "new" * 10_000)
    assert path.read_bytes() == whole
    with pytest.raises(KeyboardInterrupt), broken((), 2, lambda: (_ for _ in ()).throw(KeyboardInterrupt)):
        save(manager, "new" * 10_000)
    assert path.read_bytes() != whole
    model = asyncio.run(manager.get(NAME))
    assert model["content"]["cells"][0]["source"] == "new" * 10_000 and not leftovers(path.parent)


def test_a_notebook_opens_where_its_signature_cannot_be_noted(manager):
    save(manager, "old")
    content = asyncio.run(manager.get(NAME))["content"]
    manager.notary.sign(content)
    manager.notary.store.db.execute("PRAGMA query_only = 1")
    assert asyncio.run(manager.get(NAME))["content"]["cells"][0]["source"] == "old"


# Checkpoints


@pytest.mark.parametrize("task", ["make", "revert"])
def test_checkpoints_are_whole_on_a_disk_that_fills_at_any_moment(manager, task):
    save(manager, "old")  # with a first checkpoint
    save(manager, "new")
    checkpoint = Path(manager.root_dir, "work/mine/.ipynb_checkpoints/a-checkpoint.ipynb")
    before = checkpoint.read_bytes()
    for number in count(1):
        with broken(NEED_ROOM, number, no_room) as moments:
            try:
                if task == "make":
                    asyncio.run(manager.create_checkpoint(NAME))
                else:
                    asyncio.run(manager.restore_checkpoint("checkpoint", NAME))
            except HTTPError as reason:
                assert "No space left on device" in reason.log_message
        if moments.left > 0:
            break
        assert held(manager) == "new" and checkpoint.read_bytes() == before and not leftovers(Path(manager.root_dir))
    assert number > 1
    assert held(manager) == nbformat.read(checkpoint, as_version=4).cells[0].source


def test_a_notebook_is_saved_even_if_no_checkpoint_can_be_made(manager, tmp_path):
    Path(manager.root_dir, "work/mine/.ipynb_checkpoints").symlink_to(tmp_path)
    save(manager, "new")
    assert held(manager) == "new"


def test_a_checkpoint_moves_with_its_notebook_and_goes_with_it(manager):
    save(manager, "old")
    Path(manager.root_dir, "work/mine/folder").mkdir()
    moved = "work/mine/folder/b.ipynb"
    asyncio.run(manager.rename(NAME, moved))
    assert [each["id"] for each in asyncio.run(manager.list_checkpoints(moved))] == ["checkpoint"]
    manager.delete_to_trash = False
    asyncio.run(manager.delete(moved))
    assert asyncio.run(manager.list_checkpoints(moved)) == []
    with pytest.raises(HTTPError) as raised:
        asyncio.run(manager.restore_checkpoint("checkpoint", moved))
    assert raised.value.status_code == 404


# Uploads


def upload(manager: CourseContents, pieces: dict[int, bytes]) -> None:
    for number, piece in pieces.items():
        model = {"type": "file", "format": "base64", "chunk": number, "content": base64.b64encode(piece).decode()}
        asyncio.run(manager.save(model, "work/mine/data.csv"))


def test_an_upload_takes_the_old_file_s_place_once_all_of_it_is_there(manager):
    path = Path(manager.root_dir, "work/mine/data.csv")
    path.write_bytes(b"old")
    upload(manager, {1: b"new ", 2: b"and "})
    assert path.read_bytes() == b"old" and os.listdir(path.parent) == ["data.csv"]
    upload(manager, {1: b"newer ", 2: b"and ", -1: b"whole"})
    assert path.read_bytes() == b"newer and whole"


@pytest.mark.parametrize(
    "pieces", [{-1: b"last"}, {2: b"second"}, {1: b"first", 3: b"third"}, {1: b"", 2: b"", 1.5: b""}]
)
def test_an_upload_of_which_a_piece_is_missing_is_refused(manager, pieces):
    path = Path(manager.root_dir, "work/mine/data.csv")
    path.write_bytes(b"old")
    with pytest.raises(HTTPError, match="A piece of work/mine/data.csv is missing: upload it once more"):
        upload(manager, pieces)
    assert path.read_bytes() == b"old"


def test_an_upload_onto_a_full_disk_leaves_the_old_file(manager, monkeypatch):
    path = Path(manager.root_dir, "work/mine/data.csv")
    path.write_bytes(b"old")
    upload(manager, {1: b"new"})
    with broken(NEED_ROOM, 1, no_room), pytest.raises(HTTPError, match="No space left on device"):
        upload(manager, {-1: b"end"})
    assert path.read_bytes() == b"old" and os.listdir(path.parent) == ["data.csv"]


# Through the lab's own addresses


@pytest.fixture(scope="module")
def ask(lab):
    """Ask the lab for something as a learner who has logged in."""
    visitor, _ = log_in(lab, "1234")
    token = {"X-XSRFToken": visitor.cookies["_xsrf"]}
    folder = f"{lab.address}/api/contents/work/Grokking-Deep-Learning"
    return lambda method, path, /, **content: visitor.request(
        method, f"{folder}/{path}".rstrip("/"), json=content, headers=token, timeout=30
    )


@pytest.fixture
def outside(lab, tmp_path):
    """A folder of somebody else's, to which links in the course's folder lead."""
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("secret.txt", ".ipynb_checkpoints/secret-checkpoint.txt", ".ipynb_checkpoints/mine-checkpoint.txt"):
        (tmp_path / name).write_text("nobody's business")
    folder = lab.notebooks / "mine"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "to folder").symlink_to(tmp_path)
    (folder / "to file.txt").symlink_to(tmp_path / "secret.txt")
    yield tmp_path
    shutil.rmtree(folder)


@pytest.mark.parametrize("link", ["to folder/secret.txt", "to file.txt"])
def test_no_checkpoint_is_made_restored_or_deleted_behind_a_link(lab, ask, outside, link):
    before = {path: path.read_text() for path in outside.rglob("*.txt")}
    for method, path in (
        ("POST", "checkpoints"),
        ("POST", "checkpoints/checkpoint"),
        ("DELETE", "checkpoints/checkpoint"),
    ):
        answer = ask(method, f"mine/{link}/{path}")
        assert answer.status_code == 404 and "nobody's business" not in answer.text
    assert {path: path.read_text() for path in outside.rglob("*.txt")} == before
    assert not (lab.notebooks / "mine/.ipynb_checkpoints/to file-checkpoint.txt").exists()


@pytest.mark.parametrize("link", [".ipynb_checkpoints", ".ipynb_checkpoints/mine-checkpoint.txt"])
def test_checkpoints_that_are_links_are_not_followed(lab, ask, outside, link):
    path = lab.notebooks / "mine" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside / link)
    before = {path: path.read_text() for path in outside.rglob("*.txt")}
    for method, way in (
        ("POST", "checkpoints"),
        ("POST", "checkpoints/checkpoint"),
        ("DELETE", "checkpoints/checkpoint"),
    ):
        assert ask(method, f"mine/mine.txt/{way}").status_code == 404
    assert ask("PUT", "mine/mine.txt", type="file", format="text", content="mine too").status_code == 200
    assert {path: path.read_text() for path in outside.rglob("*.txt")} == before
    assert (lab.notebooks / "mine/mine.txt").read_text() == "mine too"


def test_asking_for_checkpoints_makes_no_folders(lab, ask):
    assert ask("GET", "no/such/a.ipynb/checkpoints").json() == []
    assert not (lab.notebooks / "no").exists()


def test_a_copied_folder_holds_nothing_that_links_lead_to(lab, ask, outside):
    os.mkfifo(lab.notebooks / "mine/pipe")
    (lab.notebooks / "mine/dangling").symlink_to("nowhere")
    assert ask("POST", "", copy_from="work/Grokking-Deep-Learning/mine").status_code == 201
    copied = lab.notebooks / "mine-Copy1"
    assert [path.name for path in copied.iterdir()] == ["mine.txt"]
    assert ask("POST", "mine", copy_from="work/Grokking-Deep-Learning/mine").status_code == 400
    shutil.rmtree(copied)


def test_nothing_is_renamed_made_copied_or_deleted_behind_a_link(lab, ask, outside):
    before = sorted(outside.rglob("*"))
    course = "work/Grokking-Deep-Learning"
    for answer in (
        ask("PATCH", "mine/mine.txt", path=f"{course}/mine/to folder/mine.txt"),
        ask("PATCH", "mine/to folder/secret.txt", path=f"{course}/mine/secret.txt"),
        ask("PUT", "mine/to folder/new", type="directory"),
        ask("POST", "mine/to folder", type="file"),
        ask("POST", "mine", copy_from=f"{course}/mine/to folder/secret.txt"),
        ask("POST", "mine/to folder", copy_from=f"{course}/mine/mine.txt"),
        ask("DELETE", "mine/to folder/secret.txt"),
        ask("PUT", "mine/to file.txt", type="file", format="text", chunk=1, content="x"),
    ):
        assert 400 <= answer.status_code < 500
    assert sorted(outside.rglob("*")) == before
    assert (lab.notebooks / "mine/mine.txt").read_text() == "mine"
