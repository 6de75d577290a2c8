"""One learner's server in a class: JupyterLab on their copy of the course, started by JupyterHub.

JupyterHub says through its variables who the learner is and where to listen; the learner's files are in the home that
it gives them. MEM_LIMIT, which it sets where memory is limited, holds for the server and for each kernel alone.
"""

import os
import sys
from pathlib import Path

from . import edition, folders, lean, state

IDLE = 3600  # seconds without use after which a kernel that no tab shows ends; and after the last one, the server


def main() -> None:
    lean.leave_out()
    place = folders.learners(Path.home())
    limit_memory(os.environ.get("MEM_LIMIT"))
    try:
        state.make(place.state)
        for sentence in edition.hand_out(folders.AUTHORS.path, place.path, state.record(place.state)):
            print(sentence, file=sys.stderr)
        state.prepare(place.state, place.folder, reset_layout=False)
        lean.kernels(state.ipython(place.state))
    except OSError as fault:
        sys.exit(f"{place.root.name}: cannot use {fault.filename} ({fault.strerror}); what was there is as it was")
    state.take_over_environment(place.state, kept="JUPYTERHUB_")
    _serve(place)


def limit_memory(limit: str | None) -> None:
    """Let no process of this server's have more bytes of its own: one that asks for them is told MemoryError."""
    if limit:
        import resource  # only Unix has it, as only Unix has JupyterHub

        resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))


def _serve(place: folders.Place) -> None:
    from jupyterhub.singleuser.extension import JupyterHubSingleUser  # only now: it reads the environment

    from .configuration import course

    config = course(place)
    config.MappingKernelManager.cull_idle_timeout = IDLE  # by the server itself: no hub need be there any more
    config.ServerApp.shutdown_no_activity_timeout = IDLE
    server = JupyterHubSingleUser.initialize_server(config=config)
    server.io_loop.add_callback(server.init_shutdown_no_activity)  # anew: it was on a loop that never runs
    server.start()


if __name__ == "__main__":
    main()
