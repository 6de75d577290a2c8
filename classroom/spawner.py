"""How a class on one machine starts, watches and ends the server of a learner."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from jupyterhub.spawner import SimpleLocalProcessSpawner, SpawnException, set_user_setuid
from traitlets import default

from helpers.printing import printable

from . import paths, processes, unix_users
from .control_groups import ControlGroups
from .learner import REASON_VARIABLE

SECONDS_BETWEEN_LOOKS = 0.2
LONGEST_REASON = 1000  # bytes


class CannotStart(SpawnException):
    """Why a learner's server does not start, as the learner reads it on whichever page of the hub's."""

    def __init__(self, message: str):
        super().__init__(f"Your server could not be started: {message}", reason="start")
        self.jupyterhub_message = self.message


class LearnerSpawner(SimpleLocalProcessSpawner):
    """A server that runs as the user who runs the hub, in the learner's folder.

    Its start is over when it listens, or when it has ended; then its learner reads why.
    """

    control_groups: ControlGroups | None = None  # where there are none, each process is limited for itself
    began = 0.0  # when the process with our pid began, in seconds since 1970
    reason_end = 0  # the end of a pipe into which the server writes why it cannot start

    async def start(self) -> tuple[str, int]:
        reading_end, self.reason_end = os.pipe()
        os.set_blocking(reading_end, False)
        try:
            address = await self._start_process()
            await self._until_it_listens(reading_end)
        finally:
            os.close(reading_end)
        return address

    async def _start_process(self) -> tuple[str, int]:
        try:
            with _log_of(self.user.name).open("wb") as log:
                self.popen_kwargs = {
                    "stdin": subprocess.DEVNULL,
                    "stdout": log,
                    "stderr": log,
                    "pass_fds": [self.reason_end],
                }
                address = await super().start()
            self.began = processes.started(self.pid).began
        except (OSError, subprocess.SubprocessError, psutil.Error, unix_users.Unusable) as fault:
            raise CannotStart(printable(str(fault))) from None
        finally:
            os.close(self.reason_end)
        return address

    async def _until_it_listens(self, reading_end: int) -> None:
        server = processes.StartedProcess(self.pid, self.began)
        while (status := await self.poll()) is None:
            if _answers(self.port) and server.listens_at(self.port):
                return
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        reason = ""
        with suppress(BlockingIOError):
            reason = printable(os.read(reading_end, LONGEST_REASON).decode(errors="replace"))
        raise CannotStart(reason or _likely_reason(self.user.name, status))

    async def poll(self) -> int | None:
        if self.proc is None and self.pid and not processes.StartedProcess(self.pid, self.began).is_running():
            self.clear_state()  # the process that has this number now is none of ours
            return 0
        return await super().poll()

    async def stop(self, now: bool = False) -> None:
        await super().stop(now)
        await asyncio.to_thread(self.clear_up)

    def clear_up(self) -> None:
        """Do away with what a server that has ended may have left."""
        if self.control_groups:
            self.control_groups.remove(self.user.name)

    def load_state(self, state: dict[str, Any]) -> None:
        super().load_state(state)
        self.began = state.get("began", 0.0)

    def get_state(self) -> dict[str, Any]:
        return super().get_state() | {"began": self.began}

    def get_env(self) -> dict[str, str]:
        return super().get_env() | {REASON_VARIABLE: str(self.reason_end)}

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What the new process does before it becomes the server."""
        enter = self.entering(name)
        group_files: list[Path] = []
        if self.control_groups:
            group_files = self.control_groups.make(name, self.mem_limit)

        def begin() -> None:
            for file in group_files:
                file.write_text(str(os.getpid()))
            enter()

        return begin

    def entering(self, name: str) -> Callable[[], None]:
        """What takes the process into its learner's home."""
        return super().make_preexec_fn(name)


class UnixUserSpawner(LearnerSpawner):
    """A server that runs as the learner's own Unix user."""

    @default("env_keep")
    def _keep_no_more_than_the_language(self) -> list[str]:
        return ["LANG", "LC_ALL"]

    def entering(self, name: str) -> Callable[[], None]:
        return set_user_setuid(unix_users.account(name, Path(self.home_dir)).pw_name)

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        name = unix_users.name_of(self.user.name)
        ours = {"USER": name, "LOGNAME": name, "SHELL": "/bin/sh", "PATH": f"{sys.prefix}/bin:{os.defpath}"}
        return super().user_env(env) | ours

    def clear_up(self) -> None:
        user = unix_users.existing(self.user.name, Path(self.home_dir))
        if user:
            processes.end_all_of(user.pw_uid)
            unix_users.clear_shared_memory(user)
        super().clear_up()


def _log_of(learner: str) -> Path:
    paths.SERVER_LOGS.mkdir(exist_ok=True)
    return paths.SERVER_LOGS / f"{learner}.log"


def _answers(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


def _likely_reason(learner: str, status: int) -> str:
    if status == -signal.SIGKILL:
        return "the system ended it, most likely because there was too little memory; try again, or tell your teacher"
    return f"tell your teacher that work/.class/servers/{learner}.log says more"
