"""What a terminal can show: some have few letters, such as those of Windows with the code page cp1252; and what it
should: no command, such as a file's name may hold.
"""

from pathlib import Path

from .reply import MARKS, NOT_STARTED, RIGHT, UNFINISHED, WRONG

PLAIN_MARKS = {MARKS[RIGHT]: "+", MARKS[WRONG]: "x", MARKS[UNFINISHED]: "~", MARKS[NOT_STARTED]: "o"}

LONGEST_PATH = 300  # characters


def shown_path(path: Path) -> str:
    """The path on one line: what a terminal would obey, or not show, is escaped; of a long one the middle is cut."""
    text = str(path)
    if len(text) > LONGEST_PATH:
        text = f"{text[: LONGEST_PATH // 2]}...{text[-LONGEST_PATH // 2 :]}"
    return "".join(map(_printable, text))


def _printable(letter: str) -> str:
    if letter.isprintable():
        return letter
    return letter.encode("unicode_escape", "surrogatepass").decode("ascii")


def encodable(text: str, encoding: str) -> str:
    """The text without letters that the encoding lacks: plain marks for marks, `\\u540d` for any other letter."""
    return "".join(_encodable(letter, encoding) for letter in text)


def _encodable(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return PLAIN_MARKS.get(letter) or letter.encode("ascii", "backslashreplace").decode()
    return letter
