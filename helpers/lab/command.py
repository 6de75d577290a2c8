"""The command line of `lab`."""

import argparse
import os
import sys

from . import access, arguments, certificate, cookies, environment, folders, starting, state


def main() -> None:
    arguments.print_any_letter()
    options = arguments.parse(_parser())
    try:
        _run(options)
    except KeyboardInterrupt:
        pass
    except (access.Refused, state.AlreadyOpen) as reason:
        sys.exit(f"lab: {reason}")


def _run(options: argparse.Namespace) -> None:
    access.check_address(options.ip)
    if options.certfile:
        certificate.check(options.certfile, options.keyfile)
    ask = access.password_prompt("Others can reach the lab at this address. A password for it: ")
    chosen_password = access.choose_password(options.ip, os.environ, ask)
    place = folders.AUTHORS if options.author else folders.LEARNERS
    environment.take_over(place.state)
    with starting.refusing(), state.claim(place.state):
        for sentence in starting.prepare(place, options.reset_layout):
            print(sentence)
        password = chosen_password or access.own_password(state.daily_password_file(place.state))
        logins = cookies.Logins(state.cookie_secret_file(place.state), password)
        from . import server  # only now: JupyterLab takes a second to load

        shown_password = access.shown(chosen_password, password)
        server.serve(place, options, logins, shown_password, for_owner_alone=chosen_password is None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lab",
        description="Open the course in JupyterLab. Your copy of its notebooks, in work/Grokking-Deep-Learning, is "
        "made at the first start; later ones add what is new and never write over what you have changed.",
        epilog=f"The password is that of the variable {access.PASSWORD_VARIABLE}. Without one there, it is "
        f"{access.USUAL_PASSWORD} on a machine of your own; where other people have accounts too, the lab makes one "
        "for the day and prints it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="only print the address, do not open a browser",
    )
    parser.add_argument(
        "--port",
        type=arguments.port,
        default=8888,
        help="the port to listen on, 8888 unless told; if it is taken, the next free one",
    )
    parser.add_argument(
        "--reset-layout",
        action="store_true",
        help="arrange the tabs as at the first start; your files stay as they are",
    )
    parser.add_argument("--terminals", action="store_true", help="allow terminals in JupyterLab")
    parser.add_argument(
        "--author", action="store_true", help="work on notebooks/ itself, instead of the learner's copy of it"
    )
    parser.add_argument(
        "--ip",
        type=arguments.ip,
        default="127.0.0.1",
        help="the address to listen on, 127.0.0.1 unless told: only this machine reaches that. 0.0.0.0 is all of this "
        f"machine's; others can then reach the lab, and the password must not be {access.USUAL_PASSWORD}",
    )
    arguments.add_certificate_options(parser)
    return parser
