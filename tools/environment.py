"""Makes an environment of the course: a folder with a Python of its own, and the packages that files name.

    python -m tools.environment .venv requirements.lock --helpers
    python -m tools.environment .venv tests/requirements.lock --add tests-ready

What a shell or pip's settings hold does not change what is installed and where: see settings.py.
"""

import argparse
import configparser
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from . import settings

COURSE = Path(__file__).resolve().parents[1]

# npm takes these from the shell or from a file .npmrc, if they are not said here.
WHERE_NPM_INSTALLS = [
    "--no-global",
    "--location=project",
    "--no-dry-run",
    "--no-package-lock-only",
    "--no-workspaces",
    "--no-usage",
    "--include=optional",
]
# pip's errors also say what it was not stopped by.
NO_REASONS = ("Exception:", "Ignored the following")
# An error of npm's begins with lines of these, such as `code ENOSPC`; then it says in words what happened.
NPM_DETAILS = ("code", "errno", "syscall", "path", "dest")


# The file that comes last, so that a set-up broken off half-way is begun again.
READY = "ready"


class SetUpError(Exception):
    """A sentence that says what failed."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.environment", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder to make; what it holds is deleted, unless --add is given")
    parser.add_argument("requirements", nargs="+", type=Path, help="a .lock must have a hash for every package")
    parser.add_argument("--helpers", action="store_true", help="also install this folder as the package helpers")
    parser.add_argument("--on-top", action="store_true", help="also see the packages of the Python that runs this")
    parser.add_argument("--add", metavar="NAME", help="add to what is there; a file NAME in the folder comes last")
    parser.add_argument("--npm", type=Path, metavar="FOLDER", help="also install what package-lock.json there names")
    options = parser.parse_args()
    try:
        if options.add:
            print(f"Adding to {options.folder}: this is done once and takes a moment ...", file=sys.stderr, flush=True)
        else:
            make(options.folder, options.on_top)
        install(options.folder, options.requirements)
        if options.helpers:
            install_helpers(options.folder)
        if options.npm:
            install_by_npm(options.folder, options.npm)
        (options.folder / (options.add or READY)).touch()
    except SetUpError as fault:
        sys.exit(str(fault))
    except OSError as fault:
        sys.exit(f"{options.folder} could not be set up: {fault}")
    except KeyboardInterrupt:
        sys.exit(f"{options.folder} is not ready, as its set-up was stopped: it begins anew next time.")


def ready(folder: Path) -> Path:
    return folder / READY


def python(folder: Path) -> Path:
    """The environment's own Python."""
    return _scripts(folder) / ("python.exe" if sys.platform == "win32" else "python")


def make(folder: Path, on_top: bool = False) -> None:
    """Make the folder anew, with a Python and pip."""
    for module in ("venv", "ensurepip"):
        if find_spec(module) is None:
            raise SetUpError(
                f"Python could not make the folder {folder}, as its module {module} is not installed: "
                "on Debian and Ubuntu 'sudo apt install python3-venv' helps."
            )
    import venv

    print(f"Setting up {folder.name}: this is done once and takes a minute or two ...", file=sys.stderr, flush=True)
    ready(folder).unlink(missing_ok=True)
    try:
        venv.create(folder, clear=True, symlinks=sys.platform != "win32")
    except (OSError, ValueError) as fault:
        raise SetUpError(f"Python could not make the folder {folder}: {fault}") from fault
    if on_top:
        Path(_place("purelib", folder), "course.pth").write_text(
            "".join(f"import site; site.addsitedir({packages!a})\n" for packages in site.getsitepackages())
        )
    run(
        [python(folder), "-I", "-m", "ensurepip", "--default-pip"],
        settings.variables(),
        f"Python could not put pip into the folder {folder}",
        stdout=subprocess.DEVNULL,
    )


def install(folder: Path, files: Iterable[Path]) -> None:
    """Install what the files of requirements name."""
    files = list(files)
    arguments = [f"--requirement={file}" for file in files]
    if any(file.suffix == ".lock" for file in files):
        arguments.append("--require-hashes")
    pip_install(folder, arguments, f"The packages of {' and '.join(map(str, files))}")


def install_helpers(folder: Path) -> None:
    arguments = ["--no-deps", "--no-build-isolation", f"--editable={COURSE}"]
    pip_install(folder, arguments, f"The package helpers in {COURSE}")


def pip_install(folder: Path, arguments: list[str], what: str) -> None:
    """Call `pip install`; `what` begins the sentence if that fails."""
    command = [python(folder), "-I", "-m", "pip", "install", "--quiet", "--no-color", "--disable-pip-version-check"]
    try:
        variables = settings.variables_for_pip(python(folder))
    except (configparser.Error, UnicodeDecodeError) as fault:
        raise SetUpError(f"pip's settings could not be read: {' '.join(str(fault).split())}") from fault
    run([*command, *arguments], variables, f"{what} could not be installed")


def install_by_npm(folder: Path, source: Path) -> None:
    """Call the `npm ci` that the folder's packages have brought, for package-lock.json in `source`."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder)
    failure = f"The packages of {source / 'package-lock.json'} could not be installed"
    scripts = _scripts(folder.absolute())
    command = [scripts / "npm", "ci", f"--prefix={folder.absolute()}", *WHERE_NPM_INSTALLS]
    command += ["--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund"]
    variables = settings.variables() | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    run(command, variables, failure, stdout=subprocess.DEVNULL)
    if not (folder / "node_modules").is_dir():
        raise SetUpError(f"{failure}: npm says that all is well, but there is no folder node_modules.")


def run(command: list, variables: dict[str, str], failure: str, stdout: int | None = None) -> None:
    """Run the command and show its errors; if it fails, `failure` begins a sentence that ends with its reason."""
    messages = []
    with subprocess.Popen(
        command, env=variables, stdout=stdout, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as running:
        for line in running.stderr or ():
            sys.stderr.write(line)
            messages.append(line.strip())
    if running.returncode:
        raise SetUpError(f"{failure}: {reason(messages)}.")


def reason(messages: list[str]) -> str:
    """Why pip, npm or ensurepip failed, in its own words."""
    errors = [line.removeprefix("ERROR: ") for line in messages if line.startswith("ERROR: ")]
    errors += [line.removeprefix("npm error ") for line in messages if line.startswith("npm error ")]
    errors = [line for line in errors if not line.startswith(NO_REASONS) and line.split()[0] not in NPM_DETAILS]
    last_line = [line for line in messages if line][-1:]
    first_error = [*errors, *last_line, "see the message above"][0]
    words = first_error.partition(". ")[0].rstrip(".")
    if any("connection broken by" in line for line in messages):
        words += " (connection broken: see the warnings above)"
    return words


def _scripts(folder: Path) -> Path:
    return Path(_place("scripts", folder))


def _place(name: str, folder: Path) -> str:
    scheme = "nt_venv" if sys.platform == "win32" else "posix_venv"
    return sysconfig.get_path(name, scheme, vars={"base": str(folder), "platbase": str(folder)})


if __name__ == "__main__":
    main()
