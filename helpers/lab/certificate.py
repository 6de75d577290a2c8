"""Whether a certificate and its private key can be used to encrypt, today."""

import ssl
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from .access import Refused

EXPIRED, NOT_YET_VALID = 10, 9  # as OpenSSL numbers what it finds
MOST_MESSAGES = 4  # of a handshake, each way


def check(certfile: str, keyfile: str | None) -> None:
    """Raises Refused if they can't."""
    for file in filter(None, (certfile, keyfile)):
        _check_right_to_read(file)
    _check_today(load(certfile, keyfile), certfile)


def _check_right_to_read(file: str) -> None:
    try:
        Path(file).open("rb").close()
    except OSError as fault:
        raise Refused(f"cannot read {file} ({fault.strerror}): give yourself the right to read it") from None


def load(certfile: str, keyfile: str | None) -> ssl.SSLContext:
    """What a server encrypts with. Raises Refused if it can't."""
    key = keyfile or certfile

    def refuse_to_ask() -> NoReturn:
        raise Refused(
            f"the private key in {key} is encrypted: `openssl pkey -in {key} -out unlocked.pem` asks for its password "
            "and writes it as it is needed here"
        )

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certfile, keyfile, refuse_to_ask)
    except ssl.SSLError as fault:
        if fault.reason == "KEY_VALUES_MISMATCH":
            raise Refused(
                f"the private key in {key} belongs to another certificate than {certfile}: give its own with --keyfile"
            ) from None
        if fault.reason == "EE_KEY_TOO_SMALL":
            raise Refused(f"the private key in {key} is too short: get a certificate with a longer one") from None
        files_hold = f"{certfile} and {keyfile} hold" if keyfile else f"{certfile} holds"
        raise Refused(
            f"{files_hold} no certificate with its private key: give both as PEM, the key with --keyfile if it is in "
            "a file of its own"
        ) from None
    return context


def _check_today(server: ssl.SSLContext, certfile: str) -> None:
    fault = fault_that_browsers_find(server, certfile)
    if fault == EXPIRED:
        raise Refused(f"the certificate in {certfile} has expired: get a new one")
    if fault == NOT_YET_VALID:
        raise Refused(f"the certificate in {certfile} is not valid yet: get another one, or set this machine's clock")


def fault_that_browsers_find(server: ssl.SSLContext, certfile: str, host: str | None = None) -> int | None:
    """OpenSSL's number of what is wrong with the server's certificate, for a browser that trusts who issued it and,
    if a host is named, asks for that one; None if nothing is. Both shake hands in memory.
    """
    browser = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    browser.check_hostname = host is not None
    browser.load_verify_locations(certfile)
    browser.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [browser.wrap_bio(back, there, server_hostname=host), server.wrap_bio(there, back, server_side=True)]
    try:
        for end in ends * MOST_MESSAGES:
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    except ssl.SSLCertVerificationError as fault:
        return fault.verify_code
    except ssl.SSLError:  # whatever else: this is about the certificate
        pass
    return None
