"""A name on the network below which each learner has an address of their own: `ada.class.example.org`."""

import argparse
import re

from helpers.lab import certificate
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
    server = certificate.load(certfile, keyfile)
    for host in (domain, f"learner.{domain}"):
        if certificate.fault_that_browsers_find(server, certfile, host) == HOSTNAME_MISMATCH:
            raise Refused(
                f"the certificate in {certfile} does not hold for {host}: get one for both {domain} and *.{domain}"
            )
