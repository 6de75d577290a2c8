"""Reads a recording as a page does, and draws an explorer as it would be sent to a page."""

import base64
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from website.recording import DENSITY, cut


class RecordingInFiles:
    """What website/recording_files.py has written into a folder."""

    def __init__(self, folder: Path):
        script = (folder / "index.js").read_text(encoding="utf-8")
        self.index = json.loads(script.removeprefix(f'course.recordings["{folder.name}"] = ').removesuffix(";\n"))
        self.axes, self.words = self.index["axes"], self.index["words"]
        self.shape = [len(axis["values"]) for axis in self.axes]
        tile = self.index["tile"]
        sheets = [np.asarray(Image.open(folder / f"{k}.webp")) for k in range(len(self.index["sheets"]))]
        self.tiles = np.concatenate(
            [tiles_of(sheet, tile)[:count] for sheet, count in zip(sheets, self.index["sheets"])]
        )
        self.shown = self._unpacked(base64.b64decode(self.index["tiles"]))

    def position(self, stops: list[int]) -> int:
        return int(np.ravel_multi_index(stops, self.shape))

    def picture(self, position: int) -> np.ndarray:
        return put_together(self.tiles[self.shown[position]], self.index["pixels"])

    def _unpacked(self, packed: bytes) -> np.ndarray:
        numbers = iter(_numbers(packed))
        places = np.prod([-(-side // self.index["tile"]) for side in self.index["pixels"]])
        shown = np.zeros((len(self.words), places), int)
        for position in range(1, len(shown) + 1):
            stops = np.array(np.unravel_index(position - 1, self.shape))
            now = shown[position - 1]
            if stops.any():
                stops[np.flatnonzero(stops)[-1]] -= 1
                now[:] = shown[self.position(stops)]
            place = -1
            for _ in range(next(numbers)):
                place += next(numbers) + 1
                signed = next(numbers)
                now[place] += -(signed + 1) // 2 if signed % 2 else signed // 2
        return shown


def _numbers(packed: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for piece in packed:
        value += (piece & 127) << shift
        shift += 7
        if piece < 128:
            numbers.append(value)
            value = shift = 0
    return numbers


def tiles_of(sheet: np.ndarray, tile: int) -> np.ndarray:
    """(height, width, 3) -> (n, tile, tile, 3)"""
    height, width, _ = sheet.shape
    return sheet.reshape(height // tile, tile, width // tile, tile, 3).swapaxes(1, 2).reshape(-1, tile, tile, 3)


def put_together(tiles: np.ndarray, pixels: list[int]) -> np.ndarray:
    """The picture whose tiles these are, row by row: (height, width, 3)."""
    width, height = pixels
    tile = tiles.shape[1]
    across = -(-width // tile)
    whole = tiles.reshape(-1, across, tile, tile, 3).swapaxes(1, 2).reshape(-1, across * tile, 3)
    return whole[:height, :width]


def drawn_for_page(explorer) -> np.ndarray:
    """The whole picture, drawn anew: (height, width, 3)."""
    sent = []
    explorer.live.send = lambda message, buffers: sent.append((message, buffers))
    explorer.live.draw_for_page(None, {"density": DENSITY}, [])
    ((message, (png,)),) = sent
    palette = np.array(Image.open(io.BytesIO(png)).getpalette()).reshape(-1, 3)
    places = len(message["changed"])
    return put_together(palette[cut(png, message["tile"])[:places]].astype(np.uint8), message["pixels"])
