"""The colours of the pictures, and the palette that their PNGs are written with."""

import numpy as np
from matplotlib.colors import Colormap, LinearSegmentedColormap
from PIL import Image

# Okabe and Ito's colours, which colour-blind readers can tell apart too.
POSITIVE = "#0072B2"
NEGATIVE = "#C24E00"
THIRD = "#007A5A"

INK = "#222222"
MUTED = "#6B6B6B"
FAINT = "#D9D9D9"
EDGE = "#AAAAAA"  # around an image or a cell
FAN = "#BBBBBB"  # the lines from an image to the inputs
GRID = "#E3E3E3"
NODE = "#EAF3FA"
OTHER_SCORES = "#9DB9CC"  # all but the highest
LEARNS = "#D6EAF6"  # where alpha lets the weights learn
DIVERGES = "#FBE6D6"
DIVERGES_HATCH = "#E0B090"

WEIGHTS = LinearSegmentedColormap.from_list("weights", [NEGATIVE, "#F0A36B", "#FFFFFF", "#6CB4E4", POSITIVE])
DEPTH = LinearSegmentedColormap.from_list("depth", ["#FFFFFF", "#BBD9EC", "#4C93C3", "#123B5D"])


def _to_white(ink: str) -> Colormap:
    """An ink in shades towards white, for smooth edges."""
    return LinearSegmentedColormap.from_list("", [ink, "white"])


# How many shades of each the palette has, 256 in all. Most go to the weights, since whole images are drawn in them.
SHADES = [
    (WEIGHTS, 103),
    (DEPTH, 31),
    (_to_white("black"), 50),
    (_to_white(MUTED), 20),
    (_to_white(POSITIVE), 18),
    (_to_white(NEGATIVE), 20),
    (_to_white(THIRD), 14),
]
NEARLY_WHITE = 247  # of 255: a shade with this much red, green and blue, or more


def _palette() -> Image.Image:
    """The colours of all pictures, known beforehand: so a picture becomes a small PNG in a third of the time.

    Nothing but white is nearly white, since the choice of the nearest colour is not exact to the last bit.
    """
    shades = np.concatenate([colour_map(np.linspace(0, 1, count)) for colour_map, count in SHADES])
    colours = (shades[:, :3] * 255).round().astype(np.uint8)
    darker = colours[colours.min(axis=1) < NEARLY_WHITE]
    image = Image.new("P", (1, 1))
    image.putpalette(np.vstack([[255, 255, 255], darker]).astype(np.uint8).tobytes())
    return image


PALETTE = _palette()
