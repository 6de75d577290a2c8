"""The machine and the versions that a run was made with."""

import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "matplotlib", "pillow", "ipywidgets", "jupyterlab")


def description(**further: str) -> str:
    """A Markdown list. further: what else to name, such as blas="OpenBLAS ..."."""
    facts = {
        "date": date.today().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "libraries": ", ".join(f"{library} {version(library)}" for library in LIBRARIES),
        **further,
    }
    return "\n".join(f"- {what}: {text}" for what, text in facts.items() if text)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", cpuinfo.read_text(encoding="utf-8")) if cpuinfo.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (AttributeError, ValueError, OSError):
        return ""
