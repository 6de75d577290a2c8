"""Files as MNIST is published in, and what may happen to one."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from helpers.datasets.mnist import RAW_FILES


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def idx(array: np.ndarray) -> bytes:
    """An IDX file that holds a uint8 array."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


def write_raw_files(folder: Path, part: str, images: np.ndarray, labels: np.ndarray) -> None:
    """The two raw files of the training or of the test set."""
    for name, array in zip(RAW_FILES[part], (images, labels), strict=True):
        (folder / name).write_bytes(idx(array))


def is_one_sentence(message: str) -> bool:
    return message.endswith(".") and "\n" not in message and ". " not in message


def _with_a_flipped_bit(content: bytes, position: int) -> bytes:
    changed = bytearray(content)
    changed[position] ^= 1
    return bytes(changed)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "last byte lost": lambda content: content[:-1],
    "half lost": lambda content: content[: len(content) // 2],
    "first byte": lambda content: _with_a_flipped_bit(content, 0),
    "a byte inside": lambda content: _with_a_flipped_bit(content, len(content) // 2),
    "last byte": lambda content: _with_a_flipped_bit(content, -1),
    "a byte too many": lambda content: content + b"\0",
}
