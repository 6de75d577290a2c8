"""What stands on a page where a notebook shows an explorer, a pad or a question."""

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from helpers.explorers import OwnDigit
from helpers.explorers.explorer import Explorer, LiveBox
from helpers.predict.question import Question

from .grid import HIDDEN, Position, go_to, grid, position_of
from .markdown import plain, raw_html
from .pad import pad_element, pad_script
from .questions import asks_about, question_element
from .recording import Recorder, Recording, is_alike
from .recording_files import write_recording
from .running import run_cells

PNG = "image/png"


@dataclass(frozen=True)
class Display:
    """A cell that shows an explorer, and how the explorer then stood."""

    number: int
    explorer: Explorer
    position: Position
    still: str  # the picture in MyST


def live_parts(notebook: NotebookNode, path: Path, target: Path) -> Iterator[tuple[int, str]]:
    """Run the notebook; give the number of each cell that shows something to move or to answer, and that in MyST.

    What else it needs is written to the target. Where an explorer is shown again, the notebook has put its sliders
    where it wants them.
    """
    displays: list[Display] = []
    questions: dict[int, Question] = {}
    for number, shown in run_cells(notebook, path.parent):
        name = f"{path.stem}_{number}"
        if isinstance(shown, Question):
            questions[number] = shown
        elif isinstance(shown, Explorer):
            displays.append(Display(number, shown, position_of(shown), still_picture(shown, name, target)))
        elif isinstance(shown, OwnDigit):
            yield number, pad_part(shown, name, target)
    for group in _alike(displays):
        name = f"{path.stem}_{group[0].number}"
        explorer = group[0].explorer
        recording = Recorder(explorer).record(grid(explorer, [display.position for display in group]))
        write_recording(recording, target / "static/recordings" / name)
        for display in group:
            yield display.number, explorer_element(name, recording.stops_at(display.position), display.still)
        for number, question in list(questions.items()):
            asked_about = _display_asked_about(question, number, group)
            if asked_about:
                del questions[number]
                go_to(asked_about.explorer, asked_about.position)
                stops = _stops(recording)
                yield number, question_element(question, asked_about.explorer, f"{path.stem}_{number}", name, stops)
    if questions:
        sys.exit(f"{path.name}: the explorer of a question is never shown:\n{next(iter(questions.values())).text}")


def _alike(displays: list[Display]) -> list[list[Display]]:
    """The displays of each explorer; those of explorers that are alike together, so that nothing is recorded twice."""
    groups: list[list[Display]] = []
    for display in displays:
        for group in groups:
            explorer = group[0].explorer
            if display.explorer is explorer or is_alike(explorer, display.explorer):
                group.append(display)
                break
        else:
            groups.append([display])
    return groups


def _display_asked_about(question: Question, number: int, displays: list[Display]) -> Display | None:
    """The one that comes next after a question of this number, if the question is about its explorer."""
    about = [each for each in displays if each.number > number and asks_about(question, each.explorer)]
    return next(iter(about), None)


def _stops(recording: Recording) -> dict[str, list]:
    """The values of each control that is moved for itself."""
    alone = [axis for axis in recording.axes if len(axis.controls) == 1 and axis.controls[0] != HIDDEN]
    return {axis.controls[0]: [value for (value,) in axis.values] for axis in alone}


def explorer_element(name: str, at: list[int], still: str, options: str = "") -> str:
    """The place in MyST: the still picture, until the page can play the recording with this name."""
    opening = f'<div class="recorded-explorer" data-explorer="{name}" data-at="{json.dumps(at)}" {options}>'
    return "\n".join([raw_html(opening), still, raw_html("</div>")])


def pad_part(own: OwnDigit, name: str, target: Path) -> str:
    (target / "static" / f"{name}.js").write_text(pad_script(own, name), encoding="utf-8")
    return pad_element(name, still_picture(own, name, target))


def still_picture(box: LiveBox, name: str, target: Path) -> str:
    """The picture as it is now, in MyST; for paper, and for a browser without scripts."""
    (data, metadata), *_ = box.cell_outputs()
    (target / "notebooks" / f"{name}.png").write_bytes(base64.b64decode(data[PNG]))
    return figure(f"/notebooks/{name}.png", box.summary, metadata[PNG]["width"])


def figure(file: str, summary: str, width: int) -> str:
    return "\n".join(
        [
            f"::::{{figure}} {file}",
            f":alt: {json.dumps(summary)}",
            f":width: {width}px",
            plain(summary),
            "::::",
        ]
    )
