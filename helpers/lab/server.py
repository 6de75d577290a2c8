"""JupyterLab, set up for the course."""

import signal
from argparse import Namespace

from jupyter_server.auth import passwd
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from traitlets.config import Config

from . import access, folders, identity, login, state, workspace
from .configuration import course


def serve(place: folders.Place, options: Namespace, password: str, signing_key: bytes) -> None:
    """Serve the place until Ctrl-C. The options are those of the command line; the key signs the login cookies."""
    state.take_over_environment(place.state)
    server = LabApp.initialize_server(config=configuration(place, options, passwd(password), signing_key))
    server.io_loop.add_callback(_announce, server, place, options, password)  # after the loop has bound the port
    signal.signal(signal.SIGINT, lambda *_: _stop(server))
    server.start()


def _announce(server: ServerApp, place: folders.Place, options: Namespace, password: str) -> None:
    print(*greeting(place, options, server.port, password), sep="\n", flush=True)
    state.address(place.state).write_text(address(options, server.port), encoding="utf-8")


def greeting(place: folders.Place, options: Namespace, port: int, password: str) -> list[str]:
    """What the terminal says once the lab is there."""
    taken = [f"Port {options.port} is taken: using {port} instead."]
    open_to_all = ["Nothing is encrypted: others on the network can read along, the password too (see --certfile)."]
    return [
        *(taken if port != options.port else []),
        *(open_to_all if not (access.is_local(options.ip) or options.certfile) else []),
        f"The course: {address(options, port)}",
        f"Password:   {password if password == access.PASSWORD else 'the one you set'}",
        f"Your files: {place.path}",
        "Ctrl-C stops it.",
    ]


def address(options: Namespace, port: int) -> str:
    return access.origin(options.ip, port, bool(options.certfile)) + workspace.URL


def _stop(server: ServerApp) -> None:
    """Shut the kernels down and stop; a second Ctrl-C does not wait for them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("\nShutting down.", flush=True)
    server.stop(from_signal=True)


def configuration(place: folders.Place, options: Namespace, hashed_password: str, signing_key: bytes) -> Config:
    """The course's, and what the command line says."""
    config = course(place)
    config.ServerApp.ip = options.ip
    config.ServerApp.port = options.port
    config.ServerApp.terminals_enabled = options.terminals
    config.ServerApp.use_redirect_file = False
    if options.certfile:
        config.ServerApp.certfile = options.certfile
        config.ServerApp.keyfile = options.keyfile

    config.ServerApp.cookie_secret = signing_key
    config.ServerApp.identity_provider_class = identity.GuidingIdentityProvider
    config.PasswordIdentityProvider.hashed_password = hashed_password
    config.IdentityProvider.token = ""
    config.IdentityProvider.login_handler_class = login.SlowedLogin

    config.LabApp.open_browser = options.browser
    return config
