"""What all figures share: a figure that says what it shows, its colours, its way to write numbers."""

import base64
import io
from decimal import Decimal

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from PIL import Image

from .outlines import Canvas
from .style import course_style

# Okabe and Ito's colours, which colour-blind readers can tell apart too.
POSITIVE = "#0072B2"
NEGATIVE = "#C24E00"
THIRD = "#007A5A"
INK = "#222222"
MUTED = "#6B6B6B"
FAINT = "#D9D9D9"
WEIGHTS = LinearSegmentedColormap.from_list("weights", [NEGATIVE, "#F0A36B", "#FFFFFF", "#6CB4E4", POSITIVE])

DEPTH = LinearSegmentedColormap.from_list("depth", ["#FFFFFF", "#BBD9EC", "#4C93C3", "#123B5D"])


def _palette():
    """256 colours for all pictures: the maps, and each ink in shades towards white, for smooth edges.

    With colours known beforehand, a picture becomes a small PNG in a third of the time. Nothing but white
    is nearly white, since the choice of the nearest colour is not exact to the last bit.
    """
    maps = [WEIGHTS(np.linspace(0, 1, 103)), DEPTH(np.linspace(0, 1, 31))]
    inks = {"black": 50, MUTED: 20, POSITIVE: 18, NEGATIVE: 20, THIRD: 14}
    shades = [LinearSegmentedColormap.from_list("", [ink, "white"])(np.linspace(0, 1, n)) for ink, n in inks.items()]
    colours = (np.concatenate(maps + shades)[:, :3] * 255).round().astype(np.uint8)
    colours = [(255, 255, 255), *colours[colours.min(axis=1) < 247]]
    image = Image.new("P", (1, 1))
    image.putpalette(np.array(colours, np.uint8).tobytes())
    return image


PALETTE = _palette()
SHARPNESS = 2  # pixels drawn for each pixel of the page, for high-density screens
DPI = 100


class Picture(Figure):
    """A figure, `width` by `height` pixels on the page, with a `caption`: one sentence that says what it shows.

    As the result of a cell it is a PNG, with the caption as its alternative text and as plain text.
    """

    @course_style()
    def __init__(self, width, height):
        # Up by one bit: 460 / 100 * 200 would be 919.99..., from which some matplotlibs draw 919 pixels.
        size = np.nextafter((width / DPI, height / DPI), np.inf)
        super().__init__(figsize=size, dpi=DPI * SHARPNESS, facecolor="white")
        Canvas(self)
        self.caption = ""

    @course_style()
    def draw(self, renderer):
        super().draw(renderer)

    @course_style()
    def savefig(self, *arguments, **options):
        super().savefig(*arguments, **options)

    def _repr_mimebundle_(self, include=None, exclude=None):
        self.canvas.draw()
        return image_bundle(self, self.caption)

    def __repr__(self):
        return self.caption


def encode(pixels, compress_level):
    """Pixels (height, width, 4), red, green, blue and alpha from 0 to 255, as a PNG's bytes in the colours of `PALETTE`."""
    drawn = Image.fromarray(np.asarray(pixels)).convert("RGB")
    file = io.BytesIO()
    drawn.quantize(palette=PALETTE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=compress_level)
    return file.getvalue()


def image_bundle(picture, caption):
    """What was last drawn, as Jupyter wants it: (data, metadata) by MIME type."""
    return png_bundle(picture, encode(picture.canvas.buffer_rgba(), compress_level=9), caption)


def png_bundle(picture, png, caption):
    """The picture's PNG, as Jupyter wants it: (data, metadata) by MIME type."""
    width, height = (picture.get_size_inches() * DPI).round().astype(int).tolist()
    data = {"image/png": base64.b64encode(png).decode(), "text/plain": caption}
    return data, {"image/png": {"width": width, "height": height, "alt": caption}}


def number(value, digits=4, keep_zeros=False):
    """`value` with so many significant digits, as a person would write it: 0.1119, 8.5, 3.2e+12, infinite."""
    if not np.isfinite(value):
        return "infinite"
    if value and not 1e-6 <= abs(value) < 1e6:
        return f"{value:.{digits - 1}e}"
    text = format(Decimal(f"{value + 0.0:.{digits - 1}e}"), "f")
    return text if keep_zeros or "." not in text else text.rstrip("0").rstrip(".")


def bare(axes):
    """Leave nothing of the axes but their area."""
    axes.set_axis_off()
    return axes


def quiet(axes, title="", xlabel="", ylabel=""):
    """Axes with two spines, small labels and a title on the left."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(MUTED)
    axes.tick_params(labelsize=8, color=MUTED, labelcolor=MUTED)
    axes.set_title(title, fontsize=10, loc="left", color=INK)
    axes.set_xlabel(xlabel, fontsize=9, color=MUTED)
    axes.set_ylabel(ylabel, fontsize=9, color=MUTED)
    return axes
