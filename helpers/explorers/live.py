"""A picture that keeps up with a slider."""

from pathlib import Path
from threading import RLock

import numpy as np
from anywidget import AnyWidget
from traitlets import Tuple

from ..figures.picture import DPI, encode

DENSEST = 3  # pixels for each pixel of the page, on the finest screens that are drawn for


class LivePicture(AnyWidget):
    """A `Picture` on the page. Only the moving artists are drawn anew, and only what has changed is sent.

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
            for artist in self.moving:
                artist.draw(canvas.get_renderer())
            if self._sent is not None:
                self._send_changes()

    def _asked(self, _, message, buffers):
        with self._drawing:
            self.picture.set_dpi(DPI * float(np.clip(message["density"], 1, DENSEST)))
            width, height = self.picture.canvas.get_width_height(physical=True)
            self._sent = np.zeros((height, width), np.uint32), None
            self.draw_all()

    def _send_changes(self):
        pixels, words = np.asarray(self.picture.canvas.buffer_rgba()).view(np.uint32)[..., 0], self.words
        box = _bounds(pixels != self._sent[0])
        if box or words != self._sent[1]:
            png = [encode(self.picture, compress_level=1, box=box)] if box else []
            self.send({"pixels": pixels.shape[::-1], "at": box[:2] if box else None, "summary": words}, png)
            self._sent = pixels.copy(), words


def _bounds(changed):
    """(left, top, right, bottom) of what is true; None if nothing is. changed: (height, width)."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if len(rows):
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
