"""What several files of tests need of the class that each of them has `running`."""

import pytest

from tests.support.classroom import Learner, RunningClass


@pytest.fixture(scope="module")
def ada(running: RunningClass) -> Learner:
    """A learner whose server runs."""
    ada = Learner(running, "ada")
    ada.arrive()
    return ada
