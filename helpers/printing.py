"""Text that learners or file systems give, such as a file's name, as a terminal may show it."""

LONGEST = 300  # characters


def printable(text: str) -> str:
    """The text on one line: what a terminal would obey, or not show, is escaped; of a long text the middle is cut."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}...{text[-LONGEST // 2 :]}"
    return "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
