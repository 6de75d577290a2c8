"""What several files of tests need of a lab and a browser; Playwright is loaded for those alone.

On Windows, the tests that need make, a shell, signals or rights to files as only Unix has them are left out.
"""

import gc
import sys
from collections.abc import Iterator

import pytest

from tests.support import widgets
from tests.support.lab import RunningLab

if sys.platform == "win32":
    ON_UNIX = "advice certificate classroom download files guessing lab lab_access lab_contents lab_edition results"
    ON_UNIX += " set_up shared_machine site_elsewhere start starting terminals"
    collect_ignore = [f"test_{name}.py" for name in ON_UNIX.split()]


def pytest_collection_finish() -> None:
    gc.freeze()  # what has been loaded by now stays: nobody need look through it for garbage


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[RunningLab]:
    with RunningLab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    from tests.support.browser import chromium

    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def learner(browser, lab):
    """A window of somebody who has logged in."""
    from tests.support.browser import learner_of

    with learner_of(browser, lab) as context:
        yield context


@pytest.fixture(autouse=True, scope="module")
def widgets_of_a_module() -> Iterator[None]:
    """Those that its fixtures make."""
    with widgets.closed_afterwards():
        yield


@pytest.fixture(autouse=True)
def widgets_of_a_test(widgets_of_a_module) -> Iterator[None]:
    with widgets.closed_afterwards():
        yield
