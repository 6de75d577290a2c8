"""What JupyterLab and its kernels would load or keep, and do without."""

import sys
from pathlib import Path

from . import files

# jsonschema's check of addresses that are not in ASCII, which nothing here has: it builds a whole grammar at every start.
NEEDLESS = ["rfc3987_syntax"]

KERNEL = """\
# Written by the course at each start: what a kernel does without where many learners share a machine.
import sys

sys.modules["debugpy"] = None  # JupyterLab's debugger
get_config().InteractiveShell.cache_size = 0  # Out[...], which would keep every figure that was ever shown
"""


def leave_out() -> None:
    """Make it look as if they were not installed, to whoever asks from now on."""
    for name in NEEDLESS:
        sys.modules.setdefault(name, None)


def kernels(ipython: Path) -> None:
    """Have the kernels that find this folder of IPython's do without."""
    files.write(ipython / "profile_default/ipython_kernel_config.py", KERNEL.encode())
