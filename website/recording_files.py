"""Writes a recording for the page: its tiles in sheets, and a script that says where each of them is shown.

A sheet has tiles that are shown close to each other, so that a page need not keep all in its memory.
"""

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from helpers.figures.colours import PALETTE

from .grid import Axis
from .recording import Recording

COLOURS = np.array(PALETTE.getpalette(), np.uint8).tobytes()
MOST_TILES = 512  # in a sheet: 2 MB when it is decoded
ACROSS = 16  # tiles in a row of a sheet
SEVERAL_ALPHAS = -1


def write_recording(recording: Recording, folder: Path) -> None:
    """Make the folder, with 0.webp and so on, and index.js. The folder's name is the recording's."""
    folder.mkdir(parents=True)
    sheets = list(_sheets(recording))
    for number, tiles in enumerate(sheets):
        (folder / f"{number}.webp").write_bytes(_webp(recording.tiles[tiles]))
    renumbered = np.empty(len(recording.tiles), np.int32)
    renumbered[np.concatenate(sheets)] = np.arange(len(recording.tiles))
    index = {
        "size": recording.size,
        "pixels": recording.pixels,
        "tile": recording.tiles.shape[-1],
        "sheets": [len(tiles) for tiles in sheets],
        "axes": [_described(axis) for axis in recording.axes],
        "words": recording.words,
        "tiles": base64.b64encode(packed(recording, renumbered[recording.shown])).decode(),
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "index.js").write_text(f"course.recordings[{json.dumps(folder.name)}] = {text};\n", encoding="utf-8")


def _described(axis: Axis) -> dict:
    return {
        "controls": axis.controls,
        "description": axis.description,
        "values": [list(map(_as_json, values)) for values in axis.values],
        "labels": axis.labels,
        "isSlider": axis.is_slider,
    }


def _as_json(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value


def _sheets(recording: Recording) -> Iterator[np.ndarray]:
    """The numbers of the tiles of each sheet, in the order in which they are on it.

    What shows at one alpha alone is apart from the rest, and there, what shows at many positions from what does at few.
    """
    shown, count = recording.shown, len(recording.tiles)
    alphas = np.repeat(np.arange(len(recording.axes[0].values)), len(shown) // len(recording.axes[0].values))
    first, last = np.full(count, len(shown)), np.zeros(count, int)
    place, times = np.zeros(count, int), np.zeros(count, int)
    for position, numbers in enumerate(shown):
        there, places = np.unique(numbers, return_index=True)
        place[there] = np.where(times[there], place[there], places)
        first[there] = np.minimum(first[there], position)
        last[there] = position
        times[there] += 1
    group = np.where(alphas[first] == alphas[last], alphas[first], SEVERAL_ALPHAS)
    for each in np.unique(group):
        tiles = np.flatnonzero(group == each)
        tiles = tiles[np.lexsort([place[tiles], first[tiles], -np.floor(np.log2(times[tiles]))])]
        for part in np.array_split(tiles, -(-len(tiles) // MOST_TILES)):
            # What looks alike side by side: that makes a smaller file.
            yield part[np.lexsort([first[part], place[part]])]


def _webp(tiles: np.ndarray) -> bytes:
    """The tiles in rows; pixels are kept as they are."""
    across, side = min(ACROSS, len(tiles)), tiles.shape[-1]
    whole = np.pad(tiles, [(0, -len(tiles) % across), (0, 0), (0, 0)])
    sheet = Image.fromarray(whole.reshape(-1, across, side, side).swapaxes(1, 2).reshape(-1, across * side))
    file = io.BytesIO()
    sheet.putpalette(COLOURS)
    sheet.convert("RGB").save(file, "WEBP", lossless=True)
    return file.getvalue()


def packed(recording: Recording, shown: np.ndarray) -> bytes:
    """What static/recording.js unpacks: for each position, what differs from the one that is a step before it.

    A number of changes, and for each the places skipped, and by how much the tile's number is another than before, its
    sign in the lowest bit; all numbers in pieces of seven bits, the lowest first, the top bit says that one more comes.
    """
    numbers: list[int] = []
    before = np.zeros_like(shown[0])
    shape = [len(axis.values) for axis in recording.axes]
    for position, now in enumerate(shown):
        if position:
            before = shown[position - step_back(shape, position)]
        changed = np.flatnonzero(now != before)
        skipped = np.diff(changed, prepend=-1) - 1
        differences = now[changed] - before[changed]
        signed = np.where(differences < 0, -2 * differences - 1, 2 * differences)
        numbers.append(len(changed))
        numbers += np.column_stack([skipped, signed]).ravel().tolist()
    return b"".join(map(_pieces, numbers))


def step_back(shape: list[int], position: int) -> int:
    """How far before a position the one is that has one less on the last axis that is not at its beginning."""
    step = 1
    for length in reversed(shape):
        if position // step % length:
            return step
        step *= length
    raise ValueError("No position is before the first.")


def _pieces(number: int) -> bytes:
    pieces = bytearray()
    while number > 127:
        pieces.append(number & 127 | 128)
        number >>= 7
    pieces.append(number)
    return bytes(pieces)
