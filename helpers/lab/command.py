"""The command line of `lab`."""

import argparse
import os
import sys

from . import access, arguments, cookies, edition, environment, folders, state


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
    if not folders.AUTHORS.path.is_dir():
        raise access.Refused(
            f"there is no folder {folders.AUTHORS.path}: get the whole course, then start it there with `make lab`"
        )
    access.check_address(options.ip)
    if options.certfile:
        access.check_certificate(options.certfile, options.keyfile)
    ask = access.password_prompt("Others can reach the lab at this address. A password for it: ")
    password = access.choose_password(options.ip, os.environ, ask)
    place = folders.AUTHORS if options.author else folders.LEARNERS
    environment.take_over(place.state)
    try:
        lock = state.claim(place.state)
        if not options.author:
            for sentence in edition.hand_out(folders.AUTHORS.path, place.path, state.editions_file(place.state)):
                print(sentence)
        state.prepare(place.state, place.folder, options.reset_layout)
        signing_key = cookies.signing_key(state.cookie_secret_file(place.state), password)
    except OSError as fault:
        sys.exit(
            f"lab: cannot use {fault.filename} ({fault.strerror}): make room there "
            "or give yourself the right to write, and start again; what was there is as it was"
        )
    from . import server  # only now: JupyterLab takes a second to load

    with lock:
        server.serve(place, options, password, signing_key)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lab",
        description="Open the course in JupyterLab. Your copy of its notebooks, in work/Grokking-Deep-Learning, is "
        "made at the first start; later ones add what is new and never write over what you have changed.",
        epilog=f"The password is {access.DEFAULT_PASSWORD}, or that of the variable {access.PASSWORD_VARIABLE}.",
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
        f"machine's; others can then reach the lab, and the password must not be {access.DEFAULT_PASSWORD}",
    )
    arguments.add_certificate_options(parser)
    return parser
