"""The launcher: what it starts, who gets in, and what it leaves alone."""

import json
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import requests
from jupyter_client import BlockingKernelClient
from running_lab import LAUNCH, RunningLab, copy_course

PAGE = "/lab/workspaces/lab3_Generalizing_Gradient_Descent"
ROGUE_CONFIG = 'c.ServerApp.ip = "0.0.0.0"\nc.PasswordIdentityProvider.hashed_password = ""\n'


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with RunningLab(tmp_path_factory.mktemp("lab")) as running:
        yield running


def log_in(lab: RunningLab, password: str) -> tuple[requests.Session, requests.Response]:
    visitor = requests.Session()
    visitor.get(f"{lab.address}/login", timeout=10)
    answer = visitor.post(
        f"{lab.address}/login",
        params={"next": PAGE},
        data={"password": password, "_xsrf": visitor.cookies["_xsrf"]},
        timeout=10,
    )
    return visitor, answer


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*LAUNCH, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_says_where_it_is_and_how_to_get_in(lab):
    assert lab.url == f"http://127.0.0.1:{lab.port}{PAGE}"
    assert "1234" in lab.output()


@pytest.mark.parametrize("path", ["/", PAGE])
def test_no_page_without_logging_in(lab, path):
    answer = requests.get(lab.address + path, timeout=10)
    assert "/login?" in answer.url
    assert 'name="password"' in answer.text


@pytest.mark.parametrize("path", ["contents", "kernels", "sessions", "kernelspecs", "terminals", "status"])
def test_no_service_without_logging_in(lab, path):
    assert requests.get(f"{lab.address}/api/{path}", timeout=10).status_code in (403, 404)


def test_the_password_opens_the_course(lab):
    visitor, answer = log_in(lab, "1234")
    assert (answer.status_code, answer.url) == (200, lab.url)
    assert visitor.get(lab.address, timeout=10).url.rstrip("?") == lab.url
    listed = visitor.get(f"{lab.address}/api/contents", timeout=10).json()["content"]
    assert {entry["name"] for entry in listed} == {path.name for path in (lab.course / "notebooks").iterdir()}


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


def test_the_password_is_stored_nowhere_as_it_is(lab):
    own_files = lab.course / "work" / ".jupyter"
    texts = [path.read_text() for path in own_files.rglob("*") if path.suffix in (".json", ".py")]
    assert texts and not any('"1234"' in text for text in texts)


def test_other_users_cannot_look_into_its_files(lab):
    own_files = lab.course / "work" / ".jupyter"
    assert stat.S_IMODE(own_files.stat().st_mode) == 0o700


def test_a_taken_port_gives_the_next_one(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with RunningLab(tmp_path, port) as lab:
            assert f"127.0.0.1:{port}" not in lab.url
            assert f"Port {port} is taken: using {lab.address.rpartition(':')[2]} instead." in (lab.output())


def test_ctrl_c_stops_it_and_its_kernels_without_a_question(tmp_path):
    with RunningLab(tmp_path) as lab:
        visitor, _ = log_in(lab, "1234")
        started = visitor.post(
            f"{lab.address}/api/kernels",
            json={"name": "python3"},
            headers={"X-XSRFToken": visitor.cookies["_xsrf"]},
            timeout=30,
        )
        runtime = lab.course / "work/.jupyter/runtime"
        client = BlockingKernelClient()
        client.load_connection_file(runtime / f"kernel-{started.json()['id']}.json")
        client.start_channels()
        client.wait_for_ready(timeout=60)
        client.stop_channels()
        (kernel,) = psutil.Process(lab.process.pid).children()
        assert lab.stop() == 0
        assert "Traceback" not in lab.output()
        assert not kernel.is_running()
        assert list(runtime.glob("*.json")) == []


def test_the_user_s_own_jupyter_is_neither_read_nor_written(tmp_path, monkeypatch):
    kernel = tmp_path / "home/.local/share/jupyter/kernels/rogue"
    for folder in (tmp_path / "home/.jupyter", kernel):
        folder.mkdir(parents=True)
    for name in ("jupyter_config.py", "jupyter_server_config.py", "jupyter_lab_config.py"):
        (tmp_path / "home/.jupyter" / name).write_text(ROGUE_CONFIG)
    (kernel / "kernel.json").write_text('{"argv": ["false"], "display_name": "rogue"}')
    before = {path: path.stat().st_mtime for path in (tmp_path / "home").rglob("*")}
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "home/.jupyter"))
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / "home/workspaces"))
    monkeypatch.setenv("JUPYTER_TOKEN", "open-sesame")

    with RunningLab(tmp_path) as lab:
        guess = requests.get(f"{lab.address}/api/contents?token=open-sesame", timeout=10)
        assert guess.status_code == 403
        visitor, answer = log_in(lab, "1234")
        assert answer.url == lab.url
        kernels = visitor.get(f"{lab.address}/api/kernelspecs", timeout=10).json()
        assert list(kernels["kernelspecs"]) == ["python3"]
    assert {path: path.stat().st_mtime for path in (tmp_path / "home").rglob("*")} == before


def test_a_layout_that_is_there_stays(tmp_path):
    copy_course(tmp_path / "course")
    with RunningLab(tmp_path) as lab:
        (layout,) = (lab.course / "work/.jupyter/workspaces").iterdir()
        rearranged = json.loads(layout.read_text()) | {"data": {}}
        layout.write_text(json.dumps(rearranged))
    with RunningLab(tmp_path):
        assert json.loads(layout.read_text()) == rearranged


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--ip", "0.0.0.0"], "unrecognized arguments: --ip 0.0.0.0"),
        (["--ServerApp.password="], "unrecognized arguments"),
        (["--port", "http"], "'http' is not a number from 1024 to 65000"),
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
    assert failed.stderr.startswith("lab: ") and failed.stderr.count("\n") == 1
    assert str(tmp_path / "notebooks") in failed.stderr


def test_a_place_it_cannot_write_to_is_named(tmp_path):
    copy_course(tmp_path)
    (tmp_path / "work").write_text("a file where a folder should be")
    failed = run(tmp_path, "--no-browser")
    assert failed.returncode == 1
    assert failed.stderr.startswith("lab: ") and failed.stderr.count("\n") == 1
    assert str(tmp_path / "work") in failed.stderr


def test_the_command_is_installed():
    command = Path(sys.executable).with_name("lab")
    shown = subprocess.run([command, "--help"], capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0
    assert "--no-browser" in shown.stdout
