"""Questions to commit to before sliding. Each takes the explorer that will answer it.

    explorer = explorers.MultipleInputs(inputs, [true], weights)
    predict.largest_alpha(explorer)

The replies are worked out from the explorer's own inputs when the reader slides.
"""

from .freezing import frozen_curve
from .mnist import clearer, gap, more_passes
from .multiple_inputs import largest_alpha, largest_share
from .multiple_outputs import fastest_output, limit_of_all

__all__ = [
    "clearer",
    "fastest_output",
    "frozen_curve",
    "gap",
    "largest_alpha",
    "largest_share",
    "limit_of_all",
    "more_passes",
]
