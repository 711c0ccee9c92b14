"""A review of this state of the project against another: everything that differs, in English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.changes.edition import read_edition
from atlas.changes.review import Review, pages_behind, texts_behind, written_pages
from atlas.linking import link
from atlas.loading import raw_records
from atlas.views.changed import compared
from atlas.views.reader import Reader
from atlas.wording import Wording


def reviewed(root: Path, base: Path, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> Review:
    """What the project at ``root`` changes against ``base``: a published site, or another state of the project.

    Raises :class:`~atlas.fault.FaultyInputError` when the base is broken.
    """
    edition, now = read_edition(base, atlas.site.released), raw_records(root)
    links = link(atlas, articles)
    languages = tuple(atlas.site_languages)
    readers = {
        code: Reader(code, atlas, links, Wording(code, site.locale, atlas.wordings[code], myriads=site.myriads))
        for code, site in atlas.site_languages.items()
    }
    found = compared(readers, edition.records, now, edition.kinds)
    pages = written_pages(edition.docs, root / "docs") if edition.docs and edition.docs.is_dir() else None
    behind = [*pages_behind(pages or (), root / "docs", languages)]
    for kind in edition.kinds:
        for key, record in now[kind].items():
            behind += texts_behind(edition.records[kind].get(key), record, f"{kind} {key}", languages)
    return Review(
        changes=found.changes,
        sources=found.sources,
        checked=len(found.checked),
        silent=found.silent,
        unread=found.unread,
        internal=found.internal,
        pages=pages,
        behind=sorted(behind, key=lambda one: one.place),
    )
