"""Images of 28 x 28 pixels: handwritten digits, and the weights of an output."""

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import Colormap
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from . import sizes
from .axes import bare
from .colours import EDGE, INK, WEIGHTS
from .numbers import largest, short

PIXELS_PER_SIDE = 28
BESIDE_BAR = 1.35  # where the numbers of a colour bar begin, in its widths
MARGIN = 2  # points between them and the edge of the picture


class PixelImage(AxesImage):
    """28 x 28 numbers as squares that fill the axes: what `imshow` shows, in a tenth of the time."""

    def __init__(self, axes: Axes, cmap: str | Colormap, lowest: float, highest: float) -> None:
        super().__init__(axes, cmap=cmap, extent=(0, PIXELS_PER_SIDE, PIXELS_PER_SIDE, 0))
        self.set(clim=(lowest, highest))
        self.clear()
        axes.set(xlim=(0, PIXELS_PER_SIDE), ylim=(PIXELS_PER_SIDE, 0), aspect="equal")
        axes.add_image(self)

    def show(self, pixels: npt.ArrayLike) -> None:
        """pixels: (784,) or (28, 28)."""
        self.set_data(np.reshape(pixels, (PIXELS_PER_SIDE, PIXELS_PER_SIDE)))

    def clear(self) -> None:
        self.set_data(np.zeros((PIXELS_PER_SIDE, PIXELS_PER_SIDE)))

    def make_image(
        self, renderer: RendererBase, magnification: float = 1.0, unsampled: bool = False
    ) -> tuple[np.ndarray, float, float, Affine2D]:
        """(RGBA, left, bottom, transform), as matplotlib asks for it."""
        (left, bottom), (right, top) = self.axes.bbox.get_points().round().astype(int)
        row_drawn = np.arange(top - bottom) * PIXELS_PER_SIDE // (top - bottom)
        column_drawn = np.arange(right - left) * PIXELS_PER_SIDE // (right - left)
        colours = self.to_rgba(np.asanyarray(self.get_array()), bytes=True)[::-1]
        return colours[row_drawn][:, column_drawn], left, bottom, Affine2D()


class DigitView:
    """One image of a digit, dark ink on white."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.image = PixelImage(axes, "gray_r", 0, 1)
        self.title = axes.set_title("", fontsize=sizes.TITLE, color=INK)
        self.moving = [self.image, _add_edge(axes), self.title]

    def show(self, image: npt.ArrayLike, title: str) -> None:
        """image: (784,) or (28, 28), 0 to 1."""
        self.image.show(image)
        self.title.set_text(title)


class WeightImageView:
    """Numbers of either sign, one a pixel, as an image: blue above 0, orange below, white at 0."""

    def __init__(self, axes: Axes, title: str = "") -> None:
        self.axes = axes
        self.image = PixelImage(axes, WEIGHTS, -1, 1)
        self.title = axes.set_title(title, fontsize=sizes.TITLE, color=INK)
        self.note = axes.text(
            0.5, 0.5, "not finite", transform=axes.transAxes, ha="center", fontsize=sizes.LABEL, color=INK,
            visible=False,
        )  # fmt: skip
        self.moving = [self.image, _add_edge(axes), self.note]

    def show(self, values: np.ndarray, scale: float) -> None:
        """values: (784,). scale: the number, above 0, that gets the full colour."""
        finite = np.isfinite(values).all()
        self.note.set_visible(not finite)
        if finite:
            self.image.show(np.clip(values / scale, -1, 1))
        else:
            self.image.clear()

    def show_nothing(self) -> None:
        self.image.clear()
        self.note.set_visible(False)


class ColourBar:
    """Which colour stands for which weight."""

    def __init__(self, axes: Axes, view: WeightImageView) -> None:
        axes.figure.colorbar(view.image, cax=axes, ticks=[])
        label: dict[str, Any] = {"transform": axes.transAxes, "fontsize": sizes.SMALL, "color": INK}
        axes.text(BESIDE_BAR, 0.5, "0", va="center", **label)
        self.above = axes.text(BESIDE_BAR, 1, "", va="top", **label)
        self.below = axes.text(BESIDE_BAR, 0, "", va="bottom", **label)
        left, _ = axes.transAxes.transform((BESIDE_BAR, 0))
        self.room = (axes.figure.bbox.width - left) / axes.figure.dpi * sizes.POINTS_PER_INCH - MARGIN
        self.moving = [self.above, self.below]

    def show(self, scale: float) -> None:
        for text, value in ((self.above, scale), (self.below, -scale)):
            text.set_text(short(value, 8, 2))
            sizes.fit(text, self.room, sizes.SMALL)


def colour_scale(weights: np.ndarray) -> float:
    """The number that gets the full colour: the size of the largest, so that the colour bar is true of all."""
    return largest(weights)


def _add_edge(axes: Axes) -> Rectangle:
    """An edge around an image, drawn after it. Spines would not do: a live picture draws them once, the image later."""
    bare(axes)
    edge = Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, edgecolor=EDGE, linewidth=0.8, zorder=2.5)
    edge.set_clip_on(False)
    axes.add_patch(edge)
    return edge
