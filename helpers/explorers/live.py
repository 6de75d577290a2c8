"""A picture that keeps up with a slider."""

import ipywidgets as widgets

from ..figures.picture import DPI, encode


class LivePicture:
    """A `Picture` in an `Image` widget. Only the moving artists are drawn anew, over what stays still.

    moving: the artists that change, in any order; they are drawn by their zorder.
    """

    def __init__(self, picture, moving):
        self.picture = picture
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        width = round(picture.get_size_inches()[0] * DPI)
        self.widget = widgets.Image(format="png", layout={"width": f"{width}px", "max_width": "100%"})

    def draw_all(self):
        """Draw what stays still, then what moves. Needed once, and whenever what stays still has changed."""
        self.picture.canvas.draw()
        self._still = self.picture.canvas.copy_from_bbox(self.picture.bbox)
        self.draw()

    def draw(self):
        """Draw the moving artists, and send the picture to the page."""
        canvas = self.picture.canvas
        canvas.restore_region(self._still)
        for artist in self.moving:
            artist.draw(canvas.get_renderer())
        self.widget.value = encode(self.picture, compress_level=1)
