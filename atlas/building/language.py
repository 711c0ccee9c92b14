"""What is made of all pages of a language: the two that list the others, the index of search, and what readers take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from atlas.building.drawing import Drawer
from atlas.building.pages import make_page
from atlas.building.share import Share
from atlas.contents import Contents
from atlas.offline.publishing import write_offline
from atlas.publishing.manifest import Written
from atlas.publishing.writing import Writing
from atlas.search.entry import about
from atlas.search.index import Index
from atlas.staging import Stage, search_vocabulary
from atlas.views.offline import PATH as OFFLINE
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.search import PATH as SEARCH
from atlas.views.searchable import searched


def finish_language(
    contents: Contents,
    staged: Stage,
    drawer: Drawer,
    language: str,
    shares: Sequence[Share],
    lists: Sequence[Page],
    translations: Mapping[str, Mapping[str, Page]],
    site: Path,
) -> dict[str, Written]:
    """Writes it. Returns the files."""
    reader, writing = contents.readers[language], Writing(site)
    made = [one for share in shares for one in share.made]
    made += [make_page(contents, staged, drawer, reader, page, writing) for page in lists]
    index = Index(search_vocabulary(reader))
    for one in made:
        if one.read and one.page.path != SEARCH:
            told = searched(reader, one.page, translations[one.page.path])
            index.put(about(one.page.path, bare(one.page.description), told), one.read)
    base = staged.address(language, "")
    for name, content in index.update().files.items():
        writing.content(f"{base}search/{name}", content)
    view = next(page.view for page in lists if page.path == OFFLINE)
    write_offline(site, base, contents.origin, view, writing)
    return writing.files
