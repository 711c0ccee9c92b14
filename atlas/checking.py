"""The check of a whole project: its records and written pages, or every fault in them. It makes no page and imports no view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from atlas.address import record_paths
from atlas.article import Article, read_articles
from atlas.atlas import Atlas
from atlas.claims.search import claim_faults
from atlas.fault import Fault, FaultyInputError, shown
from atlas.fidelity.checking import fidelity_faults
from atlas.intake.blame import told
from atlas.intake.encoding import read_text
from atlas.intake.tree import tree_faults
from atlas.loading import languages_of, load
from atlas.memory import Memory
from atlas.prose import prose_faults
from atlas.translation.state import source_faults
from atlas.yamltext import read_yaml


def check(root: Path, memory: Memory | None = None) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    """The records and written pages of a project; only what has changed since ``memory`` last looked is read and checked anew.

    Raises :class:`~atlas.fault.FaultyInputError` with every fault.
    """
    with told(root, reading_only=True):
        if memory is None:
            memory = Memory.of(root)
        return _checked(root, memory)


def _checked(root: Path, memory: Memory) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    faults: list[Fault] = []
    atlas: Atlas | None = None
    records = memory.below("data")
    try:
        with told(root, reading_only=True):
            atlas = memory.made("atlas", records, partial(load, root, memory))
    except FaultyInputError as error:
        faults += error.faults
    languages = languages_of(root, memory) if atlas is None else tuple(atlas.site_languages)
    names = tuple((path, state[0]) for path, state in (*memory.below("docs"), *records))
    faults += memory.made("tree", (languages, names, memory.below("overrides")), lambda: tree_faults(root, languages))
    articles, found = read_articles(root, languages, memory)
    faults += found
    faults += source_faults(articles)
    if atlas is not None:
        addresses = memory.made("addresses", (atlas,), partial(record_paths, atlas))
        faults += _untitled(articles, addresses)
        faults += prose_faults(atlas, articles, addresses, memory)
        faults += claim_faults(root, atlas, articles, memory)
        faults += _lost_words(root, atlas, addresses | articles.keys())
        faults += _lost_pages(root, atlas, addresses | articles.keys())
        if not faults:  # of a page that is broken nothing is compared: that would tell its fault once more
            faults += fidelity_faults(root, atlas, articles, memory)
    if faults or atlas is None:
        raise FaultyInputError(faults)
    return atlas, articles


def _untitled(articles: Mapping[str, Mapping[str, Article]], records: frozenset[str]) -> Iterator[Fault]:
    for path, found in articles.items():
        for article in found.values():
            if path not in records and not article.stands_alone:
                mend = "Write title, description and lead, or correct the name of the file."
                yield Fault(article.file, 1, 1, "title", "no record has this page, so it needs a title of its own", f"/{path}", mend)


def _lost_words(root: Path, atlas: Atlas, addresses: frozenset[str]) -> Iterator[Fault]:
    """Words that people type for a page that there is not."""
    lost = [page for page in atlas.search_words if page not in addresses]
    if lost:
        path = "data/search.yaml"
        text, _ = read_text(root, path)
        document, _ = read_yaml(text or "", path)
        for page in lost:
            yield Fault(
                path, *document.place((page,)), page, "there is no page at this address", page, "Correct it, or take the words out."
            )


def _lost_pages(root: Path, atlas: Atlas, addresses: frozenset[str]) -> Iterator[Fault]:
    """Pages that a growing language is said to have and that there are not."""
    path = "data/languages.yaml"
    for code, site in atlas.site_languages.items():
        lost = [(place, page) for place, page in enumerate(site.translated) if page not in addresses]
        if lost:
            text, _ = read_text(root, path)
            document, _ = read_yaml(text or "", path)
            for place, page in lost:
                line, column = document.place((code, "site", "translated", place))
                mend = 'Write the part behind the language, with a slash at its end: visa/. The home page is "".'
                yield Fault(path, line, column, f"{code}.site.translated.{place}", "there is no page at this address", shown(page), mend)
