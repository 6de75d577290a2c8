"""A name on the network below which each learner has an address of their own: `ada.class.example.org`."""

import argparse
import re
import ssl

from helpers.lab.access import Refused

LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOSTNAME_MISMATCH = 62  # OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH


def name(text: str) -> str:
    """For argparse."""
    lowered = text.lower()
    if not re.fullmatch(rf"{LABEL}(\.{LABEL})*", lowered) or lowered.replace(".", "").isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a name such as class.example.org, or localhost for a try")
    return lowered


def check_certificate(domain: str, certfile: str, keyfile: str | None) -> None:
    """Raises Refused if the certificate does not hold for the domain and for all names below it."""
    for host in (domain, f"learner.{domain}"):
        if not _holds_for(host, certfile, keyfile):
            raise Refused(
                f"the certificate in {certfile} does not hold for {host}: get one for both {domain} and *.{domain}"
            )


def _holds_for(host: str, certfile: str, keyfile: str | None) -> bool:
    """Whether a browser that trusts the certificate finds this name in it; tried by shaking hands in memory."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certfile, keyfile)
    browser = ssl.create_default_context(cafile=certfile)
    browser.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    to_server, to_browser = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        browser.wrap_bio(to_browser, to_server, server_hostname=host),
        server.wrap_bio(to_server, to_browser, server_side=True),
    )
    for end in ends * 2:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError as fault:
            return fault.verify_code != HOSTNAME_MISMATCH
    return True
