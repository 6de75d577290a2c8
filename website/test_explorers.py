"""Explorers in the page: wherever they are moved, they show what the explorer in Python draws there."""

import base64
import io
import re
from functools import cache
from hashlib import sha256

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, expect

from helpers import explorers, load_mnist
from helpers.datasets import season
from tests.support.browser import needs_chromium
from tests.support.explorers import MAKERS
from tests.support.lesson import START
from tests.support.recordings import drawn_for_page
from tests.support.website import LESSONS, NARROW, SITE, Reader
from website.grid import go_to
from website.recording import learn

pytestmark = needs_chromium

MB = 1e6
GAMES = np.column_stack([season.toes, season.record, season.fans]) / [9.9, 0.9, 1.3]


@cache
def images() -> tuple[np.ndarray, ...]:
    return *load_mnist(), *load_mnist("test")


FRESH = {  # by the names of the recordings: the explorers, made anew
    "1_multiple_inputs_3": MAKERS["several inputs"],
    "2_freezing_one_weight_15": MAKERS["freezing"],
    "2_freezing_one_weight_57": lambda: explorers.SeveralGames(GAMES, season.won, START),
    "3_multiple_outputs_23": MAKERS["one input, several outputs"],
    "3_multiple_outputs_70": MAKERS["several of both"],
    "4_mnist_39": lambda: explorers.TwoImages(*images()[:2]),
    "4_mnist_79": lambda: explorers.Training(*images()),
    "4_mnist_102": lambda: explorers.Confusions(*images()),
    "4_mnist_109": lambda: explorers.FullTraining(*load_mnist(count=10000), *images()[2:]),
    "5_visualizing_weights_45": lambda: explorers.Weights(*images()),
}
RECORDINGS = {path.name: path for path in (SITE / "_static/recordings").glob("*")}
WITH_EXPLORERS = [page for page in LESSONS if "data-explorer=" in (SITE / page).read_text(encoding="utf-8")]
FIRST = WITH_EXPLORERS[0]


def live(page, selector: str = ".recorded-explorer") -> list[Locator]:
    """All explorers of the page, after each has been looked at."""
    places = page.locator(selector).all()
    for place in places:
        place.scroll_into_view_if_needed()
        expect(place).to_have_class(re.compile("is-live"))
    return places


def position_in(place: Locator) -> dict:
    """As `go_to` takes it."""
    position = {name: tuple(value) if isinstance(value, list) else value for name, value in read(place).items()}
    return {**position, "hidden": frozenset(position["hidden"])}


def read(place: Locator) -> dict:
    return place.evaluate("place => place.position")


def pixels_of(place: Locator) -> np.ndarray:
    address = place.locator(".live-picture").evaluate("canvas => canvas.toDataURL()")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))).convert("RGB"))


def moves(place: Locator):
    """Every slider and menu: to its ends and a step back from there, to each choice."""
    for slider in place.get_by_role("slider").all():
        for key in ("Home", "End", "ArrowLeft"):
            yield lambda slider=slider, key=key: slider.press(key)
    for menu in place.locator("label select").all():
        for label in menu.locator("option").all_text_contents():
            yield lambda menu=menu, label=label: menu.select_option(label)
    answers = place.get_by_role("button", name="show the answers")
    if answers.is_visible():
        yield answers.click


def assert_shows_what_python_draws(place: Locator, explorer) -> None:
    go_to(explorer, position_in(place))
    learn(explorer)
    go_to(explorer, position_in(place))
    place.locator(".live-picture").scroll_into_view_if_needed()
    expect(place.locator(".explorer-summary")).to_have_text(explorer.summary)
    expect(place.locator(".live-picture:not([width='1'])")).to_be_visible()
    expect(place.get_by_role("img", name=explorer.summary, exact=True)).to_be_visible()
    assert np.array_equal(pixels_of(place), drawn_for_page(explorer)), explorer.summary


@pytest.mark.parametrize("page", WITH_EXPLORERS)
def test_every_control_brings_what_python_draws(chromium, address, page):
    known = set()
    with Reader(chromium) as reader, Reader(chromium) as of_files:
        reader.page.goto(f"{address}/{page}")
        of_files.page.goto(f"{SITE.as_uri()}/{page}")
        for place, in_file in zip(live(reader.page), live(of_files.page), strict=True):
            name = place.get_attribute("data-explorer")
            explorer = FRESH[name]()
            assert_shows_what_python_draws(place, explorer)
            if name in known:
                continue
            known.add(name)
            assert place.get_by_role("slider").count() >= 2
            for move, same_move in zip(moves(place), moves(in_file), strict=True):
                move()
                same_move()
                assert_shows_what_python_draws(place, explorer)
                expect(in_file.locator(".explorer-summary")).to_have_text(explorer.summary)
            in_file.locator(".live-picture").scroll_into_view_if_needed()
            expect(in_file.locator(".live-picture:not([width='1'])")).to_be_visible()
            looks = [each.locator(".live-picture").screenshot() for each in (place, in_file)]
            assert looks[0] == looks[1]
        for each in (reader, of_files):
            assert each.complaints == []
            assert 0 < each.page.evaluate("course.sheets.highest") <= 64 * MB
        found = Axe().run(reader.page)
        assert found.violations_count == 0, found.generate_report()


def test_every_explorer_of_the_notebooks_is_recorded_once_and_small():
    assert RECORDINGS.keys() == FRESH.keys()
    sizes = {name: sum(path.stat().st_size for path in folder.iterdir()) for name, folder in RECORDINGS.items()}
    assert {name: size for name, size in sizes.items() if size > 3 * MB} == {}
    sheets = [sha256(path.read_bytes()).digest() for folder in RECORDINGS.values() for path in folder.glob("*.webp")]
    assert len(set(sheets)) == len(sheets)
    assert sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file()) <= 20 * MB


def test_play_and_step_move_the_iterations(chromium, root):
    with Reader(chromium) as reader:
        reader.page.goto(f"{root}/{FIRST}")
        place = live(reader.page)[0]
        slider = place.get_by_role("slider", name="iterations")
        shown = place.locator(".explorer-summary")
        slider.press("Home")
        place.get_by_role("button", name="one step forward").click()
        expect(slider).to_have_attribute("aria-valuetext", "2")
        expect(shown).to_contain_text("2 iterations")
        place.get_by_role("combobox", name="steps a second").select_option("10 a second")
        place.get_by_role("button", name="play", exact=True).press("Enter")
        expect(place.get_by_role("button", name="pause")).to_be_visible()
        expect(shown).to_contain_text("30 iterations")
        expect(place.get_by_role("button", name="play", exact=True)).to_be_visible()


def test_a_finger_moves_a_slider_on_a_telephone(chromium, root):
    with Reader(chromium, NARROW, "dark", has_touch=True, device_scale_factor=3) as reader:
        reader.page.goto(f"{root}/{FIRST}")
        place = live(reader.page)[0]
        slider = place.get_by_role("slider", name="alpha")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        slider.tap(position={"x": box["width"] - 10, "y": box["height"] / 2})
        expect(place.locator(".explorer-summary")).to_contain_text("alpha 0.100")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= NARROW
        picture = place.locator(".live-picture")
        assert picture.bounding_box()["width"] <= NARROW < picture.evaluate("canvas => canvas.width")
        assert reader.complaints == []


@pytest.mark.parametrize("page", WITH_EXPLORERS)
def test_on_a_narrow_page_every_control_is_within_it(chromium, address, page):
    with Reader(chromium, NARROW, "dark") as reader:
        reader.page.goto(f"{address}/{page}")
        for place in live(reader.page):
            rights = place.locator("button, select, input, .live-picture").evaluate_all(
                "controls => controls.map((control) => control.getBoundingClientRect().right)"
            )
            assert max(rights) <= NARROW
        found = Axe().run(reader.page)
        assert found.violations_count == 0, found.generate_report()


def test_a_mouse_drags_a_slider(chromium, address):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{FIRST}")
        place = live(reader.page)[0]
        slider = place.get_by_role("slider", name="alpha")
        slider.press("Home")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        reader.page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        reader.page.mouse.down()
        reader.page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=30)
        reader.page.mouse.up()
        expect(place.locator(".explorer-summary")).to_contain_text("alpha 0.100")
        assert_shows_what_python_draws(place, MAKERS["several inputs"]())


@pytest.mark.parametrize("page", WITH_EXPLORERS)
def test_without_scripts_and_on_paper_the_still_picture_stands_there(chromium, address, page):
    with Reader(chromium, java_script_enabled=False) as reader:
        reader.page.goto(f"{address}/{page}")
        for place in reader.page.locator(".recorded-explorer").all():
            expect(place.locator("figure img")).to_be_visible()
            expect(place.locator("figcaption")).to_contain_text("alpha")
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{page}")
        places = live(reader.page)
        expect(places[0].locator("figure")).not_to_be_visible()
        reader.page.emulate_media(media="print")
        for place in places:
            expect(place.locator("figure img")).to_be_visible()
            expect(place.locator(".explorer")).not_to_be_visible()


def test_what_is_not_in_view_is_not_loaded(chromium, address):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{LESSONS[3]}", wait_until="networkidle")
        assert not [url for url in reader.asked if "/recordings/" in url]


def test_the_first_page_plays_unless_motion_is_unwelcome(chromium, root):
    with Reader(chromium) as reader:
        reader.page.goto(f"{root}/index.html")
        (place,) = live(reader.page)
        expect(place.get_by_role("button", name="pause")).to_be_visible()
        expect(place.locator(".explorer-summary")).to_contain_text("30 iterations")
        assert reader.complaints == []
    with Reader(chromium, reduced_motion="reduce") as reader:
        reader.page.goto(f"{root}/index.html")
        (place,) = live(reader.page)
        expect(place.get_by_role("button", name="play", exact=True)).to_be_visible()
