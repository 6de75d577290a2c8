"""JupyterLab in headless Chromium: logging in, opening a notebook, running it."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect
from running_lab import RunningLab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ERROR = '[data-mime-type="application/vnd.jupyter.stderr"]'  # exceptions and warnings
SECONDS = 1000


def log_in(context: BrowserContext, lab: RunningLab) -> None:
    context.set_default_timeout(60 * SECONDS)
    page = context.new_page()
    page.goto(lab.address)
    page.locator("#password_input").fill("1234")
    page.locator("#login_submit").click()
    arrive(page, lab)
    page.close()


def end_kernels(learner: BrowserContext, lab: RunningLab) -> None:
    (xsrf,) = [cookie["value"] for cookie in learner.cookies(lab.address) if cookie["name"] == "_xsrf"]
    for kernel in learner.request.get(f"{lab.address}/api/kernels").json():
        ended = learner.request.delete(f"{lab.address}/api/kernels/{kernel['id']}", headers={"X-XSRFToken": xsrf})
        assert ended.ok or ended.status == 404


def arrive(page: Page, lab: RunningLab) -> None:
    page.wait_for_url(lambda url: url.rstrip("?") == lab.url)


def open_alone(page: Page, lab: RunningLab, name: str) -> Locator:
    """The notebook in a workspace of its own, its kernel ready."""
    folder = lab.notebooks.relative_to(lab.course)
    page.goto(f"{lab.address}/lab/workspaces/{Path(name).stem}/tree/{folder}/{name}")
    return ready(page, name)


def ready(page: Page, name: str) -> Locator:
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel).to_have_count(1, timeout=60 * SECONDS)
    expect(page.locator(".jp-mod-current .lm-TabBar-tabLabel")).to_have_text(name)
    # Run All before the kernel is attached is lost without a word.
    expect(panel.locator(".jp-Toolbar-kernelName")).to_contain_text("Python 3", timeout=60 * SECONDS)
    expect(panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
        "data-status", "idle", timeout=60 * SECONDS
    )
    return panel


def run_all(page: Page, panel: Locator) -> None:
    """Run the notebook from blank, until every code cell has its number or one has failed."""
    choose(page, "Edit", "editmenu:clear-all")
    prompts = panel.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.filter(has_text=re.compile(r"\d"))).to_have_count(0)
    choose(page, "Run", "runmenu:run-all")
    page.wait_for_function(
        """([panel, error]) => panel.querySelector(error) ||
            [...panel.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
            .every(prompt => /\\d/.test(prompt.textContent))""",
        arg=[panel.element_handle(), ERROR],
        timeout=120 * SECONDS,
    )
    assert panel.locator(ERROR).all_text_contents() == []
    assert prompts.all_text_contents() == [f"[{n + 1}]:" for n in range(prompts.count())]


def choose(page: Page, menu: str, command: str) -> None:
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').click()


def handle_of(explorer: Locator, slider: str) -> Locator:
    """What one drags of the slider with this name."""
    label = explorer.page.locator(f'.widget-label:text-is("{slider}")')
    return explorer.locator(".widget-slider").filter(has=label).locator(".noUi-handle")
