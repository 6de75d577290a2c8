"""How a control refuses what it can't take."""

from collections.abc import Iterator
from contextlib import contextmanager

from traitlets import TraitError


class Refused(TraitError, ValueError):
    """Says in a sentence what a control can't take: a ValueError for people, a TraitError for traitlets."""


@contextmanager
def refused() -> Iterator[None]:
    """Inside, a ValueError becomes Refused."""
    try:
        yield
    except ValueError as fault:
        raise Refused(str(fault)) from None
