"""The command line of `make class`."""

import argparse
import os
import socket
import sys
from collections.abc import Callable, Mapping

from helpers.lab import access, arguments, state
from helpers.lab.access import Refused

from . import paths

PASSWORD_VARIABLE = "CLASS_PASSWORD"
SHORTEST_PASSWORD = 8  # characters: JupyterHub takes none with fewer
PASSWORD_ADVICE = (
    f"set one in the variable {PASSWORD_VARIABLE}, or start the class in a terminal, where it asks for one"
)


def main() -> None:
    arguments.print_any_letter()
    options = arguments.parse(_parser())
    try:
        check_options(options)
        ask = access.password_prompt(f"A password for the class, at least {SHORTEST_PASSWORD} characters: ")
        os.environ[PASSWORD_VARIABLE] = choose_password(os.environ, ask)
        lock = state.claim(paths.HUB)
        check_ports(options.port)
        state.make_folder(paths.LEARNERS)
    except KeyboardInterrupt:
        sys.exit()
    except (Refused, state.AlreadyOpen) as reason:
        sys.exit(f"class: {reason}")
    except OSError as fault:
        sys.exit(
            f"class: cannot use {fault.filename} ({fault.strerror}): make room there "
            "or give yourself the right to write"
        )
    from . import hub  # only now: JupyterHub takes a second to load

    with lock:
        hub.serve(options)


def check_options(options: argparse.Namespace) -> None:
    """Raises Refused if the class must not be started like that."""
    access.check_address(options.ip)
    if options.certfile:
        access.check_certificate(options.certfile, options.keyfile)
    elif not access.is_local(options.ip):
        raise Refused(
            f"at {options.ip} others can reach the class, and without a certificate they could read along, the "
            "password too: give --certfile (and --keyfile), or leave --ip out"
        )


def choose_password(variables: Mapping[str, str], ask: Callable[[], str] | None) -> str:
    """The password of the variable, else what `ask` (if there is anybody to ask) is told.

    Raises Refused for a weak one.
    """
    if PASSWORD_VARIABLE in variables:
        password = variables[PASSWORD_VARIABLE]
    elif ask:
        password = ask()
    else:
        raise Refused(f"a class needs a password: {PASSWORD_ADVICE}")
    if len(password.strip()) < SHORTEST_PASSWORD or not password.isascii():
        raise Refused(
            f"the password of a class has at least {SHORTEST_PASSWORD} characters, none with an accent: "
            f"{PASSWORD_ADVICE}"
        )
    return password


def check_ports(port: int) -> None:
    """Raises Refused if other programs have the ports. A proxy that an earlier hub left will be replaced."""
    if paths.PROXY_PID.exists():
        return
    for needed in range(port, port + 3):
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", needed))
        except OSError:
            raise Refused(
                f"port {needed} is taken, and a class needs three in a row from --port on: name another with --port"
            ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="class",
        description="Give each learner of a class a JupyterLab of their own on the course, at one address for all. "
        f"Their files are in {paths.LEARNERS.relative_to(paths.COURSE)}, a folder for each.",
        epilog=f"The password of the class is that of the variable {PASSWORD_VARIABLE}; without it, a terminal asks.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port",
        type=arguments.port,
        default=8000,
        help="the port to listen on, 8000 unless told; the two after it are needed too, for this machine only",
    )
    parser.add_argument(
        "--ip",
        type=arguments.ip,
        default="127.0.0.1",
        help="the address to listen on, 127.0.0.1 unless told: only this machine reaches that. 0.0.0.0 is all of this "
        "machine's; others can then reach the class, and a certificate is needed",
    )
    arguments.add_certificate_options(parser)
    return parser
