"""Processes that a class started, told from strangers that have got their numbers since."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

SECONDS_APART = 2  # at most, between two readings of when a process began
SECONDS_UNTIL_NOTED = 5  # at most, from when the proxy began to the note of its number
SECONDS_TO_END = 10


@dataclass(frozen=True)
class StartedProcess:
    """The number of a process, which the system gives away again once it has ended, and when it began."""

    pid: int
    began: float  # in seconds since 1970

    def is_running(self) -> bool:
        """Whether it is; not whether another has its number."""
        return self._found() is not None

    def listens_at(self, port: int) -> bool:
        """Whether it is the one that answers there."""
        process = self._found()
        try:
            return process is not None and any(
                connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
                for connection in process.net_connections("tcp")
            )
        except psutil.Error:
            return False

    def _found(self) -> psutil.Process | None:
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.began) <= SECONDS_APART:
                return process
        return None


def started(pid: int) -> StartedProcess:
    """The process that has this number now. Raises psutil.NoSuchProcess if it has ended."""
    return StartedProcess(pid, psutil.Process(pid).create_time())


def end_left_over(pid_file: Path, program: Path) -> None:
    """End the process that the file was written for, if it still runs, and remove the file.

    It is certainly that one only if it is our user's, runs this program, and began when the file was written.
    """
    with suppress(FileNotFoundError, ValueError, OverflowError, psutil.Error):
        process = psutil.Process(int(pid_file.read_text(encoding="utf-8")))
        is_ours = (
            process.uids().real == os.getuid()
            and str(program) in process.cmdline()
            and abs(process.create_time() - pid_file.stat().st_mtime) <= SECONDS_UNTIL_NOTED
        )
        if is_ours:
            process.terminate()
            _, alive = psutil.wait_procs([process], SECONDS_TO_END)
            for stubborn in alive:
                stubborn.kill()
                stubborn.wait(SECONDS_TO_END)
    pid_file.unlink(missing_ok=True)


def end_all_of(uid: int) -> None:
    """End all processes of a Unix user, those too that they start meanwhile."""
    for _ in range(SECONDS_TO_END):
        theirs = [process for process in psutil.process_iter() if _is_of(process, uid)]
        if not theirs:
            return
        for process in theirs:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(theirs, timeout=1)


def _is_of(process: psutil.Process, uid: int) -> bool:
    try:
        return process.uids().real == uid and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
