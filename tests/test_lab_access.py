"""Who gets in, and how far."""

import os
import pty
import socket
import stat
import subprocess
import sys
from argparse import Namespace

import psutil
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from helpers.lab import access, configuration, cookies, folders, server
from helpers.lab.throttle import ADDRESSES_REMEMBERED, FREE_ATTEMPTS, SECONDS_PER_WRONG_PASSWORD, LoginThrottle
from tests.support.lab import LAUNCH, PAGE, RunningLab, copy_course, listed, log_in, run

FOLDER = "work/Grokking-Deep-Learning"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("lab"), LAB_PASSWORD="a word of mine") as running:
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


# Guessing


class From(HTTPAdapter):
    """Requests that come from another of this machine's addresses."""

    def __init__(self, address: str):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **options)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers to all of 127.0.0.0/8")
def test_who_guesses_must_wait_and_others_need_not(lab):
    guesser = requests.Session()
    guesser.mount("http://", From("127.0.0.66"))
    answers = [log_in(lab, f"000{n}", visitor=guesser)[1] for n in range(FREE_ATTEMPTS + 3)]
    assert [answer.status_code for answer in answers] == [401] * FREE_ATTEMPTS + [429] * 3
    assert "Too many wrong passwords: wait" in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= SECONDS_PER_WRONG_PASSWORD

    assert log_in(lab, "a word of mine", visitor=guesser)[1].status_code == 429
    assert log_in(lab, "a word of mine")[1].url == lab.url


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0, 100), max_size=60))
def test_nobody_waits_for_long(pauses):
    clock = Clock()
    throttle = LoginThrottle(clock)
    looked_at = []
    for pause in pauses:
        clock.now += pause
        if throttle.seconds_to_wait("192.0.2.1") == 0:
            throttle.count_wrong_password("192.0.2.1")
            looked_at.append(clock.now)
        assert throttle.seconds_to_wait("192.0.2.1") <= SECONDS_PER_WRONG_PASSWORD
    for first, last in zip(looked_at, looked_at[FREE_ATTEMPTS:], strict=False):
        assert last - first >= SECONDS_PER_WRONG_PASSWORD


def test_it_remembers_the_last_addresses():
    throttle = LoginThrottle(Clock())
    for _ in range(FREE_ATTEMPTS):
        throttle.count_wrong_password("192.0.2.1")
    for n in range(ADDRESSES_REMEMBERED):
        assert throttle.seconds_to_wait("192.0.2.1") > 0
        throttle.count_wrong_password(f"10.0.{n // 256}.{n % 256}")
    assert throttle.seconds_to_wait("192.0.2.1") == 0


@pytest.mark.parametrize(
    ("guesser", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_who_counts_as_one(guesser, other, same):
    throttle = LoginThrottle(Clock())
    for _ in range(FREE_ATTEMPTS):
        throttle.count_wrong_password(guesser)
    assert (throttle.seconds_to_wait(other) > 0) == same


# The password


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])
@pytest.mark.parametrize("variables", [{}, *({"LAB_PASSWORD": password} for password in ("1234", "", " "))])
def test_where_others_can_reach_it_the_password_has_to_be_a_good_one(ip, variables):
    with pytest.raises(access.Refused, match="LAB_PASSWORD"):
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
    with pytest.raises(access.Refused, match="empty password"):
        access.choose_password("127.0.0.1", {"LAB_PASSWORD": ""}, None)


def test_one_that_no_page_can_send_is_none():
    with pytest.raises(access.Refused, match="UTF-8"):
        access.choose_password("127.0.0.1", {"LAB_PASSWORD": os.fsdecode(b"\xff")}, None)


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.0.0.9", "::1"])
def test_on_this_machine_it_is_the_usual_one_and_nobody_is_asked(ip):
    assert access.choose_password(ip, {}, pytest.fail) == "1234"


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


def test_it_is_kept_as_an_argon2_hash():
    options = Namespace(ip="127.0.0.1", port=8888, certfile=None, keyfile=None, terminals=False, browser=False)
    config = configuration.lab(folders.LEARNERS, options, "1234", b"key")
    assert config.PasswordIdentityProvider.hashed_password.startswith("argon2:$argon2id$")


def test_a_login_lasts_until_the_password_changes(tmp_path):
    file = tmp_path / "state/secret"
    key = cookies.signing_key(file, "a word of mine")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cookies.signing_key(file, "a word of mine") == key
    assert cookies.signing_key(file, "another") != key


@pytest.mark.parametrize("left", [0, 31, None])
def test_or_until_the_secret_is_lost_or_damaged(tmp_path, left):
    file = tmp_path / "secret"
    key = cookies.signing_key(file, "a word of mine")
    if left is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:left])
    new = cookies.signing_key(file, "a word of mine")
    assert new not in (key, cookies.signing_key(tmp_path / "of another lab", "a word of mine"))
    assert cookies.signing_key(file, "a word of mine") == new


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
    assert programs and not any("LAB_PASSWORD" in program.environ() for program in programs)


# On the network


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(access.Refused, match="cannot listen at 192.0.2.1 "):
        access.check_address("192.0.2.1")


def options(ip: str, certfile: str | None = None) -> Namespace:
    return Namespace(ip=ip, port=8888, certfile=certfile)


@pytest.mark.parametrize(
    ("ip", "certfile", "warned"),
    [("127.0.0.1", None, False), ("0.0.0.0", None, True), ("0.0.0.0", "a.pem", False), ("192.0.2.1", None, True)],
)
def test_it_warns_that_nothing_is_encrypted(ip, certfile, warned):
    greeting = "\n".join(server.greeting(folders.LEARNERS, options(ip, certfile), 8888, "mine"))
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


@pytest.fixture
def certificate(tmp_path) -> list[str]:
    pair = [str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")]
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    made += ["-days", "1", "-subj", "/CN=lab", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made, "-out", pair[0], "-keyout", pair[1]], check=True, capture_output=True, timeout=60)
    return pair


def test_with_a_certificate_it_is_encrypted(tmp_path, certificate):
    with RunningLab(tmp_path, "--certfile", certificate[0], "--keyfile", certificate[1]) as lab:
        assert lab.url.startswith("https://")
        answer = requests.get(lab.url, verify=certificate[0], timeout=10)
        assert 'name="password"' in answer.text


def test_without_its_key_it_does_not_start(tmp_path, certificate):
    copy_course(tmp_path / "course")
    failed = run(tmp_path / "course", "--no-browser", "--certfile", certificate[0])
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"lab: {certificate[0]} holds no certificate with its private key")
    assert failed.stderr.count("\n") == 1


# What is served


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
