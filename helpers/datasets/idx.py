"""IDX, the file format in which MNIST was published.

Two zero bytes, one for the type of the items (8 is unsigned byte), one for the number of dimensions; each dimension's
size as a big-endian 32-bit integer; then the items, the last dimension running fastest.
Source: LeCun, Cortes and Burges, "The MNIST database", http://yann.lecun.com/exdb/mnist/.
"""

import math
import os

import numpy as np

from .. import arguments

MOST_DIMENSIONS = 64  # of an array of NumPy's


def read_idx(path: str | os.PathLike[str]) -> np.ndarray:
    """Return the uint8 array that an IDX file of unsigned bytes holds, whatever its number of dimensions.

    Raises ValueError for a file that is not of that form, is truncated or has bytes left over, and FileNotFoundError
    where there is none.
    """
    path = arguments.path("path", path)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing, or no file: path must be that of an IDX file, such as those of MNIST."
        )
    return parse_idx(path.read_bytes(), path)


def parse_idx(content: bytes, path: str | os.PathLike[str]) -> np.ndarray:
    """What `read_idx` returns, from the bytes of the file; `path` is for what it says of a fault."""
    if content[:3] != bytes([0, 0, 8]) or len(content) < 4:
        raise ValueError(f"{path} is not an IDX file of unsigned bytes: it does not begin with the bytes 0, 0, 8.")
    if content[3] > MOST_DIMENSIONS:
        raise ValueError(f"{path} has {content[3]} dimensions: NumPy has at most {MOST_DIMENSIONS}.")
    start = 4 + 4 * content[3]
    if len(content) < start:
        raise ValueError(f"{path} is truncated: its header has {start} bytes, the file only {len(content)}.")
    shape = tuple(int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4))
    expected = start + math.prod(shape)
    wrong_length = f"its header, {shape}, asks for {expected} bytes, it has {len(content)}."
    if len(content) < expected:
        raise ValueError(f"{path} is truncated: {wrong_length}")
    if len(content) > expected:
        raise ValueError(f"{path} has bytes left over: {wrong_length}")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()
