"""Whose program is at the other end of a connection from this machine: its loopback address is not one person."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tornado.httputil import HTTPServerRequest

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))  # Linux's: all connections, both ends of those within it
ESTABLISHED = "01"
ROOT = 0


def is_other_account(request: HTTPServerRequest) -> bool:
    """Whether the system says that it comes from a program of neither root's nor this process's own account."""
    stream = getattr(request.connection, "stream", None)
    if stream is None or stream.closed():
        return False
    ports = stream.socket.getpeername()[1], stream.socket.getsockname()[1]
    return any(owner not in (os.getuid(), ROOT) for owner in _owners(*ports))


def _owners(port: int, other_port: int) -> Iterator[int]:
    """The numbers of the users who have a connection from this port to the other, as far as the system tells."""
    for table in TABLES:
        with suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                _, here, there, state, *_, owner = line.split()[:8]
                if state == ESTABLISHED and (_port(here), _port(there)) == (port, other_port):
                    yield int(owner)


def _port(address: str) -> int:
    """Of an address such as 0100007F:22B8."""
    return int(address.rpartition(":")[2], 16)
