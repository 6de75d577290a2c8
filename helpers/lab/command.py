"""The command line of `lab`."""

import argparse
import sys

from . import folders, server, state


def main() -> None:
    arguments = _parser().parse_args()
    if not folders.NOTEBOOKS.is_dir():
        sys.exit(
            f"lab: there is no folder {folders.NOTEBOOKS}: get the whole course, then start it there with `make lab`"
        )
    try:
        state.prepare(folders.STATE)
    except OSError as fault:
        sys.exit(
            f"lab: cannot write to {folders.STATE} ({fault.strerror}): "
            "give yourself the right to write there and start again"
        )
    try:
        server.serve(folders.NOTEBOOKS, folders.STATE, arguments.port, open_browser=arguments.browser)
    except KeyboardInterrupt:
        pass


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lab", description="Open the course in JupyterLab.", allow_abbrev=False)
    parser.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="only print the address, do not open a browser",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8888,
        help="the port to listen on, 8888 unless told; if it is taken, the next free one",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and 1024 <= int(text) <= 65000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1024 to 65000")
    return int(text)
