"""What `lab` and `class` share of their command lines."""

import argparse
import ipaddress
import sys
from io import TextIOWrapper
from pathlib import Path


def print_any_letter() -> None:
    """Let the terminal show letters that it lacks, as there may be in a folder's name, as escapes."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def port(text: str) -> int:
    if not (text.isdecimal() and 1024 <= int(text) <= 65000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1024 to 65000")
    return int(text)


def ip(text: str) -> str:
    if text == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an IP address such as 127.0.0.1 or 0.0.0.0") from None


def file(text: str) -> str:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return text


def add_certificate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--certfile", type=file, help="encrypt (https) with the certificate in this PEM file")
    parser.add_argument("--keyfile", type=file, help="the certificate's private key, if it is in a file of its own")


def parse(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The options given. Ends with a sentence if they don't fit each other."""
    options = parser.parse_args()
    if options.keyfile and not options.certfile:
        parser.error("--keyfile is of no use without --certfile")
    return options
