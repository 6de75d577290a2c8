"""JupyterLab, set up for the course."""

import os
import signal
import site
import socket
from argparse import Namespace
from ipaddress import ip_address

from jupyter_server.auth import passwd
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from traitlets.config import Config

from . import access, folders, login, state, workspace


def serve(place: folders.Place, options: Namespace, password: str) -> None:
    """Serve the place until Ctrl-C. The options are those of the command line."""
    variables = state.environment(place.state, dict(os.environ))
    os.environ.clear()
    os.environ.update(variables)
    site.ENABLE_USER_SITE = False  # outside a virtual environment, Jupyter would also look into ~/.local
    server = LabApp.initialize_server(config=configuration(place, options, passwd(password)))
    server.io_loop.add_callback(_announce, server, place, options, password)  # after the loop has bound the port
    signal.signal(signal.SIGINT, lambda *_: _stop(server))
    server.start()


def _announce(server: ServerApp, place: folders.Place, options: Namespace, password: str) -> None:
    print(*greeting(place, options, server.port, password), sep="\n", flush=True)
    state.address(place.state).write_text(address(options, server.port))


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
    """The URL of the course, with this machine's name where it listens at all its addresses."""
    ip = ip_address(options.ip)
    host = socket.gethostname() if ip.is_unspecified else f"[{ip}]" if ip.version == 6 else str(ip)
    return f"http{'s' if options.certfile else ''}://{host}:{port}{workspace.URL}"


def _stop(server: ServerApp) -> None:
    """Shut the kernels down and stop; a second Ctrl-C does not wait for them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("\nShutting down.", flush=True)
    server.stop(from_signal=True)


def configuration(place: folders.Place, options: Namespace, hashed_password: str) -> Config:
    """Everything that differs from JupyterLab's own defaults."""
    config = Config()
    config.Application.log_level = "WARN"

    config.ServerApp.ip = options.ip
    config.ServerApp.port = options.port
    config.ServerApp.root_dir = str(folders.COURSE)
    config.ServerApp.contents_manager_class = "helpers.lab.contents.OneFolder"
    config.ServerApp.terminals_enabled = options.terminals
    config.ServerApp.allow_root = True
    config.ServerApp.use_redirect_file = False
    if options.certfile:
        config.ServerApp.certfile = options.certfile
        config.ServerApp.keyfile = options.keyfile

    config.OneFolder.folder = place.folder
    config.OneFolder.preferred_dir = place.folder

    config.PasswordIdentityProvider.hashed_password = hashed_password
    config.IdentityProvider.token = ""
    config.IdentityProvider.login_handler_class = login.SlowedLogin

    config.MappingKernelManager.transport_encryption = "auto"
    config.LanguageServerManager.autodetect = False  # it would ask npm, which writes to the home

    config.LabApp.default_url = workspace.URL
    config.LabApp.open_browser = options.browser
    config.LabApp.workspaces_dir = str(state.workspaces(place.state))
    config.LabApp.user_settings_dir = str(state.user_settings(place.state))
    return config
