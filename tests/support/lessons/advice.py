"""What a notebook tells a reader to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    says: str  # words of the text that gives it
    cell: str  # words of the one code cell that it is about
    types: str  # what the reader writes in a cell of their own below that one ...
    instead_of: str = ""  # ... or in it, in place of this
    again: bool = False  # whether the reader then runs that cell again
    holds: str = "True"  # what must be so at once; `shown` is what the last of these cells shows


def hand_in(section: str) -> Advice:
    call = f'check.write_results("{section}", "Your name")'
    path = f"results_{section.replace(' ', '_')}_Your_name.json"
    return Advice(f"`{call}`, in a cell of your own", "check.so_far(", call, holds=f'Path("{path}").is_file()')
