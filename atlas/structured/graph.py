"""All that one page says in JSON-LD: what it is about, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from atlas.structured.breadcrumbs import breadcrumbs
from atlas.structured.dataset import records, series
from atlas.structured.event import experience
from atlas.structured.institution import institution
from atlas.structured.node import Addresses, Node, json_ld, node
from atlas.structured.place import airports, province, region, spot
from atlas.structured.question import passport
from atlas.views.page import Page
from atlas.views.reader import Reader

SUBJECTS: Mapping[str, Callable[[Reader, Mapping[str, Any]], Node | list[Node] | None]] = {
    "institution": institution,
    "wellness-site": spot,
    "experience": experience,
    "cluster": region,
    "zone": region,
    "province": province,
    "regions": airports,
    "passport": passport,
}
"""How the subject of a page is described, by :attr:`atlas.views.page.Page.subject`."""


def structured(reader: Reader, page: Page, addresses: Addresses) -> str:
    """The JSON-LD of a page, ready to print; empty where there is nothing to say.

    A page that is not in the language of its address says nothing: it is not listed, and its words are not the reader's.
    """
    return "" if page.is_fallback else json_ld(_nodes(reader, page, addresses))


def _nodes(reader: Reader, page: Page, addresses: Addresses) -> Iterator[Node]:
    if page.subject:
        found = SUBJECTS[page.subject](reader, page.view)
        yield from found if isinstance(found, list) else [found] if found else []
    if page.view.get("series"):
        yield from series(reader, page.view, addresses, page.path)
    if "dataset" in page.view:
        yield records(reader, page.view, addresses)
    if not page.path:
        yield node("WebSite", name=reader.text(reader.atlas.site.name), url=addresses.page(""), inLanguage=reader.tag)
    if trail := breadcrumbs(page, addresses):
        yield trail
