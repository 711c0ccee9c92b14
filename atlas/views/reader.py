"""A reader: one language, with the atlas, its links and the words at hand. Every view is made for a reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from atlas.atlas import Atlas
from atlas.linking import Links
from atlas.records.institution import Name
from atlas.records.language import SiteLanguage
from atlas.records.localised import Localised
from atlas.records.source import Source
from atlas.trace import Key, Trace
from atlas.translation.standing import Standing
from atlas.views.marking import Tongues, parts, tongues
from atlas.views.quoting import bare, quoted
from atlas.wording import Wording

_CODE = re.compile(r"((?<![A-Za-z0-9-])(?:[A-Z]-[0-9]{1,2}(?:-[0-9]{1,2})?|K-ETA|e-Arrival|Q-CODE)(?![A-Za-z0-9-]))")


class Named(Protocol):
    """A record with names by language: an institution, a wellness site, an experience."""

    @property
    def id(self) -> str: ...

    @property
    def names(self) -> dict[str, Name]: ...


N = TypeVar("N", bound=Named)
T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Reader:
    """One language of the site."""

    language: str
    atlas: Atlas
    links: Links
    words: Wording
    kept: dict[object, Any] = field(default_factory=dict)
    """What was made for one page and is printed on others."""
    translations: Standing = field(default_factory=Standing)
    """How the translations stand; where nothing is given, nothing is said of them."""
    trace: Trace = field(default_factory=Trace)
    """What is told of all that is asked for."""

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What ``make`` returns, or returned when it was asked for first: what it was made from then is noted each time."""
        if key not in self.kept:
            with self.trace.noting() as keys:
                made = make()
            self.kept[key] = made, keys
        found: tuple[T, set[Key]] = self.kept[key]
        self.trace.add(found[1])
        return found[0]

    def speaking(self, language: str) -> Reader:
        """The same reader in another language: for a text that is not translated yet."""
        if language == self.language:
            return self
        key = ("speaking", language)
        if key not in self.kept:
            site = self.atlas.site_languages[language]
            words = Wording(language, site.locale, self.atlas.wordings[language], myriads=site.myriads)
            self.kept[key] = Reader(language, self.atlas, self.links, words, translations=self.translations, trace=self.trace)
        found: Reader = self.kept[key]
        return found

    def source(self, key: str) -> dict[str, Any]:
        """A source as a page lists it."""
        return self.once(("source", key), lambda: source_view(self, self.atlas.sources[key]))

    @cached_property
    def site(self) -> SiteLanguage:
        """How the site speaks the language."""
        return self.atlas.site_languages[self.language]

    @cached_property
    def tongues(self) -> Tongues:
        """What the letters of each script are taken for."""
        return tongues(self.atlas.site_languages)

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language: ``zh-Hans``."""
        return self.tag_of(self.language)

    def passage(self, text: Localised) -> dict[str, Any]:
        """A text for the template: ``lang`` is set only where it is not in the reader's language."""
        found = text.passage(self.language)
        return self.marked(found.text, found.language)

    def marked(self, text: str, language: str) -> dict[str, Any]:
        """A text with the mark of its language, where that is not the reader's, and in parts where it quotes another language."""
        key = (text, language)
        if key in self.kept:
            return dict(self.kept[key])
        pieces = parts(text, language, self.tongues)
        view: dict[str, Any] = {"text": "".join(piece for piece, _ in pieces)}
        shown = [part for piece, code in pieces for part in self._part(piece, code)]
        if any(len(part) > 1 for part in shown):
            view["parts"] = shown
        if language != self.language:
            view["lang"] = self.tag_of(language)
        self.kept[key] = view
        return dict(view)

    def _part(self, piece: str, language: str | None) -> list[dict[str, Any]]:
        """A piece of text with its language; codes such as G-1-10, which must not break at their hyphens, apart."""
        if language:
            return [{"text": piece, "lang": self.tag_of(language)}]
        return [{"text": part, "whole": True} if place % 2 else {"text": part} for place, part in enumerate(_CODE.split(piece)) if part]

    def line(self, text: str) -> dict[str, Any]:
        """A text of the interface for the template, its codes kept whole."""
        return self.marked(text, self.language)

    def tag_of(self, language: str) -> str:
        """The BCP 47 tag of a language, of the site or not."""
        site = self.atlas.site_languages.get(language)
        return site.tag if site else language

    def text(self, text: Localised) -> str:
        """The text for a line that is put together from many; one in another language is quoted."""
        found = text.passage(self.language)
        return self.quoted(found.text, found.language)

    def quoted(self, text: str, language: str) -> str:
        """A text with its language where that is not the reader's: it is marked when the page is drawn."""
        return text if language == self.language else quoted(text, self.tag_of(language))

    def bare_name(self, one: Named) -> str:
        """The name of a place for a line that is put together from many."""
        language, name = self.own_name(one)
        return self.quoted(name.text, language)

    def name(self, one: Named) -> dict[str, Any]:
        """The name of a place for this reader: text, mark of the language, whether it is our own rendering."""
        language, name = self.own_name(one)
        return {**self.marked(name.text, language), **({"ours": True} if name.basis == "own" else {})}

    def own_name(self, one: Named) -> tuple[str, Name]:
        """The name in the reader's language, or else in English, or else in Korean."""
        for language in (self.language, "en", "ko", *one.names):
            if language in one.names:
                return language, one.names[language]
        raise KeyError(one.id)

    def sort_key(self, one: Named) -> tuple[object, ...]:
        """The place of a record in a list by name."""
        return self.collated(self.own_name(one)[1].text), one.id

    def collated(self, text: str) -> str:
        """A key to sort names by, in the order of the language."""
        return collation(bare(text), self.language, self.site.alphabet)

    def in_korean(self, key: str) -> str:
        """A text of the interface in Korean, to be shown to people in Korea."""
        text = self.atlas.wordings["ko"][key]
        assert isinstance(text, str)
        return text

    def country(self, code: str) -> str:
        """The name of a country: as its record has it, or else by CLDR."""
        own = self.atlas.countries[code].name
        return self.text(own) if own else str(self.words.locale.territories[code])

    def by_name(self, found: Iterable[N]) -> list[N]:
        """Records in the order of their names in the reader's language."""
        return sorted(found, key=self.sort_key)


def collation(text: str, language: str, alphabet: str = "") -> str:
    """A key to sort names by; ``alphabet`` holds the letters of the language in their order, where that is not the order of Unicode.

    Chinese: the order of GB 2312, which is that of pinyin for its first 3,755 characters. Russian: ё beside е. Korean: Unicode order is
    that of the alphabet.
    """
    if language == "zh":
        return text.encode("gb18030").decode("latin-1")
    if alphabet:  # its letters stand behind Latin ones, in a row of their own
        return text.casefold().translate({ord(letter): 0xE000 + place for place, letter in enumerate(alphabet)})
    return text.casefold().replace("ё", "е")


class Citations:
    """The sources of one page, numbered in the order in which they are first named."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._numbers: dict[str, int] = {}

    def cite(self, sources: Iterable[str]) -> list[int]:
        """The numbers of these sources."""
        return [self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources]

    def note(self) -> str:
        """How and when the listed sources were read."""
        words = self._reader.words
        return words.say("sources-note", date=words.date(max(self._reader.atlas.sources[source].accessed for source in self._numbers)))

    def listed(self, *, institutions_linked: bool = True) -> list[dict[str, Any]]:
        """The numbered list; on request without links to the sites of institutions."""
        reader, views = self._reader, []
        for source in self._numbers:
            view = reader.source(source)
            if not institutions_linked and reader.atlas.sources[source].kind == "institution":
                view = {key: value for key, value in view.items() if key != "url"}
            views.append(view)
        return views


def source_view(reader: Reader, source: Source) -> dict[str, Any]:
    """One source: title, address, and a line with publisher, language, date and the kind of copy."""
    words = reader.words
    line = [
        reader.text(source.publisher),
        words.language(source.language) if source.language else words.say("source-language-unknown"),
        words.date(source.published) if source.published else words.say("source-undated"),
    ]
    if source.copied:
        line.append(words.say(f"source-copied-{source.copied}"))
    view: dict[str, Any] = {"title": reader.passage(source.title), "line": " · ".join(line)}
    if source.url:
        view["url"] = source.url
    return view
