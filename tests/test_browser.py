"""The course in a real browser, as a learner meets it."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright
from running_lab import COURSE, RunningLab

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
NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))
ERROR = '[data-mime-type="application/vnd.jupyter.stderr"]'  # exceptions and warnings
WIDGET = ".jp-OutputArea-output:not([data-mime-type])"
SECONDS = 1000

pytestmark = pytest.mark.skipif(not CHROMIUM and os.environ.get("CI") != "true", reason="needs Chromium on the PATH")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    assert CHROMIUM, "install Chromium: with CI=true these tests are not skipped"
    with sync_playwright() as playwright:
        with playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as running:
            yield running


@pytest.fixture(scope="module")
def learner(browser, lab):
    """A window of somebody who has logged in; `asked` holds all that the pages asked for."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(60 * SECONDS)
    context.asked = []
    context.on("request", lambda request: context.asked.append(request.url))
    page = context.new_page()
    page.goto(lab.address)
    page.locator("#password_input").fill("1234")
    page.locator("#login_submit").click()
    arrive(page, lab)
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(learner, lab):
    """A fresh tab; the kernels that it started end with it."""
    tab = learner.new_page()
    yield tab
    tab.close()
    end_kernels(learner, lab)


def end_kernels(learner: BrowserContext, lab: RunningLab) -> None:
    (xsrf,) = [cookie["value"] for cookie in learner.cookies(lab.address) if cookie["name"] == "_xsrf"]
    for kernel in learner.request.get(f"{lab.address}/api/kernels").json():
        ended = learner.request.delete(f"{lab.address}/api/kernels/{kernel['id']}", headers={"X-XSRFToken": xsrf})
        assert ended.ok or ended.status == 404


def arrive(page: Page, lab: RunningLab) -> None:
    page.wait_for_url(lambda url: url.rstrip("?") == lab.url)


def open_alone(page: Page, lab: RunningLab, name: str) -> Locator:
    """The notebook in a workspace of its own, its kernel ready."""
    page.goto(f"{lab.address}/lab/workspaces/{Path(name).stem}/tree/{name}")
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


def move(explorer: Locator, slider: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Moves the slider by one step on the keyboard: picture and summary before and after."""
    row = explorer.locator(".widget-slider").filter(has=explorer.page.locator(f'.widget-label:text-is("{slider}")'))
    handle = row.locator(".noUi-handle")
    before = shown(explorer)
    at_its_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.press("ArrowLeft" if at_its_end else "ArrowRight")
    expect(explorer.locator(".explorer-summary")).not_to_have_text(before[1])
    expect(explorer.locator("img").first).not_to_have_attribute("src", before[0])
    return before, shown(explorer)


def shown(explorer: Locator) -> tuple[str, str]:
    return (
        explorer.locator("img").first.get_attribute("src"),
        explorer.locator(".explorer-summary").text_content(),
    )


def test_the_course_opens_with_the_first_notebook_in_front(page, learner, lab):
    page.goto(lab.address)
    arrive(page, lab)
    ready(page, "1_multiple_inputs.ipynb")
    listed = page.locator(".jp-DirListing-itemText")
    expect(listed).to_have_text([notebook.name for notebook in NOTEBOOKS])
    expect(page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    assert len(learner.request.get(f"{lab.address}/api/kernels").json()) == 1


def test_nothing_is_asked_of_other_hosts_and_no_news(page, learner, lab):
    page.goto(lab.url)
    ready(page, "1_multiple_inputs.ipynb")
    asked = [url for url in learner.asked if not url.startswith(("data:", "blob:"))]
    assert all(url.startswith(f"{lab.address}/") for url in asked)
    assert not any(re.search("/lab/api/(news|update)", url) for url in asked)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_whole_with_live_sliders(page, lab, notebook):
    panel = open_alone(page, lab, notebook.name)
    run_all(page, panel)
    expect(panel.get_by_text("Error displaying widget")).to_have_count(0)

    live = panel.locator(WIDGET)
    assert live.count() > 0 or notebook.name == "MNISTPreprocessor.ipynb"
    for number in range(live.count()):
        for slider in ("alpha", "iterations"):
            before, after = move(live.nth(number), slider)
            assert before != after
