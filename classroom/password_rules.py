"""Which passwords are too easy to guess."""

import re
from collections.abc import Iterable, Iterator

FEWEST_CHARACTERS = 8
FEWEST_PIECES = 5  # different ones
WORDS = """
    password passwort passw0rd passwd pass word secret geheim letmein welcome willkommen hello hallo iloveyou love
    1q2w3e4r q1w2e3r4 1qaz2wsx qazwsx monkey dragon sunshine princess football
    admin root user guest test login master computer internet world welt
    class classroom klasse course kurs school schule teacher lehrer student schueler pupil learner lesson unterricht
    jupyter jupyterhub jupyterlab notebook python numpy mnist lab lab3
    grokking generalizing gradient descent deep learning network neural weight weights
"""
ROWS = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm"]
LOOK_ALIKES = str.maketrans("@$013", "asoie")


def is_easy_to_guess(password: str, *names: str) -> bool:
    """Whether it is little more than a word that everybody tries, a year, keys in a row, or one of these names.

    So it is cut into pieces, each of them as long as possible, and different pieces are counted.
    """
    password = password.lower()
    piece = _piece(names)
    return password.isdecimal() or any(
        len({match[0] for match in piece.finditer(form)}) < FEWEST_PIECES
        for form in (password, password.translate(LOOK_ALIKES))
    )


def _piece(names: Iterable[str]) -> re.Pattern[str]:
    known = {*WORDS.split(), *_keys_in_a_row(), *(name.lower() for name in names if name)}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"{'|'.join(map(re.escape, longest_first))}|(?:19|20)\d\d|(.)\1+|.", re.DOTALL)


def _keys_in_a_row() -> Iterator[str]:
    for row in ROWS:
        for keys in (row, row[::-1]):
            for start in range(len(keys)):
                for end in range(start + 3, len(keys) + 1):
                    yield keys[start:end]
