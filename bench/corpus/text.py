"""The pages of the corpus: about 600 words each, with links, lists, a table, a note; the same in every language but for the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bench.corpus.dialect import Dialect
from bench.corpus.words import LANGUAGES, Words, words_of

HOME = ("", "index")
Place = tuple[str, str]
"""Section and name of a page; the name of a section's own page is ``index``, the section of the home page is empty."""
IDS = ("overview", "history", "facts", "visit", "reading", "details", "visitors")
"""Ids of the headings, in the order of the words for them."""


@dataclass(frozen=True)
class Text:
    """One page. ``lead`` is its first sentence, which is not in ``body``; both are Markdown, the others plain text."""

    language: str
    place: Place
    title: str
    description: str
    lead: str
    body: str


@dataclass(frozen=True)
class Corpus:
    """``pages`` over all languages: in each a home page, 20 sections (5 of few pages), and pages in them."""

    pages: int
    seed: int = 1

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections."""
        return tuple(f"s{number:02d}" for number in range(20 if self.pages >= 240 else 5))

    @cached_property
    def below(self) -> dict[str, tuple[Place, ...]]:
        """The pages of each section."""
        count = self.pages // len(LANGUAGES) - 1 - len(self.sections)
        every = len(self.sections)
        return {
            section: tuple((section, f"e{number:05d}") for number in range(start, count, every))
            for start, section in enumerate(self.sections)
        }

    def places(self) -> Iterator[Place]:
        """All pages of a language."""
        yield HOME
        yield from ((section, "index") for section in self.sections)
        yield from (place for section in self.sections for place in self.below[section])

    @property
    def edited(self) -> Place:
        """The page that is changed where an edit is measured."""
        middle = self.below[self.sections[len(self.sections) // 2]]
        return middle[len(middle) // 2]

    def title(self, language: str, place: Place) -> str:
        """The title of a page: no two of a section are alike."""
        words, (section, name) = words_of(language), place
        if not section:
            return words.home
        if name == "index":
            return f"{words.section}: {words.name(int(section[1:]), 2)}"
        return words.name(int(name[1:]))

    def text(self, language: str, place: Place, dialect: Dialect) -> Text:
        """A page in the Markdown of a generator."""
        return _Writing(self, language, place, dialect).text()


class _Writing:
    """One page while it is written. ``shape`` is the same in all languages, ``random`` chooses the words of this one."""

    def __init__(self, corpus: Corpus, language: str, place: Place, dialect: Dialect) -> None:
        key = f"{corpus.seed}/{'/'.join(place)}"
        self.shape, self.random = Random(key), Random(f"{key}/{language}")
        self.corpus, self.language, self.place, self.dialect = corpus, language, place, dialect
        self.words: Words = words_of(language)
        self.others = corpus.below.get(place[0]) or [one for found in corpus.below.values() for one in found]

    def text(self) -> Text:
        words = self.words
        description = words.sentence(self.random, self.shape) + words.end
        lead = words.sentence(self.random, self.shape) + words.end
        body = "\n".join(self._body())
        return Text(self.language, self.place, self.corpus.title(self.language, self.place), description, lead, body)

    def _body(self) -> Iterator[str]:
        words, dialect = self.words, self.dialect
        yield from (self._paragraph(3, linked=True), "")
        if self.place[1] == "index":
            yield from (f"- {self._link(place)}" for place in self._contents())
            yield ""
        yield from (self._heading(0), self._paragraph(4, linked=True), "", self._paragraph(3), "")
        yield from (self._heading(1), self._paragraph(4, linked=True), "", self._heading(5, 3), self._paragraph(3), "")
        yield from (dialect.note(words.note, self._paragraph(2)), "")
        yield from (self._heading(2), f"| {' | '.join(words.columns)} |", "| --- | ---: | --- |")
        for _ in range(7):
            first, *others = words.some(self.random, 3)
            yield f"| {first} | {dialect.number(f'{self.shape.randint(1, 99999):,}')} | {words.gap.join(others)} |"
        yield from ("", self._paragraph(3), "", self._heading(3))
        yield from (f"{number}. {self._sentence()}" for number in range(1, 5))
        yield from ("", self._heading(6, 3), self._paragraph(3, linked=True), "")
        yield from (f"- {self._sentence()}" for _ in range(5))
        yield from ("", dialect.heading(2, words.related, "related"), "")
        related = list(dict.fromkeys(self.shape.choice(self.others) for _ in range(4)))
        yield from (f"- {self._link(place)}" for place in (*related, (self.place[0] or self.corpus.sections[0], "index")))
        yield ""

    def _contents(self) -> Sequence[Place]:
        """What the page of a section, or the home page, leads to."""
        section = self.place[0]
        return self.corpus.below[section] if section else [(one, "index") for one in self.corpus.sections]

    def _heading(self, number: int, level: int = 2) -> str:
        return self.dialect.heading(level, self.words.headings[number], IDS[number]) + "\n"

    def _link(self, place: Place) -> str:
        return f"[{self.corpus.title(self.language, place)}]({self.dialect.href(self.language, self.place, place)})"

    def _sentence(self, link: str = "") -> str:
        shape = self.shape
        words = self.words.some(self.random, shape.randint(9, 17))
        comma, bold, code, figure = shape.randint(3, len(words) - 4), shape.random() < 0.2, shape.random() < 0.1, shape.randint(100, 9999)
        if bold:
            words[2] = f"**{words[2]}**"
        if code:
            words[-2] = self.dialect.code(str(figure))
        if link:
            words[-3] = link
        return self.words.joined(words, comma)

    def _paragraph(self, sentences: int, *, linked: bool = False) -> str:
        link = self._link(self.shape.choice(self.others)) if linked else ""
        found = [self._sentence(link if place == 1 else "") for place in range(sentences)]
        return self.words.stop.join(found) + self.words.end
