"""How an answer compares with the truth, in words."""


def verdict(answer: str, truth: str) -> str:
    """You were right: it falls. / You said “it rises”, but the answer is “it falls”."""
    if answer == truth:
        return f"You were right: {truth}."
    return f"You said “{answer}”, but the answer is “{truth}”."


def say_nearness(answer: float, nearness: str) -> str:
    """You said 0.5: 1.25 times too large."""
    return f"You said {answer:g}: {nearness}."


def nearness_of_alpha(answer: float, limit: float) -> str:
    """very near / 1.9 times too large"""
    if answer <= 0:
        return "with an alpha of 0 or less, nothing is ever learnt"
    factor = answer / limit
    if abs(factor - 1) < 0.03:
        return "very near"
    if factor > 1:
        return f"{factor:.3g} times too large"
    return f"{1 / factor:.3g} times too small"


def nearness_of_share(answer: float, share: float) -> str:
    """Of percentages: very near / 7 too low"""
    difference = answer - share
    if abs(difference) < 2:
        return "very near"
    if difference > 0:
        return f"{difference:.0f} too high"
    return f"{-difference:.0f} too low"


def name_change(before: float, after: float, unchanged: bool, *, less: str, same: str, more: str) -> str:
    """The one of three answers that is true of a number before and after."""
    if unchanged:
        return same
    if after < before:
        return less
    return more
