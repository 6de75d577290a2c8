"""How a control refuses what it can't take."""

from collections.abc import Iterator
from contextlib import contextmanager

from traitlets import TraitError, TraitType


class Refused(TraitError, ValueError):
    """Says in a sentence what a control can't take: a ValueError for people, a TraitError for traitlets."""


class Anything(TraitType):
    """A value that its widget looks at before it is taken; even None, which traitlets' own `Any` lets pass."""

    default_value = None


@contextmanager
def refused() -> Iterator[None]:
    """Inside, a ValueError becomes Refused."""
    try:
        yield
    except ValueError as fault:
        raise Refused(str(fault)) from None
