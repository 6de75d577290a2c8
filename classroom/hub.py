"""JupyterHub on one machine."""

import signal
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from jupyterhub.app import JupyterHub
from sqlalchemy.exc import SQLAlchemyError

from helpers.lab import access, state
from helpers.printing import printable

from . import control_groups, paths, separation
from .spawner import LearnerSpawner

CONFIGURATION = Path(__file__).with_name("one_machine.py")


class ClassHub(JupyterHub):
    """Ctrl-C ends the class, and its learners' servers with it. Whatever else ends the hub leaves them running: a hub
    that is started again finds them as they were."""

    greeting: Sequence[str] = ()
    proxy = None  # until JupyterHub makes one

    async def start(self) -> None:
        await super().start()
        print(*self.greeting, sep="\n", flush=True)

    async def launch_instance_async(self, argv: Sequence[str] | None = None) -> None:
        try:
            await self.initialize(argv)
            await self.start()
        except (OSError, SQLAlchemyError, RuntimeError) as fault:
            if self.proxy and self.proxy.proxy_process:
                self.proxy.stop()
            reason = printable(str(getattr(fault, "orig", fault)))
            self.exit(f"class: cannot start ({reason}): what was there is as it was")

    async def shutdown_cancel_tasks(self, sig: signal.Signals | None = None) -> None:
        self.cleanup_servers = sig == signal.SIGINT
        await super().shutdown_cancel_tasks(sig)


def serve(options: Namespace) -> None:
    """Serve the class until Ctrl-C. The options are those of the command line."""
    url = separation.url(options)
    state.note_address(paths.HUB, url)
    ClassHub.greeting = (
        f"The class:   {url}",
        f"Their files: {paths.LEARNERS}",
        *separation.warnings(options),
        *limit_memory(),
        "Ctrl-C ends it, the learners' servers too; their files stay.",
    )
    ClassHub.launch_instance(hub_arguments(options))


def limit_memory() -> list[str]:
    """Have each learner's processes limited together; or say, in a sentence, that this system can't."""
    try:
        LearnerSpawner.control_groups = control_groups.prepare(paths.CONTROL_GROUP)
    except OSError as fault:
        return [
            "Memory is limited for each process alone, not for all of a learner's together: this system gives the "
            f"class no control groups ({fault.strerror})."
        ]
    return []


def hub_arguments(options: Namespace) -> list[str]:
    """The command line of JupyterHub: the hub itself and the proxy's API are for this machine alone."""
    arguments = [
        f"--config={CONFIGURATION}",
        f"--JupyterHub.bind_url={access.origin(options.ip, options.port, bool(options.certfile))}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{options.port + 1}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{options.port + 2}",
    ]
    if options.domain:
        arguments.append(f"--JupyterHub.subdomain_host={separation.url(options)}")
    if options.certfile:
        arguments += [
            f"--JupyterHub.ssl_cert={options.certfile}",
            f"--JupyterHub.ssl_key={options.keyfile or options.certfile}",
        ]
    if options.domain and options.certfile:  # no page of a learner's can then plant a login cookie for the others
        arguments.append("--JupyterHub.cookie_host_prefix_enabled=True")
    return arguments
