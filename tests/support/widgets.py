"""ipywidgets keeps each widget for good, with the images that it shows: tests let theirs go."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_kept: set[str] = set()


@contextmanager
def closed_afterwards() -> Iterator[None]:
    """Those that are made inside, but for those that are kept."""
    before = set(_widgets())
    try:
        yield
    finally:
        made = set(_widgets()) - before - _kept
        for name in made:
            if name in _widgets():  # no other has closed it
                _widgets()[name].close()
        if made:
            gc.collect()


@contextmanager
def kept() -> Iterator[None]:
    """Those that are made inside serve further tests."""
    before = set(_widgets())
    yield
    _kept.update(set(_widgets()) - before)


def _widgets() -> dict[str, Any]:
    """All there are, by name; none where nothing has loaded ipywidgets."""
    module = sys.modules.get("ipywidgets.widgets.widget")
    if module is None:
        return {}
    return module._instances
