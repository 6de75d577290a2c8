"""Follows every link of the built website and looks for every picture: `python -m website.check FOLDER`."""

import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}


@dataclass
class Page(HTMLParser):
    """What one page names: the places in it, what it links to, what it loads, and its pictures."""

    text: str
    places: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)  # pictures without an alternative text

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.places |= {values[name] for name in ("id", "name") if values.get(name)}
        address = values.get(ADDRESSES.get(tag, ""), "")
        if address and tag == "a":
            self.links.append(address)
        elif address:
            self.loaded.append(address)
        if tag == "img" and not values.get("alt", "").strip():
            self.without_text.append(address)


def check(folder: Path) -> tuple[list[str], str]:
    """A sentence for each fault, and what was looked at."""
    folder = folder.resolve()
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    faults: list[str] = []
    for path, page in pages.items():
        where = path.relative_to(folder)
        faults += [f"{where}: the picture {picture} has no alternative text" for picture in page.without_text]
        faults += [f"{where}: loads {address} from elsewhere" for address in page.loaded if is_elsewhere(address)]
        inside = [address for address in page.links + page.loaded if not is_elsewhere(address)]
        faults += [
            f"{where}: {address} leads nowhere" for address in inside if not leads_somewhere(address, path, pages)
        ]
    links = sum(len(page.links) for page in pages.values())
    loaded = sum(len(page.loaded) for page in pages.values())
    return faults, f"{len(pages)} pages, {links} links, {loaded} pictures, styles and scripts"


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def leads_somewhere(address: str, path: Path, pages: dict[Path, Page]) -> bool:
    """Whether there is such a file, and in it such a place."""
    if address.startswith("data:"):
        return True
    file, place = urldefrag(address)
    target = path
    if file:
        target = (path.parent / unquote(urlsplit(file).path)).resolve()
    if not target.is_file():
        return False
    return not place or target not in pages or unquote(place) in pages[target].places


if __name__ == "__main__":
    faults, checked = check(Path(sys.argv[1]))
    if faults:
        sys.exit("\n".join(faults))
    print(f"The website is whole: {checked}.")
