"""Every page that a project has, and every file besides, each made when it is asked for: by a build all, by a preview what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import rjsmin

from atlas.article import Article, in_language
from atlas.atlas import Atlas
from atlas.changes.edition import read_edition, vanished
from atlas.changes.history import JSON_PATH as CHANGES_JSON
from atlas.changes.history import History, history_json
from atlas.fault import Fault, FaultyInputError
from atlas.hosting.rootfiles import root_files
from atlas.linking import Links, link
from atlas.memory import Memory
from atlas.opendata.publication import Publication, open_data
from atlas.records.institution import Institution
from atlas.trace import DRAWN, RECORDS, Articles, Trace
from atlas.translation.standing import Standing, standing
from atlas.views.article import article_page, record_text
from atlas.views.changed import told_history
from atlas.views.changes import PATH as CHANGES
from atlas.views.changes import changes_pages
from atlas.views.comparing import COMPARE, compare_page, compared
from atlas.views.country import country_pages
from atlas.views.culture import culture_pages, holidays_file, holidays_path
from atlas.views.data import PATH as DATA
from atlas.views.data import data_page
from atlas.views.entry import entry_pages
from atlas.views.feeds import feed_files
from atlas.views.finder import finder_files
from atlas.views.gentle import gentle_pages
from atlas.views.home import home_page
from atlas.views.institution import institution_page, institution_path
from atlas.views.ledger import JSON_PATH, ledger_json, ledger_page
from atlas.views.listing import listing_pages
from atlas.views.numbers import csv_path, series_csv
from atlas.views.offline import PATH as OFFLINE
from atlas.views.offline import offline_page
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader
from atlas.views.regions import region_pages
from atlas.views.search import PATH as SEARCH
from atlas.views.search import search_page
from atlas.views.spot import spot_pages
from atlas.views.treatment import treatment_pages
from atlas.views.visa import visa_page
from atlas.wording import Wording

T = TypeVar("T")
Files = Mapping[str, str]
"""Texts by the address at which they are published."""


@dataclass(frozen=True, repr=False)
class Contents:
    """The pages and files of one state of a project, for a site at ``origin`` (with a slash at the end).

    ``last`` is the last published site, or another state of the project, with which the facts are compared.
    """

    root: Path
    origin: str
    atlas: Atlas
    articles: Mapping[str, Mapping[str, Article]]
    last: Path | None = None
    memory: Memory = field(default_factory=Memory)
    trace: Trace = field(default_factory=Trace)

    @cached_property
    def written(self) -> Articles:
        """The written pages as views read them."""
        return Articles(self.articles, self.trace)

    @cached_property
    def links(self) -> Links:
        """What belongs together."""
        return link(self.atlas, self.articles, self.memory)

    @cached_property
    def standing(self) -> Standing:
        """How the translations stand."""
        return standing(self.root, self.atlas, self.articles, self.memory, self.trace)

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """One reader for each language."""
        atlas = self.atlas
        noted, links = atlas.noted(self.trace), self.links.noted(self.trace)
        return {
            code: Reader(code, noted, links, wording(atlas, code), translations=self.standing, trace=self.trace)
            for code in atlas.site_languages
        }

    @cached_property
    def published(self) -> Publication:
        """The records as open data."""
        return open_data(self.atlas, self.origin, self.memory)

    @cached_property
    def history(self) -> History:
        """What has changed since the last edition, and before.

        Raises :class:`~atlas.fault.FaultyInputError` where a record of it is gone.
        """
        edition = read_edition(self.last, self.atlas.site.released) if self.last else None
        if edition and (gone := vanished(edition, self.atlas.written)):
            raise FaultyInputError(gone)
        return told_history(self.readers, self.atlas.written if edition else {}, edition)

    @cached_property
    def facts(self) -> dict[str, dict[str, Draft]]:
        """The pages of records and the written ones, by language and address.

        Raises :class:`~atlas.fault.FaultyInputError` where two records would be published at one address.
        """
        return {code: _by_address(_with_articles(reader, self._of_records(reader), self.written)) for code, reader in self.readers.items()}

    @cached_property
    def paths(self) -> frozenset[str]:
        """The addresses of those pages, which are the same in every language."""
        return frozenset(self.facts[self.atlas.default_language])

    @cached_property
    def changes(self) -> dict[str, dict[str, Draft]]:
        """The pages about what has changed, by language and address."""
        made = {code: changes_pages(reader, self.history, self.paths) for code, reader in self.readers.items()}
        return {code: _by_address(Draft(one.path, partial(self._of_history, one.make)) for one in drafts) for code, drafts in made.items()}

    @cached_property
    def lists(self) -> dict[str, dict[str, Draft]]:
        """The pages that list all others, by language and address."""
        return {
            code: {SEARCH: Draft(SEARCH, partial(self._search, reader)), OFFLINE: Draft(OFFLINE, partial(self._offline, reader))}
            for code, reader in self.readers.items()
        }

    def drafts(self, language: str) -> dict[str, Draft]:
        """The pages of a language by address, but those that list all others."""
        return {**self.facts[language], **self.changes[language]}

    def lists_of(self, language: str, others: Sequence[Page]) -> tuple[Page, ...]:
        """The pages that list all ``others``, of which only titles and headings are needed."""
        reader = self.readers[language]
        search = self.finished(Draft(SEARCH, partial(search_page, reader, others)), language)
        return search, self.finished(Draft(OFFLINE, partial(offline_page, reader, [*others, search])), language)

    def finished(self, draft: Draft, language: str) -> Page:
        """The page of a draft, marked where it is one of a growing language that has no text of its own."""
        grown = self._grown(language, draft)
        page = grown.make()
        assert (page.path, page.is_fallback) == (grown.path, grown.is_fallback), grown.path
        return page

    def page(self, language: str, path: str) -> Draft | None:
        """One page, if there is such a one."""
        found = self.facts[language].get(path) or self.lists[language].get(path)
        found = found or (self.changes[language].get(path) if path.startswith(CHANGES) else None)
        return self._grown(language, found) if found else None

    def pages(self, language: str) -> tuple[Page, ...]:
        """All pages of a language."""
        found = {**self.facts[language], **self.changes[language], **self.lists[language]}
        return tuple(self._grown(language, draft).page for draft in found.values())

    def translated(self, path: str) -> tuple[str, ...]:
        """The languages in which a page is written, in the order of the languages of the site."""
        found = {code: self.page(code, path) for code in self.readers}
        return tuple(code for code, draft in found.items() if draft and not draft.is_fallback)

    def make_what_leaves(self, address: str) -> None:
        """Makes the page that leaves a file at ``address`` behind, if there is one: the facts of an institution to be compared."""
        _, _, rest = address.partition(COMPARE)
        language, _, name = rest.partition("/")
        draft = self.facts.get(language, {}).get(f"hospitals/{name.removesuffix('.json')}/")
        if draft:
            draft.make()

    @property
    def left(self) -> dict[str, str]:
        """The files that pages have left which were made."""
        return {address: text for reader in self.readers.values() for address, text in finder_files(reader).items()}

    def file_groups(self) -> Iterator[tuple[str, Callable[[], Files]]]:
        """What is published besides pages and what these leave, in groups with what their addresses begin with."""
        atlas, readers = self.readers[self.atlas.default_language].atlas, self.readers
        links = self.readers[self.atlas.default_language].links
        tags = [site.tag for site in atlas.grown_languages.values()]
        yield JSON_PATH, lambda: {JSON_PATH: ledger_json(links.ledger, atlas.site.released, self.standing)}
        yield "sw.js", self._worker
        yield "numbers/", lambda: {csv_path(series): series_csv(atlas, series) for series in atlas.series.values()}
        yield DATA, partial(self._of_all_records, lambda: self.published.texts())
        yield "k-culture/", lambda: {holidays_path(reader): holidays_file(reader) for reader in readers.values()}
        yield CHANGES, partial(self._of_all_records, partial(self._of_history, self._feeds))
        yield "", lambda: root_files(atlas.site, tags, self.origin)

    def _feeds(self) -> Files:
        return {CHANGES_JSON: history_json(self.history), **feed_files(self.readers, self.history, self.origin, self.paths)}

    def _grown(self, language: str, draft: Draft) -> Draft:
        """The draft, that of a growing language that has no text of its own marked.

        What records say falls back text by text, so that no page tells by itself whether it is translated; a text in ``docs/``, or its
        address in the record of the language, is an editor's word that it is.
        """
        site = self.readers[language].site
        if not site.growing or language in self.articles.get(draft.path, {}) or draft.path in site.translated:
            return draft
        return replace(draft, make=lambda: replace(draft.page, partial=True), is_fallback=True)

    def _of_history(self, make: Callable[[], T]) -> T:
        """What is made from what has changed: that was worked out before, from the pages that there are and what they tell."""
        self.trace.note("paths")
        self.trace.note("told")
        return make()

    def _worker(self) -> Files:
        self.trace.note(DRAWN)
        return {"sw.js": rjsmin.jsmin((self.root / "overrides" / "sw.js").read_text(encoding="utf-8")) + "\n"}

    def _of_all_records(self, make: Callable[[], T]) -> T:
        self.trace.note(RECORDS)
        return make()

    def _search(self, reader: Reader) -> Page:
        return search_page(reader, self._others(reader))

    def _offline(self, reader: Reader) -> Page:
        return offline_page(reader, [*self._others(reader), self.lists[reader.language][SEARCH].page])

    def _others(self, reader: Reader) -> Iterator[Page]:
        return (draft.page for found in (self.facts, self.changes) for draft in found[reader.language].values())

    def _of_records(self, reader: Reader) -> Iterator[Draft]:
        """The pages of records, in the order in which lists of all pages have them."""
        yield Draft("", partial(home_page, reader, self.written), of=())
        yield from listing_pages(reader)
        for one in reader.atlas.institutions.values():
            yield Draft(institution_path(one), partial(_compared, reader, one), of=("institutions", one.id))
        yield Draft(COMPARE, partial(compare_page, reader), of=())
        yield from treatment_pages(reader)
        yield Draft("visa/", partial(visa_page, reader), of=())
        yield from entry_pages(reader)
        yield from country_pages(reader)
        yield from region_pages(reader)
        yield from spot_pages(reader)
        yield from culture_pages(reader)
        yield from gentle_pages(reader)
        yield Draft("status/", partial(ledger_page, reader, self.written))
        yield Draft(DATA, lambda: data_page(reader, self.published, self.origin))


def wording(atlas: Atlas, code: str) -> Wording:
    """The texts of the interface in one language."""
    language = atlas.site_languages[code]
    return Wording(code, language.locale, atlas.wordings[code], myriads=language.myriads)


def _with_articles(reader: Reader, drafts: Iterable[Draft], articles: Articles) -> Iterator[Draft]:
    """The pages of records, each with the text that an editor has written for it, and the written pages.

    A text of a growing language is added to the page of a record in that language only.
    """
    known = reader.atlas.known_in(reader.language)
    written = {path: in_language(found, reader.language, tuple(known)) for path, found in articles.items()}
    for draft in drafts:
        article = written.pop(draft.path, None)
        own = article is not None and article.language in known
        yield replace(draft, make=partial(_with_text, reader, draft, article, articles)) if article and own else draft
    for article in written.values():
        is_fallback = article.language != reader.language
        yield Draft(article.path, partial(article_page, reader, article, articles), is_fallback, of=("page", article.path))


def _compared(reader: Reader, one: Institution) -> Page:
    return compared(reader, institution_page(reader, one))


def _with_text(reader: Reader, draft: Draft, article: Article, articles: Articles) -> Page:
    return record_text(reader, draft.make(), article, articles)


def _by_address(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Contents by address. Two records cannot have one address, such as an experience with the id ``calendar``."""
    found: dict[str, Draft] = {}
    faults = []
    for draft in drafts:
        if draft.path in found:
            mend = "Give the record another id."
            faults.append(Fault("data", 1, 1, "id", "two records would have the same page", f"/{draft.path}", mend))
        found[draft.path] = draft
    if faults:
        raise FaultyInputError(faults)
    return found
