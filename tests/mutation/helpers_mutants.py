"""Would the tests notice? Lets mutmut change helpers' code one place at a time, and run the tests that call it.

Prints, folder by folder, the share of changes that make a test fail, and those that make none fail. Ends with 1 if a
share is too small.

    make mutants ARGS="learning check"
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
WORK = COURSE / "build" / "mutants"
NOTICED = {"killed", "timeout", "segfault", "suspicious"}


@dataclass(frozen=True)
class Folder:
    tests: tuple[str, ...]  # those that can notice, fast ones only
    lowest_score: float
    runs_on_import: bool = False  # then each change is tried with helpers imported anew, which takes longer
    sample: str = "*"  # which of the changes of a function are tried, by how their number ends


FOLDERS = {
    "learning": Folder(("gradient_descent", "stochastic", "several_games", "mnist_explorers", "claims"), 0.95),
    "datasets": Folder(("datasets", "handwriting", "download"), 0.95, True),
    "check": Folder(("check", "check_answers", "check_limits", "results"), 0.85, True, "*[27]"),
    "predict": Folder(("predict",), 0.85, True, "*7"),
    "figures": Folder(("figures", "pictures", "reruns"), 0.85, True, "*[_02468]7"),
    "explorers": Folder(("explorers", "motion", "live", "own_digit", "reruns"), 0.85, True, "*[_02468]7"),
}

# Each change is tried in a fork of a process that has imported these, or where that will do, the tests and so helpers.
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

# Tests of a command or of an installed course start a Python of their own, which has none of the changes.
CONFIGURATION = """
[tool.mutmut]
source_paths = ["helpers"]
only_mutate = ["helpers/{name}/*"]
also_copy = ["data", "notebooks", "requirements.lock"]
pytest_add_cli_args = [
    "-p", "mutmut_plugin", "-p", "pytest_mpl.plugin", "-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0",
    "-k", "not the_command and not an_installed_course",
]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
forkserver_warmup = "{warmup}"
preload_modules_file = "libraries.txt"
timeout_multiplier = 5.0
timeout_constant = 8.0
use_git_change_detection = false
"""


def prepare(name: str) -> Path:
    """A folder that mutmut can work in, with nothing of an earlier run."""
    place, warmup = WORK / name, "collect"
    if FOLDERS[name].runs_on_import:
        warmup = "import"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for part in ("helpers", "tests", "data", "notebooks", "requirements.lock"):
        (place / part).symlink_to(COURSE / part)
    project = (COURSE / "pyproject.toml").read_text(encoding="utf-8")
    tests = [f"tests/test_{test}.py" for test in FOLDERS[name].tests]
    configuration = CONFIGURATION.format(name=name, tests=tests, warmup=warmup)
    (place / "pyproject.toml").write_text(project + configuration, encoding="utf-8")
    (place / "libraries.txt").write_text(LIBRARIES, encoding="utf-8")
    return place


def mutmut(place: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).with_name("mutmut"), *arguments]
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parent),  # where mutmut_plugin is
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # the others would take longer to load than most tests take
        "OPENBLAS_NUM_THREADS": "1",  # as two tests run side by side
    }
    return subprocess.run(command, cwd=place, check=True, env=environment, text=True, **options)


def score(name: str) -> float:
    """Try the changes of a folder, print what became of them, and give the share that was noticed."""
    place = prepare(name)
    with (place / "mutmut.txt").open("w", encoding="utf-8") as log:
        try:
            mutmut(place, "run", f"*__mutmut{FOLDERS[name].sample}", stdout=log, stderr=log)
        except subprocess.CalledProcessError:
            sys.exit(f"{name}: mutmut gave up, see {log.name}")
    results = mutmut(place, "results", "--all", "true", capture_output=True).stdout
    outcomes = dict(re.findall(r"^ +(\S+): (?!not checked)(.+)$", results, re.MULTILINE))
    survivors = [mutant for mutant, outcome in outcomes.items() if outcome not in NOTICED]
    for mutant in survivors:
        print(mutmut(place, "show", mutant, capture_output=True).stdout, flush=True)
    noticed = 1 - len(survivors) / len(outcomes)
    print(f"{name}: {noticed:.1%} of {len(outcomes)} noticed, {dict(Counter(outcomes.values()))}", flush=True)
    return noticed


def main(names: list[str]) -> None:
    scores = {name: score(name) for name in names or FOLDERS}
    too_low = [name for name in scores if scores[name] < FOLDERS[name].lowest_score]
    for name in too_low:
        print(f"{name}: {FOLDERS[name].lowest_score:.0%} should be noticed")
    sys.exit(bool(too_low))


if __name__ == "__main__":
    main(sys.argv[1:])
