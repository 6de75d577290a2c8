"""A map of the summed error of several games, with the valley of each, and the path of learning them in turn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, to_rgba

from ..learning import DescentInTurn
from . import sizes
from .axes import bare, place_of, quiet, write_ticks
from .colours import DEPTH, INK, MUTED
from .history import LINE_STYLES
from .numbers import number, short
from .trail import RING, Trail
from .valleys import SIDES, end_to_name, ends_on_map, spread
from .zoom import nearest_inside, widened

POINTS_PER_SIDE = 120
BANDS = 9
SPARE = 1.7  # how wide a map is, in widths of what it has to hold
OLDEST = 0.35  # how opaque the first step of the path is
LETTERS = 8  # of a number in the key
NAME_HEIGHT, NAME_WIDTH = 0.04, 0.14  # of a valley's name, in shares of the map
ALIKE = 1e-3  # weights that differ by less are written as one number
GAP = 0.012  # between the map's edge and such a name
STAR: dict[str, Any] = {
    "marker": "*", "markersize": 14, "color": "white", "markeredgecolor": INK, "linestyle": "none"
}  # fmt: skip
DOT: dict[str, Any] = {"marker": "o", "markersize": 8, "color": INK, "linestyle": "none"}


class GamesMapView:
    """The summed error over two weights as bands, white where it is 0; valleys, path, and the least error's weights.

    The map is a square, and both axes have the same scale, so that each step is seen to go straight at a valley.
    bands_axes: above the map, for what its bands mean. key_axes: below it, for what its signs mean.
    """

    def __init__(self, axes: Axes, bands_axes: Axes, key_axes: Axes) -> None:
        self.axes = quiet(axes)
        axes.yaxis.set_label_coords(-0.17, 0.5)  # beyond the longest numbers
        write_ticks(axes)
        self.image = axes.imshow(
            np.zeros((POINTS_PER_SIDE, POINTS_PER_SIDE)), cmap=DEPTH, aspect="auto", origin="lower",
            interpolation="bilinear", interpolation_stage="data",
        )  # fmt: skip
        self.valleys = [ValleyView(axes, colour, dashes) for colour, _, dashes in LINE_STYLES]
        self.trail = Trail(axes)
        self.trail.dots.set_sizes([9])
        self.steps = LineCollection([], linewidths=1.8, zorder=3.2)
        axes.add_collection(self.steps, autolim=False)
        (self.star,) = axes.plot([], [], zorder=4, **STAR)
        (self.point,) = axes.plot([], [], zorder=5, **DOT)
        self.bands, self.key = BandsKey(bands_axes), MapKey(key_axes)
        valleys = [artist for valley in self.valleys for artist in valley.moving]
        self.moving = [
            self.image, *valleys, *self.trail.moving, self.steps, self.star, self.point, *self.key.moving
        ]  # fmt: skip

    def look_at(
        self, columns: Sequence[int], windows: np.ndarray, names: Sequence[str], limit: float, zoom: float
    ) -> None:
        """Choose what the map shows.

        columns: the two input columns whose weights are the axes, windows: (low, high) of these weights.
        names: of all input columns. limit: the summed error from which on the map is darkest.
        zoom: how many times as many weights are shown; the bands are `zoom ** 2` times as high then.
        """
        self.columns, self.names = list(columns), names
        self.windows, self.limit = np.array([widened(window, zoom) for window in windows]), zoom**2 * limit
        across, up = self.windows
        self.axes.set(xlim=across, ylim=up)
        self.axes.set_xlabel(f"weight of {names[columns[0]]}")
        self.axes.set_ylabel(f"weight of {names[columns[1]]}")
        self.image.set_extent((*across, *up))
        self.image.set_norm(bands(self.limit))
        self.bands.show(self.limit, zoom)

    def show(self, run: DescentInTurn, updates: int, games: Sequence[int], best: np.ndarray, least: float) -> None:
        """The map as it is after some updates, the path up to there, and where the next one lands.

        updates: 0 or more. games: which game each example of the run is, counted from 0.
        best: (n_in,), the weights with the least summed error. least: that error.
        """
        lines = self._valley_lines(run, run.weights[updates, 0])
        self._show_errors(lines)
        self._show_valleys(lines, games)
        self._show_path(run.weights[: updates + 2, 0, self.columns], games)
        pulls = games[updates % len(games)]
        colour = LINE_STYLES[pulls][0]
        self.trail.aim.set_color(colour)
        for ring in (self.trail.ring, self.key.ring):
            ring.set_markeredgecolor(colour)
        self.star.set_data(*best[self.columns, None])
        self.key.next.set_text(f"next: game {pulls + 1} pulls")
        self.key.least.set_text(self._least_in_words(run.weights[updates, 0], best, least))
        self.key.missing.set_text(self._missing_in_words(games))

    def position(self) -> tuple[float, float] | None:
        """Where the point is in pixels of the picture, from its lower left corner; None if it is off the map."""
        return place_of(self.point)

    def weights_at(self, x: float, y: float) -> np.ndarray:
        """The two weights at a place in pixels of the picture, or the nearest that are on the map."""
        weights = self.axes.transData.inverted().transform((x, y))
        return np.array([nearest_inside(window, weight) for weight, window in zip(weights, self.windows)])

    def _valley_lines(self, run: DescentInTurn, weights: np.ndarray) -> np.ndarray:
        """A line a, b, c for each game, (n, 3), while all weights but the two on the axes stay as they are.

        On the map, whose x and y go from -1 to 1, the game's delta is `a * x + b * y - c`.
        """
        middle = weights.copy()
        middle[self.columns] = self.windows.mean(axis=1)
        slopes = run.inputs[:, self.columns] * np.ptp(self.windows, axis=1) / 2
        return np.column_stack([slopes, run.targets[:, 0] - run.inputs @ middle])

    def _show_errors(self, lines: np.ndarray) -> None:
        along = np.linspace(-1, 1, POINTS_PER_SIDE)
        errors = sum((a * along + b * along[:, None] - c) ** 2 for a, b, c in lines)
        highest = 10 * self.limit
        self.image.set_data(np.minimum(np.nan_to_num(errors, nan=highest), highest))

    def _show_valleys(self, lines: np.ndarray, games: Sequence[int]) -> None:
        """Draw them, with their names beside their ends, each with room of its own."""
        for valley in self.valleys:
            valley.show(np.empty((0, 2)))
        named: dict[str, list[tuple[float, int]]] = {side: [] for side in SIDES}
        for game, line in zip(games, lines):
            ends = ends_on_map(line)
            if len(ends):
                self.valleys[game].show(self.windows.mean(axis=1) + ends * np.ptp(self.windows, axis=1) / 2)
                side, along = end_to_name(ends)
                named[side].append((along, game))
        for side, at in named.items():
            size = NAME_WIDTH if side == "top" else NAME_HEIGHT
            places = spread(sorted(along for along, _ in at), size, size / 2, 1 - size / 2)
            for place, (_, game) in zip(places, sorted(at)):
                self.valleys[game].write_name(f"game {game + 1}", side, place)

    def _show_path(self, points: np.ndarray, games: Sequence[int]) -> None:
        """points: (n, 2), the last of which is still to come. Each step has the colour of the game that pulled."""
        path = points[:-1]
        self.trail.show(path, points[-1])
        is_on_map = self._are_on_map(path)
        self.has_point = bool(is_on_map[-1])
        self.point.set_data(*path[-1:][is_on_map[-1:]].T)
        steps = np.stack([path[:-1], path[1:]], axis=1)
        pulled_by = np.resize(games, len(steps))
        shades = np.linspace(OLDEST, 1, len(steps))
        drawn = np.flatnonzero(is_on_map[:-1] & is_on_map[1:])
        self.steps.set_segments(list(steps[drawn]))
        self.steps.set_color([to_rgba(LINE_STYLES[pulled_by[step]][0], shades[step]) for step in drawn])

    def _are_on_map(self, points: np.ndarray) -> np.ndarray:
        low, high = self.windows.T
        return ((low <= points) & (points <= high)).all(axis=1)

    def _least_in_words(self, weights: np.ndarray, best: np.ndarray, least: float) -> str:
        """The error, and where its weights are if they are not on this map."""
        told = f"least summed error {short(least, LETTERS, 3)}"
        others = [column for column in range(len(best)) if column not in self.columns]
        elsewhere = [column for column in others if not abs(best[column] - weights[column]) < ALIKE]
        if not self._are_on_map(best[None, self.columns]).all():
            told += ", off the map"
            elsewhere = self.columns
        if elsewhere:
            told += ", at " + ", ".join(f"{self.names[c]} {short(best[c], LETTERS, 3)}" for c in elsewhere[:2])
        return told

    def _missing_in_words(self, games: Sequence[int]) -> str:
        if not self.has_point:
            return "The weights are too large for any map."
        missing = [f"game {game + 1}" for game in games if not self.valleys[game].is_shown]
        if missing:
            return f"No valley on this map: {', '.join(missing)}"
        return ""


class ValleyView:
    """The line where one game's error is 0, and its name at its end."""

    def __init__(self, axes: Axes, colour: str, dashes: str) -> None:
        (self.halo,) = axes.plot([], [], color="white", linewidth=4.5, alpha=0.75, zorder=2)
        (self.line,) = axes.plot([], [], color=colour, linestyle=dashes, linewidth=2, zorder=2.5)
        self.name = axes.text(
            0, 0, "", transform=axes.transAxes, fontsize=sizes.NOTE, color=colour, fontweight="bold", zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
        )  # fmt: skip
        self.moving = [self.halo, self.line, self.name]
        self.is_shown = False

    def show(self, ends: np.ndarray) -> None:
        """ends: (2, 2), or (0, 2) where there is nothing to show; the name comes with `write_name`."""
        self.is_shown = len(ends) > 0
        for line in (self.halo, self.line):
            line.set_data(*ends.T)
        self.name.set_text("")

    def write_name(self, name: str, side: str, along: float) -> None:
        """Beside the map at the right, above it, or inside at the left; along: where on that side, 0 to 1."""
        self.name.set_text(name)
        if side == "top":
            self.name.set(x=along, y=1 + GAP, ha="center", va="bottom")
        elif side == "right":
            self.name.set(x=1 + GAP, y=along, ha="left", va="center_baseline")
        else:
            self.name.set(x=GAP, y=along, ha="left", va="center_baseline")


class BandsKey:
    """Above the map: the colours of its bands, the errors at their two ends, and how far it is zoomed out."""

    def __init__(self, axes: Axes) -> None:
        bare(axes).set(xlim=(0, 1), ylim=(0, 1))
        heights = (np.arange(BANDS + 1) + 0.5) ** 2 / BANDS**2
        axes.imshow([heights], cmap=DEPTH, norm=bands(1), extent=(0.3, 0.47, 0.1, 0.9), aspect="auto")
        style: dict[str, Any] = {"va": "center_baseline", "fontsize": sizes.LABEL}
        axes.text(0, 0.5, "summed error", va="center_baseline", fontsize=sizes.TITLE, color=INK)
        axes.text(0.29, 0.5, "0", ha="right", color=MUTED, **style)
        self.highest = axes.text(0.48, 0.5, "", color=MUTED, **style)
        self.zoom = axes.text(1, 0.5, "", ha="right", color=INK, **style)
        axes.set(xlim=(0, 1), ylim=(0, 1))

    def show(self, limit: float, zoom: float) -> None:
        self.highest.set_text(short(limit, LETTERS, 2))
        self.zoom.set_text(zoom_in_words(zoom))


class MapKey:
    """Below the map: what its signs mean, and what can't be seen on it."""

    def __init__(self, axes: Axes) -> None:
        bare(axes).set(xlim=(0, 1), ylim=(0, 3))
        axes.plot([0.02], [2.5], **DOT)
        (self.ring,) = axes.plot([0.36], [2.5], **RING)
        axes.plot([0.02], [1.5], **STAR)
        style: dict[str, Any] = {"va": "center_baseline", "fontsize": sizes.LABEL, "color": INK}
        axes.text(0.05, 2.5, "the weights now", **style)
        self.next = axes.text(0.39, 2.5, "", **style)
        self.least = axes.text(0.05, 1.5, "", **style)
        self.missing = axes.text(0.05, 0.5, "", **style)
        self.moving = [self.ring, self.next, self.least, self.missing]


def bands(limit: float) -> BoundaryNorm:
    """Bands of the errors from 0 to a limit, narrow at the bottom, and one for all above."""
    return BoundaryNorm(limit * np.linspace(0, 1, BANDS + 1) ** 2, DEPTH.N, extend="max")


def zoom_in_words(zoom: float) -> str:
    if zoom > 1:
        return f"zoomed out × {number(zoom)}"
    return ""


def square_around(points: np.ndarray) -> np.ndarray:
    """Windows (2, 2), (low, high) of each axis, equally wide, that hold points (n, 2) with room to spare."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = SPARE * ((high - low).max() or 1.0) / 2
    return np.stack([(low + high) / 2 - half, (low + high) / 2 + half], axis=-1)
