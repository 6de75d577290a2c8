"""How many learners a machine bears: `make bench-class` starts a class, lets them read, and writes RESULTS.md."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from benchmarks import machine
from benchmarks.report import duration

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from .running_class import Learner, RunningClass, errors

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (5, 10, 20, 30)
MOVES = 50
AT_ONCE = 5  # moves of the slider in one go ...
BETWEEN = 0.1  # ... so many seconds apart, each after the answer to the one before; then the reader looks
LOOKS = (1.5, 4.0)  # seconds
SLOW = 0.3  # seconds from a slider's move to its picture that a reader takes for sluggish
MEMORY = 1024  # MiB
DISTURBED = 0.3  # cores that other programs may keep busy
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
        widgets = {}
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

    def read(self, moves: int = MOVES) -> list[float]:
        """Move the slider, and give the seconds from each move to its picture."""
        seconds = []
        for number in range(moves):
            time.sleep(BETWEEN if number % AT_ONCE else self.random.uniform(*LOOKS))
            seconds.append(
                self._tell(self.slider, {"method": "update", "state": self._somewhere(), "buffer_paths": []})
            )
        return seconds

    def _tell(self, widget: str, data: dict) -> float:
        """Send what the page would; the seconds until the picture has come. Raises RuntimeError if none comes."""
        start, came = time.perf_counter(), None
        request = self.notebook.send("comm_msg", {"comm_id": widget, "data": data})
        for answer in self.notebook.answers(request, lambda answer: answer["content"].get("execution_state") == "idle"):
            if "pixels" in answer["content"].get("data", {}).get("content", {}):
                came = time.perf_counter()
        if came is None:
            raise RuntimeError("a move of the slider brought no picture")
        return came - start

    def _somewhere(self) -> dict:
        """Another place of the slider."""
        if "_options_labels" in self.state:
            places = range(len(self.state["_options_labels"]))
            name = "index"
        else:
            steps = round((self.state["max"] - self.state["min"]) / self.state["step"])
            places = [self.state["min"] + step * self.state["step"] for step in range(1, steps)]
            name = "value"
        self.state[name] = self.random.choice([place for place in places if place != self.state[name]])
        return {name: self.state[name]}


@dataclass
class Size:
    """A class of so many, and what was measured in it."""

    learners: int
    start: float  # seconds until the last newcomer's notebook had run
    newcomers: int
    seconds: list[float] = field(default_factory=list)  # from a move to its picture
    memory: list[float] = field(default_factory=list)  # MiB of each learner's server and kernel
    rest: float = 0  # MiB of hub and proxy
    others: float = 0  # cores that other programs kept busy meanwhile
    failures: list[str] = field(default_factory=list)

    @property
    def slow(self) -> float:
        return float(np.percentile(self.seconds, 95))

    @property
    def fit(self) -> int:
        """How many learners' servers and kernels have room in MEMORY beside the hub."""
        return int((MEMORY - self.rest) / np.mean(self.memory))

    def line(self) -> str:
        cells = [
            f"{self.learners}",
            f"{self.newcomers} in {self.start:.0f} s",
            duration(np.median(self.seconds)),
            duration(self.slow),
            f"{np.mean(self.memory):.0f} MiB",
            f"{self.rest:.0f} MiB",
            f"{len(self.failures)}",
            f"{self.others:.1f} cores",
        ]
        return f"| {' | '.join(cells)} |"


def grow(sizes: Iterable[int], moves: int) -> list[Size]:
    """Let a class grow until it is too slow, and measure at each size."""
    measured, readers, failures = [], [], []
    with TemporaryDirectory() as folder, RunningClass(Path(folder)) as running:
        for size in sizes:
            _say(f"{size} learners")
            begun = time.perf_counter()
            numbers = range(len(readers), size)
            readers += _all_at_once(lambda number: Reader(running, number), numbers, failures)
            now = Size(size, time.perf_counter() - begun, len(numbers), failures=failures)
            before = _busy(running)
            for seconds in _all_at_once(lambda reader: reader.read(moves), readers, failures):
                now.seconds += seconds
            wall, everybody, ours = (then - first for first, then in zip(before, _busy(running), strict=True))
            now.others = (everybody - ours) / wall
            now.memory = [sum(memory(server)) for server in running.servers()]
            now.rest = sum(map(pss, _hub(running)))
            measured.append(now)
            failures = []
            if now.slow > SLOW or now.failures:
                break
    return measured


def _all_at_once(do: Callable, whats: Iterable, failures: list[str]) -> list:
    """What came of each, without those that failed."""
    whats = list(whats)
    with ThreadPoolExecutor(len(whats)) as threads:
        futures = [threads.submit(do, what) for what in whats]
    for future in futures:
        if fault := future.exception():
            failures.append(f"{type(fault).__name__}: {fault}")
    return [future.result() for future in futures if not future.exception()]


def memory(server: psutil.Process) -> tuple[float, float]:
    """MiB of a learner's server, and of its kernels."""
    return pss(server), sum(map(pss, server.children(recursive=True)))


def pss(process: psutil.Process) -> float:
    """MiB: what is this process's own, and its share of what it has in common with others."""
    return process.memory_full_info().pss / 2**20


def _busy(running: RunningClass) -> tuple[float, float, float]:
    """The time now; seconds for which cores have been busy; and those of them that were for the class and its readers."""
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


@dataclass(frozen=True)
class Saving:
    """Something that was done to need less, and how a copy of the course is made to do without it."""

    what: str
    file: str
    done: str
    undone: str


SAVINGS = [
    Saving(
        "kernels forget the results of cells (`Out`), and the figures with them",
        "helpers/lab/lean.py",
        "cache_size = 0",
        "cache_size = 1000",
    ),
    Saving("kernels without JupyterLab's debugger", "helpers/lab/lean.py", 'sys.modules["debugpy"] = None', "pass"),
    Saving(
        "servers without the grammar of addresses that are not in ASCII",
        "helpers/lab/lean.py",
        'NEEDLESS = ["rfc3987_syntax"]',
        "NEEDLESS = []",
    ),
]


@dataclass(frozen=True)
class Need:
    """What a learner needs with everything that was done to need less, or with all but one of it."""

    without: str
    server: float  # MiB
    kernel: float
    start: float  # seconds of one core until the server is there


def needs() -> list[Need]:
    """First with everything that was done, then without each."""
    measured = []
    for saving in (None, *SAVINGS):
        _say(f"two learners without this: {saving.what}" if saving else "two learners")
        with TemporaryDirectory() as folder:
            running = RunningClass(Path(folder))
            if saving:
                _undo(running.course / saving.file, saving)
            with running:
                measured.append(_need(running, saving.what if saving else ""))
    return measured


def _undo(path: Path, saving: Saving) -> None:
    text = path.read_text(encoding="utf-8")
    if saving.done not in text:
        raise RuntimeError(f"{saving.file} no longer has {saving.done!r}: change SAVINGS in {__file__}")
    path.write_text(text.replace(saving.done, saving.undone), encoding="utf-8")


def _need(running: RunningClass, without: str) -> Need:
    for name in ("first", "second"):
        Learner(running, name).arrive()
    start = np.mean([sum(server.cpu_times()[:2]) for server in running.servers()])
    failures = []
    readers = _all_at_once(lambda number: Reader(running, number), (0, 3), failures)
    if failures:
        raise RuntimeError(failures[0])
    used = [memory(server) for server in running.servers() if server.children()]
    server, kernel = np.mean(used, axis=0)
    assert len(used) == len(readers)
    return Need(without, server, kernel, start)


def report(sizes: list[Size], needed: list[Need]) -> str:
    quick = [size.learners for size in sizes if size.slow <= SLOW and not size.failures]
    largest = sizes[-1]
    too_many = f"; {largest.learners} were too many" if largest.slow > SLOW else ", the most that were tried"
    parts = [
        "# How many learners a machine bears",
        "Written by `make bench-class`, all in one run, on one machine that runs the hub, the learners' servers and the "
        "simulated learners.",
        machine.description(),
        "## A class that grows",
        "\n".join(
            [
                "| learners | newcomers' notebooks run | move to picture, median | 95th percentile "
                "| memory of each | of hub and proxy | failures | other programs |",
                "|--:|--:|--:|--:|--:|--:|--:|--:|",
                *(size.line() for size in sizes),
            ]
        ),
        f"- **In 1 GB**, beside the hub, there is room for **{largest.fit} learners**, each with one notebook open.\n"
        f"- **On 2 cores**, at most {duration(SLOW)} from a move to its picture in 95 of 100 moves: "
        f"**{max(quick, default=0)} learners** who all move their sliders{too_many}.",
        f"- Each logs in, opens one of the five notebooks, in turn, and runs it whole. Then all of them move the slider "
        f"alpha {len(sizes[0].seconds) // sizes[0].learners} times: {AT_ONCE} moves in a row, {BETWEEN} s apart, then "
        f"{LOOKS[0]:g} to {LOOKS[1]:g} s of looking.\n"
        "- From the message that the page sends, through proxy, server and kernel, to the message with the new picture "
        "(drawn for a screen with one pixel for each of the page); the page's own part is in benchmarks/RESULTS.md.\n"
        "- Memory: proportional set size, of what is shared each has its share; server and kernel, the notebook run.",
        "## What was done to need less",
        _table_of_needs(needed),
        "- Two learners, with the notebooks 1 and 4 run whole, and `make class` as it is; then in copies of the course from "
        "which one thing is taken away each time. More: of server and kernel together.\n"
        "- The start: seconds of one core until a server is there, the mean of two servers.",
    ]
    return "\n\n".join(parts) + "\n"


def _table_of_needs(needed: list[Need]) -> str:
    lines = ["| | server | kernel | more | start |", "|---|--:|--:|--:|--:|"]
    for need in needed:
        more = need.server + need.kernel - needed[0].server - needed[0].kernel
        cells = [
            f"without: {need.without}" if need.without else "as it is",
            f"{need.server:.0f} MiB",
            f"{need.kernel:.0f} MiB",
            f"{more:+.0f} MiB" if need.without else "",
            duration(need.start),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-class", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few learners and moves, to try it out; only print")
    options = parser.parse_args()
    needed = needs()
    sizes = grow((2, 3), AT_ONCE) if options.quick else grow(SIZES, MOVES)
    text = report(sizes, needed)
    print(text)
    for size in sizes:
        for failure in size.failures:
            print(f"{size.learners} learners: {failure}", file=sys.stderr)
    others = max(size.others for size in sizes)
    if others > DISTURBED:
        sys.exit(
            f"{RESULTS.name} stays as it was: other programs kept {others:.1f} cores busy; measure when they are quiet."
        )
    if not options.quick:
        RESULTS.write_text(text, encoding="utf-8")


def _say(what: str) -> None:
    print(f"Measuring {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
