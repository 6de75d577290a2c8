"""The pad in a real browser: mouse, touch and keyboard draw, and the picture follows."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser import (
    explorers_of,
    handle_of,
    learner_of,
    needs_chromium,
    open_alone,
    ready,
    run_all,
    shown,
    stroke,
)
from tests.support.notebook import write

NOTEBOOK = "own_digit.ipynb"
CELLS = [
    """
import time
import numpy as np
import helpers
from helpers import explorers

images, labels = helpers.load_mnist()
run = helpers.stochastic_gradient_descent(images, helpers.one_hot(labels), np.zeros((10, 784)), 0.001, 5)
own = explorers.OwnDigit(run.weights[-1], *helpers.load_mnist("test"))
own.pad.observe(lambda change: time.sleep(0.1), "ink")  # a slow machine
own
""",
    "own",
]
ONE = (140, 40), (140, 240)
SEVEN = (80, 60), (200, 60), (130, 230)

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def sent() -> list[bytes]:
    """What the page sends to the kernel."""
    return []


@pytest.fixture(scope="module")
def panel(browser, lab, sent):
    """The notebook, run, on a touch screen."""
    write(CELLS, lab.notebooks / NOTEBOOK)
    with learner_of(browser, lab, height=1200, has_touch=True) as learner:
        page = learner.new_page()
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        panel = open_alone(page, lab, NOTEBOOK)
        run_all(page, panel)
        expect(pads(panel)).to_have_count(2)
        yield panel


@pytest.fixture
def blank(panel):
    """The notebook with an empty pad."""
    panel.get_by_role("button", name="clear").first.click()
    expect(summary(panel)).to_have_text("nothing is drawn yet: draw a digit, or choose a test image")
    return panel


def pads(panel: Locator) -> Locator:
    return panel.get_by_role("img", name=re.compile("^drawing pad"))


def summary(panel: Locator) -> Locator:
    return panel.locator(".explorer-summary").first


def settled(panel: Locator) -> str:
    """The summary, once the kernel has caught up with the hand."""
    for _ in range(20):
        words = summary(panel).text_content()
        panel.page.wait_for_timeout(300)
        if summary(panel).text_content() == words:
            break
    return words


def ink(pad: Locator) -> list[int]:
    """Where the pad has ink, in rows of 28 places."""
    return pad.evaluate(
        """pad => {
            const places = Object.assign(document.createElement("canvas"), { width: 28, height: 28 });
            const context = places.getContext("2d");
            context.drawImage(pad, 0, 0, 28, 28);
            const { data } = context.getImageData(0, 0, 28, 28);
            return Array.from({ length: 784 }, (_, i) => Number(data[4 * i + 3] > 127));
        }"""
    )


def soft(pad: Locator) -> int:
    """How many of the pad's pixels are neither paper nor ink."""
    return pad.evaluate(
        """pad => pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data
            .filter((value, i) => i % 4 == 3 && value > 20 && value < 235).length"""
    )


def assert_alike(one: list[int], other: list[int]) -> None:
    assert sum(one) > 10
    assert sum(a != b for a, b in zip(one, other)) <= 0.1 * sum(one)  # what is enlarged is softer at its edges


def test_what_the_mouse_draws_is_scored(blank):
    stroke(pads(blank).first, *ONE)
    expect(summary(blank)).to_contain_text("your drawing is taken for a 1: 1? scores 0.")
    before = shown(explorers_of(blank).first)
    blank.get_by_role("button", name="clear").first.click()
    expect(summary(blank)).to_contain_text("draw a digit")
    assert not any(ink(pads(blank).first))
    stroke(pads(blank).first, *SEVEN)
    expect(summary(blank)).to_contain_text("your drawing is taken for a 7: 7? scores 0.")
    assert all(now != then for now, then in zip(shown(explorers_of(blank).first), before, strict=True))


def test_a_slow_kernel_gets_only_the_newest_ink(blank, sent):
    sent.clear()
    stroke(pads(blank).first, *[(60 + 160 * (k % 2), 60 + 30 * k) for k in range(5)])
    blank.get_by_role("button", name="clear").first.click()
    stroke(pads(blank).first, *SEVEN)
    expect(summary(blank)).to_contain_text("taken for a 7")
    with_ink = [frame for frame in sent if b'"ink"' in frame]
    moves = 10 * (4 + 2)
    assert 2 <= len(with_ink) < moves / 3


def test_a_finger_draws_and_does_not_scroll(blank):
    page, pad = blank.page, pads(blank).first
    corner = pad.bounding_box()
    devtools = page.context.new_cdp_session(page)

    def touch(kind, *points):
        places = [{"x": corner["x"] + x, "y": corner["y"] + y} for x, y in points]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (140, 40))
    for y in range(45, 245, 5):
        touch("touchMove", (140, y))
    touch("touchEnd")
    expect(summary(blank)).to_contain_text("your drawing is taken for a 1")
    drawn = ink(pad)
    assert all(drawn[28 * row + 14] for row in range(5, 23)) and pad.bounding_box() == corner
    page.touchscreen.tap(corner["x"] + 40, corner["y"] + 40)
    assert ink(pad)[28 * 4 + 4]  # a tap makes a dot


def test_the_other_mouse_button_does_not_draw(blank):
    pads(blank).first.click(button="right")
    blank.page.keyboard.press("Escape")
    assert not any(ink(pads(blank).first))


def test_a_test_image_is_loaded_and_cleared_with_the_keyboard_alone(blank):
    handle = handle_of(explorers_of(blank).first, "test image")
    for key in ("Enter", "Space"):
        for _ in range(2):
            before = summary(blank).text_content()
            handle.press("ArrowRight")
            expect(summary(blank)).not_to_have_text(before)
        expect(summary(blank)).to_have_text(re.compile(r"^test image \d+, a \d, is taken for a \d: \d\? scores"))
        assert any(ink(pads(blank).first))
        blank.get_by_role("button", name="clear").first.press(key)
        expect(summary(blank)).to_contain_text("draw a digit")


def test_page_and_kernel_agree_in_the_end_whoever_was_quicker(blank):
    stroke(pads(blank).first, *ONE)
    settled(blank)
    handle = handle_of(explorers_of(blank).first, "test image")
    handle.evaluate(
        """(handle, clear) => {
            handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
            clear.click();
        }""",
        blank.get_by_role("button", name="clear").first.element_handle(),
    )
    assert "draw a digit" in settled(blank)
    assert not any(ink(pads(blank).first))


def test_two_views_show_one_drawing(blank):
    first, second = pads(blank).all()
    stroke(first, (60, 60), (220, 60))
    expect(summary(blank)).to_contain_text("your drawing")
    assert_alike(ink(first), ink(second))
    assert soft(first) < soft(second)  # what is drawn here is as sharp as the screen
    stroke(second, (60, 220), (220, 220))
    drawn = ink(second)
    assert drawn[28 * 6 + 14] and drawn[28 * 22 + 14]
    assert_alike(drawn, ink(first))


def test_a_browser_that_gives_one_move_at_a_time(blank):
    blank.page.evaluate("PointerEvent.prototype.getCoalescedEvents = undefined")
    stroke(pads(blank).first, (60, 60), (220, 60))
    assert all(ink(pads(blank).first)[28 * 6 + 7 : 28 * 6 + 22])


def test_a_reload_keeps_the_drawing(blank):
    page = blank.page
    stroke(pads(blank).first, *SEVEN)
    expect(summary(blank)).to_contain_text("taken for a 7")
    words, before = settled(blank), ink(pads(blank).first)
    page.locator('[data-jp-item-name="save"] button').click()
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.reload()
    again = ready(page, NOTEBOOK)
    expect(summary(again)).to_have_text(words)
    assert_alike(before, ink(pads(again).first))
    again.get_by_role("button", name="clear").first.click()
    expect(summary(again)).to_contain_text("draw a digit")
