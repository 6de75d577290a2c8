"""Whatever a learner's function does while it is checked, it ends, and so does what it did."""

import itertools
import random
import signal
import sys
import threading
import time

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from helpers import check
from helpers.check import limits

resource = pytest.importorskip("resource")  # Windows has no alarms either


def deaf(values):
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722 (as learners write it)
            pass


def deaf_but_ending(values):
    try:
        while True:
            pass
    except BaseException:
        return values


def endless_generator(values):
    yield from itertools.count()


def sleeping(values):
    time.sleep(60)


ENDLESS = [deaf_but_ending, endless_generator]


@pytest.fixture(autouse=True)
def short_limit(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.2)


@pytest.mark.parametrize("function", [*ENDLESS, deaf, sleeping])
def test_what_never_ends_is_ended_and_the_learner_s_own_alarm_is_kept(function):
    def own_alarm(*_):
        raise AssertionError("too early")

    signal.signal(signal.SIGALRM, own_alarm)
    signal.setitimer(signal.ITIMER_REAL, 50)
    try:
        start = time.monotonic()
        sentence = check.normalise(function).sentence
        assert time.monotonic() - start < 2
        assert "given values = [2, 5, 4], your function was still running" in sentence and "■" in sentence
        assert signal.getsignal(signal.SIGALRM) is own_alarm
        assert 40 < signal.setitimer(signal.ITIMER_REAL, 0)[0] <= 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


@pytest.mark.parametrize("function", ENDLESS)
def test_where_there_is_no_alarm_a_thread_ends_it_and_is_gone_afterwards(function, monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    before = threading.enumerate()
    assert "was still running" in check.normalise(function).sentence
    assert check.normalise(lambda values: [value / max(map(abs, values)) for value in values]).state == "right"
    assert threading.enumerate() == before
    time.sleep(2 * limits.SECONDS)  # nothing is raised any more


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory there is")
def test_a_list_that_grows_without_end_doesn_t_end_the_kernel(monkeypatch):
    def growing(values):
        while True:
            values += values

    monkeypatch.setattr(limits, "SECONDS", 30)
    monkeypatch.setattr(limits, "BYTES", 2**28)
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert "asks for more memory than there is" in check.normalise(growing).sentence
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.fixture
def as_in_a_kernel():
    """A shell that has started the tests in the background has them ignore the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_stop_button_ends_a_check_at_once(as_in_a_kernel, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 30)
    threading.Timer(0.2, signal.pthread_kill, [threading.get_ident(), signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        check.normalise(lambda values: sleeping(values))
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_random_numbers_and_settings_stay_the_learner_s():
    def setting(values):
        random.seed(5)
        np.random.seed(5)
        np.set_printoptions(precision=1)
        np.seterr(all="raise")

    before = random.getstate(), np.random.get_state(), np.get_printoptions(), np.geterr()
    check.normalise(setting)
    np.testing.assert_equal((random.getstate(), np.random.get_state(), np.get_printoptions(), np.geterr()), before)


CELLS = [
    "from helpers import check\nimport matplotlib.pyplot as plt\nopen_figure, axes = plt.subplots()",
    "def largest_alpha(inputs):\n    exit()\ncheck.largest_alpha(largest_alpha)",
    "def largest_alpha(inputs):\n    return input()\ncheck.largest_alpha(largest_alpha)",
    "def largest_alpha(inputs):\n    breakpoint()\n    plt.plot(inputs)\n    plt.show()\n    display(7)\n"
    "    return 2 / sum([value ** 2 for value in inputs])\n"
    "open_figure = plt.figure()\ncheck.largest_alpha(largest_alpha)",
    "len(open_figure.axes), plt.get_fignums()",
]


def test_in_a_notebook_nothing_is_asked_shown_or_ended():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [[output.get("data", {}).get("text/plain") for output in cell.outputs] for cell in notebook.cells]
    assert "ends Python, in line 2 of its cell" in " ".join(shown[1][0].split())
    assert "asks the reader with `input()`, in line 2 of its cell" in " ".join(shown[2][0].split())
    assert shown[3][0].startswith("✓ Exercise 1.4: right.") and len(shown[3]) == 2  # the reply, and the open figure
    assert shown[4] == ["(0, [])"]
