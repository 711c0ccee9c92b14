"""Claims in written pages: a fault on a page of class A, else something to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.claims.linter import Finding, Linter
from atlas.claims.words import mend, what
from atlas.fault import Fault, shown

_NOT_OURS = re.compile(r'\{\{[^{}\n]*\}\}|\]\([^()\s]*\)|\{#[^{}\n]*\}|<span lang="[^"\n]*">[^<\n]*</span>')
"""References, addresses of links, ids, and passages in another language."""

Place = tuple[int, int, str]
"""Line, column and field of a claim."""


def page_faults(atlas: Atlas, linters: Mapping[str, Linter], articles: Iterable[Article]) -> Iterator[Fault]:
    """The claims on pages of class A."""
    for article, (line, column, field), finding in _findings(linters, articles, "A"):
        claim = atlas.claims[finding.claim]
        yield Fault(article.file, line, column, field, what(atlas, claim), shown(finding.text), mend(claim, article.language))


def page_remarks(atlas: Atlas, linters: Mapping[str, Linter], articles: Iterable[Article]) -> Iterator[Remark]:
    """The claims on other pages."""
    for article, (line, column, field), finding in _findings(linters, articles, "B"):
        claim = atlas.claims[finding.claim]
        said = f"{field}: {what(atlas, claim)} (got {shown(finding.text)}). {mend(claim, article.language)}"
        yield Remark(article.file, line, said, column)


def _findings(linters: Mapping[str, Linter], articles: Iterable[Article], critical_class: str) -> Iterator[tuple[Article, Place, Finding]]:
    chosen = [article for article in articles if article.critical_class == critical_class]
    for language, linter in linters.items():
        written = [article for article in chosen if article.language == language]
        texts = [(article, field, text) for article in written for field, text in (*article.fields(), ("text", article.body))]
        for place, finding in linter.search([_NOT_OURS.sub(_blank, text) for _, _, text in texts]):
            article, field, _ = texts[place]
            line, column = article.place(finding.start) if field == "text" else article.places.get(field, (1, 1))
            yield article, (line, column, field), finding


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
