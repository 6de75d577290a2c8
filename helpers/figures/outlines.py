"""Text as the outlines of its letters, which are kept: a number that moves with a slider is drawn in a third of the time.

Matplotlib lays out and rasterizes each letter anew whenever a text changes. That takes a millisecond for a number of four
digits, and most of the time of a picture full of them.
"""

from functools import cache, lru_cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

UNIT = 100  # the size of the letters that are kept, in pixels
LINES = 2000  # texts that are kept whole


class Canvas(FigureCanvasAgg):
    """Matplotlib's canvas of pixels, on which text is drawn as outlines."""

    _made_for = None

    def get_renderer(self):
        wanted = (*self.get_width_height(physical=True), self.figure.dpi)
        if wanted != self._made_for:
            self.renderer, self._made_for = _Renderer(*wanted), wanted
        return self.renderer


class _Renderer(RendererAgg):
    def get_text_width_height_descent(self, s, prop, ismath):
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        _, width, top, bottom = _line(s, prop.get_weight())
        return tuple(np.array([width, top - bottom, -bottom]) * self._scale(prop))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath:
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        place = Affine2D().scale(self._scale(prop)).rotate_deg(angle).translate(x, self.height - y)
        gc.set_linewidth(0)
        gc.set_snap(False)
        self.draw_path(gc, _line(s, prop.get_weight())[0], place, gc.get_rgb())

    def _scale(self, prop):
        return self.points_to_pixels(prop.get_size_in_points()) / UNIT


@lru_cache(LINES)
def _line(text, weight):
    """(path, width, highest, lowest) of a line of text, which starts at the origin."""
    letters = [_letter(letter, weight) for letter in text]
    ends = np.cumsum([0] + [width for *_, width in letters])
    vertices = np.concatenate([vertices + (at, 0) for at, (vertices, *_) in zip(ends, letters)])
    codes = np.concatenate([codes for _, codes, _ in letters])
    heights = vertices[:, 1] if len(vertices) else np.zeros(1)
    return Path(vertices, codes), ends[-1], heights.max(), heights.min()


@cache
def _letter(letter, weight):
    """(vertices, codes, width). The width is what the letter takes up between two others."""
    font = FontProperties(weight=weight)

    def outline(text):
        return TextPath((0, 0), text, UNIT, prop=font)

    width = np.ptp(outline(f"|{letter}|").vertices[:, 0]) - np.ptp(outline("||").vertices[:, 0])
    if letter.isspace():
        return np.empty((0, 2)), np.empty(0, Path.code_type), width
    path = outline(letter)
    return path.vertices, path.codes, width
