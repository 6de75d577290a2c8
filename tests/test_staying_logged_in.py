"""What an open tab shows after the lab was started anew, and what a second tab on the lab shows, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import first_cell, give_password, learner_of, log_in, needs_chromium, ready
from tests.support.lab import RunningLab, wait_until

FIRST, SECOND = "1_multiple_inputs.ipynb", "2_freezing_one_weight.ipynb"

pytestmark = [needs_chromium, pytest.mark.thorough]


def close_dialogs_on_the_kernel(page: Page) -> None:
    """Those that say that the lab, and with it the kernel, is gone: whether they appear is a matter of seconds."""
    dialog = page.locator(".jp-Dialog", has_text=re.compile("Server Connection Error|Error Starting Kernel"))
    page.add_locator_handler(dialog, lambda: dialog.locator("button").last.click())


def write(page: Page, words: str) -> None:
    first_cell(page.locator(".jp-NotebookPanel"))
    page.keyboard.type(f"# {words}\n")


def save(page: Page, lab: RunningLab, words: str) -> None:
    page.keyboard.press("Control+s")
    wait_until(lambda: words in (lab.notebooks / FIRST).read_text(), f"{words!r} is saved")


def test_an_open_tab_outlives_the_lab(browser, tmp_path):
    with browser.new_context() as learner:
        with RunningLab(tmp_path) as lab:
            log_in(learner, lab)
            page = learner.new_page()
            close_dialogs_on_the_kernel(page)
            page.goto(lab.url)
            panel = ready(page, FIRST)
            write(page, "before it stopped")

        with RunningLab(tmp_path, port=lab.port):
            write(page, "with the same password")
            save(page, lab, "with the same password")
            kernel = panel.locator(".jp-Toolbar-kernelName")
            expect(kernel).to_have_text("No Kernel")
            write(page, "for a new kernel")
            page.keyboard.press("Control+Enter")
            expect(kernel).to_contain_text("Python 3")
            expect(panel.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text("[1]:")
            save(page, lab, "for a new kernel")

        with RunningLab(tmp_path, port=lab.port, LAB_PASSWORD="another"):
            write(page, "with another password")
            page.keyboard.press("Control+s")
            refusal = page.locator(".jp-Dialog", has_text="File Save Error")
            expect(refusal).to_contain_text(
                f"You are no longer logged in: open {lab.address} in another tab, give the lab's password there, "
                "then try again here; nothing in this tab is lost."
            )
            assert "with another password" not in (lab.notebooks / FIRST).read_text()
            refusal.locator("button").click()

            other = learner.new_page()
            other.goto(lab.address)
            give_password(other, "another")
            ready(other, FIRST)
            page.bring_to_front()
            write(page, "after logging in")
            save(page, lab, "after logging in")
            assert "with another password" in (lab.notebooks / FIRST).read_text()


def test_a_second_tab_opens_on_what_the_first_shows(browser, tmp_path):
    with RunningLab(tmp_path) as lab, learner_of(browser, lab) as learner:
        first, second = learner.new_page(), learner.new_page()
        first.goto(lab.url)
        ready(first, FIRST)
        (layout,) = (lab.state / "workspaces").iterdir()

        second.goto(lab.url)
        ready(second, FIRST)
        assert len(learner.request.get(f"{lab.address}/api/kernels").json()) == 1
        second.locator(".jp-DirListing-itemText", has_text=SECOND).dblclick()
        ready(second, SECOND)
        (own,) = (lab.state / "workspaces").glob("auto-*")
        wait_until(lambda: SECOND in own.read_text(), "its own layout is saved")
        assert SECOND not in layout.read_text()
        second.reload()
        ready(second, SECOND)
        expect(second.locator(".lm-DockPanel .lm-TabBar-tabLabel")).to_have_count(3)
