"""What happens before a lab is there. Whatever goes wrong is told in a sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..printing import printable
from . import damage, edition, folders, state
from .access import Refused

ADVICE = {
    **dict.fromkeys([errno.ENOSPC, errno.EDQUOT, errno.EFBIG], "make room there"),
    **dict.fromkeys([errno.EACCES, errno.EPERM, errno.EROFS], "give yourself the right to write"),
}
OTHER_ADVICE = "move it away"


def prepare(place: folders.Place, reset_layout: bool = False) -> list[str]:
    """Bring the files of the place up to date. Return what the learner should know, in sentences.

    Raises Refused, with the one sentence to show, if that can't be done: what was there is then as it was, and the next
    start does the rest.
    """
    if not edition.files_of(folders.AUTHORS.path):
        raise Refused(
            f"there are no notebooks in {printable(str(folders.AUTHORS.path))}: get the whole course, then start it "
            "there with `make lab`"
        )
    with refusing():
        state.make_folder(place.state)
        sentences = damage.set_aside(place.state)
        if place != folders.AUTHORS:
            sentences += edition.hand_out(folders.AUTHORS.path, place.path, state.editions_file(place.state))
        state.prepare(place.state, place.folder, reset_layout)
    return sentences


@contextmanager
def refusing() -> Iterator[None]:
    """Raise Refused, with a sentence on what to do, for a file or folder that can't be used."""
    try:
        yield
    except OSError as fault:
        advice = ADVICE.get(fault.errno or 0, OTHER_ADVICE)
        file = fault.filename or folders.COURSE
        raise Refused(
            f"cannot use {printable(os.fsdecode(file))} ({fault.strerror or fault}): {advice}, and start again; "
            "what was there is as it was"
        ) from None
