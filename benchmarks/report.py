"""What was measured, as rows; and the rows as tables in Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

HEAD = "| what | ours, median | 95th percentile | against | median | 95th percentile | ours is faster |"


@dataclass(frozen=True)
class Row:
    """One line of a table: our samples beside those of the usual way; in seconds, pictures a second, or MB."""

    what: str
    ours: Sequence[float]
    against: str = ""
    theirs: Sequence[float] = ()
    unit: str = "s"  # or "pictures/s", "MB"

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        ours, theirs = np.median(self.ours), np.median(self.theirs)
        above, below = (ours, theirs) if self.unit == "pictures/s" else (theirs, ours)
        return float(above / below) if below else float("inf")

    def line(self) -> str:
        theirs = (
            [self.show(np.median(self.theirs)), self.show(self.slow(self.theirs))] if len(self.theirs) else ["", ""]
        )
        ratio = f"{_three_digits(self.ratio)} times" if len(self.theirs) and np.isfinite(self.ratio) else ""
        ours = [self.show(np.median(self.ours)), self.show(self.slow(self.ours))]
        return f"| {' | '.join([self.what, *ours, self.against, *theirs, ratio])} |"

    def slow(self, samples) -> float:
        """The 95th percentile counted from the good end: of frames a second, only 5 in 100 samples are fewer."""
        return np.percentile(samples, 5 if self.unit == "pictures/s" else 95)

    def show(self, value: float) -> str:
        if self.unit == "pictures/s":
            return f"{value:.1f} /s"
        if self.unit == "MB":
            return f"{value:.1f} MB"
        return duration(value)


@dataclass(frozen=True)
class Section:
    """A part of the report: a title, rows, and what a reader must know to judge them."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = field(default_factory=tuple)

    def text(self) -> str:
        table = [HEAD, "|---|--:|--:|---|--:|--:|--:|", *(row.line() for row in self.rows)] if self.rows else []
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", *table, *([""] if table and notes else []), *notes, ""])


@dataclass(frozen=True)
class Figure:
    """A figure to reach: what was measured, what it must be at least, and what it aims at."""

    what: str
    measured: float
    least: float | None
    aim: float
    unit: str = "times"
    less_is_better: bool = False

    def line(self) -> str:
        measured, least, aim = map(self.show, (self.measured, self.least, self.aim))
        return f"| {self.what} | {measured} | {least} | {aim} | {self.verdict()} |"

    def show(self, value: float | None) -> str:
        return "" if value is None else f"{value:.3g} {self.unit}"

    def verdict(self) -> str:
        if self._reaches(self.aim):
            return "the aim"
        if self.least is not None and self._reaches(self.least):
            return "at least, not the aim"
        return "**not reached**"

    def _reaches(self, goal: float) -> bool:
        return self.measured <= goal if self.less_is_better else self.measured >= goal


def figures(wanted: Iterable[Figure]) -> str:
    if not wanted:
        return ""
    head = ["## Figures to reach", "", "| what | measured | at least | aim | reached |", "|---|--:|--:|--:|---|"]
    return "\n".join([*head, *(figure.line() for figure in wanted)])


def profile(kernel: dict[str, dict[str, float]], browser: dict[str, dict[str, float]]) -> str:
    """Where a move's time goes. kernel: seconds of each piece, for each move; browser: "whole" and "page" of them."""
    pieces = list(next(iter(kernel.values())))
    head = ["a move of", *pieces, "the wire", "decoding and painting", "key to pixels"]
    lines = []
    for move, seconds in kernel.items():
        cells = [duration(seconds[piece]) for piece in pieces]
        if move in browser:
            whole, page = browser[move]["whole"], browser[move]["page"]
            cells += map(duration, (whole - page - sum(seconds.values()), page, whole))
        else:
            cells += [""] * 3
        lines.append(f"| {' | '.join([move, *cells])} |")
    return "\n".join(
        [
            "## Where the time goes",
            "",
            f"| {' | '.join(head)} |",
            "|---" + "|--:" * (len(head) - 1) + "|",
            *lines,
            "",
            "- Medians. The kernel's pieces are timed in a Python without a browser; decoding and painting from the",
            "  picture's arrival in the page to the end of the frame that shows it. The wire is what is left: the page",
            "  until it sends the message, the server, the kernel's messages, and what the kernel loses to page and",
            "  server, which want the processor at the same time.",
        ]
    )


def _three_digits(value: float) -> str:
    """0.654, 31.2, 1,050."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def duration(seconds: float) -> str:
    """Three digits and a unit that suits them: 0.654 ms, 31.2 ms, 1.25 s."""
    value, unit = (seconds * 1000, "ms") if seconds < 1 else (seconds, "s")
    return f"{value:#.3g}".rstrip(".") + f" {unit}"
