"""Prints the oldest versions that pyproject.toml allows, as requirements: `python -m tools.oldest`."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def oldest(requirement: str) -> str:
    """`name==2.1` for `name>=2.1,<3`."""
    name, version = re.fullmatch(r"([\w.-]+)>=([\w.]+)(?:,.*)?", requirement).groups()
    return f"{name}=={version}"


def main() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        print(oldest(requirement))


if __name__ == "__main__":
    main()
