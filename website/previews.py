"""What a page says of itself where somebody links to it: its description, and a picture."""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LONGEST_DESCRIPTION = 200  # letters
OPENING = "What you will do. "  # of every lesson


def add_preview(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None
) -> None:
    """Put the tags of the Open Graph protocol (ogp.me), and what search engines show, into the head of the page."""
    summary = app.config.project
    if document:
        summary = description(document)
    tags = {
        "name": {"description": summary, "twitter:card": "summary_large_image"},
        "property": {
            "og:type": "website",
            "og:site_name": app.config.project,
            "og:title": nodes.unescape(re.sub(r"<[^>]+>", "", context.get("title", app.config.project))),
            "og:description": summary,
            "og:image": address_of_picture(app, page),
        },
    }
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n    <meta {kind}="{name}" content="{escape(content)}">'
        for kind, contents in tags.items()
        for name, content in contents.items()
    )


def description(document: nodes.document) -> str:
    """The first paragraph, as many sentences of it as there is room for."""
    paragraph = next(document.findall(nodes.paragraph))
    first, *sentences = re.split(r"(?<=[.?!]) ", " ".join(paragraph.astext().split()).removeprefix(OPENING))
    for sentence in sentences:
        if len(f"{first} {sentence}") > LONGEST_DESCRIPTION:
            break
        first += f" {sentence}"
    return first


def address_of_picture(app: Sphinx, page: str) -> str:
    """The page's cover; the first one, where it has none. It begins with the site's address, if that is known."""
    covers = {name: file for name, (_, file) in app.env.images.items() if name.startswith("covers/")}
    name = page.rpartition("/")[2]
    file = covers.get(f"covers/{name}.png", min(covers.values()))
    if app.config.html_baseurl:
        return f"{app.config.html_baseurl.rstrip('/')}/{app.builder.imagedir}/{file}"
    return app.builder.get_relative_uri(page, f"{app.builder.imagedir}/{file}").removesuffix(".html")


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", add_preview)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
