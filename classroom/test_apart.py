"""A class of five with Unix users and web addresses of their own, in the browser. One of them, Eve, is hostile."""

import ctypes
import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import SECONDS, chromium, needs_chromium, ready, save
from tests.support.classroom import OWN_PASSWORD, PASSWORD, RunningClass, groups_of
from tests.support.lab import COURSE, PAGE, wait_until

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root's rights, to make Unix users"),
]
NAMES = ("ada", "ben", "cyd", "eve", "root")
NOTEBOOK = "1_multiple_inputs.ipynb"
MEMORY_LIMIT = 2**30  # bytes, as in jupyterhub_config.py
LIBC, PIDFD_GETFD = ctypes.CDLL(None), 438  # a call of Linux's
EVE = (COURSE / "tests/support/eve.py").read_text(encoding="utf-8")

# What a page of a learner's can do on its own server: run code in a kernel, and give what it prints.
RUN = """async ([base, code]) => {
    const headers = {"X-XSRFToken": document.cookie.match(/_xsrf=([^;]*)/)[1]};
    const kernels = base + "/api/kernels";
    const made = await fetch(kernels, {method: "POST", headers, body: "{}"});
    const {id} = await made.json();
    const wire = new WebSocket(`${kernels.replace("http", "ws")}/${id}/channels`);
    await new Promise((resolve, reject) => { wire.onopen = resolve; wire.onerror = reject; });
    const header = {msg_id: "1", msg_type: "execute_request", session: "1", username: "", version: "5.4", date: ""};
    const content = {code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false};
    let printed = "";
    const done = new Promise(resolve => wire.onmessage = ({data}) => {
        const {msg_type, parent_header, content} = JSON.parse(data);
        if (parent_header.msg_id === "1") {
            printed += content.text ?? content.traceback?.join("\\n") ?? "";
            if (content.execution_state === "idle") resolve();
        }
    });
    wire.send(JSON.stringify({channel: "shell", header, parent_header: {}, metadata: {}, content, buffers: []}));
    await Promise.race([done, new Promise((resolve, reject) => setTimeout(reject, 60000, "no answer for a minute"))]);
    wire.close();
    await fetch(`${kernels}/${id}`, {method: "DELETE", headers});
    return printed;
}"""

# Opened by another, it tries to start a kernel as that other.
HOSTILE_PAGE = """<!doctype html><title>waiting</title><script>
const tries = [];
async function attempt(options) {
    try {
        const answer = await fetch("ADA/api/kernels", {method: "POST", credentials: "include", ...options});
        tries.push(answer.status);
    } catch (fault) {
        tries.push("refused");
    }
}
(async () => {
    const victim = window.open("ADA/api/status");
    await new Promise(resolve => setTimeout(resolve, 1000));
    try {
        const token = victim.document.cookie.match(/_xsrf=([^;]*)/)[1];
        await attempt({headers: {"X-XSRFToken": token}, body: "{}"});
    } catch (fault) {
        tries.push("refused");
    }
    await attempt({mode: "no-cors", body: "{}"});
    document.title = "tried: " + tries;
})();
</script>"""


def log_in(page: Page, running: RunningClass, name: str, password: str = OWN_PASSWORD) -> None:
    page.goto(running.address)
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill(password)
    page.locator("#class_password_input").fill(PASSWORD)
    page.locator("#login_submit").click()


def arrive(page: Page, running: RunningClass, name: str) -> None:
    page.wait_for_url(lambda url: url.rstrip("?") == running.address_of(name) + PAGE)


def processes_of(uid: int) -> list[psutil.Process]:
    return [process for process in psutil.process_iter(["uids"]) if process.info["uids"].real == uid]


def server_of(running: RunningClass, name: str) -> psutil.Process:
    (server,) = [server for server in running.servers() if server.info["cwd"].endswith(f"/{name}")]
    return server


def kernels_of(running: RunningClass, name: str) -> set[int]:
    return {child.pid for child in server_of(running, name).children() if "ipykernel_launcher" in child.cmdline()}


def bytes_of(uid: int) -> int:
    """The memory that a user's processes have, and their files in /dev/shm."""
    taken = sum(file.lstat().st_blocks * 512 for file in Path("/dev/shm").iterdir() if file.lstat().st_uid == uid)
    for process in processes_of(uid):
        with suppress(psutil.Error):
            taken += process.memory_full_info().uss
    return taken


def socket_of(process: psutil.Process, number: int) -> socket.socket:
    """A socket that another process has open."""
    return socket.socket(fileno=LIBC.syscall(PIDFD_GETFD, os.pidfd_open(process.pid), number, 0))


@contextmanager
def hostile_page(running: RunningClass) -> Iterator[str]:
    """The address of a page that Eve's server serves: whatever it does at its port, it is her process that does it.

    Here it has to stand still, and somebody else answers in its place.
    """

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(HOSTILE_PAGE.replace("ADA", running.address_of("ada")).encode())

    server = server_of(running, "eve")
    (listening,) = [each for each in server.net_connections("tcp") if each.status == psutil.CONN_LISTEN]
    server.suspend()
    for connection in server.net_connections("tcp"):
        if connection.laddr.port == listening.laddr.port and connection != listening:
            with socket_of(server, connection.fd) as with_proxy:
                with_proxy.shutdown(socket.SHUT_RDWR)
    instead = ThreadingHTTPServer(("", 0), Answer, bind_and_activate=False)
    instead.socket.close()
    instead.socket = socket_of(server, listening.fd)
    Thread(target=instead.serve_forever, daemon=True).start()
    try:
        yield f"{running.address_of('eve')}/hostile"
    finally:
        instead.shutdown()
        instead.socket.close()
        server.resume()


def opened_by_ada(page: Page, running: RunningClass) -> list[str]:
    """What Eve's page says of its tries, when Ada has opened it."""
    with hostile_page(running) as address:
        page.goto(address)
        expect(page).to_have_title(re.compile("tried"))
        return page.title().removeprefix("tried: ").split(",")


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def in_windows(browser, running: RunningClass, *names: str) -> dict[str, Page]:
    """A window for each, all logged in."""
    pages = {name: browser.new_context().new_page() for name in names}
    for name, page in pages.items():
        page.set_default_timeout(120 * SECONDS)
        log_in(page, running, name)
    for name, page in pages.items():
        arrive(page, running, name)
    return pages


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    running = RunningClass(tmp_path_factory.mktemp("class"), "--domain", "localhost", unix_users=True)
    teachers = running.course / "work/Grokking-Deep-Learning"
    teachers.mkdir(parents=True)
    (teachers / "marks.txt").write_text("the teacher's")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEACHERS_VARIABLE", "a secret")
        with running:
            yield running


@pytest.fixture(scope="module")
def pages(browser, running):
    return in_windows(browser, running, *NAMES)


@pytest.fixture(scope="module")
def uids(running, pages):
    """Everybody's Unix user."""
    return {name: server_of(running, name).uids().real for name in NAMES}


def test_each_works_in_a_notebook_as_a_unix_user_of_their_own(running, pages, uids):
    assert len(set(uids.values())) == len(NAMES) and min(uids.values()) >= 1000
    for name, page in pages.items():
        panel = ready(page, NOTEBOOK)
        cell = panel.locator(".jp-CodeCell").first
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        expect(cell.locator(".jp-InputPrompt")).to_have_text("[1]:")
        save(page, running.files(name) / NOTEBOOK)
        home = running.course / "work/class" / name
        assert {path.lstat().st_uid for path in (home, *home.rglob("*"))} == {uids[name]}
        assert home.stat().st_mode & 0o777 == 0o700


def test_the_learners_programs_have_nothing_of_root_s(running, pages, uids):
    for name, uid in uids.items():
        for process in (server_of(running, name), *server_of(running, name).children(recursive=True)):
            status = dict(re.findall(r"(\w+):\s*(.*)", (Path("/proc") / str(process.pid) / "status").read_text()))
            assert set(status["Uid"].split()) == {str(uid)} and "0" not in status["Gid"].split()
            assert "0" not in status["Groups"].split()
            assert "TEACHERS_VARIABLE" not in process.environ()


def test_what_a_hostile_learner_tries_in_a_cell_is_refused(running, pages, uids):
    server = server_of(running, "ada")
    adas = [server, *server.children(recursive=True)]
    ports = {
        connection.laddr.port
        for process in adas
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    targets = {
        "course": str(running.course),
        "ada": server.environ()["JUPYTERHUB_SERVICE_URL"].rstrip("/"),
        "adas_processes": [process.pid for process in adas],
        "adas_ports": sorted(ports),
        "hub": f"http://127.0.0.1:{running.port + 1}",
        "proxy": f"http://127.0.0.1:{running.port + 2}",
    }
    code = f"{EVE}\nimport json; print(json.dumps(successes(**{targets!r})))"
    assert json.loads(pages["eve"].evaluate(RUN, [running.address_of("eve"), code])) == []
    assert not (running.course / "work/class/ada/eve").exists()
    assert all(process.is_running() for process in adas)


def test_nobody_gets_in_under_another_s_name(browser, running, pages):
    page = browser.new_context().new_page()
    log_in(page, running, "ada", "eve's guess at it")
    expect(page.locator("#login_error")).to_be_visible()
    page = pages["eve"].context.new_page()
    page.goto(running.address_of("ada") + "/lab")
    expect(page.locator("body")).to_contain_text("403")


def test_a_hostile_learner_s_page_starts_nothing_as_who_opens_it(running, pages):
    before = kernels_of(running, "ada")
    assert set(opened_by_ada(pages["ada"], running)) <= {"refused", "0"}
    assert kernels_of(running, "ada") == before


def test_without_a_domain_it_would_and_the_class_says_so(browser, tmp_path_factory):
    """Which shows, too, that this page is hostile."""
    with RunningClass(tmp_path_factory.mktemp("together")) as together:
        assert "--domain gives each an address of their own" in together.output()
        assert "each of them can read, change and delete the others' work" in together.output()
        pages = in_windows(browser, together, "ada", "eve")
        ready(pages["ada"], NOTEBOOK)
        before = kernels_of(together, "ada")
        assert "201" in opened_by_ada(pages["ada"], together)
        assert len(kernels_of(together, "ada") - before) == 1


def test_memory_is_limited_for_all_of_a_learner_s_processes_together(running, pages, uids):
    if "gives the class no control groups" in running.output():
        pytest.skip("this system gives no control groups")
    groups = groups_of(server_of(running, "eve"))
    running_out = [group / name for group in groups for name in ("memory.oom_control", "memory.events")]
    pages["eve"].evaluate(RUN, [running.address_of("eve"), f"{EVE}\nfill_memory(400)"])
    taken = []

    def is_held() -> bool:
        taken.append(bytes_of(uids["eve"]))
        return any(re.search(r"oom_kill [1-9]", file.read_text()) for file in running_out if file.exists())

    wait_until(is_held, "the system ends some of Eve's processes")
    assert max(taken) < 1.1 * MEMORY_LIMIT
    assert pages["ben"].evaluate(RUN, [running.address_of("ben"), "print('as ever')"]) == "as ever\n"


def test_ctrl_c_ends_everything_and_leaves_nothing(running, pages, uids):
    groups = groups_of(server_of(running, "ada"))
    assert running.stop(signal.SIGINT) == 0
    assert "Traceback" not in running.output()
    for uid in uids.values():
        assert processes_of(uid) == []
    assert not Path("/dev/shm/eve").exists()
    assert not any(group.parent.exists() for group in groups)
