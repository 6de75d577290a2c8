"""Where the lab finds the course, and where it keeps its own files."""

from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
NOTEBOOKS = COURSE / "notebooks"
STATE = COURSE / "work" / ".jupyter"
