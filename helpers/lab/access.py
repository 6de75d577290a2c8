"""Who gets in: the password, and what slows down those who guess at it."""

import ipaddress
import math
import socket
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler

PASSWORD = "1234"
VARIABLE = "LAB_PASSWORD"
HOW = f"set another one in the variable {VARIABLE}, or start the lab in a terminal, where it asks for one"

AT_ONCE = 5  # wrong passwords in a row that cost nothing
EVERY = 10  # seconds that each further one costs: 10,000 of them are more than a day
KEPT = 1000  # addresses remembered


class Refused(Exception):
    """Why the lab does not start like that, in a sentence."""


def is_local(ip: str) -> bool:
    """Whether only this machine can reach what listens there."""
    return ipaddress.ip_address(ip).is_loopback


def check_address(ip: str) -> None:
    """Raises Refused if nothing can listen there."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET) as probe:
            probe.bind((ip, 0))
    except OSError as fault:
        raise Refused(f"cannot listen at {ip} ({fault.strerror}): give --ip an address of this machine") from None


def choose_password(ip: str, variables: Mapping[str, str], ask: Callable[[], str] | None) -> str:
    """The password of the variable, else what `ask` (if there is anybody to ask) is told, else the usual one.

    Raises Refused for an empty password, and for the usual one where other machines can reach the lab.
    """
    if VARIABLE in variables:
        password = variables[VARIABLE]
    elif ask and not is_local(ip):
        password = ask()
    else:
        password = PASSWORD
    if not password.strip():
        raise Refused(f"an empty password keeps nobody out: {HOW}")
    if password == PASSWORD and not is_local(ip):
        raise Refused(f"at {ip} others can reach the lab, and everybody knows the password {PASSWORD}: {HOW}")
    return password


def check_certificate(certfile: str, keyfile: str | None) -> None:
    """Raises Refused if they cannot be used to encrypt."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certfile, keyfile)
    except OSError as fault:
        raise Refused(
            f"{certfile} {f'and {keyfile} hold' if keyfile else 'holds'} no certificate with its private key "
            f"({fault.strerror}): give both as PEM, the key with --keyfile if it is in a file of its own"
        ) from None


class Patience:
    """Counts wrong passwords, each address for itself: who guesses must wait, others need not.

    An address's debt grows by EVERY seconds with each wrong password and is paid by waiting. As nothing is looked at
    or counted while it waits, nobody waits longer than EVERY seconds after the last wrong one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._paid: OrderedDict[object, float] = OrderedDict()  # when each debt will be paid

    def wait(self, address: str) -> int:
        """Seconds until the address may try again."""
        debt = self._paid.get(_neighbours(address), 0) - self._clock()
        return max(0, math.ceil(debt - (AT_ONCE - 1) * EVERY))

    def failed(self, address: str) -> None:
        who, now = _neighbours(address), self._clock()
        self._paid[who] = max(self._paid.get(who, now), now) + EVERY
        self._paid.move_to_end(who)
        if len(self._paid) > KEPT:
            self._paid.popitem(last=False)


def _neighbours(address: str) -> object:
    """Those who count as one: an IPv4 address, or the 2**64 of IPv6 that a single household has."""
    ip = ipaddress.ip_address(address)
    if ip.version == 4:
        return ip
    return ip.ipv4_mapped or int(ip) >> 64


class SlowedLogin(LoginFormHandler):
    """The login page, which answers at once but looks at no password of somebody who has to wait."""

    patience = Patience()

    @allow_unauthenticated
    def post(self) -> None:
        address = self.request.remote_ip
        if wait := self.patience.wait(address):
            self.set_status(429)
            self.set_header("Retry-After", wait)
            self._render(message={"error": f"Too many wrong passwords: wait {wait} seconds, then try again."})
            return
        super().post()
        if self.get_status() == 401:
            self.patience.failed(address)
