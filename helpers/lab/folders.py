"""Where the lab finds the course, what it serves, and where it keeps its own files."""

from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A folder to open the lab on, and the lab's own files for it."""

    folder: str  # as the file browser shows it, from COURSE
    state: Path

    @property
    def path(self) -> Path:
        return COURSE / self.folder


AUTHORS = Place("notebooks", COURSE / "work/.lab/author")
LEARNERS = Place("work/Grokking-Deep-Learning", COURSE / "work/.lab/learner")
