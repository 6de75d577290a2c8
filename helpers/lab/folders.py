"""Where the lab finds the course, what it serves, and where it keeps its own files."""

from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A folder to open the lab on, and the lab's own files for it."""

    folder: str  # as the file browser shows it, from `root`
    state: Path
    root: Path = COURSE

    @property
    def path(self) -> Path:
        return self.root / self.folder


AUTHORS = Place("notebooks", COURSE / "work/.lab/author")


def learners(root: Path) -> Place:
    """The copy of a learner whose files are in this folder."""
    return Place("work/Grokking-Deep-Learning", root / "work/.lab/learner", root)


LEARNERS = learners(COURSE)
