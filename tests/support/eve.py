"""What a hostile learner tries in a cell of her own. It runs in her kernel, which has nothing of the tests."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import requests
import zmq
from jupyter_client.session import Session

SECRET = "eve was here"


def successes(course: str, ada: str, adas_processes: list[int], adas_ports: list[int], hub: str, proxy: str) -> list:
    """The names of the attempts that no system error and no status from 400 on has ended."""
    home, work = Path(course, "work/class/ada"), Path(course, "work")
    notebook = home / "work/Grokking-Deep-Learning/1_multiple_inputs.ipynb"
    token = {"Authorization": f"token {os.environ['JUPYTERHUB_API_TOKEN']}"}
    attempts: dict[str, Callable[[], object]] = {
        "list Ada's folder": lambda: os.listdir(home),
        "read Ada's notebook": notebook.read_text,
        "write Ada's notebook": lambda: notebook.write_text(SECRET),
        "put a file into Ada's folder": (home / "eve").touch,
        "move Ada's folder away": lambda: home.rename(home.with_name("gone")),
        "link to Ada's folder": lambda: os.listdir(_linked(home)),
        "take a name that Ada could get": (home.parent / "fay").mkdir,
        "list who there is": lambda: os.listdir(home.parent),
        "list the teacher's folder": lambda: os.listdir(work),
        "read the teacher's file": (work / "Grokking-Deep-Learning/marks.txt").read_text,
        "write into the teacher's folder": (work / "Grokking-Deep-Learning/eve").touch,
        "list the hub's folder": lambda: os.listdir(work / ".class"),
        "read who has logged in": (work / ".class/hub.sqlite").read_bytes,
        "read the passwords": (work / ".class/passwords.sqlite").read_bytes,
        "read the teacher's home": lambda: os.listdir(Path(course).with_name("home")),
        "change the course": lambda: Path(course, "notebooks/Welcome.md").write_text(SECRET),
        "change the code of all": lambda: Path(course, "classroom/learner.py").write_text(SECRET),
        "change the Python of all": Path(sys.prefix, "eve").touch,
        "be root": lambda: os.setuid(0),
        "be Ada": lambda: os.setuid(psutil.Process(adas_processes[0]).uids().real),
        "have groups of the teacher's": lambda: os.setgroups([0]),
        "ask the hub for Ada": lambda: _ask("GET", f"{hub}/hub/api/users/ada", token),
        "ask the hub for all": lambda: _ask("GET", f"{hub}/hub/api/users", token),
        "stop Ada's server": lambda: _ask("DELETE", f"{hub}/hub/api/users/ada/server", token),
        "make an administrator": lambda: _ask("POST", f"{hub}/hub/api/users/eva", token, json={"admin": True}),
        "get a token of Ada's": lambda: _ask("POST", f"{hub}/hub/api/users/ada/tokens", token),
        "send Ada's visitors here": lambda: _ask("POST", f"{proxy}/api/routes/user/ada", token, json={"target": hub}),
        "ask the proxy for all": lambda: _ask("GET", f"{proxy}/api/routes", token),
        "ask Ada's server": lambda: _ask("GET", f"{ada}/api/contents", {}),
        "ask Ada's server as Eve": lambda: _ask("GET", f"{ada}/api/contents", token),
        "ask Ada's server as the hub": lambda: _ask("GET", f"{ada}/api/contents", {"X-Forwarded-User": "ada"}),
    }
    for pid in adas_processes:
        attempts[f"read the variables of {pid}"] = Path(f"/proc/{pid}/environ").read_bytes
        attempts[f"read the memory of {pid}"] = Path(f"/proc/{pid}/mem").open
        attempts[f"end {pid}"] = lambda pid=pid: os.kill(pid, signal.SIGKILL)
    done = [name for name, attempt in attempts.items() if _succeeds(attempt)]
    for port in adas_ports:
        _talk_to_kernel(port, f"open({str(home / 'eve')!r}, 'w')")
    return done


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, psutil.Error, requests.RequestException):
        return False
    return True


def _linked(folder: Path) -> Path:
    link = Path.home() / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    return link


def _ask(method: str, address: str, headers: dict[str, str], **options) -> None:
    requests.request(method, address, headers=headers, timeout=10, allow_redirects=False, **options).raise_for_status()


def _talk_to_kernel(port: int, code: str) -> None:
    """Have a kernel run this, if it listens to whoever comes. Whether it did is seen in the files."""
    context = zmq.Context()
    wire = context.socket(zmq.DEALER)
    wire.sndtimeo = 100  # milliseconds
    wire.connect(f"tcp://127.0.0.1:{port}")
    try:
        Session(key=b"guessed").send(wire, "execute_request", {"code": code, "silent": True})
        wire.poll(timeout=100)
    except zmq.ZMQError:
        pass
    context.destroy(linger=0)


def fill_memory(mebibytes: int) -> None:
    """Take this much in /dev/shm, and as much again in each of four children, none of which ends by itself."""
    grow = f"taken = bytearray(b'1') * ({mebibytes} * 2**20); import time; time.sleep(600)"
    for _ in range(4):
        subprocess.Popen([sys.executable, "-c", grow], start_new_session=True)
    fill = f"file = open('/dev/shm/eve', 'wb'); [file.write(bytes(2**20)) for _ in range({mebibytes})]"
    subprocess.Popen([sys.executable, "-c", fill], start_new_session=True)
