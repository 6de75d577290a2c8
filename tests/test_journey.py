"""A learner's way through the lab in a real browser: logging in, breaking things, coming back the next day."""

import json

import pytest
from playwright.sync_api import Locator, expect

from helpers.lab import edition
from tests.support.browser import (
    ERROR,
    SECONDS,
    arrive,
    explorers_of,
    first_cell,
    give_password,
    held,
    learner_of,
    needs_chromium,
    open_alone,
    press,
    ready,
    restart_kernel,
    run_all,
    save,
    shown,
)
from tests.support.lab import RunningLab, wait_until

FIRST, SECOND = "1_multiple_inputs.ipynb", "2_freezing_one_weight.ipynb"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def panel(learner, lab):
    """The first notebook, run."""
    page = learner.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    panel = open_alone(page, lab, FIRST)
    run_all(page, panel)
    return panel


def run_in_a_new_kernel(cell: Locator) -> None:
    """Run the cell that has the cursor, twice: its number would be 1 without, from when the notebook was stored."""
    for _ in range(2):
        cell.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[2]:")
    assert cell.locator(ERROR).count() == 0


def test_wrong_password_then_the_right_one(browser, lab):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(lab.url)
        give_password(page, "4321")
        expect(page.locator(".message.error")).to_contain_text("This is not the password")
        give_password(page, "1234")
        arrive(page, lab)


def test_today_s_work_is_there_tomorrow(browser, tmp_path):
    """The learner edits one notebook, runs another, opens a tab; meanwhile there is a new edition of both notebooks."""
    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        first, second = lab.notebooks / FIRST, lab.notebooks / SECOND
        page = learner.new_page()
        page.goto(lab.url)
        first_cell(ready(page, FIRST))
        page.keyboard.type("# my own words\n1 / 0  # wrecked\n")
        save(page, first)

        page.locator(".lm-TabBar-tabLabel", has_text="Welcome.md").click()
        page.locator(".jp-MarkdownViewer").get_by_role("link", name="Freezing one weight").click()
        run_in_a_new_kernel(first_cell(ready(page, SECOND)))
        save(page, second)
        (layout,) = (lab.state / "workspaces").iterdir()
        wait_until(lambda: SECOND in layout.read_text(), "the layout is saved")

    for name in (FIRST, SECOND):
        notebook = json.loads((lab.course / "notebooks" / name).read_bytes())
        notebook["cells"][0]["source"] = "# A new edition"
        (lab.course / "notebooks" / name).write_text(json.dumps(notebook))

    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        page = learner.new_page()
        page.goto(lab.url)
        panel = ready(page, SECOND)
        expect(panel.get_by_role("heading", name="A new edition")).to_be_visible()
        expect(page.locator(".jp-DirListing-itemText", has_text="1_multiple_inputs_new_edition")).to_be_visible()

        page.locator(".lm-TabBar-tabLabel").get_by_text(FIRST, exact=True).click()
        panel = ready(page, FIRST)
        expect(panel.get_by_role("heading", name="1 · Several inputs, one delta")).to_be_visible()
        cell = first_cell(panel)
        expect(cell).to_contain_text("# my own words")
        for key in ("ArrowDown", "Shift+ArrowDown", "Delete"):
            page.keyboard.press(key)
        run_in_a_new_kernel(cell)
        save(page, first)
    assert "# my own words" in first.read_text() and "wrecked" not in first.read_text()


def test_the_kernel_restarts_in_mid_drag(panel):
    with held(explorers_of(panel).first, "alpha") as move:
        move(0.1)
        restart_kernel(panel.page, panel)
        move(0.2)
    ready(panel.page, FIRST)
    run_all(panel.page, panel)
    press(explorers_of(panel).first, "alpha")


def test_to_run_a_notebook_is_not_to_edit_it(panel, lab):
    mine, given = lab.notebooks / FIRST, lab.course / "notebooks" / FIRST
    save(panel.page, mine)
    assert mine.read_bytes() != given.read_bytes()
    assert edition.digest(mine) == edition.digest(given)


def test_after_a_reload_the_sliders_are_live(panel):
    panel.page.reload()
    ready(panel.page, FIRST)
    expect(explorers_of(panel).first.locator(".live-picture")).to_be_visible(timeout=60 * SECONDS)
    press(explorers_of(panel).first, "alpha")


def test_two_tabs_on_one_notebook(panel, learner, lab):
    """They share a kernel and its sliders, and neither overwrites what the other has saved without asking."""
    path, page = lab.notebooks / FIRST, learner.new_page()
    other = open_alone(page, lab, FIRST)
    assert len(learner.request.get(f"{lab.address}/api/kernels").json()) == 1
    expect(explorers_of(other).first.locator(".live-picture")).to_be_visible(timeout=60 * SECONDS)
    press(explorers_of(other).first, "alpha")
    wait_until(lambda: shown(explorers_of(panel).first) == shown(explorers_of(other).first), "both tabs show the same")

    panel.page.bring_to_front()
    first_cell(panel)
    panel.page.keyboard.type("# one\n")
    save(panel.page, path)
    page.bring_to_front()
    first_cell(other)
    page.keyboard.type("# other\n")
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-Dialog")).to_contain_text("changed on disk")
    assert "# one" in path.read_text() and "# other" not in path.read_text()
