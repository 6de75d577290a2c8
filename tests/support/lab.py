"""The launcher on a copy of the course, so that no test touches the notebooks or work/."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

PAGE = "/lab/workspaces/lab3_Generalizing_Gradient_Descent"
COURSE = Path(__file__).resolve().parents[2]
LAUNCH = [sys.executable, "-c", "from helpers.lab import main; main()"]


class RunningLab:
    """A lab of its own on a free port of 127.0.0.1; it ends with the `with` block."""

    command = LAUNCH

    def __init__(self, folder: Path, *options: str, port: int | None = None, **variables: str):
        self.course = folder / "course"
        self.notebooks = self.course / "work/Grokking-Deep-Learning"
        self.state = self.course / "work/.lab/learner"
        self.options = options
        self.variables = variables
        self.home = folder / "home"
        self.printed = folder / "printed"
        self.port = port or free_port()
        if not self.course.exists():
            copy_course(self.course)
        self.home.mkdir(exist_ok=True)

    def __enter__(self) -> "RunningLab":
        with self.printed.open("w") as printed:
            self.process = subprocess.Popen(
                [*self.command, "--no-browser", "--port", str(self.port), *self.options],
                cwd=self.course,
                env=os.environ | {"HOME": str(self.home), "LAB_PASSWORD": "1234"} | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until(lambda: self._url() or self.process.poll() is not None, "the lab starts")
            assert self._url(), self.output()
        except BaseException:
            self.__exit__()
            raise
        self.url = self._url()
        self.address = self.url.partition("/lab")[0]
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.stop()

    def stop(self) -> int:
        """End it as Ctrl-C does, and give its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait(timeout=30)

    def output(self) -> str:
        return self.printed.read_text()

    def _url(self) -> str | None:
        found = re.search(r"https?://\S+", self.output()) if "Ctrl-C" in self.output() else None
        return found and found[0]


def copy_course(folder: Path) -> None:
    """The launcher, the notebooks and their data; kernels import the installed helpers as ever."""
    for part in ("helpers", "notebooks", "data"):
        shutil.copytree(
            COURSE / part,
            folder / part,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"),
        )


def run(folder: Path, *options: str) -> subprocess.CompletedProcess:
    """The launcher in this folder, which is expected to end by itself."""
    return subprocess.run(
        [*LAUNCH, *options], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )


def log_in(
    lab: RunningLab, password: str, wanted: str = PAGE, visitor: requests.Session | None = None
) -> tuple[requests.Session, requests.Response]:
    visitor = visitor or requests.Session()
    visitor.get(f"{lab.address}/login", timeout=10)
    answer = visitor.post(
        f"{lab.address}/login",
        params={"next": wanted},
        data={"password": password, "_xsrf": visitor.cookies["_xsrf"]},
        timeout=10,
    )
    return visitor, answer


def listed(lab: RunningLab, visitor: requests.Session, folder: str) -> set[str]:
    """The names that the file browser shows of a folder."""
    answer = visitor.get(f"{lab.address}/api/contents/{folder}", timeout=10)
    return {entry["name"] for entry in answer.json()["content"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for this in vain: {what}"
        time.sleep(0.05)
