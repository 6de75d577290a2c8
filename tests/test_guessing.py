"""Who guesses at a running lab's password, and who knows it, both at once."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from threading import Thread

import pytest
import requests
from requests.adapters import HTTPAdapter

from helpers.lab.throttle import FREE_ATTEMPTS, SECONDS_PER_WRONG_PASSWORD
from tests.support.lab import RunningLab, log_in, wait_until

PASSWORD = "a word of mine"
TRIES = 10
AT_ONCE = 2  # seconds, on a busy machine
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers to all of 127.0.0.0/8")


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[RunningLab]:
    with RunningLab(tmp_path_factory.mktemp("lab"), LAB_PASSWORD=PASSWORD) as running:
        yield running


class From(HTTPAdapter):
    """Requests that come from another of this machine's addresses."""

    def __init__(self, address: str):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **options)


class Guessers:
    """Guess as fast as they can while the `with` block lasts: each time as a new visitor, from another address."""

    def __init__(self, lab: RunningLab, number: int, patience: float = 30):
        self.lab = lab
        self.patience = patience
        self.visitors = count()
        self.answered = Counter()
        self.threads = [Thread(target=self._guess, daemon=True) for _ in range(number)]

    def __enter__(self) -> "Guessers":
        self.go_on = True
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.go_on = False

    def _guess(self) -> None:
        while self.go_on:
            with suppress(requests.RequestException):
                self.answered[self._post(next(self.visitors)).status_code] += 1

    def _post(self, number: int) -> requests.Response:
        with requests.Session() as visitor:
            visitor.mount("http://", From(f"127.1.{number // 250}.{number % 250 + 1}"))
            visitor.cookies["_xsrf"] = str(number)
            form = {"password": "0000", "_xsrf": str(number)}
            return visitor.post(f"{self.lab.address}/login", data=form, timeout=self.patience)


@pytest.mark.parametrize("number", [1, 20])
def test_the_right_password_gets_in_at_once_while_others_guess(lab, number):
    with Guessers(lab, number) as guessers:
        wait_until(lambda: next(guessers.visitors) > min(number, FREE_ATTEMPTS), "they guess")
        start = time.monotonic()
        for _ in range(TRIES):
            before = time.monotonic()
            assert log_in(lab, PASSWORD)[1].url == lab.url
            assert time.monotonic() - before < AT_ONCE
        if time.monotonic() - start < SECONDS_PER_WRONG_PASSWORD:
            assert guessers.answered[401] <= FREE_ATTEMPTS
        assert set(guessers.answered) <= {401}


def test_ctrl_c_does_not_wait_for_those_who_guess(lab):
    with Guessers(lab, FREE_ATTEMPTS + 1):
        before = time.monotonic()
        assert lab.stop() == 0
        assert time.monotonic() - before < SECONDS_PER_WRONG_PASSWORD
    assert "Traceback" not in lab.output()
