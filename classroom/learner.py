"""One learner's server in a class: JupyterLab on their copy of the course, started by JupyterHub.

JupyterHub says through its variables who the learner is and where to listen; the learner's files are in the home that
it gives them. MEM_LIMIT, which it sets where memory is limited, holds for the server and for each kernel alone.
"""

import os
import sys
from pathlib import Path

from helpers.lab import edition, environment, files, folders, state

IDLE_SECONDS = 3600  # without use: then a kernel that no tab shows ends, and after the last one the server
KERNEL_CONFIGURATION = """\
# Written by the course at each start: many learners share a machine.
get_config().InteractiveShell.cache_size = 0  # Out[...], which would keep every figure that was ever shown
"""


def main() -> None:
    place = folders.learners(Path.home())
    limit_memory(os.environ.get("MEM_LIMIT"))
    environment.take_over(place.state, kept_prefix="JUPYTERHUB_")
    try:
        state.make_folder(place.state)
        for sentence in edition.hand_out(folders.AUTHORS.path, place.path, state.editions_file(place.state)):
            print(sentence, file=sys.stderr)
        state.prepare(place.state, place.folder, reset_layout=False)
        kernel_settings = state.ipython_folder(place.state) / "profile_default/ipython_kernel_config.py"
        files.write(kernel_settings, KERNEL_CONFIGURATION.encode())
    except OSError as fault:
        sys.exit(f"{place.root.name}: cannot use {fault.filename} ({fault.strerror}); what was there is as it was")
    _serve(place)


def limit_memory(limit: str | None) -> None:
    """Let no process of this server's have more bytes of its own: one that asks for them is told MemoryError."""
    if limit:
        import resource  # only Unix has it, as only Unix has JupyterHub

        resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))


def _serve(place: folders.Place) -> None:
    from jupyterhub.singleuser.extension import JupyterHubSingleUser  # only now: it reads the environment

    from helpers.lab import configuration

    config = configuration.course(place)
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS  # by the server itself: no hub need be there any more
    config.ServerApp.shutdown_no_activity_timeout = IDLE_SECONDS
    server = JupyterHubSingleUser.initialize_server(config=config)
    server.io_loop.add_callback(server.init_shutdown_no_activity)  # anew: it was on a loop that never runs
    server.start()


if __name__ == "__main__":
    main()
