"""Names for sliders: without them a screen reader says "slider", whichever it is."""

from pathlib import Path

from anywidget import AnyWidget


class SliderNames(AnyWidget):
    """Shows nothing; gives each slider of the explorer it is put into its label as name and its readout as value."""

    _esm = Path(__file__).with_suffix(".js")
