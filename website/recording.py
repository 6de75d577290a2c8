"""Records an explorer at each position of a grid, as a page would be sent it, and writes what differs once."""

import io
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from PIL import Image

from helpers.explorers import FullTraining
from helpers.explorers.explorer import Explorer
from helpers.figures.picture import DPI

from .grid import HIDDEN, Axis, Position, go_to, position_of

# Pixels for each pixel of the page. With this number no axis ends halfway between two pixels, where it would depend on
# the last digit of a sum which of them is drawn.
DENSITY = 1.4


@dataclass(frozen=True)
class Recording:
    """What an explorer shows at each position of a grid.

    tiles: (n, tile, tile) numbers of colours, each tile once. shown: (positions, places) numbers of tiles, a position
    for each combination of stops, in the order of the axes, those of the last next to each other.
    """

    axes: Sequence[Axis]
    size: tuple[int, int]  # in pixels of the page
    pixels: tuple[int, int]
    tiles: np.ndarray
    shown: np.ndarray
    words: Sequence[str]

    def stops_at(self, position: Position) -> list[int]:
        """Which stop of each axis a position is at."""
        return [axis.stop_at(position) for axis in self.axes]


class Recorder:
    """The page that a live picture is drawn for."""

    def __init__(self, explorer: Explorer):
        self.explorer = explorer
        self.tiles: dict[bytes, int] = {}  # their numbers
        self.words = ""
        explorer.live.send = self._receive
        explorer.live.draw_for_page(None, {"density": DENSITY}, [])

    def record(self, axes: Sequence[Axis]) -> Recording:
        *outer, iterations = axes
        shape = [len(axis.values) for axis in axes]
        shown = np.zeros((*shape, len(self.now)), np.int32)
        words = np.empty(shape, object)
        # What is hidden changes last, since then all of the picture is drawn anew.
        for row in sorted(np.ndindex(*shape[:-1]), key=itemgetter(-1)):
            go_to(self.explorer, dict(ChainMap(*(axis.at(stop) for axis, stop in zip(outer, row)))))
            learn(self.explorer)
            # Backwards, so that what takes long to learn is learnt once.
            for stop, (value,) in reversed(list(enumerate(iterations.values))):
                self.explorer.iterations.value = value
                shown[*row, stop], words[*row, stop] = self.now, self.words
        tiles = np.frombuffer(b"".join(self.tiles), np.uint8).reshape(-1, self.tile, self.tile)
        # Other tiles were drawn on the way from one position to another.
        used, numbers = np.unique(shown, return_inverse=True)
        numbers = numbers.reshape(-1, len(self.now))
        size = (self.explorer.figure.get_size_inches() * DPI).round().astype(int).tolist()
        return Recording(axes, size, self.pixels, tiles[used], numbers, words.ravel().tolist())

    def _receive(self, message: dict, buffers: list[bytes]) -> None:
        self.words = message["summary"]
        if len(buffers) == 0:
            return
        self.tile, self.pixels = message["tile"], message["pixels"]
        places = np.prod([-(-side // self.tile) for side in self.pixels])
        if len(message["changed"]) == places:
            self.now = np.zeros(places, np.int32)
        for place, tile in zip(message["changed"], cut(buffers[0], self.tile)):
            self.now[place] = self.tiles.setdefault(tile.tobytes(), len(self.tiles))


def learn(explorer: Explorer) -> None:
    """Where it takes a button's press: as much as the slider can show."""
    if isinstance(explorer, FullTraining) and not explorer.run.results.size:
        explorer.iterations.value = explorer.iterations.max
        explorer.start()
        explorer.wait()


def cut(png: bytes, tile: int) -> np.ndarray:
    """The tiles of a sheet, row by row: (n, tile, tile) numbers of colours."""
    sheet = np.asarray(Image.open(io.BytesIO(png)))
    height, width = sheet.shape
    return sheet.reshape(height // tile, tile, width // tile, tile).swapaxes(1, 2).reshape(-1, tile, tile)


def is_alike(one: Explorer, other: Explorer) -> bool:
    """Whether both show the same wherever they are: then one of them is recorded for both."""
    if type(one) is not type(other):
        return False
    position = {**position_of(one), HIDDEN: frozenset()}
    own_numbers = one.controls.keys() - position.keys()
    if any(one.controls[name].value != other.controls[name].value for name in own_numbers):
        return False
    for explorer in (one, other):
        go_to(explorer, position)
    picture, other_picture = (np.asarray(explorer.figure.canvas.buffer_rgba()) for explorer in (one, other))
    return one.summary == other.summary and np.array_equal(picture, other_picture)
