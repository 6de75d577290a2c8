"""Where a class's files are on one machine."""

import hashlib
import sys
from pathlib import Path

from helpers.lab.folders import COURSE

LEARNERS = COURSE / "work/class"  # a folder for each, under their name
HUB = COURSE / "work/.class"
SERVER_LOGS = HUB / "servers"  # what the learners' servers said since they started, a file for each
DATABASE = HUB / "hub.sqlite"
COOKIE_SECRET = HUB / "cookie_secret"
PASSWORDS = HUB / "passwords.sqlite"  # the learners' own
CONTROL_GROUP = f"class-{hashlib.sha256(str(COURSE).encode()).hexdigest()[:12]}"  # no other class's on this machine
PROXY_PID = HUB / "proxy.pid"  # JupyterHub's note of the proxy that it started
PROXY_PROGRAM = Path(sys.prefix) / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
