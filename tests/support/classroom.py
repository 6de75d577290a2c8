"""A class on a copy of the course, so that no test touches the notebooks or work/; and learners who visit it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self
from uuid import uuid4

import psutil
import requests
from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from requests.cookies import get_cookie_header
from websocket import create_connection

from helpers.lab.access import origin
from tests.support.lab import COURSE, copy_course, wait_until

PYTHON = COURSE / ".venv-class/bin/python"
INTERPRETER = PYTHON.resolve().parents[1]  # where its libraries are too
MACHINE = COURSE / "tests/support/private_machine.sh"
TEACHER = 20_000  # the Unix user of a teacher without root's rights
AS_TEACHER = ["setpriv", f"--reuid={TEACHER}", f"--regid={TEACHER}", "--clear-groups", "env"]
PASSWORD = "a word for us all"
OWN_PASSWORD = "seven words of my own"
FOLDER = "work/Grokking-Deep-Learning"


class RunningClass:
    """A class of its own on free ports of 127.0.0.1; it ends with the `with` block, the learners' servers too.

    Run by root, it is the class of a teacher without root's rights, or else one that gives each learner a Unix user;
    and on a machine of its own as far as users and the way to its files go.
    """

    def __init__(self, folder: Path, *options: str, unix_users: bool = False):
        self.course = folder / "course"
        self.printed = folder / "printed"
        self.port = three_free_ports()
        self.domain = None
        if "--domain" in options:
            self.domain = options[options.index("--domain") + 1]
        self.address = origin(self.domain or "127.0.0.1", self.port, encrypted="--certfile" in options)
        self.certificate = None
        self.program = [PYTHON, "-m", "classroom", "--port", str(self.port), *options]
        self.machine: list[str] = []
        self.person: list[str] = []
        self.trust: list[str] = []
        if not unix_users:
            self.trust = ["--trust-learners"]
        if not self.course.exists():
            copy_course(self.course)
            shutil.copytree(COURSE / "classroom", self.course / "classroom")
        if os.geteuid() == 0:
            folder.chmod(0o711)
            (folder / "home").mkdir(mode=0o700, exist_ok=True)
            self.machine = machine(folder / "etc", folder, first_user=10 * self.port)
            if not unix_users:
                give(folder, TEACHER)
                self.person = [*AS_TEACHER, f"HOME={folder}/home"]
        self.command = [*self.machine, *self.person, *self.program, *self.trust]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_) -> None:
        servers = self.servers()
        if self.process.poll() is None:
            self.stop()
        for server in servers:
            if server.is_running():
                groups = groups_of(server)
                server.kill()
                wait_until(lambda groups=groups: not any(map(has_processes, groups)), "its kernels have ended too")
                for group in groups:
                    group.rmdir()
                    with suppress(OSError):  # others are in the class's group still
                        group.parent.rmdir()

    def start(self, **variables: str) -> None:
        with self.printed.open("w", encoding="utf-8") as printed:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.course,
                env=environment() | variables,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: "Ctrl-C" in self.output() or self.process.poll() is not None, "the class starts", 120)
        assert self.process.poll() is None, self.output()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=90)

    def output(self) -> str:
        return self.printed.read_text(encoding="utf-8")

    def address_of(self, name: str) -> str:
        """Where a learner's server is."""
        host = self.address
        if self.domain:
            host = self.address.replace("://", f"://{name}.")
        return f"{host}/user/{name}"

    def files(self, name: str) -> Path:
        """A learner's copy of the course."""
        return self.course / "work/class" / name / FOLDER

    def servers(self) -> list[psutil.Process]:
        """The learners' servers of this class."""
        return [process for process in psutil.process_iter(["cmdline", "cwd"]) if self._serves(process)]

    def _serves(self, process: psutil.Process) -> bool:
        folder = process.info["cwd"] or ""
        return "classroom.learner" in (process.info["cmdline"] or ()) and folder.startswith(str(self.course))


def groups_of(server: psutil.Process) -> list[Path]:
    """The folders of the control groups that a class has made for a learner."""
    membership = Path(f"/proc/{server.pid}/cgroup")
    if not membership.exists():  # not on Linux
        return []
    lines = membership.read_text().splitlines()
    places = [line.split(":", 2) for line in lines if "/class-" in line]
    return [Path("/sys/fs/cgroup") / kinds / path.lstrip("/") for _, kinds, path in places]


def has_processes(group: Path) -> bool:
    return bool((group / "cgroup.procs").read_text())


def machine(etc: Path, *reachable: Path, first_user: int = 1000) -> list[str]:
    """What comes before a command that is to run on a machine of its own: see private_machine.sh.

    etc: where its /etc will be, a copy of this machine's.
    first_user: the number from which on it makes Unix users, as their processes are this machine's too.
    """
    subprocess.run(["cp", "-a", "/etc", etc], check=True, timeout=60)
    with (etc / "login.defs").open("a", encoding="utf-8") as settings:
        settings.write(f"UID_MIN {first_user}\nUID_MAX {first_user + 999}\n")
    return ["unshare", "--mount", "sh", f"{MACHINE}", f"{etc}", *map(str, reachable), f"{INTERPRETER}", "--"]


def give(folder: Path, user: int) -> None:
    """Make all that is in a folder this user's."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


def make_certificate(folder: Path, *names: str) -> None:
    """Files cert.pem and key.pem, of a certificate for these names, such as `DNS:class.example.org`."""
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    made += ["-days", "1", "-subj", "/CN=class", "-addext", f"subjectAltName={','.join(names)}"]
    pair = ["-out", folder / "cert.pem", "-keyout", folder / "key.pem"]
    subprocess.run([*made, *pair], check=True, capture_output=True, timeout=60)


def environment() -> dict[str, str]:
    """The variables to start a class with."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "CLASS_"))}
    return others | {"CLASS_PASSWORD": PASSWORD}


def three_free_ports() -> int:
    """The first of them."""
    while True:
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            with suppress(OSError, OverflowError):
                two.bind(("127.0.0.1", port + 1))
                three.bind(("127.0.0.1", port + 2))
                return port


class Learner:
    """Somebody with a browser, who logs in."""

    def __init__(self, running: RunningClass, name: str, **headers: str):
        self.home = running.address
        self.name = name
        self.visitor = requests.Session()
        self.visitor.headers.update(headers)
        self.visitor.trust_env = False  # or a variable there would be taken for the certificate
        self.visitor.verify = running.certificate
        self.address = running.address_of(name)

    def log_in(self, password: str = OWN_PASSWORD, class_password: str = PASSWORD) -> requests.Response:
        """Fill in the form. What comes back is it again or, with the right passwords, a page that says to wait."""
        return self.send_form(username=self.name, password=password, class_password=class_password)

    def send_form(self, **fields: str) -> requests.Response:
        self.visitor.get(f"{self.home}/hub/login", timeout=60)
        form = {"_xsrf": self.xsrf("/hub/")} | fields
        return self.visitor.post(f"{self.home}/hub/login", data=form, timeout=60)

    def arrive(self) -> requests.Response:
        """Log in, wait for the server, and give the page on which it lands."""
        self.log_in()
        wait_until(lambda: self.get("").url.startswith(f"{self.address}/lab"), f"{self.name}'s server starts", 120)
        return self.get("")

    def stop(self) -> None:
        """Have the hub stop the server, as its page /hub/home does."""
        assert self._ask_hub("DELETE", "/server").status_code in (202, 204)
        wait_until(lambda: not self.has_server(), f"{self.name}'s server stops")

    def has_server(self) -> bool:
        """Whether the hub thinks so."""
        return bool(self._ask_hub("GET").json()["servers"])

    def _ask_hub(self, method: str, path: str = "") -> requests.Response:
        me, headers = f"{self.home}/hub/api/users/{self.name}", {"X-XSRFToken": self.xsrf("/hub/")}
        return self.visitor.request(method, f"{me}{path}", headers=headers, timeout=60)

    def get(self, path: str, **options) -> requests.Response:
        return self.visitor.get(f"{self.address}/{path}", timeout=60, **options)

    def send(self, method: str, path: str, **options) -> requests.Response:
        headers = {"X-XSRFToken": self.xsrf(f"/user/{self.name}/")}
        return self.visitor.request(method, f"{self.address}/{path}", headers=headers, timeout=60, **options)

    def xsrf(self, path: str) -> str:
        return next(cookie.value for cookie in self.visitor.cookies if (cookie.name, cookie.path) == ("_xsrf", path))

    def listed(self, folder: str) -> set[str]:
        """The names that the file browser shows of a folder."""
        return {entry["name"] for entry in self.get(f"api/contents/{folder}").json()["content"]}

    def notebook(self, name: str) -> "Notebook":
        """Open a notebook, as JupyterLab does: with a kernel in its folder."""
        path = f"{FOLDER}/{name}"
        opened = self.send(
            "POST",
            "api/sessions",
            json={"path": path, "name": name, "type": "notebook", "kernel": {"name": "python3"}},
        )
        assert opened.status_code == 201, opened.text
        return Notebook(self, self.get(f"api/contents/{path}").json()["content"], opened.json()["kernel"]["id"])


class Notebook:
    """A notebook and its kernel, to which the learner's browser talks through the proxy."""

    def __init__(self, learner: Learner, content: dict, kernel: str):
        self.cells = [cell["source"] for cell in content["cells"] if cell["cell_type"] == "code"]
        self.kernel = kernel
        self.session = uuid4().hex
        page = f"{learner.address}/api/kernels/{kernel}/channels?session_id={self.session}"
        cookies = get_cookie_header(learner.visitor.cookies, requests.Request("GET", page))
        self._wire = create_connection(page.replace("http", "ws", 1), cookie=cookies, origin=learner.home, timeout=120)

    def run(self, source: str) -> list[dict]:
        """What the kernel sends while it runs this, until it is idle again."""
        request = self.send("execute_request", {"code": source, "stop_on_error": True})
        return list(self.answers(request, lambda message: message["content"].get("execution_state") == "idle"))

    def send(self, kind: str, content: dict) -> str:
        """Send a message on the shell channel, and give its id."""
        header = {"msg_id": uuid4().hex, "msg_type": kind, "session": self.session, "username": "", "version": "5.4"}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        self._wire.send(json.dumps(message | {"buffers": []}))
        return header["msg_id"]

    def answers(self, request: str, is_last: Callable[[dict], bool], seconds: float = 120) -> Iterator[dict]:
        """The kernel's answers to a message of ours, up to the last one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            message = self._wire.recv()
            if isinstance(message, str):
                message = json.loads(message)
            else:
                message = deserialize_binary_message(message)
            if message["parent_header"].get("msg_id") == request:
                yield message
                if is_last(message):
                    return
        raise TimeoutError(f"no last answer in {seconds} s")

    def close(self) -> None:
        self._wire.close()


def printed(messages: list[dict]) -> str:
    """What a cell printed, and what it raised."""
    streams = [message["content"]["text"] for message in messages if message["msg_type"] == "stream"]
    return "".join(streams + [error["ename"] for error in errors(messages)])


def errors(messages: list[dict]) -> list[dict]:
    return [message["content"] for message in messages if message["msg_type"] == "error"]
