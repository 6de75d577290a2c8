"""Images of digits, the weights of a digit as an image, and how the two make a score."""

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.transforms import IdentityTransform

from .picture import FAINT, INK, MUTED, POSITIVE, WEIGHTS, Picture, bare, number, quiet
from .style import course_style

SIDE = 28  # pixels


class PixelImage(AxesImage):
    """28 x 28 numbers as squares that fill the axes: what `imshow` shows, in a tenth of the time."""

    def __init__(self, axes, cmap, lowest, highest):
        super().__init__(axes, cmap=cmap, extent=(0, SIDE, SIDE, 0))
        self.set(data=np.zeros((SIDE, SIDE)), clim=(lowest, highest))
        axes.set(xlim=(0, SIDE), ylim=(SIDE, 0), aspect="equal")
        axes.add_image(self)

    def make_image(self, renderer, magnification=1.0, unsampled=False):
        """(RGBA, left, bottom, transform), as matplotlib asks for it."""
        (left, bottom), (right, top) = self.axes.bbox.get_points().round().astype(int)
        rows, columns = (np.arange(length) * SIDE // length for length in (top - bottom, right - left))
        colours = self.to_rgba(self.get_array(), bytes=True)[::-1]
        return colours[rows][:, columns], left, bottom, IdentityTransform()


class DigitView:
    """One image of a digit, dark ink on white."""

    def __init__(self, axes):
        self.axes = axes
        self.image = PixelImage(axes, "gray_r", 0, 1)
        self.title = axes.set_title("", fontsize=10, color=INK)
        self.moving = [self.image, _frame(axes), self.title]

    def show(self, image, title):
        """image: (784,) or (28, 28), 0 to 1."""
        self.image.set_data(np.reshape(image, (SIDE, SIDE)))
        self.title.set_text(title)


class WeightImageView:
    """Numbers of either sign, one a pixel, as an image: blue above 0, orange below, white at 0."""

    def __init__(self, axes, title=""):
        self.axes = axes
        self.image = PixelImage(axes, WEIGHTS, -1, 1)
        self.title = axes.set_title(title, fontsize=10, color=INK)
        self.note = axes.text(0.5, 0.5, "not finite", transform=axes.transAxes, ha="center", fontsize=9, color=INK)
        self.moving = [self.image, _frame(axes), self.note]

    def show(self, values, scale):
        """values: (784,). scale: the number, above 0, that gets the full colour."""
        finite = np.isfinite(values).all()
        shares = np.clip(values / scale, -1, 1) if finite else np.zeros(len(values))
        self.image.set_data(shares.reshape(SIDE, SIDE))
        self.note.set_visible(not finite)

    def show_nothing(self):
        self.image.set_data(np.zeros((SIDE, SIDE)))
        self.note.set_visible(False)


class ScoresView:
    """The outputs of a network as bars on a scale that stays as it is; the highest one stands out, unless all are 0."""

    LOWEST, HIGHEST = -0.6, 1.4

    def __init__(self, axes, title=""):
        self.axes = quiet(axes, title)
        rows = np.arange(10)
        axes.set(xlim=(self.LOWEST, self.HIGHEST), ylim=(9.6, -0.6), yticks=rows, yticklabels=[f"{d}?" for d in rows])
        axes.tick_params(axis="y", length=0, labelsize=9, labelcolor=INK)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.axvline(1, color=FAINT, linewidth=0.8)
        self.bars = axes.barh(rows, np.zeros(10), height=0.7)
        self.labels = [axes.text(0, row, "", va="center", fontsize=8, color=INK) for row in rows]
        self.moving = [*self.bars, *self.labels]

    def show(self, scores):
        drawn = np.clip(np.nan_to_num(scores), self.LOWEST, self.HIGHEST - 0.3)
        highest = np.argmax(scores) if np.any(scores) else None
        for row, (bar, label, score, width) in enumerate(zip(self.bars, self.labels, scores, drawn)):
            bar.set_width(width)
            bar.set_color(POSITIVE if row == highest else "#9DB9CC")
            label.set_x(max(width, 0) + 0.03)
            label.set_text(f"{round(score, 2) + 0.0:.2f}" if abs(score) < 100 else number(score, 3))
            label.set_fontweight("bold" if row == highest else "normal")


class ColourBar:
    """Which colour stands for which weight."""

    def __init__(self, axes, view):
        axes.figure.colorbar(view.image, cax=axes, ticks=[])
        axes.text(1.5, 0.5, "0", transform=axes.transAxes, va="center", fontsize=8, color=INK)
        self.above = axes.text(1.5, 1, "", transform=axes.transAxes, va="top", fontsize=8, color=INK)
        self.below = axes.text(1.5, 0, "", transform=axes.transAxes, va="bottom", fontsize=8, color=INK)
        self.moving = [self.above, self.below]

    def show(self, scale):
        self.above.set_text(number(scale, 2))
        self.below.set_text(number(-scale, 2))


@course_style()
def digits(images, labels):
    """Images of digits in rows of ten, each under its label.

    images: (n, 784) or (n, 28, 28), 0 to 1 (or 0 to 255). labels: (n,) integers.
    """
    rows = -(-len(images) // 10)
    across = min(len(images), 10)
    picture = Picture(max(86 * across, 200), 108 * rows)
    top = max(np.max(images), 1)
    for axes in picture.subplots(rows, across, squeeze=False).ravel()[len(images) :]:
        axes.remove()
    for axes, image, label in zip(picture.axes, images, labels):
        DigitView(axes).show(np.asarray(image) / (255 if top > 1 else 1), f"{label}")
    picture.subplots_adjust(0.01, 0.02, 0.99, 1 - 0.2 / rows, hspace=0.3)
    picture.caption = f"Handwritten digits, {len(images)} in all: {' '.join(str(label) for label in labels)}."
    return picture


@course_style()
def digit_network(image, scores=None):
    """The network of 784 inputs and 10 outputs with an image going into it, and its outputs if given.

    image: (784,), 0 to 1. scores: (10,), what the network puts out, or None.
    """
    picture = Picture(720, 340)
    DigitView(picture.add_axes((0.02, 0.28, 0.2, 0.44))).show(image, "28 × 28 pixels")
    net = bare(picture.add_axes((0.22, 0.02, 0.42, 0.96)))
    net.set(xlim=(0, 10), ylim=(-0.4, 10.4))
    into, out = np.linspace(1, 9.4, 13)[::-1], np.linspace(0.3, 9.3, 10)[::-1]
    into = np.delete(into, 6)
    for y in into:
        net.plot([2.4, 8.6], [np.full(10, y), out], color=FAINT, linewidth=0.4, zorder=0)
        net.annotate("", (2.2, y), (0.5, 5.2), arrowprops={"arrowstyle": "-", "color": "#BBBBBB", "linewidth": 0.6})
    net.scatter(np.full(12, 2.4), into, s=42, facecolor="white", edgecolor=INK, zorder=2)
    net.text(2.4, 5.2, "⋮", ha="center", va="center", fontsize=14, color=INK)
    net.text(2.4, 10, "784 inputs", ha="center", fontsize=9, color=INK)
    net.text(8.6, 10, "10 outputs", ha="center", fontsize=9, color=INK)
    net.text(5.5, -0.35, "7,840 weights, one for each line", ha="center", fontsize=9, color=MUTED)
    net.scatter(np.full(10, 8.6), out, s=60, facecolor="white", edgecolor=INK, zorder=2)
    if scores is None:
        for digit, y in enumerate(out):
            net.text(9.2, y, f"{digit}?", va="center", fontsize=9, color=INK)
        picture.caption = "A network with 784 inputs, one for each pixel, and 10 outputs, one for each digit."
    else:
        beside_the_outputs = picture.add_axes((0.68, 0.0287, 0.3, 0.9067))
        ScoresView(beside_the_outputs).show(scores)
        beside_the_outputs.spines["bottom"].set_visible(False)
        beside_the_outputs.set_xticks([])
        said = ", ".join(f"{digit}? {score:.2f}" for digit, score in enumerate(scores))
        picture.caption = f"The image goes in, ten numbers come out: {said}."
    return picture


@course_style()
def weight_images(weights, digits=range(10)):
    """The weights of some outputs, each as a 28 x 28 image, all on one scale of colours.

    weights: (10, 784).
    """
    digits = list(digits)
    rows = -(-len(digits) // 5)
    across = min(len(digits), 5)
    wide = 160 * across + 70
    picture = Picture(wide, 185 * rows)
    scale = colour_scale(weights[digits])
    grid = picture.subplots(rows, across, squeeze=False).ravel()
    for axes, digit in zip(grid, digits):
        view = WeightImageView(axes, f"{digit}?")
        view.show(weights[digit], scale)
    picture.subplots_adjust(0.01, 0.02, 1 - 75 / wide, 1 - 0.12 / rows, wspace=0.06, hspace=0.2)
    ColourBar(picture.add_axes((1 - 65 / wide, 0.1, 14 / wide, 0.8)), view).show(scale)
    extremes = "; ".join(f"{d}? from {number(weights[d].min(), 3)} to {number(weights[d].max(), 3)}" for d in digits)
    picture.caption = f"Weights as images: {extremes}."
    return picture


class ProductView:
    """The weights of one output, their product with an image pixel by pixel, and the sum of it: the score."""

    def __init__(self, axes_pair):
        self.weights, self.product = WeightImageView(axes_pair[0]), WeightImageView(axes_pair[1], "pixel × weight")
        below = axes_pair[1].transAxes
        self.score = axes_pair[1].text(0.5, -0.04, "", transform=below, ha="center", va="top", fontsize=10, color=INK)
        self.moving = [*self.weights.moving, self.weights.title, *self.product.moving, self.score]

    def show(self, image, weights, digit, scale):
        with np.errstate(invalid="ignore"):
            product = image * weights[digit]
        self.weights.title.set_text(f"weights of {digit}?")
        self.weights.show(weights[digit], scale)
        self.product.show(product, scale)
        self.score.set_text(f"sum = {number(product.sum(), 3)}")

    def show_nothing(self):
        self.weights.title.set_text("")
        self.weights.show_nothing()
        self.product.show_nothing()
        self.score.set_text("")


class SimilarityView(ProductView):
    """An image, the weights of one output, their product pixel by pixel, and the sum of it: the score."""

    def __init__(self, axes_row):
        super().__init__(axes_row[1:])
        self.score.set(x=1.1, y=0.5, ha="left", va="center", fontsize=12)
        self.digit = DigitView(axes_row[0])
        self.moving += self.digit.moving
        for axes, sign in zip(axes_row[1:], "×="):
            axes.text(-0.09, 0.5, sign, transform=axes.transAxes, ha="center", va="center", fontsize=18, color=INK)

    def show(self, image, label, weights, digit, scale):
        super().show(image, weights, digit, scale)
        self.digit.show(image, f"image of a {label}")


@course_style()
def similarity(image, label, weights, digits=(2, 1)):
    """One image against the weights of some outputs: where each score comes from, pixel by pixel.

    image: (784,), 0 to 1. label: what it shows. weights: (10, 784).
    """
    picture = Picture(720, 185 * len(digits))
    scale = colour_scale(weights[list(digits)])
    for digit, axes_row in zip(digits, picture.subplots(len(digits), 3, squeeze=False)):
        SimilarityView(axes_row).show(image, label, weights, digit, scale)
    picture.subplots_adjust(0.01, 0.02, 0.78, 1 - 0.12 / len(digits), wspace=0.2, hspace=0.22)
    scores = ", ".join(f"{digit}? {number(image @ weights[digit], 3)}" for digit in digits)
    picture.caption = f"An image of a {label} against the weights of some outputs; the scores: {scores}."
    return picture


def colour_scale(weights):
    """The number that gets the full colour: all but the largest 0.2% of the sizes fit under it."""
    sizes = np.abs(weights[np.isfinite(weights)])
    return float(np.quantile(sizes, 0.998)) if sizes.any() else 1.0


def _frame(axes):
    """A frame around an image, drawn after it. Spines would not do: a live picture draws them once, the image later."""
    bare(axes)
    edge = Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, edgecolor="#AAAAAA", linewidth=0.8, zorder=2.5)
    edge.set_clip_on(False)
    return axes.add_patch(edge)
