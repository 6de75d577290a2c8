"""How near an answer was, in words."""


def nearness(said, right):
    """Of an alpha: very near, 1.9 times too large ..."""
    if said <= 0:
        return "with an alpha of 0 or less, nothing is ever learnt"
    factor = said / right
    if abs(factor - 1) < 0.03:
        return "very near"
    if factor > 1:
        return f"{factor:.3g} times too large"
    return f"{1 / factor:.3g} times too small"


def right_or_not(said, truth):
    """You were right: it falls. / You said “it rises”, but the answer is “it falls”."""
    return f"You were right: {truth}." if said == truth else f"You said “{said}”, but the answer is “{truth}”."
