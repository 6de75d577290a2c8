"""A picture that keeps up with a slider."""

from pathlib import Path
from threading import RLock

import numpy as np
from anywidget import AnyWidget
from traitlets import Tuple

from ..figures.picture import DPI, encode

TILE = 32  # pixels of the side of a tile, the smallest piece of the picture that is sent
DENSEST = 3  # pixels for each pixel of the page, on the finest screens that are drawn for


class LivePicture(AnyWidget):
    """A `Picture` on the page. Only the moving artists are drawn anew, and only tiles that have changed are sent.

    moving: the artists that change, in any order; they are drawn by their zorder.
    words: what the picture shows, in a sentence; it goes to the page with the next drawing.

    A page that comes up asks for the whole picture, as finely drawn as its screen can show.
    """

    _esm = Path(__file__).with_suffix(".js")
    size = Tuple().tag(sync=True)  # width and height in pixels of the page

    def __init__(self, picture, moving):
        super().__init__(size=(picture.get_size_inches() * DPI).round().astype(int).tolist())
        self.picture, self.words = picture, ""
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        self._drawing, self._sent = RLock(), None
        self.on_msg(self._asked)

    def draw_all(self):
        """Draw what stays still, then what moves. Needed once, and whenever what stays still has changed."""
        with self._drawing:
            self.picture.canvas.draw()
            self._still = self.picture.canvas.copy_from_bbox(self.picture.bbox)
            self.draw()

    def draw(self):
        """Draw the moving artists, and send what has changed to the page."""
        canvas = self.picture.canvas
        with self._drawing:
            canvas.restore_region(self._still)
            renderer = canvas.get_renderer()
            for artist in self.moving:
                artist.draw(renderer)
            if self._sent is not None:
                self._send_changes()

    def _asked(self, _, message, buffers):
        with self._drawing:
            self.picture.set_dpi(DPI * float(np.clip(message["density"], 1, DENSEST)))
            self._sent = None, None
            self.draw_all()

    def _send_changes(self):
        pixels, words = np.asarray(self.picture.canvas.buffer_rgba()), self.words
        tiles = _in_tiles(pixels.view(np.uint32)[..., 0])
        sent, told = self._sent
        changed = np.ones(tiles.shape[:2], bool) if sent is None else (tiles != sent).any(axis=2).any(axis=2)
        if changed.any() or words != told:
            png = [encode(_sheet(tiles[changed]), compress_level=1)] if changed.any() else []
            where = np.flatnonzero(changed).tolist()
            self.send({"pixels": pixels.shape[1::-1], "tile": TILE, "changed": where, "summary": words}, png)
            self._sent = tiles, words


def _in_tiles(pixels):
    """(height, width) -> (rows of tiles, tiles in a row, TILE, TILE); zeros go beyond the right and lower edge."""
    height, width = pixels.shape
    whole = np.pad(pixels, [(0, -height % TILE), (0, -width % TILE)])
    return whole.reshape(len(whole) // TILE, TILE, -1, TILE).swapaxes(1, 2)


def _sheet(tiles):
    """(n, TILE, TILE) -> (height, width, 4) bytes: the tiles in rows, about as many rows as tiles in a row."""
    across = int(np.ceil(np.sqrt(len(tiles))))
    whole = np.pad(tiles, [(0, -len(tiles) % across), (0, 0), (0, 0)])
    rows = whole.reshape(-1, across, TILE, TILE).swapaxes(1, 2).reshape(-1, across * TILE)
    return rows.view(np.uint8).reshape(*rows.shape, 4)
