"""Each form of Python and NumPy in the notebooks' code is brought by the reader, or introduced before it is used."""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.array_forms import ARITHMETIC, COMPARISON, array_uses_in
from tests.support.exercises import exercises_of
from tests.support.forms import Finder, Use
from tests.support.introduced import BROUGHT, BROUGHT_TO_THE_PREPROCESSOR, INTRODUCED
from tests.support.notebook import FOLDER, NOTEBOOKS, SECTIONS, cells_of, run

pytestmark = pytest.mark.thorough

FOLDS = re.compile(r"<details>.*?</details>", re.DOTALL)
PREPROCESSOR = FOLDER / "MNISTPreprocessor.ipynb"


def in_one_line(text: str) -> str:
    return " ".join(text.replace("\n> ", "\n").split())


def words_of(cell) -> str:
    """What a cell tells every reader: Markdown that isn't folded away, or the comments of code."""
    if cell.cell_type == "markdown":
        return in_one_line(FOLDS.sub("", cell.source))
    tokens = tokenize.generate_tokens(io.StringIO(cell.source).readline)
    return in_one_line(" ".join(token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT))


def sources_of(path: Path) -> Iterator[tuple[int, str]]:
    """(index, code) of each code cell; of an exercise, also of its solution."""
    solutions = {exercise.cell: exercise.solution for exercise in exercises_of(path)}
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type == "code":
            yield i, cell.source
            if i in solutions:
                yield i, solutions[i]


@cache
def uses_of(path: Path) -> list[tuple[int, str, Use]]:
    """(index of the cell, line of code, use) of each form when it first comes up in the notebook."""
    finder, first = Finder(), {}
    for i, source in sources_of(path):
        for use in finder.uses_in(source):
            first.setdefault(use.form, (i, source.splitlines()[use.line - 1].strip(), use))
    return list(first.values())


def array_uses_of(path: Path) -> list[tuple[int, str, Use]]:
    """The same for what only a run can tell."""
    namespace, first = {}, {}
    solutions = {exercise.cell: exercise.solution for exercise in exercises_of(path)}
    for i, cell in enumerate(cells_of(path)):
        if cell.cell_type == "code":
            run(solutions.get(i, cell.source), namespace)
            for use in array_uses_in(cell.source, namespace):
                first.setdefault(use.form, (i, cell.source.splitlines()[use.line - 1].strip(), use))
    return list(first.values())


def course_up_to(path: Path) -> list[Path]:
    """The notebooks that the reader of this one has read, and itself."""
    return [path] if path == PREPROCESSOR else SECTIONS[: SECTIONS.index(path) + 1]


def brought_to(path: Path) -> set[str]:
    """What its readers know before they open it."""
    earlier = course_up_to(path)[:-1]
    brought = BROUGHT_TO_THE_PREPROCESSOR if path == PREPROCESSOR else BROUGHT
    return brought.union(*(INTRODUCED[each.stem] for each in earlier))


def place_of(phrase: str, path: Path) -> int | None:
    """Index of the cell that says it."""
    return next((i for i, cell in enumerate(cells_of(path)) if in_one_line(phrase) in words_of(cell)), None)


def named(form: str, path: Path, end: int) -> bool:
    """Whether the text names a function of the course up to this cell."""
    name = re.findall(r"\w+", form)[-1]
    cells = [cell for each in course_up_to(path)[:-1] for cell in cells_of(each)] + cells_of(path)[: end + 1]
    return any(re.search(rf"\b{name}\b", words_of(cell)) for cell in cells)


def not_introduced(path: Path, uses: list[tuple[int, str, Use]]) -> list[str]:
    brought, here, faults = brought_to(path), INTRODUCED[path.stem], []
    brought |= {use.form for each in course_up_to(path)[:-1] for _, _, use in uses_of(each)} - set(here)
    for i, code, use in uses:
        where = f"cell {i + 1}: `{code}`"
        if use.form in brought:
            continue
        if use.form.startswith("helpers."):
            if not named(use.form, path, i):
                faults.append(f"{where}: name {use.form} in the text")
            continue
        place = place_of(here[use.form], path) if use.form in here else None
        if place is None:
            faults.append(f'{where}\n        "{use.form}": "the words that introduce it",')
        elif place > i:
            faults.append(f"{where}: {use.form} comes before “{here[use.form]}”")
    return faults


def expect_none(faults: list[str], path: Path) -> None:
    if faults:
        rule = f'In or before each of these cells (counted from 1); the lines belong in INTRODUCED["{path.stem}"].'
        pytest.fail("\n".join([rule, *faults]), pytrace=False)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestIntroduced:
    def test_each_form_before_it_is_used(self, path):
        expect_none(not_introduced(path, uses_of(path)), path)

    def test_arithmetic_with_arrays_before_it_is_done(self, path):
        expect_none(not_introduced(path, array_uses_of(path)), path)

    def test_the_table_has_what_is_needed_and_said(self, path):
        rest = [path] if path == PREPROCESSOR else SECTIONS[SECTIONS.index(path) :]
        used = {ARITHMETIC, COMPARISON}.union(use.form for each in rest for _, _, use in uses_of(each))
        here = INTRODUCED[path.stem]
        assert not [form for form in here if form in brought_to(path) or form not in used], "not needed"
        assert not [phrase for phrase in here.values() if place_of(phrase, path) is None], "not said"


FORMS = {
    "[x for x in y if x]": {"list comprehension", "comprehension with if"},
    "a[:, -1]": {"index with commas", "slice with commas", "negative index"},
    "a[1][2:]": {"index", "index after index", "slice", "number"},
    "x, y = pair": {"a, b = pair"},
    'f"{x:7.4f} {y:<6} {z:.0%}"': {"f-string", "f-string {:6}", "f-string {:.2f}", "f-string {:<6}", "f-string {:.2%}"},
    "np.abs(a).max(axis=0) < 1e-6": {
        "np.abs",
        ".max()",
        "keyword argument",
        "axis=",
        "<",
        "number",
        "number such as 1e-6",
    },
    "helpers.one_hot(labels=a)": {"helpers.one_hot", "keyword argument"},
    "figures.network(*run)": {"star argument"},
    "explorer.alpha.value = explorer.reveal()": {"=", ".value"},
    "assert x": {"Assert"},
}


class TestForms:
    @pytest.mark.parametrize("code", FORMS)
    def test_are_all_found(self, code):
        finder = Finder()
        finder.uses_in("import numpy as np\nimport helpers\nfrom helpers import figures, explorers")
        finder.uses_in("explorer = explorers.Training()")
        assert {use.form for use in finder.uses_in(code)} == FORMS[code]

    def test_own_names_hide_those_of_python(self):
        assert {use.form for use in Finder().uses_in("def sum(x):\n    return x\n\nsum(max(1))")} == {
            "function definition", "return", "max()", "number",
        }  # fmt: skip

    def test_arrays_are_told_from_numbers_by_running(self):
        source = "import numpy as np\na = np.ones(2)\nb = a - 1\nc = 2 - 1\nd = a > 0"
        namespace = {}
        run(source, namespace)
        assert list(array_uses_in(source, namespace)) == [Use(3, ARITHMETIC), Use(5, COMPARISON)]
