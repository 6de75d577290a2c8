"""Makes the README's picture: an explorer in motion, from the explorer itself."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from helpers import explorers
from helpers.datasets import season
from helpers.figures.picture import encode

FILE = Path(__file__).resolve().parents[1] / "explorer.gif"
LEARNS, JUMPS, CLIMBS, EXPLODES = 0.005, 0.026, 0.028, 0.1
STEP, REST = 220, 1600  # milliseconds
SHOWN = [(LEARNS, 9), (JUMPS, 14), (CLIMBS, 14), (EXPLODES, 7)]  # alpha, and how many iterations


def frames() -> Iterator[tuple[Image.Image, int]]:
    """Each picture, and how long it stays, in milliseconds."""
    inputs = [season.toes[0], season.record[0], season.fans[0]]
    explorer = explorers.MultipleInputs(inputs, [season.won[0]], [0.1, 0.2, -0.1])
    explorer.live.send = lambda *message: None
    explorer.live.draw_for_page(None, {"density": 1}, [])
    for alpha, iterations in SHOWN:
        for iteration in range(1, iterations + 1):
            with explorer.one_move():
                explorer.alpha.value, explorer.iterations.value = alpha, iteration
            png = encode(explorer.figure.canvas.buffer_rgba(), compress_level=1)
            yield Image.open(io.BytesIO(png)), REST if iteration in (1, iterations) else STEP


def main() -> None:
    pictures, durations = zip(*frames())
    pictures[0].save(FILE, save_all=True, append_images=pictures[1:], duration=durations, loop=0, optimize=True)
    print(f"{FILE.name}: {len(pictures)} pictures, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
