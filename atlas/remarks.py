"""All that an editor should look at and that does not stop the build."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.claims.search import claim_remarks
from atlas.fidelity.checking import fidelity_remarks
from atlas.kept import made
from atlas.prose import unread
from atlas.reading import reading_remarks
from atlas.translation.state import outdated, page_units, units


def remarks(
    root: Path, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], *, only: Collection[str] | None = None
) -> Iterator[Remark]:
    """What is remarked of written pages and of translations; ``only``: of these files.

    Each page is looked at with its translations, and with nothing else but the terms: what was remarked of the same ones is kept.
    """
    languages = tuple(atlas.site_languages)
    named = {path: found for path, found in articles.items() if only is None or any(article.file in only for article in found.values())}
    records = only is None or any(name.startswith("data/") for name in only)  # the records wait for no one who commits a page
    waiting = units(root, atlas, articles) if records else (one for found in named.values() for one in page_units(root, found, languages))
    of_all = (
        *outdated(waiting),
        *fidelity_remarks(root, atlas, named, records=records),
        *claim_remarks(root, atlas, named, records=records),
    )
    yield from (one for one in of_all if only is None or one.path in only)
    terms = repr(atlas.written["term"])
    for path, found in named.items():
        content = f"{terms}\n{sorted(found.items())}".encode("utf-8", "surrogatepass")
        for one in made("remarks", content, partial(_of_page, atlas, path, found), to=_plain, of=_remarks):
            if only is None or one.path in only:
                yield one


def _of_page(atlas: Atlas, path: str, found: Mapping[str, Article]) -> list[Remark]:
    page = {path: found}
    return [*reading_remarks(atlas, page), *unread(page)]


def _plain(found: list[Remark]) -> list[tuple[str, int, str, int]]:
    return [(one.path, one.line, one.what, one.column) for one in found]


def _remarks(found: list[tuple[str, int, str, int]]) -> list[Remark]:
    return [Remark(*one) for one in found]
