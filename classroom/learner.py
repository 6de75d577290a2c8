"""One learner's server in a class: JupyterLab on their copy of the course, started by JupyterHub.

JupyterHub says through its variables who the learner is and where to listen; the learner's files are in the home that
it gives them. MEM_LIMIT, which it sets where memory is limited, holds here for the server and for each kernel alone, so
that who asks for too much is told MemoryError; control groups or Kubernetes hold all of them to it together.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.lab import environment, files, folders, starting, state
from helpers.lab.access import Refused

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

REASON_VARIABLE = "CLASS_REASON_FD"  # the end of a pipe for the hub: why this server cannot start
IDLE_SECONDS = 3600  # without use: then a kernel that no tab shows ends, and after the last one the server
SECONDS_UNTIL_NOTICED = 5  # that a login has ended: until then the hub is not asked again
KERNEL_CONFIGURATION = """\
# Written by the course at each start: many learners share a machine.
get_config().InteractiveShell.cache_size = 0  # Out[...], which would keep every figure that was ever shown
"""


def main() -> None:
    place = folders.learners(Path.home())
    reason_end = os.environ.pop(REASON_VARIABLE, None)
    limit_memory(os.environ.get("MEM_LIMIT"))
    environment.take_over(place.state, kept_prefix="JUPYTERHUB_")
    try:
        for sentence in starting.prepare(place):
            print(sentence, file=sys.stderr)
        with starting.refusing():
            kernel_settings = state.ipython_folder(place.state) / "profile_default/ipython_kernel_config.py"
            files.write_unless_there(kernel_settings, KERNEL_CONFIGURATION.encode())
            server = _make_server(place)
    except Refused as reason:
        if reason_end:
            os.write(int(reason_end), f"{reason}".encode())
        sys.exit(f"{place.root.name}: {reason}")
    if reason_end:
        os.close(int(reason_end))
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGTERM))  # by which the hub ends it: no terminal is asked
    server.start()


def limit_memory(limit: str | None) -> None:
    """Let no process of this server's have more bytes of its own: one that asks for them is told MemoryError."""
    if limit:
        import resource  # only Unix has it, as only Unix has JupyterHub

        resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))


def _make_server(place: folders.Place) -> "ServerApp":
    from jupyterhub.singleuser.extension import JupyterHubSingleUser  # only now: it reads the environment

    from helpers.lab import configuration
    from helpers.lab.course_server import CourseServer

    config = configuration.course(place)
    config.HubAuth.cache_max_age = SECONDS_UNTIL_NOTICED
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS  # by the server itself: no hub need be there any more
    config.ServerApp.shutdown_no_activity_timeout = IDLE_SECONDS
    JupyterHubSingleUser.serverapp_class = CourseServer
    server = JupyterHubSingleUser.initialize_server(config=config)
    server.no_browser_open_file = True  # nobody needs it, and on a full disk it could not be written
    server.io_loop.add_callback(server.init_shutdown_no_activity)  # anew: it was on a loop that never runs
    return server


if __name__ == "__main__":
    main()
