"""Makes, draws and writes a share of the pages of a language; of each page only what the rest of the site needs of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from atlas.building.aside import Aside
from atlas.building.drawing import Drawer
from atlas.building.share import Made, Share, slim
from atlas.building.stamp import stamp
from atlas.contents import Contents
from atlas.fault import FaultyInputError
from atlas.intake.anchors import anchor_fault
from atlas.publishing.writing import Writing
from atlas.search.counted import VARIANT, Counted, counted
from atlas.search.entry import read
from atlas.staging import Stage, front_matter
from atlas.trace import Key, of_record
from atlas.views.finder import finder_files
from atlas.views.page import Draft, Page
from atlas.views.quoting import bare
from atlas.views.reader import Reader
from atlas.views.searchable import readiness, searched


def make_share(
    contents: Contents,
    frame: Stage,
    drawer: Drawer,
    language: str,
    drafts: Iterable[Draft],
    known: Mapping[str, Made],
    site: Path | None,
    aside: Aside | None = None,
) -> Share:
    """Makes the pages of ``drafts``; what search reads in them is laid ``aside``, if there is such a place.

    Those that print what they printed when they were ``known``, by address, are not drawn. Raises
    :class:`~atlas.fault.FaultyInputError` where the ids of a page clash.
    """
    reader, writing = contents.readers[language], Writing(site)
    made: list[Made] = []
    asked: dict[str, frozenset[Key]] = {}
    interned: dict[Key, Key] = {}
    for draft in drafts:
        with contents.trace.noting() as keys:
            if draft.of:
                contents.trace.note(*draft.of)
            page = contents.finished(draft, language)
            slimmed, read_in_it, printed = make_page(contents, frame, drawer, reader, page, writing, known.get(draft.path))
        laid = aside.lay(read_in_it) if aside and read_in_it else read_in_it
        asked[draft.path] = frozenset(interned.setdefault(key, key) for key in keys if of_record(key))
        made.append(Made(slimmed, laid, printed, frozenset(key for key in keys if not of_record(key))))
    for address, text in finder_files(reader).items():
        writing.text(address, bare(text))
    return Share(tuple(made), writing.files, aside.lay(asked) if aside else asked, writing.held)


def make_page(
    contents: Contents, frame: Stage, drawer: Drawer, reader: Reader, page: Page, writing: Writing, known: Made | None = None
) -> tuple[Page, Counted | None, bytes]:
    """Draws and writes one page. Returns what the rest of the site needs of it, what search reads in it, and its stamp."""
    front, printed = to_print(contents, frame, drawer, reader, page)
    if known and known.stamp == printed:
        return slim(page), None, printed
    html = drawer.page(page.language, front, page.body)
    if page.source and (fault := anchor_fault(html, contents.root, page.source)):
        raise FaultyInputError([fault])
    writing.text(f"{frame.address(page.language, page.path)}index.html", html)
    found = None if page.is_fallback else counted(read(html), bare(page.description), whole=readiness(page.path) >= VARIANT)
    return slim(page), found, printed


def to_print(contents: Contents, frame: Stage, drawer: Drawer, reader: Reader, page: Page) -> tuple[dict[str, Any], bytes]:
    """The front matter of a page, and the stamp of all that is printed on it and that search is told of it by itself."""
    front = front_matter(reader, frame, page, contents.translated(page.path), contents.origin)
    return front, stamp(front, page.body, searched(reader, page, {}), drawer.templates[page.template])
