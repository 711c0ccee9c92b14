"""What a section of a translation must have as often as its source: references, links, list items, rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atlas.article import Article
from atlas.fidelity.block import Section
from atlas.prose import linked_address, links
from atlas.reference import Reference, references

ITEM, ROW = "list item", "row of a table"


def places(article: Article, section: Section, linked: Mapping[int, str]) -> dict[str, list[int]]:
    """By what it is called, each place where it stands in the body. ``linked``: the links of the page, as :func:`linked_in` gives them."""
    found: dict[str, list[int]] = {}
    for reference in references(article.body[section.start : section.end]):
        if name := _name(reference):
            found.setdefault(name, []).append(section.start + reference.start)
    for place, name in linked.items():
        if section.start <= place < section.end:
            found.setdefault(name, []).append(place)
    for block in section.blocks:
        if block.kind != "paragraph":
            found.setdefault(ITEM if block.kind == "item" else ROW, []).append(block.start)
    return found


def linked_in(article: Article) -> dict[int, str]:
    """What each link of a page is called, by its place in the body."""
    return {place: f"the link to {_address(article, href)}" for place, href in links(article)}


def _address(article: Article, href: str) -> str:
    address, anchor = linked_address(article, href)
    return f"/{address}{'#' + anchor if anchor else ''}"


def _name(reference: Reference) -> str | None:
    """A value is the same in every form; a literal is compared as a number; what is malformed is told elsewhere."""
    match reference.kind:
        case "value":
            day = f"@{reference.day}" if reference.day else ""
            return f"{{{{{reference.id}.{reference.name}{day}}}}}"
        case "literal" | "malformed":
            return None
        case _:
            return f"{{{{{reference.written}}}}}"


def differing(source: Mapping[str, list[int]], own: Mapping[str, list[int]]) -> Iterator[tuple[str, int, int]]:
    """What does not stand as often in the translation: its name, how often in the source, how often in the translation."""
    for name in sorted(source.keys() | own.keys()):
        theirs, ours = len(source.get(name, ())), len(own.get(name, ()))
        if theirs != ours:
            yield name, theirs, ours
