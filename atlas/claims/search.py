"""The search through the whole project: what stops the build, and what an editor should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.claims.linter import Linter
from atlas.claims.page import page_faults, page_remarks
from atlas.claims.record import record_faults, record_remarks
from atlas.fault import Fault
from atlas.memory import Memory

Articles = Mapping[str, Mapping[str, Article]]


def linters(atlas: Atlas) -> dict[str, Linter]:
    """One for each language of the site whose forms are written down."""
    known = {code: style for code, style in atlas.claim_languages.items() if code in atlas.site_languages}
    return {code: Linter(atlas.claims.values(), style) for code, style in known.items()}


def claim_faults(root: Path, atlas: Atlas, articles: Articles, memory: Memory | None = None) -> Iterator[Fault]:
    """The claims on pages of class A and in critical records."""
    memory = memory or Memory()
    found = linters(atlas)
    yield from page_faults(atlas, found, [article for one in articles.values() for article in one.values()], memory)
    yield from record_faults(root, atlas, found, memory)


def claim_remarks(root: Path, atlas: Atlas, articles: Articles, *, records: bool = True) -> Iterator[Remark]:
    """The claims elsewhere: on these pages and, with ``records``, in other records."""
    found = linters(atlas)
    yield from page_remarks(atlas, found, [article for one in articles.values() for article in one.values()])
    if records:
        yield from record_remarks(root, atlas, found)
