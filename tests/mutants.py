"""Would anybody notice? Lets mutmut change helpers' code one place at a time, and run the tests that call what is changed.

Prints the share of changes that make a test fail, folder by folder, and each survivor as it is written in MUTANTS.md.
Ends with 1 if the share is too small, or a survivor is not in MUTANTS.md.

    .venv-mutants/bin/python tests/mutants.py [folders]
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
WORK = COURSE / "build" / "mutants"
REPORT = Path(__file__).with_name("MUTANTS.md")
NOTICED = {"killed", "timeout", "segfault", "suspicious"}


@dataclass(frozen=True)
class Folder:
    tests: tuple[str, ...]  # those that can notice, fast ones only
    enough: float
    runs_on_import: bool = False  # then each change is tried with helpers imported anew, which takes longer
    sample: str = "*"  # which of the changes of a function are tried, by how their number ends


FOLDERS = {
    "learning": Folder(("gradient_descent", "stochastic", "claims"), 0.95),
    "datasets": Folder(("datasets", "handwriting", "download"), 0.95),
    "check": Folder(("check", "results"), 0.85, True, "*[27]"),
    "predict": Folder(("predict",), 0.85, True, "*7"),
    "figures": Folder(("figures", "pictures", "reruns"), 0.85, True, "*[_02468]7"),
    "explorers": Folder(("explorers", "live", "own_digit", "reruns"), 0.85, True, "*[_02468]7"),
}

# Each change is tried in a fork of a process that has imported these, or where that will do, the tests and so helpers too.
LIBRARIES = """\
numpy
matplotlib.figure
matplotlib.backends.backend_agg
PIL.Image
ipywidgets
anywidget
requests
pooch
hypothesis.extra.numpy
pytest_mpl.plugin
nbformat
IPython.core.formatters
"""

# Tests of a command start a Python of their own, which has none of the changes.
CONFIGURATION = """
[tool.mutmut]
source_paths = ["helpers"]
only_mutate = ["helpers/{name}/*"]
also_copy = ["data", "notebooks", "requirements.lock"]
pytest_add_cli_args = ["-p", "mutmut_plugin", "-p", "pytest_mpl.plugin", "-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0", "-k", "not the_command"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
forkserver_warmup = "{warmup}"
preload_modules_file = "libraries.txt"
timeout_multiplier = 5.0
timeout_constant = 8.0
use_git_change_detection = false
"""


def configuration(name: str) -> str:
    tests = [f"tests/test_{test}.py" for test in FOLDERS[name].tests]
    warmup = "import" if FOLDERS[name].runs_on_import else "collect"
    return CONFIGURATION.format(name=name, tests=tests, warmup=warmup)


def prepare(name: str) -> Path:
    """A folder that mutmut can work in, with nothing of an earlier run."""
    place = WORK / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for part in ("helpers", "tests", "data", "notebooks", "requirements.lock"):
        (place / part).symlink_to(COURSE / part)
    project = (COURSE / "pyproject.toml").read_text(encoding="utf-8")
    (place / "pyproject.toml").write_text(project + configuration(name), encoding="utf-8")
    (place / "libraries.txt").write_text(LIBRARIES, encoding="utf-8")
    return place


def mutmut(place: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).with_name("mutmut"), *arguments]
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parent),  # where mutmut_plugin is
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # the others would take longer to load than most tests take
        "OPENBLAS_NUM_THREADS": "1",  # as two tests run side by side
    }
    return subprocess.run(command, cwd=place, check=True, env=environment, **options)


def outcomes(place: Path) -> dict[str, str]:
    """What became of each change that was tried, by mutmut's name for it."""
    said = mutmut(place, "results", "--all", "true", capture_output=True, text=True).stdout
    return {name: how for name, how in re.findall(r"^ +(\S+): (.+)$", said, re.MULTILINE) if how != "not checked"}


def change(place: Path, mutant: str) -> str:
    """The changed lines, before and after, each with its file."""
    shown = mutmut(place, "show", mutant, capture_output=True, text=True).stdout
    path = re.search(r"^\+\+\+ helpers/(\S+)", shown, re.MULTILINE)[1]
    before, after = (
        " ".join(line.strip() for line in re.findall(rf"^\{sign}(?!\{sign}\{sign})(.*)$", shown, re.MULTILINE))
        for sign in "-+"
    )
    return f"{path}: `{before}` → `{after}`"


def try_out(name: str) -> Iterator[str]:
    """Say how a folder did. Yields what is wrong with that."""
    place, folder = prepare(name), FOLDERS[name]
    said = place / "mutmut.txt"
    with said.open("w") as file:
        try:
            mutmut(place, "run", f"*__mutmut{folder.sample}", stdout=file, stderr=file)
        except subprocess.CalledProcessError:
            yield f"{name}: mutmut gave up, see {said.relative_to(COURSE)}"
            return
    became = outcomes(place)
    survivors = sorted(change(place, mutant) for mutant, how in became.items() if how not in NOTICED)
    score = 1 - len(survivors) / len(became)
    print(f"{name}: {score:.1%} of {len(became)} noticed, {dict(Counter(became.values()))}", flush=True)
    if score < folder.enough:
        yield f"{name}: {folder.enough:.0%} should be noticed"
    report = REPORT.read_text(encoding="utf-8")
    for survivor in survivors:
        print(f"survived | {survivor}", flush=True)
        if survivor not in report:
            yield f"not explained in {REPORT.name}: {survivor}"


def main(names):
    wrong = [fault for name in names or FOLDERS for fault in try_out(name)]
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
