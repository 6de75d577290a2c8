"""Who gets in: the address, the password and the certificate, before anything is started."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping

PASSWORD = "1234"
VARIABLE = "LAB_PASSWORD"
HOW = f"set another one in the variable {VARIABLE}, or start the lab in a terminal, where it asks for one"


class Refused(Exception):
    """Why the lab does not start like that, in a sentence."""


def is_local(ip: str) -> bool:
    """Whether only this machine can reach what listens there."""
    return ipaddress.ip_address(ip).is_loopback


def origin(ip: str, port: int, encrypted: bool) -> str:
    """The start of the URL, with this machine's name where it listens at all its addresses."""
    address = ipaddress.ip_address(ip)
    host = socket.gethostname() if address.is_unspecified else f"[{ip}]" if address.version == 6 else ip
    return f"http{'s' if encrypted else ''}://{host}:{port}"


def check_address(ip: str) -> None:
    """Raises Refused if nothing can listen there."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET) as probe:
            probe.bind((ip, 0))
    except OSError as fault:
        raise Refused(f"cannot listen at {ip} ({fault.strerror}): give --ip an address of this machine") from None


def choose_password(ip: str, variables: Mapping[str, str], ask: Callable[[], str] | None) -> str:
    """The password of the variable, else what `ask` (if there is anybody to ask) is told, else the usual one.

    Raises Refused for an empty password, for one that nobody can type, and for the usual one where other machines can
    reach the lab.
    """
    if VARIABLE in variables:
        password = variables[VARIABLE]
    elif ask and not is_local(ip):
        password = ask()
    else:
        password = PASSWORD
    if not password.strip():
        raise Refused(f"an empty password keeps nobody out: {HOW}")
    try:
        password.encode()
    except UnicodeEncodeError:
        raise Refused(f"the password in {VARIABLE} is not written in UTF-8: {HOW}") from None
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
