"""Who gets in: the address and the password, before anything is started."""

import getpass
import ipaddress
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from . import accounts, daily_password

USUAL_PASSWORD = "1234"
PASSWORD_VARIABLE = "LAB_PASSWORD"
PASSWORD_ADVICE = (
    f"set another one in the variable {PASSWORD_VARIABLE}, or start the lab in a terminal, where it asks for one"
)


class Refused(Exception):
    """Why the lab does not start like that, in a sentence."""


def is_local(ip: str) -> bool:
    """Whether only this machine can reach what listens there."""
    return ipaddress.ip_address(ip).is_loopback


def origin(host: str, port: int, encrypted: bool) -> str:
    """The start of a URL. host: a name or an IP address."""
    scheme = "https" if encrypted else "http"
    if ":" in host:
        host = f"[{host}]"
    return f"{scheme}://{host}:{port}"


def origin_for_browsers(ip: str, port: int, encrypted: bool) -> str:
    """The same for what listens at this address; with the machine's name where that is all of its addresses."""
    if ipaddress.ip_address(ip).is_unspecified:
        return origin(socket.gethostname(), port, encrypted)
    return origin(ip, port, encrypted)


def check_address(ip: str) -> None:
    """Raises Refused if nothing can listen there."""
    family = socket.AF_INET
    if ipaddress.ip_address(ip).version == 6:
        family = socket.AF_INET6
    try:
        with socket.socket(family) as probe:
            probe.bind((ip, 0))
    except OSError as fault:
        raise Refused(f"cannot listen at {ip} ({fault.strerror}): give --ip an address of this machine") from None


def password_prompt(question: str) -> Callable[[], str] | None:
    """What asks for a password in the terminal; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    return lambda: getpass.getpass(question)


def choose_password(ip: str, variables: Mapping[str, str], ask: Callable[[], str] | None) -> str | None:
    """The password of the variable, else what `ask` (if there is anybody to ask) is told; None if there is neither.

    Raises Refused for an empty password, for one that nobody can type, and for none or the usual one where other
    machines can reach the lab.
    """
    if PASSWORD_VARIABLE in variables:
        password = variables[PASSWORD_VARIABLE]
    elif is_local(ip):
        return None
    elif ask:
        password = ask()
    else:
        password = USUAL_PASSWORD
    if not password.strip():
        raise Refused(f"an empty password keeps nobody out: {PASSWORD_ADVICE}")
    try:
        password.encode()
    except UnicodeEncodeError:
        raise Refused(f"the password in {PASSWORD_VARIABLE} is not written in UTF-8: {PASSWORD_ADVICE}") from None
    if password == USUAL_PASSWORD and not is_local(ip):
        raise Refused(
            f"at {ip} others can reach the lab, and everybody knows the password {password}: {PASSWORD_ADVICE}"
        )
    return password


def own_password(file: Path) -> str:
    """The one that the lab takes if nobody chose any: on a machine of one's own the usual one, else one for the day,
    which is kept in the file.
    """
    if accounts.others():
        return daily_password.of_today(file)
    return USUAL_PASSWORD


def shown(chosen: str | None, password: str) -> str:
    """How the terminal tells the password: one that somebody chose is not for others' eyes."""
    if password == USUAL_PASSWORD:
        return password
    if chosen:
        return "the one you set"
    return f"{password} (for today, as other people have accounts on this machine)"
