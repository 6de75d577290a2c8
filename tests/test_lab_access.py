"""Who gets in, and how far."""

import json
import os
import pty
import re
import socket
import stat
import sys
from argparse import Namespace
from contextlib import ExitStack

import psutil
import pytest
import requests

from helpers.lab import access, configuration, cookies, folders, server
from helpers.lab.access import Refused
from tests.support.lab import LAUNCH, PAGE, RunningLab, copy_course, listed, log_in, run

FOLDER = "work/Grokking-Deep-Learning"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


WITH_OPEN_DOORS = """
import json, os
from pathlib import Path
from jupyter_server.serverapp import ServerApp
from helpers.lab import main

def patterns(router):
    for rule in router.rules:
        if hasattr(rule.target, "rules"):
            yield from patterns(rule.target)
        else:
            yield rule.matcher.regex.pattern

def start(server):
    Path("routes.json").write_text(json.dumps(sorted(set(patterns(server.web_app.default_router)))))
    started(server)

os.umask(0)
started, ServerApp.start = ServerApp.start, start
main()
"""


class Lab(RunningLab):
    """Started where everybody may read what is written; it tells its routes in a file."""

    command = (sys.executable, "-c", WITH_OPEN_DOORS)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with Lab(folder, LAB_PASSWORD="a word of mine", PYTHONSTARTUP=str(folder / "startup.py")) as running:
        yield running


@pytest.fixture
def learner(lab) -> requests.Session:
    visitor, answer = log_in(lab, "a word of mine")
    assert answer.url == lab.url
    visitor.headers["X-XSRFToken"] = visitor.cookies["_xsrf"]  # as JupyterLab sends it
    return visitor


@pytest.fixture
def kernel(lab, learner) -> str:
    started = learner.post(f"{lab.address}/api/kernels", json={"path": FOLDER}, timeout=30).json()["id"]
    yield started
    learner.delete(f"{lab.address}/api/kernels/{started}", timeout=30)


# Without the password


@pytest.mark.parametrize(
    "path", ["/", "/lab", "/lab/tree/work", PAGE, f"/files/{FOLDER}/Welcome.md", "/nbconvert/html/x"]
)
def test_no_page_without_logging_in(lab, path):
    answer = requests.get(lab.address + path, timeout=10)
    assert "/login?" in answer.url
    assert 'name="password"' in answer.text


SERVICES = ["contents", "kernels", "sessions", "kernelspecs", "status", "config/x", "me", "terminals", "nbconvert"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [*(f"api/{name}" for name in SERVICES), "lab/api/workspaces", "lab/api/settings"])
def test_no_service_without_logging_in(lab, path, method):
    answer = requests.request(method, f"{lab.address}/{path}", timeout=10, allow_redirects=False)
    assert answer.status_code in (302, 403, 404, 405)
    if answer.status_code == 302:
        assert "/login?" in answer.headers["Location"]


def test_no_kernel_s_websocket_without_logging_in(lab, learner, kernel):
    channels = f"{lab.address}/api/kernels/{kernel}/channels"
    assert requests.get(channels, headers=HANDSHAKE, timeout=10).status_code == 403
    with learner.get(channels, headers=HANDSHAKE, timeout=10, stream=True) as opened:
        assert opened.status_code == 101


def test_the_usual_password_is_no_longer_one(lab):
    assert "/login" in log_in(lab, "1234")[1].url


OPEN = ("/login", "/logout", "/api", "/favicon.ico")  # which tell nothing of anybody's


def test_every_route_answers_who_is_not_logged_in_and_gives_nothing(lab):
    visitor = requests.Session()
    visitor.cookies["_xsrf"] = visitor.headers["X-XSRFToken"] = "mine"
    for pattern in json.loads((lab.course / "routes.json").read_text()):
        path = example(pattern)
        for method in ("GET", "POST"):
            answer = visitor.request(method, lab.address + path, timeout=5)
            is_refusal = answer.status_code in (401, 403, 404, 405) or f"{lab.address}/login?" in answer.url
            assert is_refusal or path in OPEN, (method, path)


def example(pattern: str) -> str:
    """A path that the pattern of a route describes."""
    path = pattern.removesuffix("$")
    for characters in (r"\[[^]]*\][+*]?", r"\\w\+?", r"\.[*+]"):
        path = re.sub(characters, "x", path)
    while "(" in path:  # of alternatives the first
        path = re.sub(r"\((?:\?:|\?P<\w+>)?([^()|]*)(?:\|[^()]*)?\)[?+*]?", r"\1", path)
    path = path.replace("\\", "").replace("?", "")
    assert re.fullmatch(pattern, path), path
    return "/" + path.removeprefix("/")


def test_a_token_is_none(lab):
    for token in ("", "1234", "a word of mine"):
        answer = requests.get(
            f"{lab.address}/api/contents",
            params={"token": token},
            headers={"Authorization": f"token {token}"},
            timeout=10,
        )
        assert answer.status_code == 403


def test_who_is_refused_is_told_where_to_log_in(lab):
    answer = requests.get(f"{lab.address}/api/contents", timeout=10)
    assert f"open {lab.address} in another tab" in answer.json()["message"]
    assert requests.get(f"{lab.address}/api", timeout=10).status_code == 200


# From other sites


def test_another_site_s_requests_are_refused(lab, learner, kernel):
    elsewhere = {"Origin": "http://example.com"}
    assert learner.get(f"{lab.address}/api/contents", headers=elsewhere, timeout=10).status_code == 404
    channels = f"{lab.address}/api/kernels/{kernel}/channels"
    assert learner.get(channels, headers=HANDSHAKE | elsewhere, timeout=10).status_code == 403
    assert learner.post(f"{lab.address}/api/kernels", headers={"X-XSRFToken": None}, timeout=10).status_code == 403
    assert (
        learner.get(f"{lab.address}/files/{FOLDER}/Welcome.md", headers={"X-XSRFToken": None}, timeout=10).status_code
        == 403
    )


def test_another_name_for_this_machine_is_refused(lab, learner):
    answer = learner.get(f"{lab.address}/api/contents", headers={"Host": "example.com"}, timeout=10)
    assert answer.status_code == 403


def test_no_login_leads_to_another_site(lab):
    _, answer = log_in(lab, "a word of mine", "//example.com/lab")
    assert answer.url.startswith(lab.address)


# Without a login, with much to say


UNFINISHED = [
    ("POST", "/login", f"Content-Length: {400_000_000}"),
    ("PUT", "/api/contents/big.txt", f"Content-Length: {400_000_000}"),
    ("POST", "/nowhere", "Transfer-Encoding: chunked"),
]
CHUNK = bytes(2**20)


def test_who_is_not_logged_in_cannot_fill_the_memory(lab):
    server = psutil.Process(lab.process.pid)
    before = server.memory_info().rss
    with ExitStack() as stack:
        for method, path, length in UNFINISHED:
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", lab.port), timeout=30))
            connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{lab.port}\r\n{length}\r\n\r\n".encode())
            for _ in range(60):
                if "chunked" in length:
                    connection.sendall(b"%x\r\n%b\r\n" % (len(CHUNK), CHUNK))
                else:
                    connection.sendall(CHUNK)
        assert server.memory_info().rss - before < 50 * len(CHUNK)
        assert requests.get(f"{lab.address}/login", timeout=10).ok


def test_a_large_notebook_is_saved_by_who_is_logged_in_and_others_are_told_where_to_log_in(lab, learner):
    content = {"type": "file", "format": "text", "content": "x" * 20 * len(CHUNK)}
    big = f"{lab.address}/api/contents/{FOLDER}/big.txt"
    refused = requests.put(big, json=content, timeout=30)
    assert refused.status_code == 403 and "no longer logged in" in refused.json()["message"]
    assert learner.put(big, json=content, timeout=30).status_code == 201
    assert (lab.notebooks / "big.txt").stat().st_size == len(content["content"])
    (lab.notebooks / "big.txt").unlink()


@pytest.mark.parametrize("length", ["-1", "9" * 5000, "1, 2", "many"])
def test_a_length_that_is_none_is_refused(lab, length):
    with socket.create_connection(("127.0.0.1", lab.port), timeout=10) as connection:
        connection.sendall(f"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 4")


# The password


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])
@pytest.mark.parametrize("variables", [{}, *({"LAB_PASSWORD": password} for password in ("1234", "", " "))])
def test_where_others_can_reach_it_the_password_has_to_be_a_good_one(ip, variables):
    with pytest.raises(Refused, match="LAB_PASSWORD"):
        access.choose_password(ip, variables, None)
    assert access.choose_password(ip, {"LAB_PASSWORD": "a word of mine"}, pytest.fail) == "a word of mine"


def test_without_one_it_does_not_start(tmp_path, monkeypatch):
    monkeypatch.delenv("LAB_PASSWORD", raising=False)
    copy_course(tmp_path)
    refused = run(tmp_path, "--no-browser", "--ip", "0.0.0.0")
    assert refused.returncode == 1
    assert refused.stderr.startswith("lab: at 0.0.0.0 others can reach the lab") and refused.stderr.count("\n") == 1
    assert not (tmp_path / "work").exists()


def test_an_empty_password_is_none_on_this_machine_either():
    with pytest.raises(Refused, match="empty password"):
        access.choose_password("127.0.0.1", {"LAB_PASSWORD": ""}, None)


def test_one_that_no_page_can_send_is_none():
    with pytest.raises(Refused, match="UTF-8"):
        access.choose_password("127.0.0.1", {"LAB_PASSWORD": os.fsdecode(b"\xff")}, None)


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.0.0.9", "::1"])
@pytest.mark.parametrize("variables", [{}, {"LAB_PASSWORD": "1234"}])
def test_where_they_can_t_nobody_is_asked_and_it_may_be_the_usual_one(ip, variables):
    assert access.choose_password(ip, variables, pytest.fail) == variables.get("LAB_PASSWORD")


def test_at_the_prompt(tmp_path):
    """It asks in the terminal, shows nothing of what is typed, and refuses the usual one."""
    copy_course(tmp_path)
    os.environ.pop("LAB_PASSWORD", None)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execv(LAUNCH[0], [*LAUNCH, "--no-browser", "--ip", "0.0.0.0"])
    output = b""
    while b"A password for it:" not in output:
        output += os.read(terminal, 1000)
    os.write(terminal, b"1234\n")
    while True:
        try:
            output += os.read(terminal, 1000)
        except OSError:  # the other end is closed
            break
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    os.close(terminal)
    assert b"everybody knows the password 1234" in output
    assert output.partition(b"for it:")[2].lstrip().startswith(b"lab: ")


def test_it_is_shown_and_stored_nowhere(lab):
    assert "a word of mine" not in lab.output()
    own_files = [path for path in (lab.course / "work").rglob("*") if path.is_file()]
    assert own_files and not any(b"a word of mine" in path.read_bytes() for path in own_files)
    assert stat.S_IMODE(lab.state.stat().st_mode) == 0o700


def test_it_is_kept_as_an_argon2_hash(tmp_path):
    options = Namespace(ip="127.0.0.1", port=8888, certfile=None, keyfile=None, terminals=False, browser=False)
    config = configuration.lab(folders.LEARNERS, options, cookies.Logins(tmp_path / "secret", "1234"), True)
    assert config.PasswordIdentityProvider.hashed_password.startswith("argon2:$argon2id$")


def test_a_login_lasts_until_the_password_changes(tmp_path):
    file = tmp_path / "state/secret"
    key = cookies.Logins(file, "a word of mine").signing_key()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cookies.Logins(file, "a word of mine").signing_key() == key
    assert cookies.Logins(file, "another").signing_key() != key


@pytest.mark.parametrize("left", [0, 31, None])
def test_or_until_the_secret_is_lost_or_damaged(tmp_path, left):
    file = tmp_path / "secret"
    key = cookies.Logins(file, "a word of mine").signing_key()
    if left is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:left])
    new = cookies.Logins(file, "a word of mine").signing_key()
    assert new not in (key, cookies.Logins(tmp_path / "of another lab", "a word of mine").signing_key())
    assert cookies.Logins(file, "a word of mine").signing_key() == new


def test_or_until_it_is_ended(tmp_path):
    logins = cookies.Logins(tmp_path / "secret", "a word of mine")
    before = logins.signing_key()
    after = logins.end()
    assert after != before
    assert logins.signing_key() == after


def test_logging_out_ends_a_login_that_was_copied(lab):
    visitor, _ = log_in(lab, "a word of mine")
    copied = visitor.cookies.copy()
    requests.get(f"{lab.address}/logout", timeout=10)
    assert requests.get(f"{lab.address}/api/contents", cookies=copied, timeout=10).ok
    assert "logged out" in visitor.get(f"{lab.address}/logout", timeout=10).text
    assert requests.get(f"{lab.address}/api/contents", cookies=copied, timeout=10).status_code == 403


def test_a_login_from_before_a_restart_is_good_for_the_same_lab_alone(tmp_path):
    with RunningLab(tmp_path) as lab:
        visitor, _ = log_in(lab, "1234")
    with RunningLab(tmp_path, port=lab.port) as lab:
        assert FOLDER.partition("/")[0] in listed(lab, visitor, "")
    with RunningLab(tmp_path, "--author", port=lab.port) as lab:
        answer = visitor.get(f"{lab.address}/api/contents/{FOLDER}", timeout=10)
        assert answer.status_code == 403 and "no longer logged in" in answer.json()["message"]
        log_in(lab, "1234", visitor=visitor)
        answer = visitor.get(f"{lab.address}/api/contents/{FOLDER}", timeout=10)
        assert answer.status_code == 404 and "is not in the folder of the course" in answer.json()["message"]


def test_no_program_of_the_lab_s_is_told(lab, kernel):
    programs = psutil.Process(lab.process.pid).children(recursive=True)
    assert programs and not any({"LAB_PASSWORD", "PYTHONSTARTUP"} & set(program.environ()) for program in programs)


# On the network


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refused, match="cannot listen at 192.0.2.1 "):
        access.check_address("192.0.2.1")


def options(ip: str, certfile: str | None = None) -> Namespace:
    return Namespace(ip=ip, port=8888, certfile=certfile)


@pytest.mark.parametrize(
    ("ip", "certfile", "warned"),
    [("127.0.0.1", None, False), ("0.0.0.0", None, True), ("0.0.0.0", "a.pem", False), ("192.0.2.1", None, True)],
)
def test_it_warns_that_nothing_is_encrypted(ip, certfile, warned):
    greeting = "\n".join(server.greeting(folders.LEARNERS, options(ip, certfile), 8888, access.shown("mine", "mine")))
    assert ("Nothing is encrypted" in greeting) == warned
    assert "mine" not in greeting


@pytest.mark.parametrize(
    ("ip", "certfile", "start"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:8888/lab/"),
        ("::1", None, "http://[::1]:8888/lab/"),
        ("192.0.2.1", "a.pem", "https://192.0.2.1:8888/lab/"),
        ("0.0.0.0", None, f"http://{socket.gethostname()}:8888/lab/"),
    ],
)
def test_the_address_is_one_to_go_to(ip, certfile, start):
    assert server.url(options(ip, certfile), 8888).startswith(start)


# What is served


def test_what_is_written_is_nobody_else_s_to_read(lab, learner):
    content = {"type": "file", "format": "text", "content": "mine"}
    new = f"{FOLDER}/new.txt"
    assert learner.put(f"{lab.address}/api/contents/{new}", json=content, timeout=10).status_code == 201
    for path in (lab.course / "work", lab.state, lab.notebooks, *lab.notebooks.iterdir()):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    (lab.course / new).unlink()


def test_the_folder_and_the_way_to_it_and_nothing_else(lab, learner):
    assert listed(lab, learner, "") == {"work"}
    assert listed(lab, learner, "work") == {"Grokking-Deep-Learning"}
    for path in ("notebooks", "helpers", "work/.lab", "work/.lab/learner/runtime", "README.md", f"{FOLDER}/../../data"):
        assert learner.get(f"{lab.address}/api/contents/{path}", timeout=10).status_code == 404
        assert learner.get(f"{lab.address}/files/{path}", timeout=10).status_code == 404


def test_a_file_of_the_folder_is_given(lab, learner):
    answer = learner.get(f"{lab.address}/files/{FOLDER}/Welcome.md", timeout=10)
    assert answer.content == (lab.notebooks / "Welcome.md").read_bytes()


@pytest.fixture
def links(lab, tmp_path):
    """Links out of the folder, to a file and to a folder, and one that stays within."""
    (tmp_path / "secret.txt").write_text("nobody's business")
    made = {
        "out.txt": tmp_path / "secret.txt",
        "out": tmp_path,
        "data.md": lab.course / "data/README.md",
        "state": lab.state,
        "within.md": lab.notebooks / "Welcome.md",
        "nowhere": tmp_path / "nothing",
    }
    for name, target in made.items():
        (lab.notebooks / name).symlink_to(target)
    yield
    for name in made:
        (lab.notebooks / name).unlink()


def test_links_out_of_the_folder_are_not_followed(lab, learner, links):
    shown = listed(lab, learner, FOLDER)
    assert "within.md" in shown and "1_multiple_inputs.ipynb" in shown
    assert not shown & {"out.txt", "out", "data.md", "state"}
    for path in ("out.txt", "out", "out/secret.txt", "data.md", "state", "state/address"):
        for start in ("api/contents", "files", "nbconvert/html"):
            answer = learner.get(f"{lab.address}/{start}/{FOLDER}/{path}", timeout=10)
            assert answer.status_code in (400, 403, 404) and "nobody's business" not in answer.text


def test_nothing_is_written_through_them(lab, learner, links, tmp_path):
    for path in (f"{FOLDER}/out/new.txt", f"{FOLDER}/out.txt", "new.txt", "work/new.txt", "notebooks/new.txt"):
        answer = learner.put(
            f"{lab.address}/api/contents/{path}",
            json={"type": "file", "format": "text", "content": "overwritten"},
            timeout=10,
        )
        assert answer.status_code in (400, 403, 404)
        assert not (lab.course / path).is_file() or (lab.course / path).read_text() == "nobody's business"
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize("path", ["", "work", FOLDER])
def test_the_folder_can_be_neither_deleted_nor_renamed(lab, learner, path):
    ways = [
        ("DELETE", None),
        *(("PATCH", {"path": to}) for to in ("elsewhere", "work/elsewhere", f"{FOLDER}/elsewhere")),
    ]
    for method, content in ways:
        answer = learner.request(method, f"{lab.address}/api/contents/{path}", json=content, timeout=10)
        assert answer.status_code >= 400
    assert (lab.notebooks / "Welcome.md").exists()


def test_terminals_only_if_asked_for(lab, learner, tmp_path):
    assert learner.get(f"{lab.address}/api/terminals", timeout=10).status_code == 404
    with RunningLab(tmp_path, "--terminals", LAB_PASSWORD="a word of mine") as with_terminals:
        visitor, _ = log_in(with_terminals, "a word of mine")
        assert visitor.get(f"{with_terminals.address}/api/terminals", timeout=10).json() == []
        assert requests.get(f"{with_terminals.address}/api/terminals", timeout=10).status_code == 403
