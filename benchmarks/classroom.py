"""How many learners a machine bears: `make bench-class` starts a class, lets them read, and writes RESULTS.md."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from benchmarks import machine
from benchmarks.report import duration
from tests.support.classroom import Learner, RunningClass, errors

RESULTS = Path(__file__).resolve().parents[1] / "classroom/RESULTS.md"
MEASURED_ONCE = "## What was done to need less"  # this part of RESULTS.md and all below stay as they are
CLASS_SIZES = (5, 10, 20, 30)
MOVES_PER_READER = 50
MOVES_IN_A_ROW = 5  # then the reader looks
SECONDS_BETWEEN_MOVES = 0.1  # from the answer to one move to the next move
SECONDS_OF_LOOKING = (1.5, 4.0)
SLOW_SECONDS = 0.3  # from a slider's move to its picture: a reader takes that for sluggish
MACHINE_MIB = 1024
CORES_OTHERS_MAY_USE = 0.3  # on average
NOTEBOOKS = (
    "1_multiple_inputs.ipynb",
    "2_freezing_one_weight.ipynb",
    "3_multiple_outputs.ipynb",
    "4_mnist.ipynb",
    "5_visualizing_weights.ipynb",
)


class Reader:
    """A simulated learner, with a notebook that has been run whole."""

    def __init__(self, running: RunningClass, number: int):
        self.random = Random(number)
        self.learner = Learner(running, f"reader{number}")
        self.learner.arrive()
        self.notebook = self.learner.notebook(NOTEBOOKS[number % len(NOTEBOOKS)])
        widgets: dict[str, dict] = {}
        for source in self.notebook.cells:
            answers = self.notebook.run(source)
            if raised := errors(answers):
                raise RuntimeError(f"a cell ended with {raised[0]['ename']}")
            widgets |= {
                answer["content"]["comm_id"]: answer["content"]["data"]["state"]
                for answer in answers
                if answer["msg_type"] == "comm_open"
            }
        self.slider, self.state = next(
            (widget, state) for widget, state in widgets.items() if state.get("description") == "alpha"
        )
        for widget, state in widgets.items():
            if "size" in state and "_esm" in state:  # a live picture: it draws for a page that has asked
                self._tell(widget, {"method": "custom", "content": {"density": 1}})

    def read(self, moves: int) -> list[float]:
        """Move the slider, and give the seconds from each move to its picture."""
        seconds = []
        for number in range(moves):
            pause = SECONDS_BETWEEN_MOVES
            if number % MOVES_IN_A_ROW == 0:
                pause = self.random.uniform(*SECONDS_OF_LOOKING)
            time.sleep(pause)
            seconds.append(
                self._tell(self.slider, {"method": "update", "state": self._another_place(), "buffer_paths": []})
            )
        return seconds

    def _tell(self, widget: str, data: dict) -> float:
        """Send what the page would; the seconds until the picture has come. Raises RuntimeError if none comes."""
        sent, came = time.perf_counter(), None
        request = self.notebook.send("comm_msg", {"comm_id": widget, "data": data})
        for answer in self.notebook.answers(request, lambda answer: answer["content"].get("execution_state") == "idle"):
            if "pixels" in answer["content"].get("data", {}).get("content", {}):
                came = time.perf_counter()
        if came is None:
            raise RuntimeError("a move of the slider brought no picture")
        return came - sent

    def _another_place(self) -> dict:
        """Another place of the slider."""
        if "_options_labels" in self.state:
            places = list(range(len(self.state["_options_labels"])))
            name = "index"
        else:
            steps = round((self.state["max"] - self.state["min"]) / self.state["step"])
            places = [self.state["min"] + step * self.state["step"] for step in range(1, steps)]
            name = "value"
        self.state[name] = self.random.choice([place for place in places if place != self.state[name]])
        return {name: self.state[name]}


@dataclass
class ClassMeasurement:
    """A class of so many, and what was measured in it."""

    learners: int
    newcomers: int
    start_seconds: float  # until the last newcomer's notebook had run
    move_seconds: list[float] = field(default_factory=list)  # from each move to its picture
    learner_mib: list[float] = field(default_factory=list)  # of each one's server and kernel
    hub_mib: float = 0  # with the proxy
    other_cores: float = 0  # that other programs kept busy meanwhile
    failures: list[str] = field(default_factory=list)

    @property
    def slow_move_seconds(self) -> float:
        """What 95 of 100 moves do not exceed."""
        return float(np.percentile(self.move_seconds, 95))

    @property
    def is_good(self) -> bool:
        return self.slow_move_seconds <= SLOW_SECONDS and not self.failures

    @property
    def room_for(self) -> int:
        """How many learners' servers and kernels have room in MACHINE_MIB beside the hub."""
        return int((MACHINE_MIB - self.hub_mib) / np.mean(self.learner_mib))

    def line(self) -> str:
        cells = [
            f"{self.learners}",
            f"{self.newcomers} in {self.start_seconds:.0f} s",
            duration(np.median(self.move_seconds)),
            duration(self.slow_move_seconds),
            f"{np.mean(self.learner_mib):.0f} MiB",
            f"{self.hub_mib:.0f} MiB",
            f"{len(self.failures)}",
            f"{self.other_cores:.1f} cores",
        ]
        return f"| {' | '.join(cells)} |"


def grow(sizes: Iterable[int], moves: int) -> list[ClassMeasurement]:
    """Let a class grow until it is too slow, and measure at each size."""
    measured: list[ClassMeasurement] = []
    readers: list[Reader] = []
    with TemporaryDirectory() as folder, RunningClass(Path(folder)) as running:
        for size in sizes:
            print(f"Measuring {size} learners ...", file=sys.stderr, flush=True)
            failures: list[str] = []
            start = time.perf_counter()
            newcomers = range(len(readers), size)
            readers += _all_at_once(lambda number: Reader(running, number), newcomers, failures)
            now = ClassMeasurement(size, len(newcomers), time.perf_counter() - start, failures=failures)
            before = _busy_seconds(running)
            for seconds in _all_at_once(lambda reader: reader.read(moves), readers, failures):
                now.move_seconds += seconds
            elapsed, everybody, ours = (end - begin for begin, end in zip(before, _busy_seconds(running), strict=True))
            now.other_cores = (everybody - ours) / elapsed
            now.learner_mib = [_mib(server, *server.children(recursive=True)) for server in running.servers()]
            now.hub_mib = _mib(*_hub(running))
            measured.append(now)
            if not now.is_good:
                break
    return measured


def _all_at_once(do: Callable, arguments: Sequence, failures: list[str]) -> list:
    """What came of each call, without those that failed."""
    with ThreadPoolExecutor(len(arguments)) as threads:
        futures = [threads.submit(do, argument) for argument in arguments]
    faults = [fault for future in futures if (fault := future.exception())]
    failures.extend(f"{type(fault).__name__}: {fault}" for fault in faults)
    return [future.result() for future in futures if not future.exception()]


def _mib(*processes: psutil.Process) -> float:
    """The memory that is these processes' own, and their share of what they have in common with others."""
    return sum(process.memory_full_info().pss for process in processes) / 2**20


def _busy_seconds(running: RunningClass) -> tuple[float, float, float]:
    """The time now; seconds for which cores have been busy; those of them that were for the class and its readers."""
    cores = psutil.cpu_times()
    programs = [psutil.Process(), *_hub(running)]
    for server in running.servers():
        programs += [server, *server.children(recursive=True)]
    ours = sum(sum(program.cpu_times()[:2]) for program in programs)
    return time.monotonic(), cores.user + cores.nice + cores.system, ours


def _hub(running: RunningClass) -> list[psutil.Process]:
    hub = psutil.Process(running.process.pid)
    servers = running.servers()
    kernels = [kernel for server in servers for kernel in server.children(recursive=True)]
    return [hub, *(child for child in hub.children(recursive=True) if child not in [*servers, *kernels])]


def report(classes: list[ClassMeasurement]) -> str:
    good = [each.learners for each in classes if each.is_good]
    first, largest = classes[0], classes[-1]
    too_many = ", the most that were tried"
    if largest.slow_move_seconds > SLOW_SECONDS:
        too_many = f"; {largest.learners} were too many"
    rows = "\n".join(each.line() for each in classes)
    return f"""\
# How many learners a machine bears

Written by `make bench-class`, all in one run, on one machine that runs the hub, the learners' servers and the \
simulated learners.

{machine.description()}

## A class that grows

| learners | newcomers' notebooks run | move to picture, median | 95th percentile | memory of each \
| of hub and proxy | failures | other programs |
|--:|--:|--:|--:|--:|--:|--:|--:|
{rows}

- **In 1 GB**, beside the hub, there is room for **{largest.room_for} learners**, each with one notebook open.
- **On 2 cores**, at most {duration(SLOW_SECONDS)} from a move to its picture in 95 of 100 moves: \
**{max(good, default=0)} learners** who all move their sliders{too_many}.

- Each logs in, opens one of the five notebooks, in turn, and runs it whole. Then all of them move the slider alpha \
{len(first.move_seconds) // first.learners} times: {MOVES_IN_A_ROW} moves in a row, {SECONDS_BETWEEN_MOVES} s apart, \
then {SECONDS_OF_LOOKING[0]:g} to {SECONDS_OF_LOOKING[1]:g} s of looking.
- From the message that the page sends, through proxy, server and kernel, to the message with the new picture (drawn \
for a screen with one pixel for each of the page); the page's own part is in benchmarks/RESULTS.md.
- Memory: proportional set size, of what is shared each has its share; server and kernel, the notebook run.
"""


def store(text: str) -> None:
    """Renew RESULTS.md, but for the part that was measured once."""
    _, heading, measured_once = RESULTS.read_text(encoding="utf-8").partition(MEASURED_ONCE)
    RESULTS.write_text(f"{text}\n{heading}{measured_once}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-class", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few learners and moves, to try it out; only print")
    options = parser.parse_args()
    if options.quick:
        classes = grow((2, 3), MOVES_IN_A_ROW)
    else:
        classes = grow(CLASS_SIZES, MOVES_PER_READER)
    text = report(classes)
    print(text)
    for each in classes:
        for failure in each.failures:
            print(f"{each.learners} learners: {failure}", file=sys.stderr)
    other_cores = max(each.other_cores for each in classes)
    if other_cores > CORES_OTHERS_MAY_USE:
        sys.exit(
            f"{RESULTS.name} stays as it was: other programs kept {other_cores:.1f} cores busy; measure when they are "
            "quiet."
        )
    if not options.quick:
        store(text)


if __name__ == "__main__":
    main()
