"""The learner's copy of the course: every case there is, and a long random life."""

import json
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from helpers.lab import edition, files

NAME = "1_first.ipynb"
BESIDE = "1_first_new_edition.ipynb"


def notebook(*sources: str, shown: str = "", **metadata: str) -> bytes:
    """One code cell for each source, which has shown something."""
    output = {"output_type": "stream", "name": "stdout", "text": [shown]}
    cells = [
        {
            "cell_type": "code",
            "source": source.splitlines(True),
            "outputs": [output],
            "execution_count": 1,
            "metadata": {},
        }
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


OLD, NEW = notebook("a = 1\nb = 2", "a"), notebook("a = 1\nb = 3", "a")
TOUCHES = {
    "untouched": OLD,
    "run": notebook("a = 1\nb = 2", "a", shown="1", language="another patch version of Python"),
    "edited": notebook("a = 1\nb = 2", "a = 4"),
    "deleted": None,
    "their own": b'{"cells": []}',
    "no JSON": OLD[:-20],
    "no text": b"\xff\xfe\x00",
}
THEIRS = ("edited", "their own", "no JSON", "no text")
RECORDS = ("there", "missing", "cut off", "no dictionary")


class Course:
    """An edition, a copy of it and the record, each of which may change."""

    def __init__(self, folder: Path):
        self.edition, self.copy, self.record = folder / "edition", folder / "work/copy", folder / "record.json"
        self.edition.mkdir()

    def hand_out(self) -> list[str]:
        return edition.hand_out(self.edition, self.copy, self.record)

    def held(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.copy.iterdir()}


@pytest.fixture
def course(tmp_path) -> Course:
    return Course(tmp_path)


def put(path: Path, content: bytes | None) -> None:
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def damage(record: Path, how: str) -> None:
    if how == "missing":
        record.unlink()
    elif how == "cut off":
        record.write_bytes(record.read_bytes()[:-5])
    elif how == "no dictionary":
        record.write_text("[]")


# What becomes of the file: (learner, edition) → with the record, without it.
OUTCOMES = {
    ("untouched", "same"): ("stays", "stays"),
    ("run", "same"): ("stays", "stays"),
    ("edited", "same"): ("stays", "new edition beside it"),
    ("deleted", "same"): ("is given", "is given"),
    ("their own", "same"): ("stays", "new edition beside it"),
    ("no JSON", "same"): ("stays", "new edition beside it"),
    ("no text", "same"): ("stays", "new edition beside it"),
    ("untouched", "changed"): ("is given", "new edition beside it"),
    ("run", "changed"): ("is given", "new edition beside it"),
    ("edited", "changed"): ("new edition beside it", "new edition beside it"),
    ("deleted", "changed"): ("is given", "is given"),
    ("their own", "changed"): ("new edition beside it", "new edition beside it"),
    ("no JSON", "changed"): ("new edition beside it", "new edition beside it"),
    ("no text", "changed"): ("new edition beside it", "new edition beside it"),
    ("untouched", "new"): ("stays", "stays"),
    ("run", "new"): ("stays", "stays"),
    ("edited", "new"): ("new edition beside it", "new edition beside it"),
    ("deleted", "new"): ("is given", "is given"),
    ("their own", "new"): ("new edition beside it", "new edition beside it"),
    ("no JSON", "new"): ("new edition beside it", "new edition beside it"),
    ("no text", "new"): ("new edition beside it", "new edition beside it"),
    ("untouched", "removed"): ("stays", "stays"),
    ("run", "removed"): ("stays", "stays"),
    ("edited", "removed"): ("stays", "stays"),
    ("deleted", "removed"): ("stays", "stays"),
    ("their own", "removed"): ("stays", "stays"),
    ("no JSON", "removed"): ("stays", "stays"),
    ("no text", "removed"): ("stays", "stays"),
}


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize(("learner", "change"), OUTCOMES)
def test_what_becomes_of_a_file(course, learner, change, record):
    (course.edition / "other.ipynb").write_bytes(notebook("other"))
    put(course.edition / NAME, None if change == "new" else OLD)
    assert course.hand_out() == []
    put(course.copy / NAME, TOUCHES[learner])
    put(course.edition / NAME, {"same": OLD, "changed": NEW, "new": OLD, "removed": None}[change])
    damage(course.record, record)

    sentences = course.hand_out()
    if record == "there" and change in ("changed", "new"):
        assert sentences.pop() == edition.WHAT_IS_NEW
    held = course.held()
    assert held.pop("other.ipynb") == notebook("other")
    outcome = OUTCOMES[learner, change][record != "there"]
    if outcome == "stays":
        assert held.get(NAME) == TOUCHES[learner] and set(held) <= {NAME}
        assert sentences == []
    elif outcome == "is given":
        assert held == {NAME: (course.edition / NAME).read_bytes()}
        known = record == "there" and change != "new"
        assert [sentence.partition(" ")[0] for sentence in sentences] == [NAME] * known
    else:
        assert held == {NAME: TOUCHES[learner], BESIDE: (course.edition / NAME).read_bytes()}
        (sentence,) = sentences
        assert sentence.startswith(f"{NAME} stays as you left it") and BESIDE in sentence

    held = course.held()
    assert course.hand_out() == []
    assert course.held() == held


def test_the_first_time_everything_is_given_but_what_its_authors_left_there(course):
    for name in (
        NAME,
        "Welcome.md",
        "my_mnist_2.npz",
        ".hidden.txt",
        "raw/9.ipynb",
        ".ipynb_checkpoints/1-checkpoint.ipynb",
    ):
        (course.edition / name).parent.mkdir(exist_ok=True)
        (course.edition / name).write_bytes(OLD)
    assert course.hand_out() == []
    assert course.held() == {NAME: OLD, "Welcome.md": OLD}


def test_of_a_text_every_byte_counts(course):
    text = course.edition / "Welcome.md"
    text.write_text("Welcome")
    course.hand_out()
    text.write_text("Welcome!")
    assert course.hand_out() == [
        "Welcome.md is renewed: the course has a new edition of it, and you had changed nothing in it.",
        "CHANGELOG.md, in the course's folder, says what is new.",
    ]
    (course.copy / "Welcome.md").write_text("Mine ")
    text.write_text("Welcome, all of you!")
    course.hand_out()
    assert course.held() == {"Welcome.md": b"Mine ", "Welcome_new_edition.md": b"Welcome, all of you!"}


def test_the_file_beside_is_the_learner_s_too_once_they_edit_it(course):
    put(course.edition / NAME, OLD)
    course.hand_out()
    mine = [notebook(f"mine {n}") for n in range(3)]
    put(course.copy / NAME, mine[0])
    put(course.edition / NAME, NEW)
    course.hand_out()
    newer = notebook("newer")
    put(course.edition / NAME, newer)
    course.hand_out()
    assert course.held() == {NAME: mine[0], BESIDE: newer}

    put(course.copy / BESIDE, mine[1])
    put(course.copy / "1_first_new_edition_2.ipynb", mine[2])
    put(course.edition / NAME, NEW)
    course.hand_out()
    theirs = {NAME: mine[0], BESIDE: mine[1], "1_first_new_edition_2.ipynb": mine[2]}
    assert course.held() == theirs | {"1_first_new_edition_3.ipynb": NEW}


def test_a_file_beside_that_the_learner_deleted_does_not_come_back(course):
    put(course.edition / NAME, OLD)
    course.hand_out()
    put(course.copy / NAME, TOUCHES["edited"])
    put(course.edition / NAME, NEW)
    course.hand_out()
    (course.copy / BESIDE).unlink()
    assert course.hand_out() == []
    assert course.held() == {NAME: TOUCHES["edited"]}


def test_a_folder_of_that_name_stays(course):
    put(course.edition / NAME, OLD)
    (course.copy / NAME).mkdir(parents=True)
    course.hand_out()
    assert (course.copy / NAME).is_dir()
    assert (course.copy / BESIDE).read_bytes() == OLD


def test_a_record_older_than_the_files_makes_no_new_files(course):
    put(course.edition / NAME, OLD)
    course.hand_out()
    older = course.record.read_bytes()
    put(course.edition / NAME, NEW)
    course.hand_out()
    course.record.write_bytes(older)
    assert course.hand_out() == [edition.WHAT_IS_NEW]
    assert course.held() == {NAME: NEW}


class Life(RuleBasedStateMachine):
    """Authors and a learner who do as they please, disks that fill up, records that are lost."""

    names = st.sampled_from([NAME, BESIDE, "2_second.ipynb", "Welcome.md"])

    @initialize()
    def begin(self):
        self.folder = TemporaryDirectory()
        self.course = Course(Path(self.folder.name))
        self.course.copy.mkdir(parents=True)
        self.theirs = {}
        self.number = 0

    def teardown(self):
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def something_new(self) -> bytes:
        self.number += 1
        return notebook(str(self.number))

    @rule(name=names)
    def authors_write(self, name):
        (self.course.edition / name).write_bytes(self.something_new())

    @rule(name=names)
    def authors_remove(self, name):
        (self.course.edition / name).unlink(missing_ok=True)

    @rule(name=names, whole=st.booleans())
    def learner_writes(self, name, whole):
        self.theirs[name] = self.something_new()[: None if whole else -9]
        (self.course.copy / name).write_bytes(self.theirs[name])

    @rule(name=names)
    def learner_runs(self, name):
        path = self.course.copy / name
        if path.exists() and name not in self.theirs and name.endswith(".ipynb"):
            path.write_bytes(json.dumps(json.loads(path.read_bytes()) | {"metadata": {"run": True}}).encode())

    @rule(name=names, to=names)
    def learner_renames(self, name, to):
        path = self.course.copy / name
        if path.exists() and name != to:
            content = path.read_bytes()
            path.replace(self.course.copy / to)
            self.theirs.pop(name, None)
            self.theirs.pop(to, None)
            if content not in [(part.read_bytes()) for part in self.course.edition.iterdir()]:
                self.theirs[to] = content

    @rule(name=names)
    def learner_deletes(self, name):
        (self.course.copy / name).unlink(missing_ok=True)
        self.theirs.pop(name, None)

    @rule(how=st.sampled_from(RECORDS))
    def record_suffers(self, how):
        if self.course.record.exists():
            damage(self.course.record, how)

    @rule(number=st.integers(0, 3))
    def disk_is_full(self, number):
        write, left = files.write, iter(range(number))

        def write_some(path, content):
            if next(left, None) is None:
                raise OSError(28, "No space left on device", str(path))
            write(path, content)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "write", write_some)
            with suppress(OSError):
                self.course.hand_out()

    @rule()
    def lab_starts(self):
        self.course.hand_out()
        held = self.course.held()
        assert self.course.hand_out() == []
        assert self.course.held() == held

    @invariant()
    def nothing_of_the_learner_s_is_lost(self):
        if hasattr(self, "theirs"):
            held = self.course.held()
            assert {name: held.get(name) for name in self.theirs} == self.theirs


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


# Interrupted


HAND_OUT = (
    "import sys; from helpers.lab import edition; from pathlib import Path; edition.hand_out(*map(Path, sys.argv[1:4]))"
)
KILLED = """
import os, signal, sys
sync, left = os.fsync, int(sys.argv[4])
def dying(file):
    global left
    left -= 1
    sync(file) if left else os.kill(os.getpid(), signal.SIGKILL)
os.fsync = dying
"""


def hand_out_elsewhere(course: Course, *arguments: str, before: str = "", **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", before + HAND_OUT, course.edition, course.copy, course.record, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


@pytest.fixture
def renewed(course) -> dict[str, bytes]:
    """The three files of a new edition, of which the learner has edited one and not touched the others."""
    names = (NAME, "2_second.ipynb", "3_third.ipynb")
    for name in names:
        put(course.edition / name, OLD)
    course.hand_out()
    put(course.copy / "2_second.ipynb", TOUCHES["edited"])
    content = {name: notebook("new", shown=50_000 * name[0]) for name in names}
    for name in names:
        put(course.edition / name, content[name])
    return content


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_killed_while_copying(course, renewed, number):
    ended = hand_out_elsewhere(course, str(number), before=KILLED)
    assert ended.returncode == -signal.SIGKILL
    held = course.held()
    assert any(name.startswith(".unfinished") for name in held) == (number in (2, 3, 4))  # before and after: the record
    for name in (NAME, "3_third.ipynb"):
        assert held[name] in (OLD, renewed[name])
    assert held["2_second.ipynb"] == TOUCHES["edited"]

    course.hand_out()
    second = {"2_second.ipynb": TOUCHES["edited"], "2_second_new_edition.ipynb": renewed["2_second.ipynb"]}
    assert course.held() == renewed | second


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("next_edition", ["newest", "old"])
def test_what_was_begun_to_be_given_is_not_taken_for_the_learner_s(course, renewed, number, next_edition):
    """Broken off between a notebook and the record, or before; then comes another edition."""
    hand_out_elsewhere(course, str(number), before=KILLED)
    newest = {"newest": notebook("newest"), "old": OLD}[next_edition]
    for name in renewed:
        put(course.edition / name, newest)
    sentences = course.hand_out()
    held = course.held()
    assert held[NAME] == held["3_third.ipynb"] == newest
    assert held["2_second.ipynb"] == TOUCHES["edited"]
    assert not any(name in sentence for sentence in sentences for name in (f"{NAME} stays", "3_third.ipynb stays"))


def test_a_record_of_an_earlier_course_is_understood(course):
    put(course.edition / NAME, OLD)
    course.hand_out()
    assert json.loads(course.record.read_bytes()) == {NAME: edition.digest(course.copy / NAME)}


def test_disk_full_while_copying(course, renewed):
    before = course.held()
    full = hand_out_elsewhere(course, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    assert full.returncode == 1 and "File too large" in full.stderr and str(course.copy / NAME) in full.stderr
    assert course.held() == before
    course.hand_out()
    assert course.held()[NAME] == renewed[NAME]


def test_copied_twice_at_the_same_time(course):
    for n in range(30):
        put(course.edition / f"{n}.ipynb", notebook(str(n), shown=10_000 * "."))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", HAND_OUT, course.edition, course.copy, course.record], stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    for one in both:
        one.wait(timeout=60)
    assert course.held().items() <= {path.name: path.read_bytes() for path in course.edition.iterdir()}.items()
    course.hand_out()
    assert course.held() == {path.name: path.read_bytes() for path in course.edition.iterdir()}
