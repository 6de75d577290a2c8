"""Keeps what a reader's function does while it is checked from the notebook around it.

Nothing of IPython or matplotlib is imported: where they are not loaded, there is nothing to keep from them.
"""

import builtins
import contextlib
import sys
from collections.abc import Iterator
from typing import Any, NoReturn


class AsksForInput(Exception):
    """Raised by `input()`."""


@contextlib.contextmanager
def kept_from_the_notebook() -> Iterator[None]:
    """No question to the reader, no `exit()` that would end the kernel, no picture in the page or in a figure."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_in_place_of(builtins, "input", _input))
        stack.enter_context(_in_place_of(sys, "breakpointhook", _go_on))
        shell = _shell()
        if shell is not None:
            stack.enter_context(_in_place_of(shell, "ask_exit", _exit_refused))
            capture = sys.modules["IPython.utils.capture"]
            stack.enter_context(capture.capture_output(stdout=False, stderr=False))
        pyplot = sys.modules.get("matplotlib._pylab_helpers")
        if pyplot is not None:
            stack.enter_context(_figures_of_its_own(pyplot.Gcf))
        yield


@contextlib.contextmanager
def _in_place_of(owner: Any, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _shell() -> Any:
    """IPython's, if this runs in one."""
    if "IPython.utils.capture" not in sys.modules:
        return None
    return sys.modules["IPython"].get_ipython()


@contextlib.contextmanager
def _figures_of_its_own(managers: Any) -> Iterator[None]:
    """Figures that pyplot makes are closed afterwards, and none that is open is drawn on."""
    open_ones = dict(managers.figs)
    managers.figs.clear()
    try:
        yield
    finally:
        managers.destroy_all()
        managers.figs.update(open_ones)


def _input(*_: object) -> NoReturn:
    raise AsksForInput


def _exit_refused() -> NoReturn:
    raise SystemExit


def _go_on(*_: object, **__: object) -> None:
    """Where a `breakpoint()` is."""
