"""All that an editor should look at and that does not stop the build."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.kept import made
from atlas.prose import unread
from atlas.reading import reading_remarks
from atlas.structure import differences


def remarks(atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], *, only: Collection[str] | None = None) -> Iterator[Remark]:
    """What is remarked of written pages; ``only``: of these files.

    Each page is looked at with its translations, and with nothing else but the terms: what was remarked of the same ones is kept.
    """
    terms = repr((atlas.default_language, atlas.written["term"]))
    for path, found in articles.items():
        if only is not None and not any(article.file in only for article in found.values()):
            continue
        content = f"{terms}\n{sorted(found.items())}".encode("utf-8", "surrogatepass")
        for one in made("remarks", content, partial(_of_page, atlas, path, found), to=_plain, of=_remarks):
            if only is None or one.path in only:
                yield one


def _of_page(atlas: Atlas, path: str, found: Mapping[str, Article]) -> list[Remark]:
    page = {path: found}
    return [*differences(page, atlas.default_language), *reading_remarks(atlas, page), *unread(page)]


def _plain(found: list[Remark]) -> list[tuple[str, int, str]]:
    return [(one.path, one.line, one.what) for one in found]


def _remarks(found: list[tuple[str, int, str]]) -> list[Remark]:
    return [Remark(*one) for one in found]
