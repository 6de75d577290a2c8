"""What learners hand in: the file holds their results and nothing else, and a teacher's table is made of such files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import check
from helpers.check import results
from helpers.check.overview import overview
from helpers.check.reply import NOT_CHECKED, NOT_STARTED, RIGHT, WRONG
from helpers.check.results import Results, Standing, Unreadable
from tests.support.exercises import EXERCISES, NOTEBOOKS, hand_in
from tests.support.notebook import cells_of

COURSE = Path(__file__).resolve().parents[1]
FREEZING = check.SECTIONS["freezing"]
ALPHA = "alpha is forgotten: the whole weight_delta is taken off."
ADDED = "the step is added, where it should be taken off, or `delta` is the other way round: it is `pred - true`."


@pytest.fixture(autouse=True)
def beside_the_notebook(tmp_path, monkeypatch):
    """A notebook's kernel runs in its folder, and begins with nothing checked."""
    monkeypatch.chdir(tmp_path)
    for exercise in FREEZING.exercises:
        exercise.state, exercise.slips_met = NOT_CHECKED, []


def solve(name):
    return hand_in(name, EXERCISES[name].solution)


def stub(name):
    return hand_in(name, EXERCISES[name].stub)


def slip(old, new):
    return hand_in("frozen_step", EXERCISES["frozen_step"].solution.replace(old, new))


def files():
    return sorted(path.name for path in Path().iterdir())


def test_the_file_has_the_learner_s_results_and_the_slips_they_were_told_of():
    slip("weight - alpha", "weight + alpha")
    for _ in range(2):  # as often as it may be: each slip is named once
        slip("alpha * weight_delta", "weight_delta")
    solve("frozen_step")
    hand_in("bottom_of_curve", "def bottom_of_curve(inputs, weights, true, i):\n    return 7 * i")
    stub("largest_alpha_while_frozen")
    check.one_round(lambda games, won, weights, alpha: [weights, ...])
    written = check.write_results("freezing", "Ada Lovelace")
    assert files() == ["results_freezing_Ada_Lovelace.json"]
    assert json.loads(Path(files()[0]).read_text(encoding="utf-8")) == {
        "learner": "Ada Lovelace",
        "section": "freezing",
        "exercises": {
            "2.1": {"title": "Freeze any weights", "state": "right", "slips": [ADDED, ALPHA]},
            "2.2": {"title": "The bottom of a curve", "state": "wrong", "slips": []},
            "2.3": {"title": "The largest alpha while some are frozen", "state": "not started", "slips": []},
            "2.4": {"title": "Once through all games", "state": "unfinished", "slips": []},
        },
    }
    assert repr(written).startswith("results_freezing_Ada_Lovelace.json is for you to hand in.")
    assert repr(written).endswith(repr(check.so_far("freezing")))


def test_a_file_can_be_read_back():
    slip("weight - alpha", "weight + alpha")
    written = check.write_results("freezing", "Åse Ødegård")
    read = results.read(written.path)
    assert (read.learner, read.section) == ("Åse Ødegård", "freezing")
    assert read.exercises["2.1"] == Standing("Freeze any weights", WRONG, [ADDED])


RESTARTED = (
    "No exercise has been checked since the kernel was started: choose Run → Run All Cells, then run this cell again."
)


def test_a_new_kernel_hands_in_nothing_and_says_what_to_do(tmp_path):
    code = "print(check.so_far('freezing')); print(check.write_results('freezing', 'Ada'))"
    printed = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"from helpers import check; {code}"],
        env=os.environ | {"PYTHONPATH": str(COURSE)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout
    assert " ".join(printed.split()) == f"{RESTARTED} No file is written. {RESTARTED}"
    assert files() == []


def test_what_was_solved_before_a_restart_is_never_handed_in_as_not_started():
    for exercise in FREEZING.exercises:
        solve(exercise.name)
    before = results.read(check.write_results("freezing", "Ada").path)
    for exercise in FREEZING.exercises:  # what a restart does
        exercise.state = NOT_CHECKED
    stub("frozen_step")
    written = check.write_results("freezing", "Ada")
    assert repr(written).endswith(repr(check.so_far("freezing")))
    assert repr(check.so_far("freezing")).splitlines() == [
        "0 of 4 right so far.",
        "○ 2.1 Freeze any weights: not started",
        "? 2.2 The bottom of a curve: not checked",
        "? 2.3 The largest alpha while some are frozen: not checked",
        "? 2.4 Once through all games: not checked",
        "",
        "Not checked: the exercise's cell has not been run to its end since the kernel was started. Choose",
        "Run → Run All Cells (if that stops at an error, mend that cell first), then run this cell again.",
    ]
    after = results.read(written.path)
    assert [each.state for each in after.exercises.values()] == [NOT_STARTED, *[NOT_CHECKED] * 3]
    assert overview([after]).splitlines()[1].split() == ["Ada", "○", "?", "?", "?"]
    assert overview([after, before]).splitlines()[1].split() == ["Ada", "✓", "✓", "✓", "✓"]


def test_an_exercise_whose_check_was_stopped_is_not_checked():
    solve("frozen_step")
    stub("bottom_of_curve")
    with pytest.raises(KeyboardInterrupt):
        hand_in("bottom_of_curve", "def bottom_of_curve(inputs, weights, true, i):\n    raise KeyboardInterrupt")
    states = [each.state for each in results.read(check.write_results("freezing", "Ada").path).exercises.values()]
    assert states == [RIGHT, *[NOT_CHECKED] * 3]


def test_no_file_is_written_over():
    stub("frozen_step")
    first = check.write_results("freezing", "Ada").path
    before = first.read_bytes()
    assert check.write_results("freezing", "Ada").path == first  # nothing new to say
    solve("frozen_step")
    assert check.write_results("freezing", "Ada").path.name == "results_freezing_Ada_2.json"
    Path("results_freezing_Ada_3.json").mkdir()
    solve("bottom_of_curve")
    assert check.write_results("freezing", "Ada").path.name == "results_freezing_Ada_4.json"
    assert first.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/x", "results_freezing_etc_x.json"),
        ("Zoë\n\x1b[31m O'Hara", "results_freezing_Zoë_31m_O_Hara.json"),
        ("名" * 200, f"results_freezing_{'名' * 50}.json"),
    ],
)
def test_a_name_makes_a_file_of_this_folder(name, file):
    stub("frozen_step")
    assert str(check.write_results("freezing", name).path) == file
    assert files() == [file]


@pytest.mark.parametrize("name", [..., "", "  ", "...", "\x00", 7, None])
def test_whoever_gives_no_name_is_asked_for_it(name):
    with pytest.raises(ValueError, match='name must be your own in quotation marks, such as "Ada Lovelace"; got '):
        check.write_results("freezing", name)
    with pytest.raises(ValueError, match="section must be one of 'preprocessing', .*; got 'frozen'"):
        check.write_results("frozen", "Ada")
    assert files() == []


GOOD = {"learner": "Ada", "section": "freezing", "exercises": {"2.1": {"title": "", "state": "right", "slips": []}}}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        " " * 100_001,
        b"\xff\xfe",
        json.dumps(GOOD | {"learner": 7}),
        json.dumps(GOOD | {"exercises": [1]}),
        json.dumps(GOOD).replace("2.1", "2.1 \\u001b[2J"),
        json.dumps(GOOD).replace("right", "perfect"),
        json.dumps(GOOD).replace('"title"', '"said"'),
        json.dumps(GOOD).replace("[]", '"abc"'),
        json.dumps(GOOD).replace("[]", "[1]"),
    ],
)
def test_what_is_no_result_is_told_from_one(content):
    path = Path("results_x.json")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Unreadable, match="^results_x.json is "):
        results.read(path)
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert results.read(path).learner == "Ada"


def test_a_folder_and_a_missing_file_are_no_result():
    for name in ("results_gone.json", "."):
        with pytest.raises(Unreadable, match="is no file"):
            results.read(Path(name))


def handed_in(learner, exercises):
    """exercises: {number: (state, *slips)}"""
    standings = {number: Standing("title", state, slips) for number, (state, *slips) in exercises.items()}
    return Results(learner, "a section", standings)


def test_the_overview_has_a_row_for_each_learner_and_the_slips_that_most_met():
    text = overview(
        [
            handed_in("Grace Hopper", {"2.1": (RIGHT, ALPHA), "2.2": (NOT_STARTED,)}),
            handed_in("Ada", {"2.1": (WRONG, ALPHA, ADDED), "2.2": (RIGHT,)}),
            handed_in("Emmy", {"1.1": (WRONG,)}),
        ]
    )
    assert text.splitlines() == [
        "             1.1 2.1 2.2",
        "Ada               ✗   ✓",
        "Emmy          ✗",
        "Grace Hopper      ✓   ○",
        "right, of 3   0   1   1",
        "",
        "✓ right, ✗ wrong, ◐ unfinished, ○ not started, ? not checked, empty: not handed in",
        "",
        "The slips that most learners met:",
        f"  2 in 2.1: {ALPHA}",
        f"  1 in 2.1: {ADDED}",
    ]


def test_who_hands_in_twice_counts_once_and_loses_nothing():
    earlier = handed_in("Ada", {"2.1": (RIGHT, ALPHA), "2.2": (NOT_STARTED,)})
    later = handed_in("ADA", {"2.1": (NOT_STARTED, ADDED), "2.2": (WRONG, ALPHA)})
    lines, other_way_round = (overview(files).splitlines() for files in ([earlier, later], [later, earlier]))
    assert lines[1].split() == ["Ada", "✓", "✗"]
    assert [line.casefold() for line in lines] == [line.casefold() for line in other_way_round]
    assert "  1 in 2.1: " + ALPHA in lines and "  1 in 2.1: " + ADDED in lines
    assert "slips" not in overview([handed_in("Ada", {"2.1": (RIGHT,)})])


def make_results(folder, encoding="utf-8"):
    command = ["make", "--silent", "results", f"FOLDER={folder}", f"BIN={Path(sys.executable).parent}", "READY="]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    return subprocess.run(
        command, cwd=COURSE, env=environment, capture_output=True, encoding=encoding, timeout=60, check=False
    )


def test_the_command_reads_a_folder_and_those_within_it_and_names_what_it_cannot_read(tmp_path):
    Path("Ada").mkdir()
    solve("frozen_step")
    check.write_results("freezing", "Ada").path.rename("Ada/Ada_1843_results_freezing.json")
    stub("bottom_of_curve")
    check.write_results("freezing", "Ada").path.rename("Ada/Ada_1844_results_freezing.json")
    Path("results_broken.json").write_text("?", encoding="utf-8")
    command = make_results(tmp_path)
    assert command.stdout.splitlines()[1].split() == ["Ada", "✓", "○", "?", "?"]
    assert command.stderr.startswith(f"{tmp_path}/results_broken.json is not what check.write_results writes")
    assert command.returncode == 0


def test_what_learners_name_their_files_and_themselves_is_shown_on_one_line(tmp_path):
    """An escape sequence, a forged line, a mark that turns the direction of writing, a letter that is none."""
    odd = "a\x1b[31m\nAda  ✓\u202e\udcff"
    Path(f"{odd}results_x.json").write_text("[" * 10_000, encoding="utf-8")
    learner = json.dumps(
        GOOD | {"learner": odd, "exercises": {"2.1": {"title": odd, "state": "right", "slips": [odd]}}}
    )
    Path("results_y.json").write_text(learner, encoding="utf-8")
    deep = Path(*["d" * 200] * 5)
    deep.mkdir(parents=True)
    (deep / "results_z.json").write_text("?", encoding="utf-8")
    command = make_results(tmp_path)
    assert command.returncode == 0
    assert command.stdout.splitlines()[1].split() == ["a", "[31m", "Ada", "✓", "✓"]
    for line in (command.stdout + command.stderr).splitlines():
        assert line.isprintable() and len(line) < 450
    first, second = sorted(command.stderr.splitlines())
    assert first.startswith(f"{tmp_path}/a\\x1b[31m\\nAda  ✓\\u202e\\udcffresults_x.json is not what")
    assert "ddd...ddd" in second and "/results_z.json is not what" in second


def test_a_file_that_a_full_disk_cuts_off_is_no_file(monkeypatch):
    stub("frozen_step")
    opened = Path.open

    def full(path, mode="r", **options):
        file = opened(path, mode, **options)
        if mode == "x":
            monkeypatch.setattr(
                file, "write", lambda text: (_ for _ in ()).throw(OSError(28, "No space left on device"))
            )
        return file

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        check.write_results("freezing", "Ada")
    assert files() == []


@pytest.mark.parametrize(("encoding", "zoe"), [("cp1252", "Zoë"), ("ascii", "Zo\\xeb")])
def test_a_terminal_of_few_letters_shows_every_mark_and_name(encoding, zoe, tmp_path):
    solve("frozen_step")
    check.write_results("freezing", "名前")
    stub("bottom_of_curve")
    check.largest_alpha_while_frozen(lambda inputs, frozen: 1)
    check.one_round(lambda games, won, weights, alpha: [weights, ...])
    check.write_results("freezing", "Zoë")
    Path("results_名.json").write_text("?", encoding="utf-8")
    command = make_results(tmp_path, encoding)
    width = len("\\u540d\\u524d")
    assert command.stdout.splitlines() == [
        " " * width + " 2.1 2.2 2.3 2.4",
        f"{zoe:{width}}  +   o   x   ~",
        "\\u540d\\u524d  +   ?   ?   ?",
        "right, of 2   2   0   0   0",
        "",
        "+ right, x wrong, ~ unfinished, o not started, ? not checked, empty: not handed in",
    ]
    assert command.stderr.startswith(f"{tmp_path}/results_\\u540d.json is not what")
    assert command.returncode == 0


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [("", "Name the folder"), ("no/such", "There is no folder no/such"), (".ci", "In .ci there is no file")],
)
def test_the_command_says_what_is_missing(folder, sentence):
    command = make_results(folder)
    assert command.returncode and command.stderr.startswith(sentence)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_notebook_says_how_and_does_nothing_by_itself(path):
    (place,) = (i for i, cell in enumerate(cells_of(path)) if cell.source.startswith("check.so_far("))
    name = cells_of(path)[place].source.removeprefix("check.so_far(").removesuffix(")")
    how = cells_of(path)[place + 1]
    assert how.cell_type == "markdown" and f'`check.write_results({name}, "Your name")`' in how.source
    assert not any("write_results" in cell.source for cell in cells_of(path) if cell.cell_type == "code")
