"""Pictures of the learning: numbers in, matplotlib figures out.

The functions give a whole `Picture`; the views in the modules draw one chart each on axes that they
are given, and change it in place, which is what the explorers do while a slider moves.
"""

from . import style  # noqa: F401 (first: it loads matplotlib without a word)
from .curves import error_curves
from .digit_figures import digit_network, digits, similarity, weight_images
from .history import errors
from .matrices import dot_products, outer_product
from .network_figures import network, output_node
from .picture import Picture
from .surface import error_surface
from .training_charts import training

__all__ = [
    "Picture",
    "digit_network",
    "digits",
    "dot_products",
    "error_curves",
    "error_surface",
    "errors",
    "network",
    "outer_product",
    "output_node",
    "similarity",
    "training",
    "weight_images",
]
