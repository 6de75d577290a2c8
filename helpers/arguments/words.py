"""How what came is written in a sentence that refuses it."""

import reprlib
from typing import Any

import numpy as np

# As NumPy prints arrays where nobody has changed it.
DEFAULT_PRINT_OPTIONS: dict[str, Any] = {
    "precision": 8,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 75,
    "suppress": False,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "floatmode": "maxprec",
    "legacy": False,
}
LONGEST_QUOTE = 80  # letters


def written(value: object) -> str:
    """`value` as in code, however the learner has NumPy print arrays; its type where it can't be written."""
    try:
        with np.printoptions(**DEFAULT_PRINT_OPTIONS):
            return repr(value)
    except Exception:  # noqa: BLE001 (whatever the __repr__ of a reader's class raises)
        return f"<{type(value).__name__}>"


def quoted(value: object) -> str:
    """`value` as in code, on one line, and no longer than fits into a sentence."""
    if isinstance(value, np.ndarray) and value.size > LONGEST_QUOTE:
        return f"an array of shape {value.shape}"
    with np.printoptions(**DEFAULT_PRINT_OPTIONS):
        line = " ".join(_Short().repr(value).split())
    if len(line) > LONGEST_QUOTE:
        line = f"{line[:LONGEST_QUOTE]} ..."
    return line


class _Short(reprlib.Repr):
    """Long lists and texts are cut before they are written, so that a million numbers take no time."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = 2 * LONGEST_QUOTE
        self.maxlist = self.maxtuple = self.maxdict = 12

    def repr_instance(self, x: Any, level: int) -> str:
        return written(x)[: 2 * LONGEST_QUOTE]
