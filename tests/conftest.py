"""What several files of tests need of a lab and a browser; Playwright is loaded for those alone.

On Windows, the tests that need make, a shell, signals or rights to files as only Unix has them are left out.
"""

import gc
import sys
from collections.abc import Iterator

import pytest

from tests.support.lab import RunningLab

if sys.platform == "win32":
    ON_UNIX = "advice classroom download lab lab_access lab_edition results set_up site_elsewhere start terminals"
    collect_ignore = [f"test_{name}.py" for name in ON_UNIX.split()]


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


@pytest.fixture
def widgets_let_go() -> Iterator[None]:
    """ipywidgets keeps each widget for good, with the images that it shows; but not those of a test's notebook."""
    from ipywidgets.widgets import widget

    before = set(widget._instances)
    yield
    made = set(widget._instances) - before
    for name in made:
        widget._instances[name].close()
    if made:
        gc.collect()
