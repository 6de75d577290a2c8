"""The course's look: its pictures come out the same whatever style the reader has chosen for their own plots."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any

import numpy as np

# While matplotlib loads, it looks for a place for its cache and reads the reader's matplotlibrc. What it finds amiss
# there it would log in red below a cell of ours.
_logger = logging.getLogger("matplotlib")
_level = _logger.level
_logger.setLevel(logging.CRITICAL)
import matplotlib  # noqa: E402
import matplotlib.font_manager  # noqa: E402

_logger.setLevel(_level)

NOT_STYLE = {"backend", "backend_fallback", "interactive", "timezone"}
DEFAULT_STYLE = {name: value for name, value in matplotlib.rcParamsDefault.items() if name not in NOT_STYLE}
_settings_lock = RLock()  # matplotlib's settings are the same for all threads


@contextmanager
def course_style() -> Iterator[None]:
    """Inside, matplotlib has its own defaults and NumPy doesn't warn; afterwards all is as the reader set it.

    For a `with` block, or as a decorator: `@course_style()`.
    """
    with _settings_lock, np.errstate(all="ignore"):
        defaults = {name: value for name, value in DEFAULT_STYLE.items() if _setting(name) != value}
        with ExitStack() as stack:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of settings that matplotlib will do without some day
                stack.enter_context(matplotlib.rc_context(defaults))
            yield


def _setting(name: Any) -> Any:
    """The reader's setting as it is: `rcParams[name]` would warn of one that is deprecated."""
    return dict.__getitem__(matplotlib.rcParams, name)
