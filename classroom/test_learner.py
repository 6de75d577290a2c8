"""One learner in a class, by https: a browser, a new edition, and what becomes of a server that nobody uses."""

import json

import pytest
import requests
from playwright.sync_api import expect

from helpers.explorers.explorer import BRING_BACK
from tests.support.browser import SECONDS, chromium, explorers_of, needs_chromium, press, ready, run_all, save
from tests.support.classroom import FOLDER, OWN_PASSWORD, PASSWORD, Learner, RunningClass, make_certificate
from tests.support.lab import PAGE, wait_until


@pytest.fixture(scope="module", autouse=True)
def forgotten(tmp_path_factory):
    """A class in which a server that is idle for a second may end, with a learner who has left."""
    running = RunningClass(tmp_path_factory.mktemp("forgotten"))
    code = running.course / "classroom/learner.py"
    code.write_text(code.read_text(encoding="utf-8").replace("SECONDS = 3600", "SECONDS = 1"), encoding="utf-8")
    with running:
        eve = Learner(running, "eve")
        eve.arrive()
        yield running, eve


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    pair = [str(folder / "cert.pem"), str(folder / "key.pem")]
    make_certificate(folder, "IP:127.0.0.1")
    with RunningClass(folder, "--certfile", pair[0], "--keyfile", pair[1]) as running:
        running.certificate = pair[0]
        yield running


def test_with_a_certificate_it_is_encrypted(running):
    assert f"https://127.0.0.1:{running.port}" in running.output()
    fay = Learner(running, "fay")
    fay.log_in()
    kept = {cookie.name: cookie.secure for cookie in fay.visitor.cookies}
    assert kept["jupyterhub-session-id"] and kept["jupyterhub-hub-login"]  # never sent without encryption
    with pytest.raises(requests.ConnectionError):
        requests.get(running.address.replace("https", "http"), timeout=60)


@needs_chromium
def test_a_learner_with_a_browser(running):
    """From the class's address to a notebook that runs and a slider that moves."""
    with chromium() as browser, browser.new_context(ignore_https_errors=True) as context:
        context.set_default_timeout(120 * SECONDS)
        page = context.new_page()
        page.goto(running.address)
        page.locator("#username_input").fill("Dot")
        page.locator("#password_input").fill(OWN_PASSWORD)
        page.locator("#class_password_input").fill(PASSWORD)
        page.locator("#login_submit").click()
        page.wait_for_url(lambda url: url.rstrip("?") == f"{running.address}/user/dot{PAGE}")
        panel = ready(page, "1_multiple_inputs.ipynb")
        run_all(page, panel)
        press(explorers_of(panel).first, "alpha")
        save(page, running.files("dot") / "1_multiple_inputs.ipynb")

        dot = Learner(running, "dot")
        dot.log_in()
        dot.stop()
        page.goto(f"{running.address}/user/dot{PAGE}")  # the next day
        ready(page, "1_multiple_inputs.ipynb")
        expect(panel.get_by_text(BRING_BACK).first).to_be_attached()
        expect(panel.get_by_text("Error displaying widget")).to_have_count(0)


def test_a_new_edition_comes_with_the_next_start_and_takes_nothing_away(running):
    cyd = Learner(running, "cyd")
    cyd.arrive()
    mine, theirs = "1_multiple_inputs.ipynb", "2_freezing_one_weight.ipynb"
    notebook = cyd.get(f"api/contents/{FOLDER}/{mine}").json()["content"]
    notebook["cells"][0]["source"] = "# My own words"
    saved = cyd.send("PUT", f"api/contents/{FOLDER}/{mine}", json={"type": "notebook", "content": notebook})
    assert saved.status_code == 200
    for name in (mine, theirs):
        path = running.course / "notebooks" / name
        edition = json.loads(path.read_bytes())
        edition["cells"][0]["source"] = ["# A new edition"]
        path.write_text(json.dumps(edition), encoding="utf-8")

    cyd.stop()
    cyd.arrive()
    files = running.files("cyd")
    first = {name: json.loads((files / name).read_bytes())["cells"][0]["source"] for name in cyd.listed(FOLDER)
             if name.endswith(".ipynb")}  # fmt: skip
    assert first[mine] == ["# My own words"]
    assert first["1_multiple_inputs_new_edition.ipynb"] == first[theirs] == ["# A new edition"]


def test_a_server_that_nobody_uses_ends_by_itself(forgotten):
    running, learner = forgotten
    wait_until(lambda: not running.servers(), "the server has ended", 150)  # it looks once a minute
    wait_until(lambda: not learner.has_server(), "the hub has noticed")
    assert (running.files("eve") / "Welcome.md").exists()
    assert learner.arrive().url == learner.address + PAGE
