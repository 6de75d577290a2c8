"""The lab while it runs: from the first word in the terminal to Ctrl-C."""

import signal
from argparse import Namespace

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp

from . import access, configuration, cookies, folders, state, workspace
from .course_server import CourseServer


def serve(
    place: folders.Place, options: Namespace, logins: cookies.Logins, shown_password: str, *, for_owner_alone: bool
) -> None:
    """Serve the place until Ctrl-C, perhaps to no other account of this machine. The options are those of the command
    line.
    """
    LabApp.serverapp_class = CourseServer
    server = LabApp.initialize_server(config=configuration.lab(place, options, logins, for_owner_alone))
    server.no_browser_open_file = True  # nobody needs it, and on a full disk it could not be written
    server.io_loop.add_callback(_announce, server, place, options, shown_password)  # after the loop has bound the port
    signal.signal(signal.SIGINT, lambda *_: _stop(server))
    server.start()


def _announce(server: ServerApp, place: folders.Place, options: Namespace, shown_password: str) -> None:
    print(*greeting(place, options, server.port, shown_password), sep="\n", flush=True)
    state.note_address(place.state, url(options, server.port))


def greeting(place: folders.Place, options: Namespace, port: int, shown_password: str) -> list[str]:
    """What the terminal says once the lab is there."""
    lines = []
    if port != options.port:
        lines.append(f"Port {options.port} is taken: using {port} instead.")
    if not (access.is_local(options.ip) or options.certfile):
        lines.append("Nothing is encrypted: others on the network can read along, the password too (see --certfile).")
    return [
        *lines,
        f"The course: {url(options, port)}",
        f"Password:   {shown_password}",
        f"Your files: {place.path}",
        "Ctrl-C stops it.",
    ]


def url(options: Namespace, port: int) -> str:
    """Where a browser opens the course."""
    return access.origin_for_browsers(options.ip, port, bool(options.certfile)) + workspace.URL


def _stop(server: ServerApp) -> None:
    """Shut the kernels down and stop; a second Ctrl-C does not wait for them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("\nShutting down.", flush=True)
    server.stop(from_signal=True)
