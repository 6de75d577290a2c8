"""A picture that keeps up with a slider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from anywidget import AnyWidget
from matplotlib.artist import Artist
from traitlets import Dict, Tuple

from ..figures.picture import DPI, Picture, encode
from ..figures.style import course_style

TILE = 32  # pixels of the side of a tile, the smallest piece of the picture that is sent
DENSEST = 3  # pixels for each pixel of the page, on the finest screens that are drawn for


@dataclass(frozen=True)
class Grip:
    """Something in the picture that can be dragged. Places are in pixels of the picture, from its lower left corner.

    name: what it is, for a screen reader.
    place: where it is now; None where it is not to be seen.
    value: its number now, if it has one and moves to left and right alone; then the arrow keys move it too.
    drag: called with a place to bring it to, and whether the reader lets go there.
    """

    name: str
    place: Callable[[], tuple[float, float] | None]
    drag: Callable[[float, float, bool], None]
    value: Callable[[], float | None] = lambda: None


class LivePicture(AnyWidget):
    """A `Picture` on the page. Only the moving artists are drawn anew, and only tiles that have changed are sent.

    moving: the artists that change, in any order; they are drawn by their zorder.
    scenery: those that change now and then, and lie below the moving ones, such as the axes that a zoom changes.
    place: called before each drawing. It puts the moving artists where they belong, and returns the `words` that say
    what the picture then shows; they go to the page with it.
    lock: whoever holds it has the picture, and all that belongs to it, to themselves.
    grips: what can be dragged. pressed: called with the place of a click.

    A page that comes up asks for the whole picture, as finely drawn as its screen can show.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    size = Tuple().tag(sync=True)  # width and height in pixels of the page
    still = Dict().tag(sync=True)  # {"png", "words"}: what a page shows that was saved and has no kernel

    def __init__(self, picture: Picture, moving: Iterable[Artist], scenery: Iterable[Artist], place: Callable[[], str]):
        super().__init__(size=(picture.get_size_inches() * DPI).round().astype(int).tolist())
        self.picture, self.place, self.words, self.lock = picture, place, "", RLock()
        self.grips: list[Grip] = []
        self.pressed: Callable[[float, float], None] = lambda x, y: None
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        self.scenery = list(scenery)
        for artist in (*self.moving, *self.scenery):
            artist.set_animated(True)
        self._stage = self._background = None  # without the scenery, and with it
        self._has_a_page = False
        self._tiles_there: np.ndarray | None = None
        self._words_there = ""
        self.on_msg(self.receive)

    def forget_background(self) -> None:
        """Draw what stays still anew next time: needed whenever it has changed."""
        self._stage = self._background = None

    def forget_scenery(self) -> None:
        """Draw the scenery anew next time: quicker than all that stays still."""
        self._background = None

    def draw(self) -> None:
        """Place and draw the moving artists, and send what has changed to the page."""
        canvas = self.picture.canvas
        with self.lock, course_style():
            words = self.place()
            if self._stage is None:
                canvas.draw()
                self._stage = canvas.copy_from_bbox(self.picture.bbox)
            if self._background is None:
                self._background = self._with(self.scenery, self._stage)
            canvas.restore_region(self._background)
            self._draw_artists(self.moving)
            self.words = words
            if self._has_a_page:
                self._send_changes()
            elif self.still:
                self.keep_still(encode(canvas.buffer_rgba(), compress_level=1))

    def _with(self, artists: list[Artist], below: Any) -> Any:
        """A copy of what is drawn, with more artists on top of it; the same if there are none."""
        if not artists:
            return below
        canvas = self.picture.canvas
        canvas.restore_region(below)
        self._draw_artists(artists)
        return canvas.copy_from_bbox(self.picture.bbox)

    def _draw_artists(self, artists: list[Artist]) -> None:
        renderer = self.picture.canvas.get_renderer()
        for artist in artists:
            artist.draw(renderer)

    def draw_for_page(self, _: AnyWidget | None, message: dict, buffers: list) -> None:
        """Draw all for a page that asks; message: its `density`, how many pixels its screen has for one of the page."""
        with self.lock:
            self.picture.set_dpi(DPI * float(np.clip(message["density"], 1, DENSEST)))
            self._has_a_page, self._tiles_there = True, None
            self.forget_background()
            self.draw()

    def receive(self, _: AnyWidget | None, message: dict, buffers: list) -> None:
        """What a page asks for: a picture, or that something is done at a place in it."""
        if "density" in message:
            self.draw_for_page(None, message, buffers)
            return
        with self.lock:
            width, height = self.picture.bbox.size
            x, y = message["x"] * width, (1 - message["y"]) * height
            if "pressed" in message:
                self.pressed(x, y)
            for grip in self.grips:
                if grip.name == message.get("grip"):
                    grip.drag(x, y, message["last"])

    def _places_of_grips(self) -> list[dict]:
        """Where they are in shares of the picture's width and height, from its upper left corner."""
        width, height = self.picture.bbox.size
        places = []
        for grip in self.grips:
            place = grip.place()
            if place is not None:
                x, y = place
                places.append({"name": grip.name, "x": x / width, "y": 1 - y / height, "value": grip.value()})
        return places

    def keep_still(self, png: bytes) -> None:
        """Let the picture as it is now be saved with the state of the widgets, where that is saved."""
        self.still = {"png": png, "words": self.words}

    def _send_changes(self) -> None:
        pixels, words = np.asarray(self.picture.canvas.buffer_rgba()), self.words
        tiles = _in_tiles(pixels.view(np.uint32)[..., 0])
        if self._tiles_there is None:
            changed = np.ones(tiles.shape[:2], bool)
        else:
            changed = (tiles != self._tiles_there).any(axis=(2, 3))
        if changed.any() or words != self._words_there:
            png = [encode(_sheet(tiles[changed]), compress_level=1)] if changed.any() else []
            where = np.flatnonzero(changed).tolist()
            self._tiles_there = None  # if the sending is interrupted, nobody knows what is there
            message = {"pixels": pixels.shape[1::-1], "tile": TILE, "changed": where, "summary": words}
            self.send({**message, "grips": self._places_of_grips()}, png)
            self._tiles_there, self._words_there = tiles, words


def _in_tiles(pixels: np.ndarray) -> np.ndarray:
    """(height, width) -> (rows of tiles, tiles in a row, TILE, TILE); zeros go beyond the right and lower edge."""
    height, width = pixels.shape
    whole = np.pad(pixels, [(0, -height % TILE), (0, -width % TILE)])
    return whole.reshape(len(whole) // TILE, TILE, -1, TILE).swapaxes(1, 2)


def _sheet(tiles: np.ndarray) -> np.ndarray:
    """(n, TILE, TILE) -> (height, width, 4) bytes: the tiles in rows, about as many rows as tiles in a row."""
    across = int(np.ceil(np.sqrt(len(tiles))))
    whole = np.pad(tiles, [(0, -len(tiles) % across), (0, 0), (0, 0)])
    rows = whole.reshape(-1, across, TILE, TILE).swapaxes(1, 2).reshape(-1, across * TILE)
    return rows.view(np.uint8).reshape(*rows.shape, 4)
