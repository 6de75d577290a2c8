"""`python start.py`, here and as it would be on Windows: nothing of this has run on Windows itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import start
from tools import environment

COURSE = Path(__file__).resolve().parents[1]
POSIX_ALONE = ("fcntl", "grp", "pty", "pwd", "resource", "termios")
# Stands for the set-up: it writes down how it was called, and makes programs that do the same.
SET_UP = """
import sys
from pathlib import Path
with Path("calls").open("a") as calls:
    print(*sys.argv[1:], file=calls)
if Path("broken").exists():
    sys.exit(7)
for name, does in {"lab": "echo lab $* $PYTHONPATH >> calls; exit 3", "python": "test ! -e moved"}.items():
    program = Path(PLACE.format(name))
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\\ncd " + str(Path.cwd()) + "\\n" + does)
    program.chmod(0o755)
Path(".venv/ready").touch()
"""
SET_UP_CALL = ".venv requirements.lock --helpers"


@pytest.fixture(params=["linux", "win32"])
def course(request, tmp_path, monkeypatch) -> Path:
    """A folder whose set-up and lab only write down that they were called."""
    place = {"linux": ".venv/bin/{}", "win32": ".venv/Scripts/{}.exe"}[request.param]
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/__init__.py").touch()
    (tmp_path / "tools/environment.py").write_text(SET_UP.replace("PLACE", repr(place)))
    for name in start.MADE_FROM:
        (tmp_path / name).touch()
    monkeypatch.setattr(start, "COURSE", tmp_path)
    monkeypatch.setattr(sys, "platform", request.param)
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setenv("PYTHONPATH", "/foreign")
    return tmp_path


def calls(course: Path) -> list[str]:
    return (course / "calls").read_text().splitlines()


def test_it_sets_up_once_and_hands_its_options_on(course):
    assert start.main(["--port", "9000"]) == start.main([]) == 3
    assert calls(course) == [SET_UP_CALL, "lab --port 9000", "lab"]


@pytest.mark.parametrize("change", ["another version is locked", "the folder was moved", "its programs are gone"])
def test_it_sets_up_anew_when_it_must(course, change):
    start.main([])
    if change == "another version is locked":
        later = (course / ".venv/ready").stat().st_mtime + 1
        os.utime(course / "requirements.lock", (later, later))
    elif change == "the folder was moved":
        (course / "moved").touch()
    else:
        start.program("python").unlink()
    start.main([])
    assert calls(course) == [SET_UP_CALL, "lab", SET_UP_CALL, "lab"]


def test_without_a_set_up_there_is_no_lab(course):
    (course / "broken").touch()
    assert start.main([]) == 7
    assert calls(course) == [SET_UP_CALL]


@pytest.mark.parametrize(("platform", "command"), [("win32", "py -3.12 start.py"), ("linux", "python3.12 start.py")])
def test_a_python_that_is_too_old_is_named(monkeypatch, platform, command):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=f"needs Python 3.11 or newer and this is 3.10: .* then '{command}'"):
        start.main([])


def test_on_windows_the_recipe_makes_what_start_looks_for(tmp_path, monkeypatch):
    made, run = [], []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("venv.create", lambda folder, **options: made.append(options))
    monkeypatch.setattr(environment, "run", lambda command, *_, **options: run.append(command))
    monkeypatch.setattr(start, "COURSE", tmp_path)
    environment.make(tmp_path / ".venv")
    assert made == [{"clear": True, "symlinks": False}]
    assert run[0][0] == start.program("python")


def test_the_lab_and_the_set_up_need_nothing_that_only_posix_has():
    """Libraries are imported before: they know themselves where they are."""
    code = f"""
import importlib, pkgutil, sys
import jupyterlab.labapp, nbformat
sys.modules.update(dict.fromkeys({POSIX_ALONE}))
import helpers.lab, tools
for package in (helpers.lab, tools):
    for module in pkgutil.iter_modules(package.__path__):
        if module.name != "lock":
            importlib.import_module(f"{{package.__name__}}.{{module.name}}")
"""
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True, timeout=60)
