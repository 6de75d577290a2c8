"""How long a reader's function may run, and with how much memory: an endless loop ends in a sentence.

It ends where it runs, so no thread or process of it is left.
"""

import contextlib
import ctypes
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

SECONDS = 5.0
SECONDS_BETWEEN_ALARMS = 0.05  # after the first, for code that catches whatever is raised
ALARMS_CAUGHT = 4  # before the reader's code is traced, to raise where nothing catches it
BYTES = 2**30  # beyond what the kernel has already


class OutOfTime(BaseException):
    """Raised in what runs too long. It is no Exception, so that `except Exception` lets it pass."""


class TimeLimit:
    """Raises OutOfTime in what runs after `start` for more than SECONDS, again and again while it is armed.

    It is disarmed by setting `is_armed`, which nothing can interrupt, and then by `stop`.
    """

    def __init__(self) -> None:
        self.is_armed = True
        self.is_over = False  # then OutOfTime has been raised, and may have been caught

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


def time_limit() -> TimeLimit:
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _Alarm()
    return _Watcher()


class _Alarm(TimeLimit):
    alarms = 0

    def start(self) -> None:
        self.tracer, self.timer = sys.gettrace(), signal.getitimer(signal.ITIMER_REAL)
        self.handler = signal.signal(signal.SIGALRM, self.ring)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)

    def ring(self, _: int, frame: FrameType | None) -> None:
        if self.is_armed:
            self.is_over = True
            self.alarms += 1
            if self.alarms > ALARMS_CAUGHT:
                _raise_at_next_line(frame)
            signal.setitimer(signal.ITIMER_REAL, SECONDS_BETWEEN_ALARMS)
            raise OutOfTime

    def stop(self) -> None:
        sys.settrace(self.tracer)
        signal.setitimer(signal.ITIMER_REAL, *self.timer)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)


def _raise_at_next_line(frame: FrameType | None) -> None:
    """Where a bare `except` in the reader's code catches OutOfTime, the next line is one within it."""

    def at_next_line(_: FrameType, event: str, __: object) -> None:
        if event == "line":
            raise OutOfTime

    sys.settrace(lambda *_: None)
    while frame is not None and frame.f_globals.get("__package__") != __package__:
        frame.f_trace = at_next_line
        frame = frame.f_back


class _Watcher(TimeLimit):
    """A thread that raises in another: where there is no alarm, on Windows and outside the main thread."""

    def start(self) -> None:
        self.runner = ctypes.c_ulong(threading.get_ident())
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self) -> None:
        pause = SECONDS
        while not self.done.wait(pause) and self.is_armed:
            self.is_over = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(self.runner, ctypes.py_object(OutOfTime))
            pause = SECONDS_BETWEEN_ALARMS

    def stop(self) -> None:
        while self.thread.is_alive():
            with contextlib.suppress(OutOfTime):  # one that was on its way
                self.done.set()
                self.thread.join()


@contextlib.contextmanager
def memory_limit() -> Iterator[None]:
    """Raises MemoryError in what asks for more than BYTES, instead of letting the system end the kernel.

    Only where the system says how much there is already: on Linux.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    limits = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + BYTES
    if limits[0] != resource.RLIM_INFINITY:
        most = min(most, limits[0])
    resource.setrlimit(resource.RLIMIT_AS, (most, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
