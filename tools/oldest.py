"""Prints the oldest versions that pyproject.toml allows, as requirements: `python -m tools.oldest`."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def oldest(requirement: str) -> str:
    """`name==2.1` for `name>=2.1,<3`."""
    return re.sub(r"([\w.-]+)>=([\w.]+).*", r"\1==\2", requirement)


def main() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    for requirement in [*project["project"]["dependencies"], *groups["course"], *groups["tests"]]:
        print(oldest(requirement))


if __name__ == "__main__":
    main()
