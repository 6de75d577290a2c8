"""Whether a certificate and its private key can be used to encrypt, today."""

import ssl
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from .access import Refused

EXPIRED, NOT_YET_VALID = 10, 9  # as OpenSSL numbers what it finds
MOST_MESSAGES = 4  # of a handshake, each way


def check(certfile: str, keyfile: str | None) -> None:
    """Raises Refused if not."""
    for file in filter(None, (certfile, keyfile)):
        _check_right_to_read(file)
    _check_today(_load(certfile, keyfile), certfile)


def _check_right_to_read(file: str) -> None:
    try:
        Path(file).open("rb").close()
    except OSError as fault:
        raise Refused(f"cannot read {file} ({fault.strerror}): give yourself the right to read it") from None


def _load(certfile: str, keyfile: str | None) -> ssl.SSLContext:
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
    """Let a browser and the server, both in memory, shake hands: the former looks at the dates."""
    browser = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    browser.check_hostname = False
    browser.load_verify_locations(certfile)
    browser.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # whoever issued it
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [browser.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)]
    try:
        for end in ends * MOST_MESSAGES:
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    except ssl.SSLCertVerificationError as fault:
        if fault.verify_code == EXPIRED:
            raise Refused(f"the certificate in {certfile} has expired: get a new one") from None
        if fault.verify_code == NOT_YET_VALID:
            raise Refused(
                f"the certificate in {certfile} is not valid yet: get another one, or set this machine's clock"
            ) from None
    except ssl.SSLError:  # whatever else: this is about the dates
        pass
