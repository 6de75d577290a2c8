"""JupyterHub on one machine."""

import signal
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from jupyterhub.app import JupyterHub

from helpers.lab import access, state

from . import paths

CONFIGURATION = Path(__file__).with_name("one_machine.py")


class ClassHub(JupyterHub):
    """Ctrl-C ends the class, and its learners' servers with it. Whatever else ends the hub leaves them running: a hub
    that is started again finds them as they were."""

    greeting: Sequence[str] = ()

    async def start(self) -> None:
        await super().start()
        print(*self.greeting, sep="\n", flush=True)

    async def shutdown_cancel_tasks(self, sig: signal.Signals | None = None) -> None:
        self.cleanup_servers = sig == signal.SIGINT
        await super().shutdown_cancel_tasks(sig)


def serve(options: Namespace) -> None:
    """Serve the class until Ctrl-C. The options are those of the command line."""
    url = access.origin_for_browsers(options.ip, options.port, bool(options.certfile))
    state.url_file(paths.HUB).write_text(url, encoding="utf-8")
    ClassHub.greeting = (
        f"The class:   {url}",
        f"Their files: {paths.LEARNERS}",
        "Ctrl-C ends it, the learners' servers too; their files stay.",
    )
    ClassHub.launch_instance(hub_arguments(options))


def hub_arguments(options: Namespace) -> list[str]:
    """The command line of JupyterHub: the hub itself and the proxy's API are for this machine alone."""
    arguments = [
        f"--config={CONFIGURATION}",
        f"--JupyterHub.bind_url={access.origin(options.ip, options.port, bool(options.certfile))}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{options.port + 1}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{options.port + 2}",
    ]
    if options.certfile:
        arguments += [
            f"--JupyterHub.ssl_cert={options.certfile}",
            f"--JupyterHub.ssl_key={options.keyfile or options.certfile}",
        ]
    return arguments
