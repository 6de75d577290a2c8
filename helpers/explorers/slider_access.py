"""What ipywidgets' sliders lack for a screen reader, and for who types a number."""

from pathlib import Path

import ipywidgets as widgets
from anywidget import AnyWidget
from traitlets import List, Unicode


class SliderAccess(AnyWidget):
    """Shows nothing. Each slider of the explorer that it is put into gets its label as name and its number as value,
    which a screen reader says; and its number can be typed, with a decimal point or comma.

    sliders: all of them.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    models = List(Unicode()).tag(sync=True)

    def __init__(self, *sliders: widgets.Widget):
        super().__init__(models=[slider.model_id for slider in sliders])
