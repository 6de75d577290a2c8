"""How environments are made: whatever a shell or pip.conf holds, in the right place; what fails is told truthfully."""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import environment, oldest, settings
from tools.environment import SetUpError

pytestmark = pytest.mark.thorough

COURSE = Path(__file__).resolve().parents[1]
# What these settings of pip's come to for `pip install`.
EFFECTIVE = """
import json
from pip._internal.commands import create_command
options = create_command("install").parse_args(["tiny"])[0]
names = "index_url extra_index_urls no_index find_links trusted_hosts proxy cert timeout retries cache_dir".split()
network = {name: getattr(options, name) for name in names}
print(json.dumps({"network": network, "target": options.target_dir, "user": bool(options.use_user_site)}))
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """A folder with three small packages."""
    folder = tmp_path_factory.mktemp("packages")
    for name in ("tiny", "other", "added"):
        files = {
            f"{name}.py": "",
            f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{name}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        files[f"{name}-1.0.dist-info/RECORD"] = "".join(f"{file},,\n" for file in files)
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            for file, text in files.items():
                wheel.writestr(file, text)
    return folder


def locked(packages: Path, name: str) -> str:
    (wheel,) = packages.glob(f"{name}*")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def lock(packages) -> str:
    return locked(packages, "tiny")


def shell(home: Path) -> dict[str, str]:
    """The variables of a new user, without what this machine or a `make` around the tests has set."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "MAKE"))}
    places = {"HOME": home, "XDG_CONFIG_HOME": home / ".config", "XDG_CONFIG_DIRS": home / "none"}
    return known | {name: str(place) for name, place in places.items()}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    variables = shell(tmp_path)
    for name in os.environ.keys() - variables.keys():
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def write_pip_conf(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pip.conf").write_text(text)
    return folder / "pip.conf"


@pytest.fixture(scope="module")
def made(tmp_path_factory, packages, lock) -> Path:
    """An environment that `make` has made of a small lock, in a shell and with a pip.conf that lead elsewhere."""
    home = tmp_path_factory.mktemp("home")
    course, foreign = home / "course", home / "foreign"
    shutil.copytree(COURSE / "tools", course / "tools")
    shutil.copy(COURSE / "Makefile", course)
    (course / "website").mkdir()
    (course / "website/requirements.lock").write_text(lock)
    foreign.mkdir()
    (foreign / "argparse.py").write_text("raise SystemExit('a foreign module was imported')")
    write_pip_conf(
        home / ".config/pip",
        f"[global]\nuser = true\nquiet = 3\nno-index = true\nfind-links = {packages}\n"
        f"[install]\ntarget = {foreign}/target\nconstraint = {foreign}/none.txt\n",
    )
    switches = ["USER", "DRY_RUN", "NO_DEPS", "REQUIRE_VIRTUALENV", "NO_BUILD_ISOLATION", "IGNORE_INSTALLED"]
    leading = {f"PIP_{name}": "yes" for name in switches} | {"PIP_NO_BINARY": ":all:", "PIP_REQUIREMENT": "none.txt"}
    for name in ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_SRC", "PIP_LOG", "PIP_CONSTRAINT", "PIP_PYTHON"]:
        leading[name] = f"{foreign}/{name}"
    for name in ["VIRTUAL_ENV", "PYTHONUSERBASE", "PYTHONHOME", "PYTHONPYCACHEPREFIX"]:
        leading[name] = f"{foreign}/{name}"
    subprocess.run(
        ["make", f"PYTHON={sys.executable}", ".venv-site/ready"],
        cwd=course,
        env=shell(home) | leading | {"PYTHONPATH": str(foreign), "PYTHONSAFEPATH": "1"},
        check=True,
        timeout=120,
    )
    return course / ".venv-site"


def test_what_a_shell_and_pip_conf_hold_leads_nowhere_else(made):
    (found,) = made.parents[1].rglob("tiny.py")
    assert found.is_relative_to(made) and found.parent.name == "site-packages"
    assert [path.name for path in (made.parents[1] / "foreign").iterdir()] == ["argparse.py"]
    assert environment.ready(made).exists()


def test_what_is_added_leaves_what_was_there(made, home, packages):
    """As the tests' tools are added to a learner's packages; a set-up broken off leaves no sign that it is whole."""
    (home / "added.lock").write_text(locked(packages, "added"))
    (home / "broken.lock").write_text("added==2.0 --hash=sha256:" + 64 * "0")
    network = {"PIP_NO_INDEX": "yes", "PIP_FIND_LINKS": str(packages)}
    for name, code in (("broken", 1), ("added", 0)):
        command = [
            sys.executable,
            "-Es",
            "-m",
            "tools.environment",
            made,
            home / f"{name}.lock",
            "--add",
            f"{name}-ready",
        ]
        assert subprocess.run(command, cwd=COURSE, env=os.environ | network, timeout=60).returncode == code
        assert (made / f"{name}-ready").exists() == (code == 0) and environment.ready(made).exists()
    subprocess.run([environment.python(made), "-I", "-c", "import tiny, added"], check=True, timeout=60)


def test_how_to_reach_the_index_is_as_pip_itself_reads_it(made, home, monkeypatch):
    write_pip_conf(home / "none/pip", "[global]\nindex-url = http://one.test\nretries = 7\n")
    write_pip_conf(home / ".pip", "[global]\nproxy = http://%(x)s.test\nuser = true\nfind-links =\n  /a\n  /b\n")
    write_pip_conf(
        home / ".config/pip",
        "[install]\nindex_url = http://two.test\ntarget = /foreign\n"
        "[global]\ncert = ~/ca.pem\nretries =\ntimeout = 2\ndefault-timeout = 9\n"
        "[download]\nproxy = http://wrong.test\n",
    )
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://three.test http://four.test")
    monkeypatch.setenv("PIP_TIMEOUT", "3")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    python = environment.python(made)

    def effective(variables):
        command = [python, "-I", "-c", EFFECTIVE]
        return json.loads(subprocess.run(command, env=variables, stdout=subprocess.PIPE, check=True).stdout)

    wanted = effective(os.environ)
    assert (wanted["user"], wanted["target"]) == (True, "/foreign")
    assert wanted["network"]["index_url"] == "http://two.test" and wanted["network"]["timeout"] == 3
    assert effective(settings.variables_for_pip(python)) == wanted | {"user": False, "target": None}


def test_what_says_how_to_reach_the_index_beside_pip_stays(monkeypatch):
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHON_KEYRING_BACKEND", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "something")
    variables = settings.variables()
    assert "PYTHONPATH" not in variables and "VIRTUAL_ENV" not in variables
    assert variables["PYTHON_KEYRING_BACKEND"] == variables["HTTPS_PROXY"] == "something"


@pytest.mark.parametrize("named", ["company.conf", os.devnull])
def test_a_file_that_the_shell_names_counts_as_for_pip(made, home, monkeypatch, named):
    write_pip_conf(home / ".config/pip", "[global]\nproxy = http://user.test\nretries = 1\n")
    Path(home, "company.conf").write_text("[global]\nretries = 2\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", named if named == os.devnull else str(home / named))
    variables = settings.variables_for_pip(environment.python(made))
    assert "PIP_PROXY" not in variables and variables["PIP_CONFIG_FILE"] == os.devnull
    assert variables.get("PIP_RETRIES") == (None if named == os.devnull else "2")


@pytest.mark.parametrize(
    ("requirement", "index", "words"),
    [
        ("other==1.0 --hash=sha256:" + 64 * "0", {}, "THESE PACKAGES DO NOT MATCH THE HASHES"),
        ("other==1.0", {}, "Hashes are required in --require-hashes mode, but they are missing"),
        ("other==2.0 --hash=sha256:" + 64 * "0", {}, "the requirement other==2.0 (from versions: 1.0)."),
        (
            "third==2.0 --hash=sha256:" + 64 * "0",
            {"PIP_NO_INDEX": "no", "PIP_INDEX_URL": "http://127.0.0.1:1", "PIP_RETRIES": "1"},
            "the requirement third==2.0 (from versions: none) (connection broken: see the warnings above).",
        ),
    ],
    ids=["another hash", "no hash", "no such version", "no network"],
)
def test_a_failure_is_told_in_pip_s_own_words(made, home, monkeypatch, packages, requirement, index, words):
    for name, value in {"PIP_NO_INDEX": "yes", "PIP_FIND_LINKS": str(packages), **index}.items():
        monkeypatch.setenv(name, value)
    (home / "small.lock").write_text(requirement)
    with pytest.raises(SetUpError) as fault:
        environment.install(made, [home / "small.lock"])
    assert str(fault.value).startswith(f"The packages of {home}/small.lock could not be installed: ")
    assert words in str(fault.value)
    assert ("connection" in str(fault.value)) == bool(index)


def test_a_pip_conf_that_cannot_be_read_is_named(made, home):
    broken = write_pip_conf(home / ".config/pip", "user = true\n")
    with pytest.raises(SetUpError, match=f"pip's settings could not be read: .*no section headers.*{broken}"):
        environment.install(made, [])


def test_a_full_disk_is_told_and_leaves_nothing_that_looks_ready(home, lock):
    """A limit on the size of files stands for the disk."""
    (home / "small.lock").write_text(lock)
    folder = home / ".venv"
    folder.mkdir()
    environment.ready(folder).touch()
    told = subprocess.run(
        [sys.executable, "-Es", "-m", "tools.environment", folder, home / "small.lock"],
        cwd=COURSE,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        timeout=60,
    )
    assert told.returncode == 1
    *_, sentence = told.stderr.splitlines()
    assert sentence.startswith(f"Python could not put pip into the folder {folder}: ")
    assert sentence.endswith("File too large.")
    assert not environment.ready(folder).exists()


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        (["ERROR: Exception:", "Traceback (most recent call last):", "OSError: [Errno 5] Input/output error"], "OSErr"),
        (["ERROR: Ignored the following versions: 2.5", "ERROR: Could not find a version"], "Could not find a version"),
        (["npm error code ENOSPC", "npm error nospc ENOSPC: no space left on device, write"], "nospc ENOSPC: no space"),
        ([""], "see the message above"),
    ],
    ids=["pip breaks down", "pip finds nothing", "npm", "nothing"],
)
def test_the_reason_is_found_in_the_messages(messages, words):
    assert environment.reason(messages).startswith(words)


def test_what_debian_leaves_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(SetUpError, match="its module ensurepip is not installed: .*'sudo apt install python3-venv'"):
        environment.make(tmp_path / "new")


def test_a_python_that_is_too_old_is_named(tmp_path):
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    command = ["make", "--file", COURSE / "Makefile", "PYTHON=false", ".venv/ready"]
    told = subprocess.run(command, cwd=tmp_path, env=shell(tmp_path), capture_output=True, text=True, timeout=60)
    assert told.returncode and told.stderr.startswith("The course needs Python 3.11 or newer and false is not: ")


def test_on_top_the_packages_of_this_python_are_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "run", lambda *arguments, **options: None)  # without pip, which takes seconds
    environment.make(tmp_path / "new", on_top=True)
    subprocess.run([environment.python(tmp_path / "new"), "-I", "-c", "import numpy"], check=True, timeout=60)


@pytest.mark.skipif(not shutil.which("npm"), reason="there is no npm outside the class's environment")
def test_npm_installs_into_the_folder_whatever_it_is_told(home, monkeypatch):
    source, folder = home / "source", home / "new"
    npm = environment.python(folder).with_name("npm")
    npm.parent.mkdir(parents=True)
    npm.symlink_to(shutil.which("npm"))
    (source / "tiny").mkdir(parents=True)
    shutil.copytree(source / "tiny", folder / "tiny")
    project = {"name": "small", "optionalDependencies": {"tiny": "file:tiny"}}
    tiny = {"version": "1.0.0", "optional": True}
    locked = {"": project, "node_modules/tiny": {"resolved": "tiny", "link": True, "optional": True}, "tiny": tiny}
    (source / "package.json").write_text(json.dumps(project))
    (source / "package-lock.json").write_text(json.dumps({"name": "small", "lockfileVersion": 3, "packages": locked}))
    (folder / "tiny/package.json").write_text(json.dumps({"name": "tiny", "version": "1.0.0"}))
    (home / ".npmrc").write_text(f"prefix={home}/foreign\nomit=optional\ndry-run=true\n")
    for name in ["GLOBAL", "DRY_RUN", "PACKAGE_LOCK_ONLY", "WORKSPACES", "USAGE"]:
        monkeypatch.setenv(f"NPM_CONFIG_{name}", "true")
    monkeypatch.setenv("NPM_CONFIG_LOCATION", "global")
    monkeypatch.setenv("NPM_CONFIG_PREFIX", f"{home}/foreign")
    environment.install_by_npm(folder, source)
    assert (folder / "node_modules/tiny/package.json").is_file()
    assert not (home / "foreign").exists()


def test_the_oldest_version_is_the_lower_limit():
    assert oldest.oldest("hatchling>=1.27,<2") == "hatchling==1.27"
