"""The drawing pad on the website: the network and the test images that the page needs, in a small script."""

import base64
import io
import json

import numpy as np
from PIL import Image

from helpers.explorers import OwnDigit
from helpers.figures.colours import OTHER_SCORES, POSITIVE, WEIGHTS
from helpers.figures.pixel_images import PIXELS_PER_SIDE, colour_scale
from helpers.figures.scores import ScoresView

TEST_IMAGES = 100  # the first of those that the explorer has
SCRIPTS = ("as_mnist.js", "digit_network.js", "pad.js", "own_digit.js")


def pad_script(own: OwnDigit, name: str) -> str:
    """What static/own_digit.js finds under the name."""
    return f"course.ownDigits[{json.dumps(name)}] = {json.dumps(pad_data(own))};\n"


def pad_data(own: OwnDigit) -> dict:
    return {
        "weights": _base64(own.weights.astype("<f4").tobytes()),
        "scale": colour_scale(own.weights),
        "images": f"data:image/png;base64,{_base64(_png(own.test_images[:TEST_IMAGES]))}",
        "labels": own.test_labels[:TEST_IMAGES].tolist(),
        "colours": (WEIGHTS(np.arange(WEIGHTS.N))[:, :3] * 255).round().astype(np.uint8).tobytes().hex(),
        "highest": POSITIVE,
        "others": OTHER_SCORES,
        "lowest": ScoresView.LOWEST,
        "longest": ScoresView.LONGEST,
    }


def pad_element(name: str, still: str) -> str:
    """The place in MyST: the still picture, until the scripts put the pad there. still: the picture in MyST."""
    return "\n".join(
        [
            "```{raw} html",
            f'<div class="own-digit" data-name="{name}">',
            "```",
            still,
            "```{raw} html",
            "</div>",
            *(f'<script defer src="../_static/{script}"></script>' for script in (*SCRIPTS, f"{name}.js")),
            "```",
        ]
    )


def _png(images: np.ndarray) -> bytes:
    """The images (n, 784), 0 to 1, one below the other."""
    pixels = np.round(images * 255).astype(np.uint8).reshape(-1, PIXELS_PER_SIDE)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", optimize=True)
    return file.getvalue()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
