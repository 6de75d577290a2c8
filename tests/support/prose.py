"""Numbers in the notebooks' text: where they stand, and whether they are those that the notebook computes.

A sentence of a lesson's `SENTENCES` is the notebook's own, with each computed number replaced by `{an expression}` in
the notebook's variables, as they are where the sentence stands. Lists match numbers with commas between. Words that
rest on a number go in as `{"one in five": condition}`. A number that stays in the sentence is given, not computed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.support.notebook import run

NUMBER = re.compile(r"(?<!\w)(?<!\w-)(?<!\d\.)-?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)%?(?!\w)")
LIST = rf"{NUMBER.pattern}(?:(?:,|,? and) {NUMBER.pattern})*"

# Numbers that say no result.
NAMES = {
    "a formula": r"\$\$.*?\$\$|\$[^$]+\$",
    "a link's target": r"\]\([^)]*\)",
    "a heading's number": r"^#+ (?:Exercise \d\.)?\d+(?: ·|\.)|\[\d · ",
    "a list's number": r"^\d\. ",
    "a section or exercise": r"[Ss]ections? \d(?:(?:, | and |, \d and )\d)*|[Ee]xercise \d\.\d",
    "how long a section takes, see test_every_page_promises_the_same_minutes": r"Allow \d+ minutes",
    "an output's name": r"\*\d\??\*",
    "a handwritten digit": r"\b(?:[Aa]n?|[Tt]he|[Tt]his) \d(?= [a-z]|[.,:?;)])",
}
CODE = re.compile("`([^`]*)`")  # if there is more to it than numbers
EXAMPLE = re.compile(rf"`(\w+\([^`]*\))`\s+is\s+(?:about\s+)?`?[\[(]?({LIST})")
WRAPPED = r"\s+(?:> )?"  # a sentence may go on in the next line, also of a quotation


@dataclass(frozen=True)
class Place:
    """A sentence where the notebook says it. `values` are expressions, `written` what the notebook has for them."""

    start: int
    end: int
    values: tuple[str, ...]
    written: tuple[str, ...]


def _parts(sentence: str) -> list[str]:
    """Text, expression, text, expression, ..., text."""
    return re.split(r"\{(.*?)\}", sentence)


def _words(value: str) -> ast.Dict | None:
    body = ast.parse("{" + value + "}", mode="eval").body
    return body if isinstance(body, ast.Dict) else None


def places_of(sentence: str, text: str) -> Iterator[Place]:
    pattern, values = "", []
    for i, part in enumerate(_parts(sentence)):
        if i % 2 == 0:
            pattern += re.escape(part).replace(r"\ ", WRAPPED)
        elif words := _words(part):
            pattern += f"({re.escape(words.keys[0].value)})"
            values.append(ast.unparse(words.values[0]))
        else:
            pattern += f"({LIST})"
            values.append(part)
    for found in re.finditer(rf"(?<![\w.]){pattern}(?!\w)", text):
        yield Place(*found.span(), tuple(values), found.groups())


def examples_of(text: str) -> Iterator[Place]:
    """Calls with their result, such as `double(2)` is 4."""
    for found in EXAMPLE.finditer(text):
        yield Place(*found.span(), (found[1],), (found[2],))


def unexplained(text: str, places: list[Place]) -> list[str]:
    """The numbers of a text that are in none of the places and no names, each within its surroundings."""
    covered = [(place.start, place.end) for place in places]
    covered += [found.span() for found in CODE.finditer(text) if re.search("[A-Za-z]", found[1])]
    for name in NAMES.values():
        covered += [found.span() for found in re.finditer(name, text, re.DOTALL | re.MULTILINE)]
    return [
        " ".join(text[max(0, number.start() - 40) : number.end() + 30].split())
        for number in NUMBER.finditer(text)
        if not any(start <= number.start() and number.end() <= end for start, end in covered)
    ]


def wrong(place: Place, namespace: dict) -> list[str]:
    """What the place says that is not so."""
    found = []
    for expression, written in zip(place.values, place.written, strict=True):
        try:
            value = eval(expression, dict(namespace))
        except Exception as fault:
            found.append(f"“{written}” can't be worked out by {expression}: {type(fault).__name__}: {fault}")
            continue
        if not NUMBER.match(written):
            if not value:
                found.append(f"“{written}” does not hold any more: {expression}")
            continue
        numbers = NUMBER.findall(written)
        values = np.ravel(value).tolist()
        rounded = [as_written(*pair) for pair in zip(values, numbers, strict=False)]
        if len(values) != len(numbers) or rounded != [_plain(number) for number in numbers]:
            found.append(f"“{written}” should be {', '.join(rounded)}: {expression} is {value}")
    return found


def as_written(value: float, number: str) -> str:
    """The value with as many decimals as the number has, and with its %."""
    decimals = len(number.rstrip("%").partition(".")[2])
    rounded = f"{value:.{decimals}%}" if number.endswith("%") else f"{value:.{decimals}f}"
    return rounded if re.search("[1-9]", rounded) else rounded.lstrip("-")


def _plain(number: str) -> str:
    """1,000 as 1000, and .96 as 0.96."""
    return re.sub(r"^(-?)\.", r"\g<1>0.", number.replace(",", ""))


def faults_of(cells, sentences, solutions) -> list[str]:
    """What is wrong with the text of a notebook, cell by cell. solutions: {index of a stub: code}."""
    namespace, faults, found = {}, [], dict.fromkeys(sentences, 0)
    for i, cell in enumerate(cells):
        if cell.cell_type == "code":
            run(solutions.get(i, cell.source), namespace)
            continue
        text = cell.source
        places = list(examples_of(text))
        for sentence in sentences:
            here = list(places_of(sentence, text))
            found[sentence] += len(here)
            places += here
        known = dict(namespace)
        if i + 1 in solutions:
            run(solutions[i + 1], known)
        faults += [f"cell {i + 1}: {fault}" for place in places for fault in wrong(place, known)]
        faults += [f"cell {i + 1}: nobody says where this number comes from: … {near} …" for near in
                   unexplained(text, places)]  # fmt: skip
    faults += [f"found {n} times, not once: “{sentence}”" for sentence, n in found.items() if n != 1]
    return faults
