"""Text for MyST, the Markdown that Sphinx reads here."""

import re


def plain(text: str) -> str:
    """Text in which Markdown finds nothing to interpret."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text)


def plain_but_code(text: str) -> str:
    """The same, but what is between backticks is code."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [plain(part) for part in parts[::2]]
    return "".join(parts)


def raw_html(*lines: str) -> str:
    return "\n".join(["```{raw} html", *lines, "```"])
