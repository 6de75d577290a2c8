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
    unnamed: list[str] = field(default_factory=list)  # pictures without an alternative text

    def __post_init__(self):
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places |= {given[name] for name in ("id", "name") if given.get(name)}
        address = given.get(ADDRESSES.get(tag))
        if address:
            (self.links if tag == "a" else self.loaded).append(address)
        if tag == "img" and not (given.get("alt") or "").strip():
            self.unnamed.append(address)


def check(folder: Path) -> tuple[list[str], str]:
    """A sentence for each fault, and what was looked at."""
    folder = folder.resolve()
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    faults, links, loaded = [], 0, 0
    for path, page in pages.items():
        where = path.relative_to(folder)
        faults += [f"{where}: the picture {picture} has no alternative text" for picture in page.unnamed]
        faults += [f"{where}: loads {address} from elsewhere" for address in page.loaded if is_elsewhere(address)]
        inside = [address for address in page.links + page.loaded if not is_elsewhere(address)]
        faults += [f"{where}: {address} leads nowhere" for address in inside if not leads(address, path, pages)]
        links, loaded = links + len(page.links), loaded + len(page.loaded)
    return faults, f"{len(pages)} pages, {links} links, {loaded} pictures, styles and scripts"


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def leads(address: str, path: Path, pages: dict[Path, Page]) -> bool:
    """Whether there is such a file, and in it such a place."""
    if address.startswith("data:"):
        return True
    file, place = urldefrag(address)
    target = (path.parent / unquote(urlsplit(file).path)).resolve() if file else path
    if not target.is_file():
        return False
    return not place or target not in pages or unquote(place) in pages[target].places


if __name__ == "__main__":
    faults, seen = check(Path(sys.argv[1]))
    if faults:
        sys.exit("\n".join(faults))
    print(f"The website is whole: {seen}.")
