"""Where a class's files are on one machine."""

from helpers.lab.folders import COURSE

LEARNERS = COURSE / "work/class"  # a folder for each, under their name
HUB = COURSE / "work/.class"
PROXY_PID = HUB / "proxy.pid"  # JupyterHub's note of the proxy that it started
