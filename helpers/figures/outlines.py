"""Text as the outlines of its letters, which are kept: so a number that moves with a slider takes a third of the time.

Matplotlib lays out and rasterizes each letter anew whenever a text changes. That takes a millisecond for a number of
four digits, and most of the time of a picture full of them.
"""

from functools import cache, lru_cache
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

LETTER_SIZE = 100  # of the outlines that are kept, in pixels
LINES_KEPT = 2000


class Canvas(FigureCanvasAgg):
    """Matplotlib's canvas of pixels, on which text is drawn as outlines."""

    _made_for: tuple[float, ...] | None = None

    def get_renderer(self) -> RendererAgg:
        wanted = (*self.get_width_height(physical=True), self.figure.dpi)
        if wanted != self._made_for:
            self.renderer, self._made_for = _Renderer(*wanted), wanted
        return self.renderer


class _Renderer(RendererAgg):
    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        _, width, top, bottom = _line(s, prop.get_weight())
        scale = self._scale(prop)
        return width * scale, (top - bottom) * scale, -bottom * scale

    def draw_text(
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: FontProperties, angle: float,
        ismath: Any = False, mtext: Text | None = None,
    ) -> None:  # fmt: skip
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        place = Affine2D().scale(self._scale(prop)).rotate_deg(angle).translate(x, self.height - y)
        gc.set_linewidth(0)
        gc.set_snap(False)
        self.draw_path(gc, _line(s, prop.get_weight())[0], place, gc.get_rgb())

    def _scale(self, prop: FontProperties) -> float:
        return self.points_to_pixels(prop.get_size_in_points()) / LETTER_SIZE


@lru_cache(LINES_KEPT)
def _line(text: str, weight: int | str) -> tuple[Path, float, float, float]:
    """(path, width, highest, lowest) of a line of text, which starts at the origin."""
    letters = [_letter(letter, weight) for letter in text]
    ends = np.cumsum([0] + [width for *_, width in letters])
    vertices = np.concatenate([vertices + np.array([at, 0]) for at, (vertices, *_) in zip(ends, letters)])
    codes = np.concatenate([codes for _, codes, _ in letters])
    if text.isspace():
        return Path(vertices, codes), ends[-1], 0, 0
    return Path(vertices, codes), ends[-1], vertices[:, 1].max(), vertices[:, 1].min()


@cache
def _letter(letter: str, weight: int | str) -> tuple[np.ndarray, np.ndarray, float]:
    """(vertices, codes, width). The width is what the letter takes up between two others."""
    font = FontProperties(weight=weight)

    def outline(text: str) -> TextPath:
        return TextPath((0, 0), text, LETTER_SIZE, prop=font)

    width = np.ptp(outline(f"|{letter}|").vertices[:, 0]) - np.ptp(outline("||").vertices[:, 0])
    if letter.isspace():
        return np.empty((0, 2)), np.empty(0, Path.code_type), width
    path = outline(letter)
    return path.vertices, path.codes, width
