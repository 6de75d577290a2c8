"""JupyterLab, set up for the course."""

import os
import signal
from pathlib import Path

from jupyter_server.auth import passwd
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from traitlets.config import Config

from . import state, workspace

HOST = "127.0.0.1"
PASSWORD = "1234"


def serve(notebooks: Path, own_files: Path, port: int, open_browser: bool) -> None:
    """Serve the notebooks until Ctrl-C."""
    variables = state.environment(own_files, dict(os.environ))
    os.environ.clear()
    os.environ.update(variables)
    server = LabApp.initialize_server(config=configuration(notebooks, own_files, port, open_browser))
    server.io_loop.add_callback(_announce, server.port, port)  # after the loop has bound the port
    signal.signal(signal.SIGINT, lambda *_: _stop(server))
    server.start()


def _announce(port: int, wanted: int) -> None:
    if port != wanted:
        print(f"Port {wanted} is taken: using {port} instead.")
    print(f"The course: http://{HOST}:{port}{workspace.URL}")
    print(f"Password:   {PASSWORD}")
    print("Ctrl-C stops it.", flush=True)


def _stop(server: ServerApp) -> None:
    """Shut the kernels down and stop; a second Ctrl-C does not wait for them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("\nShutting down.", flush=True)
    server.stop(from_signal=True)


def configuration(notebooks: Path, own_files: Path, port: int, open_browser: bool) -> Config:
    """Everything that differs from JupyterLab's own defaults."""
    config = Config()
    config.Application.log_level = "WARN"

    config.ServerApp.ip = HOST
    config.ServerApp.port = port
    config.ServerApp.root_dir = str(notebooks)
    config.ServerApp.terminals_enabled = False
    config.ServerApp.allow_root = True
    config.ServerApp.open_browser = open_browser
    config.ServerApp.use_redirect_file = False

    config.PasswordIdentityProvider.hashed_password = passwd(PASSWORD)
    config.IdentityProvider.token = ""

    config.MappingKernelManager.transport_encryption = "auto"
    config.LanguageServerManager.autodetect = False  # it would ask npm, which writes to the home

    config.LabApp.default_url = workspace.URL
    config.LabApp.open_browser = open_browser
    config.LabApp.workspaces_dir = str(state.workspaces(own_files))
    config.LabApp.user_settings_dir = str(state.user_settings(own_files))
    return config
