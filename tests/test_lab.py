"""The launcher: what it starts, who gets in, and what it leaves alone."""

import json
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
import requests
from jupyter_client import BlockingKernelClient
from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

from helpers.lab import state, workspace
from tests.support.lab import COURSE, LAUNCH, PAGE, RunningLab, copy_course, free_port, listed, log_in, run, wait_until

ROGUE_CONFIG = (
    'c.ServerApp.ip = "0.0.0.0"\nc.PasswordIdentityProvider.hashed_password = ""\nc.ServerApp.base_url = "/rogue"\n'
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with RunningLab(folder, BROWSER=noting_browser(folder)) as running:
        yield running


def noting_browser(folder: Path) -> str:
    """A browser that only writes down what it is to open, in a file `opened` beside it."""
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {folder / "opened"}\n')
    browser.chmod(0o755)
    return str(browser)


def test_it_says_where_it_is_and_how_to_get_in(lab):
    assert lab.url == f"http://127.0.0.1:{lab.port}{PAGE}"
    assert "1234" in lab.output()


def test_the_password_opens_the_course(lab):
    visitor, answer = log_in(lab, "1234")
    assert (answer.status_code, answer.url) == (200, lab.url)
    assert visitor.get(lab.address, timeout=10).url.rstrip("?") == lab.url
    assert listed(lab, visitor, "work/Grokking-Deep-Learning") == {
        path.name for path in (lab.course / "notebooks").iterdir()
    }


@pytest.mark.parametrize("password", ["", "12345", "0000"])
def test_another_password_does_not(lab, password):
    visitor, answer = log_in(lab, password)
    assert "/login" in answer.url
    assert visitor.get(f"{lab.address}/api/contents", timeout=10).status_code == 403


def test_the_kernel_is_the_course_s_own(lab):
    visitor, _ = log_in(lab, "1234")
    kernels = visitor.get(f"{lab.address}/api/kernelspecs", timeout=10).json()
    assert list(kernels["kernelspecs"]) == ["python3"]
    assert kernels["kernelspecs"]["python3"]["resources"]["logo-svg"]
    assert visitor.get(f"{lab.address}/api/terminals", timeout=10).status_code == 404


def test_the_welcome_leads_to_every_notebook():
    welcome = (COURSE / "notebooks/Welcome.md").read_text()
    assert set(re.findall(r"\]\((.*?)\)", welcome)) == {path.name for path in (COURSE / "notebooks").glob("*.ipynb")}


def test_a_taken_port_gives_the_next_one(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with RunningLab(tmp_path, port=port) as lab:
            assert f"127.0.0.1:{port}" not in lab.url
            assert f"Port {port} is taken: using {lab.address.rpartition(':')[2]} instead." in (lab.output())


def test_it_opens_the_browser_unless_told_otherwise(lab, tmp_path):
    assert not (lab.course.parent / "opened").exists()
    opened = tmp_path / "opened"
    with LabWithBrowser(tmp_path, BROWSER=noting_browser(tmp_path)) as with_browser:
        wait_until(lambda: opened.exists() and opened.read_text(), "the browser is opened")
        assert opened.read_text().strip() == with_browser.url


def answers(client: BlockingKernelClient) -> bool:
    """Whether its kernel does. On a busy machine, one that is late is taken for dead."""
    try:
        client.wait_for_ready(timeout=60)
    except RuntimeError:
        return False
    return True


def test_ctrl_c_stops_it_and_its_kernels_without_a_question(tmp_path):
    with RunningLab(tmp_path) as lab:
        visitor, _ = log_in(lab, "1234")
        started = visitor.post(
            f"{lab.address}/api/kernels",
            json={"name": "python3"},
            headers={"X-XSRFToken": visitor.cookies["_xsrf"]},
            timeout=30,
        )
        runtime = lab.state / "runtime"
        client = BlockingKernelClient()
        client.load_connection_file(runtime / f"kernel-{started.json()['id']}.json")
        client.start_channels()
        wait_until(lambda: answers(client), "the kernel answers")
        client.stop_channels()
        (kernel,) = psutil.Process(lab.process.pid).children()
        assert lab.stop() == 0
        assert "Traceback" not in lab.output()
        assert not kernel.is_running()
        assert list(runtime.glob("*.json")) == []


class LabWithBrowser(RunningLab):
    """Started without --no-browser."""

    command = (
        sys.executable,
        "-c",
        "import sys; sys.argv.remove('--no-browser'); from helpers.lab import main; main()",
    )


AMONG_OTHER_SETTINGS = """
import os, site
from jupyter_core import paths

site.ENABLE_USER_SITE = True
paths.SYSTEM_CONFIG_PATH.insert(0, os.environ["HOME"] + "/system")
paths.ENV_CONFIG_PATH.insert(0, os.environ["HOME"] + "/environment")
paths.SYSTEM_JUPYTER_PATH.insert(0, os.environ["HOME"] + "/.local/share/jupyter")

from helpers.lab import main
main()
"""


class LabAmongOtherSettings(RunningLab):
    """Started by a Python that also looks for packages in ~/.local, as conda's does, where Jupyter has been set up for
    all users and for all who use this Python.
    """

    command = (sys.executable, "-c", AMONG_OTHER_SETTINGS)


def test_no_other_settings_of_jupyter_s_are_read_or_written(tmp_path, monkeypatch):
    kernel = tmp_path / "home/.local/share/jupyter/kernels/rogue"
    kernel.mkdir(parents=True)
    for place in (".jupyter", ".local/etc/jupyter", "system", "environment"):
        folder = tmp_path / "home" / place
        folder.mkdir(parents=True)
        for name in ("jupyter_config.py", "jupyter_server_config.py", "jupyter_lab_config.py"):
            (folder / name).write_text(ROGUE_CONFIG)
    (kernel / "kernel.json").write_text('{"argv": ["false"], "display_name": "rogue"}')
    before = {path: path.stat().st_mtime for path in (tmp_path / "home").rglob("*")}
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "home/.jupyter"))
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / "home/workspaces"))
    monkeypatch.setenv("JUPYTER_TOKEN", "open-sesame")

    with LabAmongOtherSettings(tmp_path) as lab:
        guess = requests.get(f"{lab.address}/api/contents?token=open-sesame", timeout=10)
        assert guess.status_code == 403
        visitor, answer = log_in(lab, "1234")
        assert answer.url == lab.url == f"http://127.0.0.1:{lab.port}{PAGE}"
        kernels = visitor.get(f"{lab.address}/api/kernelspecs", timeout=10).json()
        assert list(kernels["kernelspecs"]) == ["python3"]
    assert {path: path.stat().st_mtime for path in (tmp_path / "home").rglob("*")} == before


@pytest.fixture
def layout(tmp_path) -> Path:
    state.prepare(tmp_path, "work", reset_layout=False)
    (path,) = (tmp_path / "workspaces").iterdir()
    return path


def test_a_layout_that_is_there_stays_until_told_otherwise(tmp_path, layout):
    ours = layout.read_text()
    rearranged = json.dumps(json.loads(ours) | {"data": {}})
    layout.write_text(rearranged)
    state.prepare(tmp_path, "work", reset_layout=False)
    assert layout.read_text() == rearranged
    state.prepare(tmp_path, "work", reset_layout=True)
    assert layout.read_text() == ours


@pytest.mark.parametrize("left", [0, -5])
def test_a_layout_that_was_cut_off_is_made_anew(tmp_path, layout, left):
    ours = layout.read_text()
    layout.write_text(ours[:left])
    state.prepare(tmp_path, "work", reset_layout=False)
    assert layout.read_text() == ours


NOTEBOOK = "notebook:work/Grokking-Deep-Learning/2_freezing_one_weight.ipynb"


@pytest.fixture
def seen(lab):
    """Where one arrives who has logged in and goes to an address of the lab."""
    visitor, _ = log_in(lab, "1234")
    return lambda path: visitor.get(lab.address + path, timeout=10).url.removeprefix(lab.address)


def save_layout(lab, name: str, **main) -> Path:
    """As JupyterLab saves it."""
    layout = {"metadata": {"id": name}, "data": {"layout-restorer:data": {"main": main}}}
    path = lab.state / "workspaces" / (slugify(name) + WORKSPACE_EXTENSION)
    path.write_text(json.dumps(layout))
    return path


@pytest.mark.parametrize("reset", ["reset=1", "reset", "reset="])
def test_a_second_tab_opens_on_what_the_first_shows(seen, reset):
    assert seen(f"/lab/workspaces/auto-Q?{reset}") == f"/lab/workspaces/auto-Q?clone={workspace.NAME}"
    assert seen("/lab/workspaces/auto-Q") == "/lab/workspaces/auto-Q"


@pytest.mark.parametrize(
    "dock",
    [
        {"type": "tab-area", "widgets": [NOTEBOOK]},
        {"type": "split-area", "children": [{"type": "tab-area", "widgets": [NOTEBOOK]}]},
    ],
)
def test_what_was_left_open_in_a_second_tab_stays(lab, seen, dock):
    path = save_layout(lab, "auto-R", dock=dock)
    before = path.read_text()
    assert seen("/lab/workspaces/auto-R?reset=1") == "/lab/workspaces/auto-R"
    assert path.read_text() == before


@pytest.mark.parametrize("dock", [None, {}, {"type": "tab-area", "widgets": []}])
def test_a_launcher_alone_is_not_something_left_open(lab, seen, dock):
    save_layout(lab, "auto-S", dock=dock)
    assert "clone" in seen("/lab/workspaces/auto-S?reset=1")


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"data": null, "metadata": {}}'])
def test_nor_is_a_damaged_layout(lab, seen, damaged):
    save_layout(lab, "auto-T").write_text(damaged)
    assert "clone" in seen("/lab/workspaces/auto-T?reset=1")


def test_the_shortest_address_opens_on_the_course_too(lab, seen):
    assert seen("/lab") == PAGE
    assert seen("/lab?reset") == "/lab?reset"
    path = save_layout(lab, "default", dock={"type": "tab-area", "widgets": [NOTEBOOK]})
    assert seen("/lab") == "/lab"
    path.unlink()


def test_an_author_works_on_the_notebooks_themselves(tmp_path):
    with RunningLab(tmp_path, "--author") as lab:
        visitor, _ = log_in(lab, "1234")
        assert listed(lab, visitor, "") == {"notebooks"}
        assert listed(lab, visitor, "notebooks") == {path.name for path in (lab.course / "notebooks").iterdir()}
        assert not lab.notebooks.exists()


def test_after_a_kill_it_starts_again_and_says_what_became_of_the_learner_s_files(tmp_path):
    with RunningLab(tmp_path) as lab:
        assert "edition" not in lab.output()
        (layout,) = (lab.state / "workspaces").iterdir()
        layout.write_text("{}")
        (lab.notebooks / "Welcome.md").write_text("mine")
        (lab.notebooks / "4_mnist.ipynb").unlink()
        (lab.course / "notebooks/Welcome.md").write_text("new")
        lab.process.kill()
        lab.process.wait(timeout=30)
    with RunningLab(tmp_path, "--reset-layout") as lab:
        assert "Welcome.md stays as you left it" in lab.output()
        assert "4_mnist.ipynb was gone" in lab.output()
        assert (lab.notebooks / "Welcome.md").read_text() == "mine"
        assert (lab.notebooks / "Welcome_new_edition.md").read_text() == "new"
        assert "1_multiple_inputs" in layout.read_text()


# Where it cannot start


def is_one_sentence(ended: subprocess.CompletedProcess, *parts: str) -> bool:
    error = ended.stderr
    return error.startswith("lab: ") and error.count("\n") == 1 and all(part in error for part in parts)


def test_a_second_one_on_the_same_folder_says_where_the_first_is(lab):
    second = run(lab.course, "--no-browser")
    assert second.returncode == 1
    assert is_one_sentence(second, f"already open at {lab.url}:")


def test_of_two_started_at_once_one_stays(tmp_path):
    copy_course(tmp_path)
    printed = [tmp_path / f"printed {n}" for n in range(2)]
    outputs = [path.open("w") for path in printed]
    both = [
        subprocess.Popen(
            [*LAUNCH, "--no-browser", "--port", str(free_port())],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        for output in outputs
    ]
    try:
        wait_until(lambda: any("Ctrl-C stops it" in path.read_text() for path in printed), "one lab is there")
        wait_until(lambda: any(one.poll() is not None for one in both), "the other one has ended")
        ended = next(one for one in both if one.poll() is not None)
        assert ended.returncode == 1
        assert "already open" in printed[both.index(ended)].read_text()
        (stays,) = [one for one in both if one is not ended]
        assert stays.poll() is None
        for path in (tmp_path / "notebooks").iterdir():
            assert (tmp_path / "work/Grokking-Deep-Learning" / path.name).read_bytes() == path.read_bytes()
    finally:
        for one in both:
            one.kill()
            one.wait(timeout=30)
        for output in outputs:
            output.close()


# Everything is loaded first, for nobody may look into the folders of Python itself.
AS_NOBODY = """
import locale, os, helpers.lab.server
os.getuid() or os.seteuid(65534)
helpers.lab.main()
"""


@pytest.mark.parametrize("kept", ["nothing", "work", "all"])
def test_a_read_only_folder_is_named(kept):
    """Whether nothing is there yet, an empty folder `work`, or all of an earlier start."""
    with TemporaryDirectory() as folder:  # tmp_path would let nobody but its owner in
        course = Path(folder)
        copy_course(course)
        if kept != "nothing":
            (course / "work").mkdir()
        if kept == "all":
            state.prepare(course / "work/.lab/learner", "work/Grokking-Deep-Learning", reset_layout=False)
        for path in (course, *course.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = sorted(course.rglob("*"))
        failed = subprocess.run(
            [sys.executable, "-B", "-c", AS_NOBODY, "--no-browser"],
            cwd=course,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for path in (course, *course.rglob("*")):
            path.chmod(0o755)
        assert failed.returncode == 1
        assert is_one_sentence(failed, f"cannot use {course / 'work'}", "the right to write")
        assert sorted(course.rglob("*")) == before


def test_a_full_disk_is_named_and_then_it_goes_on(tmp_path):
    copy_course(tmp_path / "course")
    full = subprocess.run(
        [*LAUNCH, "--no-browser"],
        cwd=tmp_path / "course",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        check=False,
    )
    assert full.returncode == 1
    assert is_one_sentence(full, "1_multiple_inputs.ipynb (File too large)", "make room")
    assert not list((tmp_path / "course/work/Grokking-Deep-Learning").iterdir())
    with RunningLab(tmp_path) as lab:
        assert (lab.notebooks / "1_multiple_inputs.ipynb").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--ServerApp.password="], "unrecognized arguments"),
        (["--port", "http"], "'http' is not a number from 1024 to 65000"),
        (["--ip", "everywhere"], "'everywhere' is not an IP address"),
        (["--certfile", "none.pem"], "there is no file 'none.pem'"),
        (["--keyfile", "data/README.md"], "--keyfile is of no use without --certfile"),
        (["--port", "80"], "'80' is not a number from 1024 to 65000"),
    ],
)
def test_other_arguments_are_refused(tmp_path, arguments, sentence):
    copy_course(tmp_path / "course")
    refused = run(tmp_path / "course", *arguments)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert not (tmp_path / "course/work").exists()


def test_a_course_without_notebooks_is_named(tmp_path):
    copy_course(tmp_path)
    (tmp_path / "notebooks").rename(tmp_path / "elsewhere")
    failed = run(tmp_path, "--no-browser")
    assert failed.returncode == 1
    assert is_one_sentence(failed, str(tmp_path / "notebooks"))


def test_a_place_it_cannot_write_to_is_named(tmp_path):
    copy_course(tmp_path)
    (tmp_path / "work").write_text("a file where a folder should be")
    failed = run(tmp_path, "--no-browser")
    assert failed.returncode == 1
    assert is_one_sentence(failed, str(tmp_path / "work"))


def test_the_command_is_installed():
    command = Path(sys.executable).with_name("lab")
    shown = subprocess.run([command, "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert shown.returncode == 0
    options = {"--no-browser", "--port", "--ip", "--certfile", "--keyfile", "--reset-layout", "--terminals", "--author"}
    assert options <= set(re.findall(r"--[a-z-]+", shown.stdout))
    assert "LAB_PASSWORD" in shown.stdout
