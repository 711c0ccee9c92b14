"""All that an editor should look at and that does not stop the build."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.prose import unread
from atlas.reading import reading_remarks
from atlas.structure import differences


def remarks(atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], *, only: Collection[str] | None = None) -> Iterator[Remark]:
    """What is remarked of written pages; ``only``: of these files."""
    if only is not None:
        articles = {path: found for path, found in articles.items() if any(article.file in only for article in found.values())}
    for one in (*differences(articles, atlas.default_language), *reading_remarks(atlas, articles), *unread(articles)):
        if only is None or one.path in only:
            yield one
