"""`make bench`: measures all pieces and writes RESULTS.md; `make bench ARGS="learning imports"` only prints these."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from . import imports, kernel, machine, memory, motion, peers, report, site, sliders
from .report import Figure, Row, Section

RESULTS = Path(__file__).with_name("RESULTS.md")
PIECES = ("sliders", "motion", "site", "kernel", "learning", "imports", "memory")
INTRODUCTION = """\
# How fast the course is

Written by `make bench`, all in one run. Ours and what it is compared with take turns, so that whatever else the machine
does hits both."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("pieces", nargs="*", help=f"only these, and only print: {', '.join(PIECES)}")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try the benchmarks out; only print")
    options = parser.parse_args()
    if unknown := set(options.pieces) - set(PIECES):
        parser.error(f"there is no piece {', '.join(unknown)}; there are {', '.join(PIECES)}")
    text = run(options.pieces or PIECES, options.quick)
    print(text)
    if not options.pieces and not options.quick:
        RESULTS.write_text(text, encoding="utf-8")


def run(pieces: Iterable[str], quick: bool) -> str:
    """Measure, and give the report."""
    start = time.perf_counter()
    sections: list[Section] = []
    profiles: dict[str, dict[str, dict[str, float]]] = {}
    further: dict[str, Any] = {}
    if "sliders" in pieces:
        _say("the sliders, in a browser")
        found, in_the_browser = sliders.measure(quick)
        sections += found
        profiles["browser"] = in_the_browser
    if "motion" in pieces:
        _say("playing and dragging a point, in a browser")
        sections += motion.measure(quick)
    if "site" in pieces:
        _say("the website, in a browser")
        sections += site.measure(quick)
    if "learning" in pieces:
        _say("learning")
        found, further = _learning(quick)
        sections += found
    if "imports" in pieces:
        _say("imports and notebooks")
        sections += imports.measure(quick)
    if "memory" in pieces:
        _say("memory")
        sections += memory.measure(quick)
    if "kernel" in pieces:
        _say("the kernel's part of a slider's move")
        profiles["kernel"] = kernel.measure(quick)
    parts = [INTRODUCTION, machine.description(**further), report.figures(figures(sections))]
    parts += [section.text() for section in sections]
    if "kernel" in profiles:
        parts.append(report.profile(profiles["kernel"], profiles.get("browser", {})))
    return (
        "\n\n".join(part.rstrip() for part in parts)
        + f"\n\nMeasured in {(time.perf_counter() - start) / 60:.0f} minutes.\n"
    )


def _learning(quick: bool) -> tuple[list[Section], dict[str, str]]:
    """In a Python of its own, which has the peers."""
    command = [peers.python(), "-m", "benchmarks.learning", *["--quick"] * quick]
    done = subprocess.run(command, cwd=RESULTS.parents[1], stdout=subprocess.PIPE, text=True, check=True)
    measured = json.loads(done.stdout)
    sections = [
        Section(section["title"], [Row(**row) for row in section["rows"]], section["notes"])
        for section in measured["sections"]
    ]
    return sections, measured["versions"]


def figures(sections: Iterable[Section]) -> list[Figure]:
    """What the course set out to reach, of what was measured."""
    rows = {(row.what, row.against): row for section in sections for row in section.rows}
    reached = []

    def goal(
        what: str, key: tuple[str, str], measure: Callable[[Row], float], least: float | None, aim: float, *unit: Any
    ) -> None:
        if key in rows:
            reached.append(Figure(what, measure(rows[key]), least, aim, *unit))

    def ratio(row: Row) -> float:
        return row.ratio

    def ours(row: Row) -> float:
        return float(np.median(row.ours))

    def milliseconds(row: Row) -> float:
        return 1000 * ours(row)

    usual, loop, pyplot = sliders.USUAL_WAY, "the NumPy loop", "`import matplotlib.pyplot`"
    first, retraining = ("notebook 1, alpha", usual), "alpha (trains 10 passes)"
    goal("key to pixels, notebook 1, against interact", first, ratio, 6, 8)
    goal("key to pixels, notebook 1", first, milliseconds, None, 33, "ms", True)
    goal("pictures a second in a drag, notebook 1", ("notebook 1, alpha: shown", usual), ratio, 2.5, 4)
    for n in (4, 5):
        key = f"notebook {n}, {retraining}", usual
        goal(f"key to pixels for alpha, notebook {n}, 10 passes trained, against interact", key, ratio, 4, 6)
        goal(f"key to pixels for alpha, notebook {n}, 10 passes trained", key, milliseconds, 120, 60, "ms", True)
    for alpha in (motion.LEARNS, motion.DIVERGES):
        key = f"playing, alpha {alpha}", motion.USUAL_PLAY
        goal(f"pictures a second when playing notebook 1, alpha {alpha}", key, ours, None, 15, "/s")
    point = "a point, notebook 1: shown", motion.OUR_SLIDER
    goal("pictures a second in a drag of a point, against our slider of alpha", point, ratio, None, 0.9)
    key = "website, notebook 1, alpha", site.LAB
    goal("key to pixels on the website", key, milliseconds, None, 33, "ms", True)
    key = "website, notebook 1, alpha: shown", site.LAB
    goal("pictures a second in a drag on the website", key, ours, None, 30, "/s")
    goal("100 passes over 1,000 images, against the NumPy loop", ("100 passes, 1,000 images", loop), ratio, 12, 20)
    goal("60,000 images, one pass, against the NumPy loop", ("1 pass, 60,000 images", loop), ratio, 6, 12)
    for statement in imports.IMPORTS:
        key = f"`{statement}`", pyplot
        goal(f"`{statement}` over {pyplot}", key, lambda row: 1 / row.ratio, 1.5, 1.2, "times", True)
    return reached


def _say(what: str) -> None:
    print(f"Measuring {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
