"""Where the translations of a project do not say what their sources say.

Comparing everything takes a second, and nearly all of it stays as it was: what has been found without fault is not compared again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.fault import Fault
from atlas.fidelity.finding import Finding
from atlas.fidelity.leaf import leaf_findings
from atlas.fidelity.page import page_findings
from atlas.fidelity.table import FILES, Tables, read_tables
from atlas.kept import made
from atlas.memory import Memory
from atlas.terms.context import Contexts
from atlas.translation.leaf import Leaf, leaves
from atlas.translation.place import Places
from atlas.translation.section import sections
from atlas.translation.state import source_of

Found = TypeVar("Found")
Articles = Mapping[str, Mapping[str, Article]]


def fidelity_faults(root: Path, atlas: Atlas, articles: Articles, memory: Memory | None = None) -> Iterator[Fault]:
    """What is wrong with the tables; and, on pages of class A, what is certainly not as in the source.

    A section that is told to be stale is not held against a source that has changed since: ``made_from`` says from what it was made.
    """
    memory = memory or Memory()
    faults = memory.made("table faults", (atlas.tables,), lambda: _tables(root, atlas, memory)[1])
    yield from faults
    if not faults:
        critical = {path: found for path, found in articles.items() if any(one.critical_class == "A" for one in found.values())}
        for article, finding, current in _of_pages(root, atlas, critical, memory):
            if current and stops(finding, article, _tables(root, atlas, memory)[0]):
                yield finding.fault()


def fidelity_remarks(root: Path, atlas: Atlas, articles: Articles, *, records: bool = True) -> Iterator[Remark]:
    """Every other difference, of these pages and, with ``records``, of texts of records. None of sections that are told as stale."""
    memory = Memory()
    tables, _ = _tables(root, atlas, memory)
    for article, finding, current in _of_pages(root, atlas, articles, memory):
        if current and not stops(finding, article, tables):
            yield finding.remark()
    clean = _clean(root, atlas, memory)
    contexts, places, languages = Contexts(atlas.terms), ExactPlaces(root), tuple(atlas.site_languages)
    for group in _by_record(leaves(atlas.written, atlas.wordings, languages)) if records else ():
        found = clean.findings(repr(group), partial(_of_leaves, group, languages, tables, contexts, places))
        yield from (finding.remark() for finding in found)


def stops(finding: Finding, article: Article, tables: Tables) -> bool:
    """Whether it stops the build. Where nothing is known of how a language writes numbers, its *two* may well be the 2 of the source."""
    return finding.certain and article.critical_class == "A" and article.language in tables.numerals


def _of_leaves(group: list[Leaf], languages: tuple[str, ...], tables: Tables, contexts: Contexts, places: ExactPlaces) -> list[Finding]:
    return [
        places.exact(finding)
        for leaf in group
        for language in languages
        for finding in leaf_findings(leaf, language, languages[0], tables, contexts, places)
    ]


class ExactPlaces(Places):
    """Where the texts of records stand, to the column."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._lines: dict[str, list[str]] = {}
        self._folder = root

    def exact(self, finding: Finding) -> Finding:
        """The finding at its form, which is looked for in the line and the few below it over which a text may be folded."""
        if finding.file not in self._lines:
            self._lines[finding.file] = (self._folder / finding.file).read_text(encoding="utf-8").splitlines()
        for line, text in enumerate(self._lines[finding.file][finding.line - 1 : finding.line + 5], finding.line):
            if finding.form and (column := text.find(finding.form)) >= 0:
                return replace(finding, line=line, column=column + 1)
        return finding


def _by_record(found: Iterable[Leaf]) -> Iterator[list[Leaf]]:
    group: list[Leaf] = []
    for leaf in found:
        if group and (leaf.kind, leaf.record) != (group[0].kind, group[0].record):
            yield group
            group = []
        group.append(leaf)
    if group:
        yield group


def _tables(root: Path, atlas: Atlas, memory: Memory) -> tuple[Tables, list[Fault]]:
    return memory.made("tables", (atlas.tables,), lambda: read_tables(root))


def _clean(root: Path, atlas: Atlas, memory: Memory) -> _Clean:
    return memory.made("clean", (atlas.tables, atlas.terms), lambda: _Clean(root))


def _of_pages(root: Path, atlas: Atlas, articles: Articles, memory: Memory) -> Iterator[tuple[Article, Finding, bool]]:
    """Each finding of a translation, and whether it was made from the source as it is now."""
    for versions in articles.values():
        source = source_of(versions, atlas.default_language)
        for article in versions.values():
            if article is source:
                continue
            compare = partial(_of_page, root, atlas, source, article, memory)
            for section, finding in memory.made(("fidelity", article.file), (source, article, atlas.tables, atlas.terms), compare):
                yield article, finding, _current(source, article, section)


def _current(source: Article, article: Article, section: str) -> bool:
    """Whether a section was made from what the source has now, or nothing says from what."""
    made_from = article.made_from.get(section)
    return made_from is None or made_from == next((one.digest for one in sections(source) if one.id == section), None)


def _of_page(root: Path, atlas: Atlas, source: Article, article: Article, memory: Memory) -> list[tuple[str, Finding]]:
    tables, _ = _tables(root, atlas, memory)
    contexts = memory.made("contexts", (atlas.terms,), lambda: Contexts(atlas.terms))
    text = repr([(one.file, one.body, *one.fields()) for one in (source, article)])
    return _clean(root, atlas, memory).findings(text, lambda: list(page_findings(source, article, tables, contexts)))


class _Clean:
    """What is known to have no finding: in this process, and where results are kept (:mod:`atlas.kept`) from one run to the next."""

    def __init__(self, root: Path) -> None:
        files = [*(root / "data" / name for name in FILES), *sorted((root / "data" / "terms").glob("*.yaml"))]
        self._tables = hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.is_file())).digest()
        self._seen = _seen(self._tables)

    def findings(self, text: str, find: Callable[[], list[Found]]) -> list[Found]:
        """What ``find`` finds, unless the text is known to have nothing."""
        content = self._tables + text.encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(content, digest_size=12).digest()
        if key in self._seen:
            return []
        found = made("fidelity", content, find, worth=lambda found: not found)
        if not found:
            self._seen.add(key)
        return found


@cache
def _seen(_tables: bytes) -> set[bytes]:
    """What this process has found to have no finding."""
    return set()
