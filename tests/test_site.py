"""How the website is made: recordings of explorers, names for pictures, the check of what was built, its lock."""

import json
import re
import tomllib
from collections import ChainMap
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

from tests.support.explorers import MAKERS
from tests.support.lesson import INPUTS, START, TRUE
from tests.support.recordings import RecordingInFiles, drawn_for_page
from website.check import check
from website.grid import PLANS, Plan, go_to, grid, position_of
from website.live_parts import PNG, figure, live_parts
from website.prepare import cards, name_pictures, put_live_parts
from website.recording import Recorder, is_alike
from website.recording_files import MOST_TILES, write_recording

COURSE = Path(__file__).resolve().parents[1]
LOCK = (COURSE / "website/requirements.lock").read_text()
PROJECT = (COURSE / "pyproject.toml").read_text()
NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))

EXPLORER = f"""\
from helpers import explorers
explorer = explorers.MultipleInputs({INPUTS}, {TRUE}, {START})
explorer"""


@pytest.fixture(scope="module")
def explorer():
    return MAKERS["several inputs"]()


@pytest.fixture(scope="module")
def shown(explorer):
    """Where a notebook shows it: at 0.028, with an answer hidden."""
    go_to(explorer, {**position_of(explorer), "alpha": 0.028, "hidden": frozenset({"limit"})})
    return position_of(explorer)


@pytest.fixture(scope="module")
def recording(explorer, shown):
    """Few positions, for the sake of speed."""
    axes = grid(explorer, [shown])
    return Recorder(explorer).record([shortened(axis, 2) for axis in axes])


def shortened(axis, count):
    return replace(axis, values=axis.values[-count:], labels=axis.labels[-count:])


@pytest.fixture(scope="module")
def files(recording, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "an_explorer"
    write_recording(recording, folder)
    return folder


@pytest.mark.parametrize("maker", [name for name in MAKERS if name != "own digit"])
def test_stops_are_the_explorer_s_own_and_those_where_it_is_shown(maker):
    explorer = MAKERS[maker]()
    explorer.alpha.value, explorer.iterations.value = explorer.alpha.values[-2], explorer.iterations.max - 1
    axes = grid(explorer, [position_of(explorer)])
    assert all(axis.stop_at(position_of(explorer)) in range(len(axis.labels)) for axis in axes)
    assert axes[0].controls == ("alpha",) and axes[-1].controls == ("iterations",)
    with explorer.one_move():
        for axis in axes:
            assert len(set(axis.values)) == len(axis.values) == len(axis.labels)
            for name, value in [each for stop in range(len(axis.values)) for each in axis.at(stop).items()]:
                if name != "hidden":
                    explorer.controls[name].value = value
                    assert explorer.controls[name].value == value


def test_the_page_gets_what_is_drawn_at_each_position(explorer, recording, files):
    read = RecordingInFiles(files)
    assert read.shape == [len(axis.values) for axis in recording.axes] and len(read.words) == np.prod(read.shape)
    for stops in np.ndindex(*read.shape):
        go_to(explorer, dict(ChainMap(*(axis.at(stop) for axis, stop in zip(recording.axes, stops)))))
        position = read.position(stops)
        assert read.words[position] == explorer.summary
        assert np.array_equal(read.picture(position), drawn_for_page(explorer))


def test_a_tile_that_shows_again_is_stored_once(files):
    read = RecordingInFiles(files)
    assert len(np.unique(read.tiles.reshape(len(read.tiles), -1), axis=0)) == len(read.tiles)
    assert sorted(np.unique(read.shown)) == list(range(len(read.tiles)))


def test_no_sheet_is_large_when_it_is_decoded(files):
    assert all(np.prod(Image.open(sheet).size) <= MOST_TILES * 32**2 for sheet in files.glob("*.webp"))


def test_the_same_is_written_each_time(recording, files, tmp_path):
    write_recording(recording, tmp_path / files.name)
    written = {path.name: path.read_bytes() for path in files.iterdir()}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / files.name).iterdir()}


def test_training_in_the_background_is_recorded_as_it_is_when_it_has_ended():
    explorer = MAKERS["full training"]()
    axes = grid(explorer, [position_of(explorer)])
    words = Recorder(explorer).record([shortened(axes[0], 1), *axes[1:-1], shortened(axes[-1], 2)]).words
    assert [re.search(r"(\d+) of (\d+) passes", said).groups() for said in words] == [("9", "9"), ("10", "10")]


def test_explorers_that_show_the_same_are_recorded_once():
    one, other = MAKERS["several inputs"](), MAKERS["several inputs"]()
    one.alpha.value = 0.03
    other.hide("way")
    assert is_alike(one, other)
    other.example.value = other.example.first.with_weights([[0, 0, 0]])
    assert not is_alike(one, other)
    assert not is_alike(MAKERS["one input, several outputs"](), MAKERS["several of both"]())


def test_a_notebook_that_fails_is_not_published(tmp_path):
    with pytest.raises(ZeroDivisionError):
        list(live_parts(new_notebook(cells=[new_code_cell("1 / 0")]), COURSE / "lesson.ipynb", tmp_path))


def test_a_recording_takes_the_place_of_each_stored_picture(tmp_path, monkeypatch):
    monkeypatch.setitem(PLANS, "MultipleInputs", Plan(1, (1,)))
    monkeypatch.setattr("website.grid.SHARES_OF_LIMIT", (1,))
    moved = new_code_cell("explorer.alpha.value = 0.02\nexplorer")
    stored = new_output("execute_result", {PNG: "", "text/plain": "as stored"}, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell(EXPLORER, outputs=[stored]), new_code_cell("1 + 1"), moved])
    (tmp_path / "notebooks").mkdir()
    put_live_parts(notebook, tmp_path / "lesson.ipynb", tmp_path)
    first, element, sum_, _, moved_element = notebook.cells
    assert first.outputs == [] and sum_.source == "1 + 1"
    read = RecordingInFiles(tmp_path / "static/recordings/lesson_0")
    for source, number, alpha in ((element.source, 0, 0.01), (moved_element.source, 2, 0.02)):
        assert f"{{figure}} /notebooks/lesson_{number}.png" in source
        assert (tmp_path / f"notebooks/lesson_{number}.png").read_bytes().startswith(b"\x89PNG")
        assert 'data-explorer="lesson_0"' in source
        stops = json.loads(re.search(r'data-at="(.+?)"', source)[1])
        assert f"alpha {alpha:.4f}" in read.words[read.position(stops)]


def test_a_summary_is_taken_literally():
    source = figure("a.png", '2? scores *1*: <b> `x` $a$ [y](z) "q"', 860)
    assert ':alt: "2? scores *1*: <b> `x` $a$ [y](z) \\"q\\""' in source
    assert r'2? scores \*1\*: \<b\> \`x\` \$a\$ \[y\](z) "q"' in source


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
