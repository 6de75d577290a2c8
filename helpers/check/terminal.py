"""What a terminal can show: some have few letters, such as those of Windows with the code page cp1252."""

from .reply import MARKS, NOT_STARTED, RIGHT, UNFINISHED, WRONG

PLAIN_MARKS = {MARKS[RIGHT]: "+", MARKS[WRONG]: "x", MARKS[UNFINISHED]: "~", MARKS[NOT_STARTED]: "o"}


def encodable(text: str, encoding: str) -> str:
    """The text without letters that the encoding lacks: plain marks for marks, `\\u540d` for any other letter."""
    return "".join(_encodable(letter, encoding) for letter in text)


def _encodable(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return PLAIN_MARKS.get(letter) or letter.encode("ascii", "backslashreplace").decode()
    return letter
