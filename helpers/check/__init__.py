"""Checks of the exercises, one function each: what you hand in is tried on inputs it has not seen.

check.train(train)                       right, not started yet, or what the slip may be
check.so_far("freezing")                 how the exercises of a section stand
check.write_results("freezing", "Ada")   the same as a file, to hand in
"""

from ..arguments import quoted
from . import freezing, mnist, multiple_inputs, multiple_outputs, preprocessing, results, visualizing
from .experiment import choose, commonest_confusion, move_of_output
from .freezing import bottom_of_curve, frozen_step, largest_alpha_while_frozen, one_round
from .mnist import accuracy, errors_on_the_way, flatten, one_hot
from .multiple_inputs import all_weight_deltas, land, largest_alpha, normalise, train
from .multiple_outputs import sad_from_record, update_each, update_table
from .preprocessing import place_of_pixel
from .reply import Progress
from .results import NotWritten, Written
from .section import Section
from .visualizing import deciding_pixel, dot_products, mistakes, most_alike, unflatten

SECTIONS = {
    module.section.name: module.section
    for module in (preprocessing, multiple_inputs, freezing, multiple_outputs, mnist, visualizing)
}

__all__ = [
    "accuracy",
    "all_weight_deltas",
    "bottom_of_curve",
    "choose",
    "commonest_confusion",
    "deciding_pixel",
    "dot_products",
    "errors_on_the_way",
    "flatten",
    "frozen_step",
    "land",
    "largest_alpha",
    "largest_alpha_while_frozen",
    "mistakes",
    "most_alike",
    "move_of_output",
    "normalise",
    "one_hot",
    "one_round",
    "place_of_pixel",
    "sad_from_record",
    "so_far",
    "train",
    "unflatten",
    "update_each",
    "update_table",
    "write_results",
]


def so_far(section: str) -> Progress:
    """How many exercises of a section are right so far, and how each one stands.

    Raises ValueError if there is no such section.
    """
    return _named(section).so_far()


def write_results(section: str, name: str) -> Written | NotWritten:
    """Write what `so_far` says, and the slips that were named, to a file beside the notebook: for `name` to hand in.

    A file that is there already stays as it is. None is written where no exercise has been checked since the kernel was
    started. Raises ValueError if there is no such section, or no name.
    """
    return results.write(_named(section), name)


def _named(section: str) -> Section:
    if not isinstance(section, str) or section not in SECTIONS:
        names = ", ".join(repr(name) for name in SECTIONS)
        raise ValueError(f"section must be one of {names}; got {quoted(section)}.")
    return SECTIONS[section]
