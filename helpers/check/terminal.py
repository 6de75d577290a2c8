"""What a terminal can show: some have few letters, such as those of Windows with the code page cp1252."""

from .reply import MARKS, NOT_STARTED, RIGHT, WRONG

PLAIN = {MARKS[RIGHT]: "+", MARKS[WRONG]: "x", MARKS[NOT_STARTED]: "o"}


def shown(text, encoding):
    """The text without letters that the encoding lacks: plain marks for marks, `\\u540d` for any other letter."""
    return "".join(_shown(letter, encoding) for letter in text)


def _shown(letter, encoding):
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode()
    return letter
