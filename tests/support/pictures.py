"""Whether two pictures look the same, as pytest-mpl judges it."""

import re
from base64 import b64decode
from pathlib import Path

import matplotlib
from matplotlib.testing.compare import compare_images

from tests.support.lab import COURSE
from tests.support.notebook import Shown

TOLERANCE = 0.3  # root mean square of 0 to 255; see test_the_tolerance_is_small_enough for what is still noticed
LOCKED_MINOR = re.search(r"^matplotlib==(\d+\.\d+)\.", (COURSE / "requirements.lock").read_text(), re.MULTILINE)[1]
drawn_as_locked = matplotlib.__version__.startswith(f"{LOCKED_MINOR}.")


def same(one: bytes, other: bytes, folder: Path) -> bool:
    """Of two PNGs; the folder is for a moment's files."""
    if one == other:
        return True
    paths = [folder / "one.png", folder / "other.png"]
    for path, png in zip(paths, (one, other)):
        path.write_bytes(png)
    return compare_images(*map(str, paths), tol=TOLERANCE) is None


def look_the_same(shown: Shown, expected: Shown, folder: Path) -> bool:
    """Of what two runs of a cell show. Another release of matplotlib draws other letters: then all are the same."""
    pictures = [b64decode(each.png) for each in (shown, expected) if each.png]
    return not drawn_as_locked or not pictures or same(*pictures, folder)
