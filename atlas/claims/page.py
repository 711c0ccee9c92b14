"""Claims in written pages: a fault on a page of class A, else something to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.claims.linter import Finding, Linter, search_each
from atlas.claims.words import looked_for, mend, sought, what
from atlas.fault import Fault, shown
from atlas.memory import Memory

_NOT_OURS = re.compile(r'\{\{[^{}\n]*\}\}|\]\([^()\s]*\)|\{#[^{}\n]*\}|<span lang="[^"\n]*">[^<\n]*</span>')
"""References, addresses of links, ids, and passages in another language."""

Place = tuple[int, int, str]
"""Line, column and field of a claim."""


def page_faults(atlas: Atlas, linters: Mapping[str, Linter], articles: Iterable[Article], memory: Memory | None = None) -> Iterator[Fault]:
    """The claims on pages of class A; those that ``memory`` knows to have none are not searched."""
    memory = memory or Memory()
    critical = [article for article in articles if article.critical_class == "A"]
    claims = sought(atlas)
    unknown = [one for one in critical if not memory.knows(("unclaimed", one.file), (one, claims))]
    making: set[str] = set()
    for article, (line, column, field), finding in _findings(atlas, linters, unknown, "A"):
        making.add(article.file)
        claim = atlas.claims[finding.claim]
        yield Fault(article.file, line, column, field, what(atlas, claim), shown(finding.text), mend(claim, article.language))
    for one in unknown:
        if one.file not in making:
            memory.keep(("unclaimed", one.file), (one, claims))


def page_remarks(atlas: Atlas, linters: Mapping[str, Linter], articles: Iterable[Article]) -> Iterator[Remark]:
    """The claims on other pages."""
    for article, (line, column, field), finding in _findings(atlas, linters, articles, "B"):
        claim = atlas.claims[finding.claim]
        said = f"{field}: {what(atlas, claim)} (got {shown(finding.text)}). {mend(claim, article.language)}"
        yield Remark(article.file, line, said, column)


def _findings(
    atlas: Atlas, linters: Mapping[str, Linter], articles: Iterable[Article], critical_class: str
) -> Iterator[tuple[Article, Place, Finding]]:
    chosen = [article for article in articles if article.critical_class == critical_class]
    texts = [[*article.fields(), ("text", article.body)] for article in chosen]
    groups = [[(article.language, _NOT_OURS.sub(_blank, text)) for _, text in own] for article, own in zip(chosen, texts, strict=True)]
    for article, own, found in zip(chosen, texts, search_each(linters, groups, looked_for(atlas)), strict=True):
        for at, finding in found:
            field = own[at][0]
            line, column = article.place(finding.start) if field == "text" else article.places.get(field, (1, 1))
            yield article, (line, column, field), finding


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
