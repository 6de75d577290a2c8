"""The class's hub, wherever it runs: on one machine (one_machine.py) or on Kubernetes (kubernetes.yaml).

The class's password is in the variable CLASS_PASSWORD. JupyterHub defines `c`.
"""
# ruff: noqa: F821

import os

from classroom.authenticator import TEMPLATES, USERNAME_PATTERN, USERNAME_RULE, ClassAuthenticator
from classroom.password_rules import FEWEST_CHARACTERS

# Who gets in.
c.JupyterHub.authenticator_class = ClassAuthenticator
c.ClassAuthenticator.class_password = os.environ.pop(
    "CLASS_PASSWORD"
)  # taken out: no program that the hub starts is told
c.ClassAuthenticator.allow_all = True
c.ClassAuthenticator.username_pattern = USERNAME_PATTERN
c.JupyterHub.template_paths = [str(TEMPLATES)]
c.JupyterHub.template_vars = {
    "username_rule": f"{USERNAME_RULE}.",
    "fewest_characters": FEWEST_CHARACTERS,
}

# Where they land.
c.Spawner.default_url = "/lab/workspaces/lab3_Generalizing_Gradient_Descent"
c.JupyterHub.implicit_spawn_seconds = 0.1  # an address kept as a bookmark starts the server, without a click

# What each gets.
c.Spawner.cmd = ["python", "-P", "-m", "classroom.learner"]  # -P: no module is taken from the learner's folder
c.Spawner.mem_limit = "1G"

# A class begins all at once: a server that takes its time is no server that failed.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 120
