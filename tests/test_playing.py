"""In a real page: play, step, drag, change numbers, reveal; wide, narrow, light, dark; by mouse, finger and keys."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import (
    barriers,
    choose_theme,
    explorers_of,
    handle_of,
    learner_of,
    needs_chromium,
    open_alone,
    run_all,
    shown,
    shows_something_else,
)
from tests.support.explorers import MAKERS
from tests.support.lab import wait_until
from tests.support.notebook import write

NAMES = [name for name in MAKERS if name != "own digit"]
PLAYED = [name for name in NAMES if name != "full training"]
ON_CURVES = ["several inputs", "freezing"]
OF_ONE_EXAMPLE = [*ON_CURVES, "one input, several outputs", "several of both"]
WITH_A_MAP = ["freezing", "several games"]
LAPTOP = 760  # pixels: as high as an explorer may be
NARROW = ["several inputs", "freezing", "several games", "several of both", "training", "confusions"]
SCREENS = {
    "wide": {"height": 900},
    "narrow": {"height": 800, "device_scale_factor": 2, "has_touch": True},
}

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module", params=SCREENS)
def panel(request, browser, lab):
    """A notebook with the explorers, one a cell; it is left as it was found. Narrow is dark and fine, too."""
    names = shown_on(request.param)
    cells = ["from helpers import predict\nfrom tests.support.explorers import MAKERS"]
    cells += [f"{variable(name)} = MAKERS[{name!r}]()\n{variable(name)}" for name in names]
    asked = [f"predict.largest_alpha({variable(name)})" for name in names if name in OF_ONE_EXAMPLE]
    write([*cells, *asked], lab.notebooks / f"playing_{request.param}.ipynb")
    with learner_of(browser, lab, **SCREENS[request.param]) as learner:
        page = learner.new_page()
        panel = open_alone(page, lab, f"playing_{request.param}.ipynb")
        if request.param == "narrow":
            choose_theme(page, "JupyterLab Dark")
            page.set_viewport_size({"width": 760, "height": 800})
        run_all(page, panel)
        panel.names = names
        yield panel
        choose_theme(page, "JupyterLab Light")


def shown_on(screen: str) -> list[str]:
    return NAMES if screen == "wide" else NARROW


def those_on(panel: Locator, names: list[str]) -> list[str]:
    return [name for name in names if name in panel.names]


def variable(name: str) -> str:
    return re.sub(r"\W+", "_", name)


def explorer_of(panel: Locator, name: str) -> Locator:
    explorer = explorers_of(panel).nth(panel.names.index(name))
    explorer.scroll_into_view_if_needed()
    expect(explorer.locator(".explorer-summary")).not_to_be_empty()
    return explorer


def press_button(explorer: Locator, name: str) -> None:
    explorer.get_by_role("button", name=name, exact=True).click()


def iterations(explorer: Locator) -> int:
    """What the sentence says."""
    words = explorer.locator(".explorer-summary").text_content()
    (number,) = re.findall(r"(\d+) (?:iteration|pass|update)", words)[:1]
    return int(number)


def asked_for(explorer: Locator) -> int:
    """Where the slider is."""
    return round(float(handle_of(explorer, "iterations").get_attribute("aria-valuenow")))


def reaches(explorer: Locator, number: int) -> None:
    wait_until(lambda: iterations(explorer) == number, f"iteration {number} is shown")


def to_start(explorer: Locator) -> None:
    press_button(explorer, "back to the start")
    reaches(explorer, start_of(explorer))


def start_of(explorer: Locator) -> int:
    """0 for updates that have been made, 1 for an iteration that is looked at."""
    return round(float(handle_of(explorer, "iterations").get_attribute("aria-valuemin")))


def play_pause_and_step(panel: Locator, name: str) -> None:
    explorer = explorer_of(panel, name)
    to_start(explorer)
    explorer.get_by_label("steps a second").select_option("10 a second")
    press_button(explorer, "play")
    wait_until(lambda: iterations(explorer) >= 4, "it plays")
    press_button(explorer, "pause")
    wait_until(lambda: iterations(explorer) == asked_for(explorer), "the picture on its way has come")
    stopped = iterations(explorer)
    time.sleep(0.3)
    assert iterations(explorer) == asked_for(explorer) == stopped
    press_button(explorer, "one step back")
    reaches(explorer, stopped - 1)
    press_button(explorer, "one step forward")
    reaches(explorer, stopped)
    group = explorer.get_by_role("group", name="play iterations")
    group.get_by_role("button", name="play").press("ArrowRight")
    reaches(explorer, stopped + 1)
    group.get_by_role("button", name="play").press("Home")
    reaches(explorer, start_of(explorer))


def test_play_pause_and_step(panel):
    for name in those_on(panel, PLAYED):
        play_pause_and_step(panel, name)


def test_it_plays_to_the_end_and_then_from_the_start_and_skips_where_the_kernel_is_slow(panel):
    explorer = explorer_of(panel, "several inputs")
    to_start(explorer)
    explorer.get_by_label("steps a second").select_option("as fast as it can")
    seen = watch(explorer)
    press_button(explorer, "play")
    reaches(explorer, 30)
    expect(explorer.get_by_role("button", name="play", exact=True)).to_be_visible()
    assert numbers(seen) == list(range(1, 31)), "as fast as it can, but each of them"
    press_button(explorer, "play")
    wait_until(lambda: iterations(explorer) < 30, "it starts anew")
    press_button(explorer, "pause")


def watch(explorer: Locator):
    """Gather the sentences, as they come."""
    return explorer.evaluate_handle(
        """explorer => {
            const words = explorer.querySelector(".explorer-summary"), seen = [words.textContent];
            explorer.addEventListener("picture-shown", () => seen.push(words.textContent));
            return seen;
        }"""
    )


def numbers(seen) -> list[int]:
    found = [int(re.search(r"(\d+) iteration", words)[1]) for words in seen.json_value()]
    return [number for k, number in enumerate(found) if not k or number != found[k - 1]]


def it_fits_the_screen_of_a_laptop(panel: Locator, name: str) -> None:
    if panel.page.viewport_size["width"] > 1000:
        assert explorer_of(panel, name).bounding_box()["height"] <= LAPTOP


def test_it_fits_the_screen_of_a_laptop(panel):
    for name in those_on(panel, NAMES):
        it_fits_the_screen_of_a_laptop(panel, name)


def a_point_can_be_taken_and_its_weight_is_set(panel: Locator, name: str, hand: str) -> None:
    explorer = explorer_of(panel, name)
    to_start(explorer)
    grip = explorer.get_by_role("slider", name="weight of fans")
    grip.scroll_into_view_if_needed()
    before, weight = shown(explorer), grip.get_attribute("aria-valuenow")
    if hand == "keys":
        grip.press("ArrowRight")
    elif hand == "mouse":
        drag(panel.page, grip, 25)
    else:
        drag_by_finger(panel.page, grip, -20)
    wait_until(lambda: shows_something_else(explorer, before), "the picture follows")
    wait_until(lambda: grip.get_attribute("aria-valuenow") != weight, "and the weight")
    assert (float(grip.get_attribute("aria-valuenow")) > float(weight)) == (hand != "finger")
    put_back(explorer)


@pytest.mark.parametrize("hand", ["mouse", "keys", "finger"])
def test_a_point_can_be_taken_and_its_weight_is_set(panel, hand):
    for name in those_on(panel, ON_CURVES):
        a_point_can_be_taken_and_its_weight_is_set(panel, name, hand)


def the_point_on_the_map_can_be_taken(panel: Locator, name: str) -> None:
    explorer = explorer_of(panel, name)
    to_start(explorer)
    before = shown(explorer)
    drag(panel.page, explorer.get_by_title("drag: point on the map"), 30)
    wait_until(lambda: shows_something_else(explorer, before), "the picture follows")
    put_back(explorer)


def test_the_point_on_the_map_can_be_taken(panel):
    for name in those_on(panel, WITH_A_MAP):
        the_point_on_the_map_can_be_taken(panel, name)


def test_a_click_on_a_point_moves_nothing(panel):
    explorer = explorer_of(panel, "several inputs")
    to_start(explorer)
    press_button(explorer, "one step forward")
    reaches(explorer, 2)
    before = shown(explorer)
    explorer.get_by_role("slider", name="weight of toes").click()
    time.sleep(0.3)
    assert shown(explorer) == before


def drag(page: Page, target: Locator, right: float) -> None:
    place = target.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y, steps=5)
    page.mouse.up()


def drag_by_finger(page: Page, target: Locator, right: float) -> None:
    place = target.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    devtools = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", x), ("touchMove", x + right / 2), ("touchMove", x + right), ("touchEnd", None)):
        points = [{"x": at, "y": y}] if at is not None else []
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    devtools.detach()


def unfold(explorer: Locator) -> None:
    if not explorer.get_by_role("button", name="back to the lesson's numbers").is_visible():
        explorer.get_by_text("change the numbers").click()


def put_back(explorer: Locator) -> None:
    unfold(explorer)
    press_button(explorer, "back to the lesson's numbers")
    explorer.get_by_text("change the numbers").click()


def at_rest(explorer: Locator) -> tuple[str, str]:
    """What is shown once nothing more comes of what was done before."""
    looks = [shown(explorer)]

    def is_at_rest() -> bool:
        explorer.page.wait_for_timeout(300)
        looks.append(shown(explorer))
        return looks[-1] == looks[-2]

    wait_until(is_at_rest, "the picture has come to rest")
    return looks[-1]


def the_numbers_can_be_changed(panel: Locator, name: str) -> None:
    explorer = explorer_of(panel, name)
    unfold(explorer)
    before = at_rest(explorer)
    field = explorer.get_by_label("record", exact=True).first
    field.fill("0,9")
    field.press("Enter")
    wait_until(lambda: shown(explorer)[0] != before[0], "the picture follows")
    put_back(explorer)
    wait_until(lambda: shown(explorer) == before, "and comes back")


def test_the_numbers_can_be_changed(panel):
    for name in those_on(panel, [*OF_ONE_EXAMPLE, "several games"]):
        the_numbers_can_be_changed(panel, name)


def the_answers_appear_when_the_reader_has_committed_or_asks(panel: Locator, name: str) -> None:
    explorer = explorer_of(panel, name)
    question = panel.locator(".prediction").nth([each for each in panel.names if each in OF_ONE_EXAMPLE].index(name))
    if name == "freezing":
        press_button(explorer, "show the answers")
    else:
        expect(explorer.get_by_role("button", name="show the answers")).to_be_visible()
        question.get_by_role("textbox").fill("0.02")
        question.get_by_role("button", name="commit").click()
    expect(explorer.get_by_role("button", name="show the answers")).to_be_hidden()


def test_the_answers_appear_when_the_reader_has_committed_or_asks(panel):
    for name in those_on(panel, OF_ONE_EXAMPLE):
        the_answers_appear_when_the_reader_has_committed_or_asks(panel, name)


def test_with_one_and_a_half_pixels_for_each_of_the_page(browser, lab):
    write(
        ["from tests.support.explorers import MAKERS", "MAKERS['freezing']()"], lab.notebooks / "one_and_a_half.ipynb"
    )
    with learner_of(browser, lab, device_scale_factor=1.5) as learner:
        page = learner.new_page()
        panel = open_alone(page, lab, "one_and_a_half.ipynb")
        run_all(page, panel)
        explorer = explorers_of(panel).first
        to_start(explorer)
        assert explorer.locator(".live-picture").evaluate("canvas => canvas.width") == 1290
        press_button(explorer, "play")
        reaches(explorer, 3)
        before = explorer.locator(".explorer-summary").text_content()
        drag(page, explorer.get_by_title("drag: point on the map"), 20)
        wait_until(lambda: explorer.locator(".explorer-summary").text_content() != before, "the picture follows")


def test_a_cell_of_the_table_can_be_clicked(panel):
    explorer = explorer_of(panel, "confusions")
    before, picture = shown(explorer), explorer.locator(".live-picture")
    box = picture.bounding_box()
    picture.click(position={"x": 0.1 * box["width"], "y": 0.3 * box["height"]})
    wait_until(lambda: shows_something_else(explorer, before), "another cell is chosen")


def test_nothing_hinders_anybody(panel):
    assert barriers(panel.page) == []
