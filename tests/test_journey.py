"""A learner's way through the lab in a real browser: logging in, breaking things, coming back the next day."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from running_browser import (
    ERROR,
    SECONDS,
    arrive,
    chromium,
    end_kernels,
    explorers_of,
    give_password,
    held,
    learner_of,
    needs_chromium,
    open_alone,
    press,
    ready,
    run_all,
)
from running_lab import RunningLab, wait_until

from helpers.lab import edition

FIRST, SECOND = "1_multiple_inputs.ipynb", "2_freezing_one_weight.ipynb"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("journey")) as running:
        yield running


@pytest.fixture(scope="module")
def learner(browser, lab):
    with learner_of(browser, lab) as context:
        yield context
        end_kernels(context, lab)


@pytest.fixture(scope="module")
def panel(learner, lab):
    """The first notebook, run."""
    page = learner.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    panel = open_alone(page, lab, FIRST)
    run_all(page, panel)
    return panel


def write_in_first_cell(panel: Locator, text: str) -> None:
    panel.locator(".jp-CodeCell .cm-content").first.click()
    panel.page.keyboard.press("Control+Home")
    panel.page.keyboard.type(text)


def save(page: Page, path: Path) -> None:
    before = path.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    wait_until(lambda: path.stat().st_mtime_ns != before, f"{path.name} is saved")
    json.loads(path.read_bytes())


def restart_kernel(page: Page, panel: Locator) -> None:
    """Without the mouse, which may be holding a slider."""
    panel.locator('[data-jp-item-name="restart"] jp-button').press("Enter")
    expect(page.locator(".jp-Dialog")).to_contain_text("Restart Kernel?")
    page.keyboard.press("Enter")
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def test_wrong_password_then_the_right_one(browser, lab):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(lab.url)
        give_password(page, "4321")
        expect(page.locator(".message.error")).to_contain_text("Invalid credentials")
        give_password(page, "1234")
        arrive(page, lab)
        ready(page, FIRST)


def test_today_s_work_is_there_tomorrow(browser, tmp_path):
    """The learner edits one notebook, runs another, opens a tab; meanwhile there is a new edition of both notebooks."""
    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        first, second = lab.notebooks / FIRST, lab.notebooks / SECOND
        page = learner.new_page()
        page.goto(lab.url)
        panel = ready(page, FIRST)
        write_in_first_cell(panel, "# my own words\n1 / 0  # wrecked\n")
        save(page, first)

        page.locator(".lm-TabBar-tabLabel", has_text="Welcome.md").click()
        page.locator(".jp-MarkdownViewer").get_by_role("link", name="Freezing one weight").click()
        panel = ready(page, SECOND)
        run_all(page, panel)
        save(page, second)
        given = lab.course / "notebooks" / SECOND
        assert second.read_bytes() != given.read_bytes()
        assert edition.digest(second) == edition.digest(given)
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
        code = panel.locator(".jp-CodeCell .cm-content").first
        expect(code).to_contain_text("# my own words")
        code.click()
        page.keyboard.press("Control+Home")
        for key in ("ArrowDown", "Shift+ArrowDown", "Delete", "Control+Enter", "Control+Enter"):
            page.keyboard.press(key)
        expect(panel.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text("[2]:")  # as stored it was [1]
        assert panel.locator(ERROR).count() == 0
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


def test_after_a_reload_the_sliders_are_live(panel, lab):
    save(panel.page, lab.notebooks / FIRST)
    panel.page.reload()
    ready(panel.page, FIRST)
    expect(explorers_of(panel).first.locator(".live-picture")).to_be_visible(timeout=60 * SECONDS)
    press(explorers_of(panel).first, "alpha")


def test_two_tabs_on_one_notebook(learner, lab):
    """They share a kernel, and neither overwrites what the other has saved without asking."""
    path = lab.notebooks / SECOND
    one, other = learner.new_page(), learner.new_page()
    panels = [open_alone(page, lab, SECOND) for page in (one, other)]
    sessions = learner.request.get(f"{lab.address}/api/sessions").json()
    assert sum(session["name"] == SECOND for session in sessions) == 1
    run_all(one, panels[0])
    press(explorers_of(panels[0]).first, "alpha")

    one.bring_to_front()
    write_in_first_cell(panels[0], "# one\n")
    save(one, path)
    other.bring_to_front()
    write_in_first_cell(panels[1], "# other\n")
    other.keyboard.press("Control+s")
    expect(other.locator(".jp-Dialog")).to_contain_text("changed on disk")
    assert "# one" in path.read_text() and "# other" not in path.read_text()
