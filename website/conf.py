"""Sphinx's settings for the website; everything is built, and read, without a network."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from published import address, binder_link

project = "Learning multiple weights at a time"
copyright = author = "the course's authors"
language = "en"

extensions = ["myst_nb", "sphinx_design", "mathml", "previews"]
exclude_patterns = ["README.md", "cards.md", "opening.md"]
myst_enable_extensions = ["colon_fence", "dollarmath", "substitution"]
myst_substitutions = {"binder": binder_link()}
myst_heading_anchors = 3
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js: dict = {}

html_theme = "furo"
html_title = project
html_static_path = ["static"]
templates_path = ["templates"]
html_css_files = ["course.css", "own_digit.css", "live.css", "player.css", "explorer.css"]
html_js_files = [
    "course.js", "model.js", "numbers.js", "questions.js", "live.js", "player.js", "recording.js", "explorer.js",
]  # fmt: skip
html_favicon = "static/favicon.svg"
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_domain_indices = False
html_baseurl = address()
nitpicky = True
nitpick_ignore_regex = [("py:class", ".*")]  # types in signatures: what they are, their own documentation says
