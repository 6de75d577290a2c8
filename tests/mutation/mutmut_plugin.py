"""What pytest does otherwise when mutmut runs it for `helpers_mutants.py`."""

from collections import defaultdict

import pytest
from mutmut.state import state

called = defaultdict(set)  # functions, by the file of the tests that called them


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """A test also relies on what earlier tests of its file called: explorers and pictures, once made, are kept."""
    called[item.path] |= state()._stats
    state()._stats |= called[item.path]


def pytest_collection_modifyitems(items):
    """Quick tests first, once it is known which they are."""
    items.sort(key=lambda item: state().duration_by_test.get(item.nodeid, 0))
