"""Limits that hold for all processes of a learner together, whatever they start: Linux's control groups.

What they put into /dev/shm counts as theirs too.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
VERSION_2 = ("memory.max", "pids.max")
PROCESSES = 500  # of a learner, threads counted: a server and five kernels have about 100


@dataclass(frozen=True)
class ControlGroups:
    """The class's groups, in each of which every learner has one: their folders, and the files that hold limits."""

    limits: dict[Path, tuple[str, ...]]

    def make(self, learner: str, memory_bytes: int) -> list[Path]:
        """Make the learner's groups. A process that writes its number into these files belongs to them.

        Raises OSError where the system allows no limits.
        """
        for folder, names in self.limits.items():
            folder.mkdir(exist_ok=True)
            if names == VERSION_2:
                _allow_limits_in(folder)
            group = folder / learner
            group.mkdir(exist_ok=True)
            for name in names:
                limit = memory_bytes
                if name == "pids.max":
                    limit = PROCESSES
                (group / name).write_text(str(limit))
            for name, limit in (("memory.memsw.limit_in_bytes", memory_bytes), ("memory.swap.max", 0)):
                if (group / name).exists():  # not where the system does without swap
                    (group / name).write_text(str(limit))
        return [folder / learner / "cgroup.procs" for folder in self.limits]

    def remove(self, learner: str) -> None:
        """Remove the learner's groups, unless a process is left in them; with the last one, the class's."""
        for folder in self.limits:
            with suppress(OSError):
                (folder / learner).rmdir()
                folder.rmdir()


def prepare(name: str, root: Path = ROOT, membership: Path = MEMBERSHIP) -> ControlGroups:
    """The class's groups, tried out. They have this name, and are where limits set for this process hold for them too:
    in this process's groups (version 1) or beside its group (version 2, where a group has processes or groups in it).

    Raises OSError where the system allows no limits.
    """
    own = {}
    for line in membership.read_text().splitlines():
        _, kinds, path = line.split(":", 2)
        own.update(dict.fromkeys(kinds.split(","), path.lstrip("/")))
    if "memory" in own:
        memory, processes = (_existing(root / kind, own.get(kind, "")) / name for kind in ("memory", "pids"))
        groups = ControlGroups({memory: ("memory.limit_in_bytes",), processes: ("pids.max",)})
    else:
        beside = _existing(root, own.get("", ""))
        if beside != root:
            beside = beside.parent
        groups = ControlGroups({beside / name: VERSION_2})
        _allow_limits_in(beside)
    groups.make("tried", memory_bytes=2**30)
    groups.remove("tried")
    return groups


def _allow_limits_in(folder: Path) -> None:
    (folder / "cgroup.subtree_control").write_text("+memory +pids")


def _existing(mounted: Path, path: str) -> Path:
    """A group's folder. In a container its path may be that of outside; what is mounted is then the group itself."""
    if (mounted / path).is_dir():
        return mounted / path
    return mounted
