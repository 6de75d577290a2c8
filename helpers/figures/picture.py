"""A figure that says what it shows, and how it becomes a PNG."""

import base64
import io
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from PIL import Image

from .. import arguments
from .colours import PALETTE
from .outlines import Canvas
from .style import course_style

SHARPNESS = 2  # pixels drawn for each pixel of the page, for high-density screens
DPI = 100
LONGEST_SIDE, MOST_PIXELS = 12_000, 20_000_000  # of the page


class Picture(Figure):
    """A figure, `width` by `height` pixels on the page, with a `caption`: one sentence that says what it shows.

    As the result of a cell it is a PNG, with the caption as its alternative text and as plain text.
    Raises ValueError for a width or height that can't be drawn.
    """

    canvas: Canvas

    @course_style()
    def __init__(self, width: float, height: float) -> None:
        width, height = _side("width", width), _side("height", height)
        if width * height > MOST_PIXELS:
            raise ValueError(
                f"width times height must be at most {MOST_PIXELS:,} pixels; got {width:g} times {height:g}."
            )
        # Up by one bit: 460 / 100 * 200 would be 919.99..., from which some matplotlibs draw 919 pixels.
        inches = np.nextafter(width / DPI, np.inf), np.nextafter(height / DPI, np.inf)
        super().__init__(figsize=inches, dpi=DPI * SHARPNESS, facecolor="white")
        Canvas(self)
        self.caption = ""

    def add_axes_at(self, *, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes at a place in shares of the picture's width and height, 0 to 1, from its lower left corner."""
        return self.add_axes((left, bottom, width, height))

    @course_style()
    def draw(self, renderer: RendererBase) -> None:
        super().draw(renderer)

    @course_style()
    def savefig(self, *arguments: Any, **options: Any) -> None:
        super().savefig(*arguments, **options)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        self.canvas.draw()
        return png_bundle(self, encode(self.canvas.buffer_rgba(), compress_level=9), self.caption)

    def __repr__(self) -> str:
        return self.caption


def _side(name: str, value: object) -> float:
    side = arguments.number(name, value, 400, least=1)
    if side > LONGEST_SIDE:
        raise ValueError(f"{name} must be at most {LONGEST_SIDE:,} pixels; got {arguments.quoted(value)}.")
    return side


def encode(pixels: npt.ArrayLike, compress_level: int) -> bytes:
    """Pixels as a PNG in the colours of `PALETTE`.

    pixels: (height, width, 4), red, green, blue and alpha, 0 to 255. compress_level: 0 to 9, quick to small.
    """
    drawn = Image.fromarray(np.asarray(pixels)).convert("RGB")
    file = io.BytesIO()
    drawn.quantize(palette=PALETTE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=compress_level)
    return file.getvalue()


def png_bundle(picture: Picture, png: bytes, caption: str) -> tuple[dict, dict]:
    """The picture's PNG, as Jupyter wants it: (data, metadata) by MIME type."""
    width, height = (picture.get_size_inches() * DPI).round().astype(int).tolist()
    data = {"image/png": base64.b64encode(png).decode(), "text/plain": caption}
    return data, {"image/png": {"width": width, "height": height, "alt": caption}}
