"""Files that one process holds for itself."""

from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def hold(file: IO) -> bool:
    """Hold the file until it is closed, or the process ends; whether no other process holds it.

    Where the system or the disk knows no locks, nobody is turned away.
    """
    if fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True
