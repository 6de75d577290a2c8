"""JupyterLab in headless Chromium: logging in, opening a notebook, running it."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.support.lab import RunningLab, wait_until

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
expect.set_options(timeout=30 * SECONDS)  # on a busy machine

needs_chromium = pytest.mark.skipif(
    not CHROMIUM and os.environ.get("CI") != "true", reason="needs Chromium on the PATH"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "install Chromium: with CI=true these tests are not skipped"
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as running:
        yield running


@contextmanager
def learner_of(browser: Browser, lab: RunningLab, height: int = 900, **options) -> Iterator[BrowserContext]:
    """A window of somebody who has logged in, and whose kernels end with it."""
    with browser.new_context(viewport={"width": 1400, "height": height}, **options) as context:
        log_in(context, lab)
        yield context
        end_kernels(context, lab)


def log_in(context: BrowserContext, lab: RunningLab) -> None:
    context.set_default_timeout(60 * SECONDS)
    login = f"{lab.address}/login"
    context.request.get(login)
    answer = context.request.post(login, form={"password": "1234", "_xsrf": xsrf(context, lab)})
    assert answer.ok and answer.url != login


def give_password(page: Page, password: str) -> None:
    page.locator("#password_input").fill(password)
    page.locator("#login_submit").click()


def end_kernels(learner: BrowserContext, lab: RunningLab) -> None:
    headers = {"X-XSRFToken": xsrf(learner, lab)}
    for kernel in learner.request.get(f"{lab.address}/api/kernels").json():
        ended = learner.request.delete(f"{lab.address}/api/kernels/{kernel['id']}", headers=headers)
        assert ended.ok or ended.status == 404


def xsrf(learner: BrowserContext, lab: RunningLab) -> str:
    (token,) = [cookie["value"] for cookie in learner.cookies(lab.address) if cookie["name"] == "_xsrf"]
    return token


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


def first_cell(panel: Locator) -> Locator:
    """The first cell with code, with the cursor at its beginning."""
    cell = panel.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    panel.page.keyboard.press("Control+Home")
    return cell


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


def choose(page: Page, menu: str, command: str) -> None:
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').click()


def choose_theme(page: Page, name: str) -> None:
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=re.compile(f"^{name}$")).click()


def explorers_of(panel: Locator) -> Locator:
    return panel.locator(".explorer")


def shown(explorer: Locator) -> tuple[str, str]:
    """The picture, as text that differs when it does, and the sentence below it."""
    picture = explorer.locator(".live-picture").first.evaluate("canvas => canvas.toDataURL()")
    return picture, explorer.locator(".explorer-summary").text_content()


def shows_something_else(explorer: Locator, before: tuple[str, str]) -> bool:
    """Whether picture and sentence are both other ones than before."""
    return all(now != then for now, then in zip(shown(explorer), before, strict=True))


def press(explorer: Locator, slider: str) -> None:
    """Move the slider by one step on the keyboard, and wait for the picture and the sentence."""
    handle, before = handle_of(explorer, slider), shown(explorer)
    at_its_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.press("ArrowLeft" if at_its_end else "ArrowRight")
    wait_until(lambda: shows_something_else(explorer, before), f"{slider} by keyboard changes picture and sentence")


def drag(explorer: Locator, slider: str) -> None:
    """Move the slider with the mouse, and wait for the picture and the sentence."""
    before = shown(explorer)
    with held(explorer, slider) as move:
        move(0.3)
    wait_until(lambda: shows_something_else(explorer, before), f"{slider} by mouse changes picture and sentence")


@contextmanager
def held(explorer: Locator, slider: str) -> Iterator[Callable[[float], None]]:
    """The slider's handle with the mouse button down on it, and what drags it by a share of the slider's length."""
    mouse, handle = explorer.page.mouse, handle_of(explorer, slider)
    handle.scroll_into_view_if_needed()
    place, track = (
        handle.bounding_box(),
        handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box(),
    )
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    length = track["width"] if x < track["x"] + track["width"] / 2 else -track["width"]
    mouse.move(x, y)
    mouse.down()
    yield lambda share: mouse.move(x + share * length, y, steps=5)
    mouse.up()


def handle_of(explorer: Locator, slider: str) -> Locator:
    """What one drags of the slider with this name."""
    label = explorer.page.locator(f'.widget-label:text-is("{slider}")')
    return explorer.locator(".widget-slider").filter(has=label).locator(".noUi-handle")


def stroke(target: Locator, *points: tuple[float, float]) -> None:
    """Draw with the mouse from point to point, counted from the target's corner."""
    target.scroll_into_view_if_needed()
    corner, mouse = target.bounding_box(), target.page.mouse
    mouse.move(corner["x"] + points[0][0], corner["y"] + points[0][1])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(corner["x"] + x, corner["y"] + y, steps=10)
    mouse.up()


def barriers(page: Page) -> list[str]:
    """What axe-core finds that seriously hinders people in what our cells show, with the elements concerned."""
    expect(page.locator(".live-picture:not([aria-label])")).to_have_count(0)  # all pictures have come
    ours = {"include": [[selector] for selector in (".explorer", ".prediction") if page.locator(selector).count()]}
    found = Axe().run(page, context=ours).response["violations"] if ours["include"] else []
    return [
        f"{fault['id']}: {node['html']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
