"""The command line of `make class`."""

import argparse
import os
import socket
import sys
from collections.abc import Callable, Mapping

from helpers.lab import access, arguments, certificate, starting, state
from helpers.lab.access import Refused

from . import domain, hub_files, passwords, paths, processes, separation, unix_users
from .password_rules import FEWEST_CHARACTERS, is_easy_to_guess

PASSWORD_VARIABLE = "CLASS_PASSWORD"
PASSWORD_ADVICE = (
    f"set one in the variable {PASSWORD_VARIABLE}, or start the class in a terminal, where it asks for one"
)


def main() -> None:
    arguments.print_any_letter()
    options = arguments.parse(_parser())
    try:
        if options.reset:
            with starting.refusing():
                print(passwords.reset(paths.PASSWORDS, options.reset))
            return
        check_options(options)
        ask = access.password_prompt(f"A password for the class, at least {FEWEST_CHARACTERS} characters: ")
        os.environ[PASSWORD_VARIABLE] = choose_password(os.environ, ask)
        with starting.refusing():
            lock = state.claim(paths.HUB)
            hub_files.check()
            processes.end_left_over(paths.PROXY_PID, paths.PROXY_PROGRAM)
            check_ports(options.ip, options.port)
            make_learners_folder(options.keyfile or options.certfile)
    except KeyboardInterrupt:
        sys.exit()
    except (Refused, passwords.NoSuchLearner, state.AlreadyOpen) as reason:
        sys.exit(f"class: {reason}")
    from . import hub  # only now: JupyterHub takes a second to load

    with lock:
        hub.serve(options)


def check_options(options: argparse.Namespace) -> None:
    """Raises Refused if the class must not be started like that."""
    separation.check(options)
    access.check_address(options.ip)
    if options.certfile:
        certificate.check(options.certfile, options.keyfile)
        if options.domain:
            domain.check_certificate(options.domain, options.certfile, options.keyfile)
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
    if len(password.strip()) < FEWEST_CHARACTERS or not password.isascii():
        raise Refused(
            f"the password of a class has at least {FEWEST_CHARACTERS} characters, none with an accent: "
            f"{PASSWORD_ADVICE}"
        )
    if is_easy_to_guess(password):
        raise Refused(
            "the password of a class must not be easy to guess, as a word that everybody tries or keys in a row are: "
            f"{PASSWORD_ADVICE}"
        )
    return password


def make_learners_folder(keyfile: str | None) -> None:
    """Make the folder of all learners' folders; with Unix users, one that each of them can get through.

    Raises Refused if their users could not run the course, or could read the certificate's key.
    """
    if unix_users.are_possible():
        unix_users.prepare_folders()
        unix_users.check_reach(keyfile)
    else:
        state.make_folder(paths.LEARNERS)


def check_ports(ip: str, port: int) -> None:
    """Raises Refused if other programs have the ports."""
    for host, needed in ((ip, port), ("127.0.0.1", port + 1), ("127.0.0.1", port + 2)):
        try:
            family = socket.AF_INET
            if ":" in host:
                family = socket.AF_INET6
            socket.create_server((host, needed), family=family).close()
        except OSError:
            raise Refused(
                f"port {needed} is taken, and a class needs three in a row from --port on: name another with --port"
            ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="class",
        description="Give each learner of a class a JupyterLab of their own on the course. "
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
    parser.add_argument(
        "--reset",
        metavar="NAME",
        help="start nothing, but take this learner's password away, whether the class runs or not: the learner sets a "
        "new one at the next visit, with the class's password",
    )
    parser.add_argument(
        "--domain",
        type=domain.name,
        help="the name by which browsers reach this machine, such as class.example.org; each learner then has an "
        "address of their own below it, as ada.class.example.org, so all such names must lead here too. localhost is "
        "good for trying it out",
    )
    parser.add_argument(
        "--trust-learners",
        action="store_true",
        help="without root's rights, let all learners' code run as your own Unix user, who can read and change "
        "whatever is yours or theirs",
    )
    return parser
