"""What is made of all pages of a language: the two that list the others, the index of search, and what readers take along."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from atlas.building.aside import Aside
from atlas.building.kept import LaidLanguage, Language
from atlas.building.making import Making
from atlas.building.pages import make_page
from atlas.building.share import Made
from atlas.offline.edition import Files
from atlas.offline.publishing import write_offline
from atlas.publishing.manifest import Written
from atlas.publishing.renewal import held
from atlas.publishing.writing import Writing
from atlas.search.entry import about
from atlas.search.index import Index
from atlas.staging import Stage, search_vocabulary
from atlas.views.offline import PATH as OFFLINE
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.search import PATH as SEARCH
from atlas.views.searchable import searched


@dataclass(frozen=True)
class News:
    """What is not as it was when a language was last finished; when it never was, everything."""

    made: Sequence[Made]
    """Pages that were made."""
    gone: Collection[str]
    """Addresses of pages that there are no longer."""
    lists: Sequence[Page]
    """The pages that list all others."""


def finish_language(
    making: Making,
    staged: Stage,
    translations: Mapping[str, Mapping[str, Page]],
    language: str,
    news: News,
    before: Language | None,
    site: Path | None,
    files: Mapping[str, Written],
    outside: Mapping[str, bytes],
    aside: Aside,
) -> tuple[LaidLanguage, Writing]:
    """Writes it. Returns what may be kept of it, laid ``aside``, and the files.

    Raises :class:`FileNotFoundError` with the address of a file that is lost.
    """
    contents, writing = making.contents, Writing(site)
    reader, base = contents.readers[language], staged.address(language, "")
    lists = [Made(*make_page(contents, staged, making.drawer, reader, page, writing)) for page in news.lists]
    index = before.index if before else Index(search_vocabulary(reader))
    for path in news.gone:
        index.drop(path)
    for one in (*news.made, *lists):
        path = one.page.path
        if path != SEARCH and (counted := one.counted):
            told = searched(reader, one.page, translations[path])
            index.put(about(path, bare(one.page.description), told), counted)
        else:
            index.drop(path)
    for name, content in index.update().files.items():
        writing.content(f"{base}search/{name}", content)
    laid = aside.lay(index)
    del index  # most of the memory of this process
    view = next(page.view for page in news.lists if page.path == OFFLINE)

    def read(address: str) -> bytes:
        """A file of this edition; before it is written, of the last."""
        if site:
            with open(f"{site}/{address}", "rb") as file:  # noqa: PTH123  # half the time of a Path
                return file.read()
        content = writing.held.get(address) or outside.get(address) or held(making.root / "site", address, files[address])
        if content is None:
            raise FileNotFoundError(address)
        return content

    published = Files(lru_cache(1)(read), {**files, **writing.files})  # a page is asked for what it loads, then packed
    taken = write_offline(published, base, contents.origin, view, writing, before.offline if before else None)
    return (laid, aside.lay(taken)), writing
