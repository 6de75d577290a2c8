"""Play, pause and step: a slider that moves by itself, at a pace one can follow."""

from pathlib import Path

import ipywidgets as widgets
from anywidget import AnyWidget
from traitlets import Bool, Int, Unicode


class Player(AnyWidget):
    """Moves a slider of whole numbers in the page: to the start, one back, on and on, one forward.

    It waits until the explorer that it is in shows the picture of one number before it asks for the next, and so skips
    numbers where the kernel can't keep the pace.

    slider: what it moves. `playing` tells whether it does, in all places where the explorer is shown; setting it to
    False stops it. `pace`: numbers a second.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    slider = Unicode().tag(sync=True)
    playing = Bool(False).tag(sync=True)
    pace = Int(3).tag(sync=True)

    def __init__(self, slider: widgets.IntSlider):
        super().__init__(slider=slider.model_id)
