"""The course's look: its pictures come out the same whatever style the reader has chosen for their own plots."""

import logging
import warnings
from contextlib import ExitStack, contextmanager
from threading import RLock

import numpy as np

# While matplotlib loads it looks for a place for its cache and reads the reader's matplotlibrc; what it misses there, it
# would say in red below a cell of ours.
_matplotlib_says = logging.getLogger("matplotlib")
_level = _matplotlib_says.level
_matplotlib_says.setLevel(logging.CRITICAL)
import matplotlib  # noqa: E402
import matplotlib.font_manager  # noqa: E402

_matplotlib_says.setLevel(_level)

NOT_LOOKS = {"backend", "backend_fallback", "interactive", "timezone"}
LOOKS = {name: value for name, value in matplotlib.rcParamsDefault.items() if name not in NOT_LOOKS}
_one_at_a_time = RLock()  # matplotlib's settings are the same for all threads


@contextmanager
def course_style():
    """Inside, matplotlib has its own defaults and NumPy says nothing of infinities; afterwards all is as the reader set it.

    For a `with` block, or as a decorator: `@course_style()`.
    """
    with _one_at_a_time, np.errstate(all="ignore"):
        set_otherwise = {name: value for name, value in LOOKS.items() if _now(name) != value}
        with ExitStack() as until_the_end:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of settings that matplotlib will do without some day
                until_the_end.enter_context(matplotlib.rc_context(set_otherwise))
            yield


def _now(name):
    return dict.__getitem__(matplotlib.rcParams, name)
