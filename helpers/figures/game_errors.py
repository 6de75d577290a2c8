"""The error of each of several games: how it went, and what it is now beside what it would be at best."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..learning import DescentInTurn
from . import sizes
from .axes import bare, quiet, write_ticks
from .colours import EDGE, FAINT, INK, MUTED
from .games import DOT, STAR, zoom_in_words
from .history import LINE_STYLES
from .numbers import short
from .trail import RING

LETTERS = 8  # of a number in the table
NOW, AT_BEST = 0.68, 1.0  # where the table's columns of numbers end, in shares of its width


class GameErrorsView:
    """Every game's own error after each update, and their sum, on a scale that a scene sets with `look_at`."""

    def __init__(self, axes: Axes) -> None:
        self.axes = quiet(axes, "errors", "updates")
        self.note = axes.text(1, 1.03, "", transform=axes.transAxes, ha="right", fontsize=sizes.NOTE, color=MUTED)
        write_ticks(axes)
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        (self.least,) = axes.plot([], [], color=MUTED, linewidth=1.2, linestyle=(0, (1, 2)), zorder=1.5)
        self.lines: list[Line2D] = []
        self.points: list[Line2D] = []
        for colour, marker, dashes in LINE_STYLES:
            self.lines += axes.plot([], [], color=colour, linestyle=dashes, linewidth=1.2)
            self.points += axes.plot([], [], color=colour, marker=marker, markersize=6, linestyle="none", clip_on=False)
        (self.total,) = axes.plot([], [], color=INK, linewidth=2)
        (self.total_point,) = axes.plot([], [], clip_on=False, zorder=3, **DOT)
        (self.ring,) = axes.plot([], [], zorder=3, **RING)
        (self.star,) = axes.plot([], [], clip_on=False, zorder=3, **STAR)
        self.moving = [
            self.least, *self.lines, *self.points, self.total, self.total_point, self.ring, self.star, self.note
        ]  # fmt: skip

    def look_at(self, updates: int, limit: float, zoom: float) -> None:
        """updates: the last that has room. limit: the highest error, `zoom` times the usual one."""
        self.limit, self.zoom = limit, zoom
        self.axes.set(xlim=(0, updates + 1), ylim=(-0.04 * limit, limit))

    def show(self, run: DescentInTurn, updates: int, games: Sequence[int], least: float) -> None:
        """updates: how many have been made. games: which game each example of the run is. least: the smallest sum."""
        made = np.arange(updates + 1)
        drawn = np.clip(np.nan_to_num(run.errors[: updates + 2], nan=np.inf), 0, self.limit)
        for artist in (*self.lines, *self.points):
            artist.set_data([], [])
        for example, game in enumerate(games):
            self.lines[game].set_data(made, drawn[:-1, example])
            self.points[game].set_data(made[-1:], drawn[-2:-1, example])
        self._show_total(drawn[:-1].sum(axis=1))
        pulls = updates % len(games)
        self.ring.set_data([updates + 1], drawn[-1:, pulls])
        self.ring.set_markeredgecolor(LINE_STYLES[games[pulls]][0])
        self.least.set_data(self.axes.get_xlim(), [least, least])
        self.star.set_data(self.axes.get_xlim()[1:], [least])

    def _show_total(self, total: np.ndarray) -> None:
        """With a triangle and a note where it has left even the farthest zoom."""
        updates = np.arange(len(total))
        is_above = total >= self.limit
        total = np.minimum(total, self.limit)
        self.total.set_data(updates, total)
        self.total_point.set_data(updates[-1:], total[-1:])
        self.total_point.set_marker("o")
        self.note.set_text(zoom_in_words(self.zoom))
        if is_above[-1]:
            self.total_point.set_marker("^")
            self.note.set_text(f"above the chart from update {is_above.argmax()}")


class GameErrorsTable:
    """A row for each game: its line's look, its error now, and its error with the weights of the least sum."""

    def __init__(self, axes: Axes) -> None:
        last = len(LINE_STYLES) + 1
        bare(axes).set(xlim=(0, 1), ylim=(last + 0.5, -0.5))
        for x, words in ((NOW, "error now"), (AT_BEST - 0.08, "at")):
            axes.text(x, 0, words, ha="right", va="center_baseline", fontsize=sizes.LABEL, color=MUTED)
        axes.plot([AT_BEST - 0.03], [0], **STAR)
        axes.plot([0, 1], [last - 0.5, last - 0.5], color=EDGE, linewidth=1)
        self.rows = [
            TableRow(axes, y, f"game {y}", color=colour, marker=marker, linestyle=dashes, markersize=6, linewidth=1.6)
            for y, (colour, marker, dashes) in enumerate(LINE_STYLES, 1)
        ]
        self.sum = TableRow(axes, last, "together", color=INK, marker="o", markersize=8, linewidth=2)
        (self.pulls,) = axes.plot([], [], color=INK, marker=">", markersize=6, linestyle="none", clip_on=False)
        self.moving = [self.pulls, *(artist for row in (*self.rows, self.sum) for artist in row.moving)]

    def show(self, run: DescentInTurn, updates: int, games: Sequence[int], at_best: np.ndarray) -> None:
        """at_best: (n,), each game's error with the weights of the least sum. A triangle marks the game that pulls."""
        now = run.errors[updates]
        for row in self.rows:
            row.hide()
        for game, *errors in zip(games, now, at_best):
            self.rows[game].show(*errors)
        self.sum.show(now.sum(), at_best.sum())
        self.pulls.set_data([-0.06], [games[updates % len(games)] + 1])


class TableRow:
    """A line's look, its name and two errors."""

    def __init__(self, axes: Axes, y: float, name: str, **look: Any) -> None:
        style: dict[str, Any] = {"va": "center_baseline", "fontsize": sizes.LABEL, "color": INK}
        (self.sample,) = axes.plot([0, 0.06, 0.12], [y, y, y], markevery=[1], **look)
        self.name = axes.text(0.17, y, name, **style)
        self.errors = [axes.text(x, y, "", ha="right", **style) for x in (NOW, AT_BEST)]
        self.moving = [self.sample, self.name, *self.errors]

    def show(self, *errors: float) -> None:
        for artist in (self.sample, self.name):
            artist.set_visible(True)
        for text, error in zip(self.errors, errors):
            text.set_text(short(error, LETTERS, 3))

    def hide(self) -> None:
        for artist in (self.sample, self.name):
            artist.set_visible(False)
        for text in self.errors:
            text.set_text("")
