"""How the website is made: strips for explorers, names for pictures, the check of what was built, its lock."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import explorers, load_mnist
from tests.support.explorers import MAKERS
from tests.support.lesson import INPUTS, START, TRUE
from website.check import check
from website.prepare import PNG, cards, name_pictures, plain, put_questions, put_strips, tab
from website.strips import ITERATIONS, Position, strip, strips

COURSE = Path(__file__).resolve().parents[1]
LOCK = (COURSE / "website/requirements.lock").read_text()
PROJECT = (COURSE / "pyproject.toml").read_text()
NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))

EXPLORER = f"""\
from helpers import explorers
explorer = explorers.MultipleInputs({INPUTS}, {TRUE}, {START})
explorer"""


@pytest.fixture
def explorer():
    return MAKERS["several inputs"]()


@pytest.fixture(scope="module")
def digits():
    images, labels = load_mnist()
    test_images, test_labels = load_mnist("test")
    return images[:100], labels[:100], test_images[:50], test_labels[:50]


def last_error(position: Position) -> float:
    """The training error that a summary ends with."""
    return float(re.search(r"(?:error \S+ -> |training error )([\d.e+-]+\d)", position.summary)[1])


def test_a_strip_shows_learning_that_is_slow_that_works_and_that_diverges(explorer):
    small, good, too_large = strip(explorer)
    titles = [position.title for position in (small, good, too_large)]
    assert titles == ["small alpha: 0.003", "good alpha: 0.011", "too large alpha: 0.03"]
    assert 0.0196 > last_error(small) > last_error(good)
    assert last_error(too_large) > 0.0196 and "diverges" in too_large.summary
    assert "diverges" not in small.summary + good.summary
    assert all(f"{ITERATIONS} iterations" in p.summary for p in (small, good, too_large))


def test_a_strip_s_titles_say_what_its_sliders_do():
    for position in strip(MAKERS["freezing"]()):
        alpha = re.search(r"alpha ([\d.]+)", position.summary)[1]
        assert float(position.title.split(" alpha: ")[1]) == float(alpha)


def test_a_strip_leaves_the_sliders_where_they_were(explorer):
    explorer.alpha.value, explorer.iterations.value = 0.02, 7
    before = explorer.summary
    strip(explorer)
    assert explorer.summary == before


def test_a_strip_has_three_different_pictures(explorer):
    positions = strip(explorer)
    assert len({p.png for p in positions}) == 3
    assert all(p.png.startswith(b"\x89PNG") and p.width == 860 for p in positions)


@pytest.mark.parametrize("kind", [explorers.Training, explorers.FullTraining])
def test_a_strip_of_images_is_trained_and_diverges_in_the_end(kind, digits):
    small, good, too_large = strip(kind(*digits))
    assert last_error(good) < last_error(small) < 1 < last_error(too_large)


def test_an_explorer_has_a_strip_where_it_is_first_shown():
    moved = "explorer.alpha.value = 0.02\nexplorer"
    notebook = new_notebook(cells=[new_code_cell(source) for source in ("1 + 1", EXPLORER, moved, EXPLORER)])
    assert [number for number, _ in strips(notebook, COURSE)] == [1, 3]


def test_a_notebook_that_fails_is_not_published():
    with pytest.raises(ZeroDivisionError):
        list(strips(new_notebook(cells=[new_code_cell("1 / 0")]), COURSE))


def test_a_strip_takes_the_place_of_the_stored_picture(tmp_path):
    stored = new_output("execute_result", {PNG: "", "text/plain": "as stored"}, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell(EXPLORER, outputs=[stored]), new_code_cell("1 + 1")])
    put_strips(notebook, tmp_path / "lesson.ipynb", tmp_path)
    shown, tabs, after = notebook.cells
    assert shown.outputs == [] and after.source == "1 + 1"
    assert re.findall(r"\{figure\} (\S+)", tabs.source) == [f"lesson_0_{k}.png" for k in range(3)]
    assert all((tmp_path / f"lesson_0_{k}.png").read_bytes().startswith(b"\x89PNG") for k in range(3))
    assert tabs.source.count(":selected:") == 1


def test_a_summary_is_taken_literally():
    position = Position("good alpha: 1", b"", 860, '2? scores *1*: <b> `x` $a$ [y](z) "q"')
    source = tab(position, "a.png", in_front=False)
    assert ':alt: "2? scores *1*: <b> `x` $a$ [y](z) \\"q\\""' in source
    assert plain(position.summary) == r'2? scores \*1\*: \<b\> \`x\` \$a\$ \[y\](z) "q"'


def test_a_question_becomes_a_box_whose_lines_flow():
    text = "Predict. Whose error shrinks\nfastest?\n  ( ) hurt\n  ____ (an alpha)"
    cell = new_code_cell("predict.this(explorer)", outputs=[new_output("execute_result", {"text/plain": text})])
    notebook = new_notebook(cells=[cell, new_code_cell("1 + 1", outputs=[new_output("stream", text="2")])])
    put_questions(notebook)
    asked, box, after = notebook.cells
    assert asked.outputs == [] and len(after.outputs) == 1
    assert box.source.splitlines() == [
        ":::{admonition} Predict",
        "Whose error shrinks fastest?",
        "",
        "- ○ hurt",
        r"- \_\_\_\_ (an alpha)",
        ":::",
    ]


def test_the_first_page_has_a_card_for_each_notebook(tmp_path):
    source = cards((COURSE / "README.md").read_text(), tmp_path)
    names = [path.stem for path in NOTEBOOKS]
    assert re.findall(r":link: notebooks/(.+)", source) == names
    assert re.findall(r":img-top: covers/(.+)\.png", source) == names
    assert len(re.findall(r':img-alt: "\w.+"', source)) == source.count(" minutes\n") == len(names)
    assert all((tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG") for name in names)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == len(names)


def test_a_picture_s_alternative_text_goes_where_sphinx_finds_it():
    picture = new_output("execute_result", {PNG: ""}, metadata={PNG: {"alt": "a line that falls"}})
    cell = new_code_cell("figure", outputs=[picture])
    name_pictures(cell, Path("lesson.ipynb"))
    assert cell.metadata["mystnb"] == {"image": {"alt": "a line that falls"}}


def test_two_pictures_in_a_cell_are_refused():
    picture = new_output("display_data", {PNG: ""}, metadata={PNG: {"alt": "a line"}})
    with pytest.raises(SystemExit, match="lesson.ipynb: a cell shows 2 pictures, give each its own cell"):
        name_pictures(new_code_cell("show()", outputs=[picture, picture]), Path("lesson.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_stored_picture_can_be_named(path):
    for cell in nbformat.read(path, as_version=4).cells:
        name_pictures(cell, path)
        shows = any(PNG in output.get("data", {}) for output in cell.get("outputs", []))
        assert shows == bool(cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "").strip())


GOOD = '<h1 id="top">A</h1><img src="a.png" alt="a line"><a href="b.html#end">b</a><a href="#top">up</a>'


@pytest.fixture
def site(tmp_path):
    (tmp_path / "a.png").touch()
    (tmp_path / "b.html").write_text('<p id="end">B</p><a href="a.html">a</a><a href="https://example.org/">out</a>')
    (tmp_path / "a.html").write_text(GOOD)
    return tmp_path


def test_a_whole_website_has_no_faults(site):
    assert check(site) == ([], "2 pages, 4 links, 1 pictures, styles and scripts")


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ('<a href="c.html">c</a>', "a.html: c.html leads nowhere"),
        ('<a href="b.html#middle">b</a>', "a.html: b.html#middle leads nowhere"),
        ('<a href="#bottom">down</a>', "a.html: #bottom leads nowhere"),
        ('<img src="b.png" alt="b">', "a.html: b.png leads nowhere"),
        ('<img src="a.png">', "a.html: the picture a.png has no alternative text"),
        ('<img src="a.png" alt=" ">', "a.html: the picture a.png has no alternative text"),
        ('<script src="https://example.org/x.js"></script>', "a.html: loads https://example.org/x.js from elsewhere"),
        ('<link href="//example.org/x.css">', "a.html: loads //example.org/x.css from elsewhere"),
        ('<script src="x.js"></script>', "a.html: x.js leads nowhere"),
    ],
)
def test_every_fault_is_named(site, added, fault):
    (site / "a.html").write_text(GOOD + added)
    assert check(site)[0] == [fault]


ENTRIES = re.findall(r"^[^\s#].*\n(?:[ \t].*\n?)*", LOCK, re.MULTILINE)


def test_every_package_of_the_website_has_one_version_and_its_hashes():
    assert ENTRIES
    for entry in ENTRIES:
        assert re.match(r"[\w.-]+==[\w.]+( ; .+)? \\\n", entry) and re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    assert not re.search(r"://|index-url|find-links|file:|\s/\w", LOCK)


@pytest.mark.parametrize("wanted", tomllib.loads(PROJECT)["dependency-groups"]["site"])
def test_the_website_s_lock_has_what_is_asked_for_and_why(wanted):
    requirement = Requirement(wanted)
    versions = re.findall(rf"^{canonicalize_name(requirement.name)}==([\w.]+)", LOCK, re.MULTILINE)
    assert versions and all(requirement.specifier.contains(version) for version in versions)
    assert re.search(rf'"{re.escape(wanted)}", *# .+', PROJECT)
