"""The results in a folder and in those within it, for the teacher: `python -m helpers.check FOLDER`."""

import sys
from pathlib import Path

from ..printing import printable
from .overview import overview
from .results import FILE_PATTERN, Unreadable, read

USAGE = "Name the folder with the files that were handed in: make results FOLDER=..."


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or not arguments[0]:
        sys.exit(USAGE)
    folder = Path(arguments[0])
    if not folder.is_dir():
        sys.exit(f"There is no folder {printable(str(folder))}.")
    handed_in = []
    for path in sorted(folder.rglob(FILE_PATTERN)):
        try:
            handed_in.append(read(path))
        except Unreadable as reason:
            print(reason, file=sys.stderr)
    if not handed_in:
        sys.exit(f"In {printable(str(folder))} there is no file {FILE_PATTERN} with a learner's results.")
    print(overview(handed_in, sys.stdout.encoding))


if __name__ == "__main__":
    main(sys.argv[1:])
