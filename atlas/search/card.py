"""What an index keeps of one page: its terms and how heavy each is, and what of it others are told."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from atlas.search.analysis import normalised
from atlas.search.counted import COUNT, DESCRIPTION, HEADINGS, PLACE, TEXT, Counted, counts
from atlas.search.entry import About
from atlas.search.naming import Naming
from atlas.search.stems import Stems
from atlas.search.vocabulary import Vocabulary

SCALE = 4
"""Steps of a weight of 1."""
HEAVIEST = 255
READ = ((PLACE, 4.0, 1.0), (HEADINGS, 2.2, 1.0), (DESCRIPTION, 1.6, 1.0), (TEXT, 2.0, 3.0))
"""What a term counts for in each part of a page at most, and how often it must stand there for half of that, in a part of no length."""
LENGTH = 300
"""So many words more, and it must stand there once more."""


class Table(dict[str, int]):
    """Numbers for terms and words, in the order in which they come; a new one has its number when it is asked for."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.listed = list(known)
        """All of them by number."""
        super().__init__(zip(self.listed, range(len(self.listed)), strict=True))

    def __reduce__(self) -> tuple[object, ...]:
        """One text is read much sooner than many terms."""
        return _table, ("\n".join(self.listed),)

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self.listed)
        self.listed.append(term)
        return number


def _table(listed: str) -> Table:
    return Table(listed.split("\n") if listed else ())


class Card(NamedTuple):
    """Of one page, in few long values, which are read much sooner than many small ones."""

    kind: str
    page: bytes
    """The file that the results show it by."""
    numbers: bytes
    """Of its terms, in the :class:`Table` of the index."""
    weights: bytes
    """Of the terms, 1 to :data:`HEAVIEST`."""
    read: bytes
    """The numbers of the words that were read, in the forms in which they stand there."""
    begins: str
    answers: bytes
    forgives: str

    @property
    def terms(self) -> array[int]:
        """The numbers of its terms."""
        return array("I", self.numbers)

    @property
    def words(self) -> array[int]:
        """The numbers of the words that were read."""
        return array("I", self.read)

    @property
    def starts(self) -> dict[str, float]:
        """How well its names answer what they begin with: by ``^`` and the first letters."""
        return dict(zip(self.begins.split("\n"), array("d", self.answers), strict=True)) if self.begins else {}

    @property
    def forgiven(self) -> list[str]:
        """Words and runs of its names, in which a slip is forgiven."""
        return self.forgives.split("\n") if self.forgives else []


class Writer:
    """Writes the cards of one language."""

    def __init__(self, vocabulary: Vocabulary, stems: Stems, table: Table) -> None:
        self._stems, self._table = stems, table
        self._naming = Naming(stems, {normalised(word) for word in vocabulary.stop})
        self._place = lru_cache(1_000)(counts)

    def card(self, about: About, read: Counted) -> Card:
        """The card of a page."""
        named = self._naming.named(read.title, about)
        found, words = self._found(about, read)
        words |= named.read
        sizes = {**read.sizes, PLACE: self._place(about.place)[0]}
        parts = [(part, most, half + sizes[part] / LENGTH) for part, most, half in READ]
        scale = about.weight * SCALE
        own = [_heavy(weight, found.pop(term, 0), parts, scale) for term, weight in named.weights.items()]
        heavy = {count: _heavy(0.0, count, parts, scale) for count in set(found.values())}
        number = self._table.__getitem__
        return Card(
            about.kind,
            _page(about, read).encode(),
            array("I", map(number, chain(named.weights, found))).tobytes(),
            bytes(chain(own, map(heavy.__getitem__, found.values()))),
            array("I", map(number, words)).tobytes(),
            "\n".join(named.starts),
            array("d", named.starts.values()).tobytes(),
            "\n".join(named.forgiven),
        )

    def _found(self, about: About, read: Counted) -> tuple[dict[str, int], set[str]]:
        """How often each term stands in the parts of a page, and the words in it."""
        found: dict[str, int] = {}
        seen: set[str] = set()
        terms = self._stems.terms
        for count, listed in read.words.items():
            words = listed.split(" ")
            seen.update(words)
            for word in words:
                for term in terms(word):
                    found[term] = found.get(term, 0) + count
        for count, listed in read.pairs.items():
            found |= dict.fromkeys(listed.split(" "), count)
        _, words_there, pairs_there = self._place(about.place)
        seen.update(words_there)
        for word, times in words_there.items():
            for term in terms(word):
                found[term] = found.get(term, 0) + (times << PLACE)
        for pair, times in pairs_there.items():
            found[pair] = found.get(pair, 0) + (times << PLACE)
        return found, seen


def _heavy(weight: float, found: int, parts: Iterable[tuple[int, float, float]], scale: float) -> int:
    """The weight of a term, with what it has as a word of a name, in steps."""
    for part, most, half in parts:
        if count := found >> part & COUNT:
            weight += most * count / (count + half)
    heavy = round(weight * scale)
    return HEAVIEST if heavy > HEAVIEST else heavy or 1


def _page(about: About, read: Counted) -> str:
    page: dict[str, object] = {"t": read.title, "u": about.path, "k": about.kind, "p": about.place, "d": about.description}
    page |= {"n": about.names, "w": about.words, "b": read.shown}
    return json.dumps({key: value for key, value in page.items() if value}, ensure_ascii=False, separators=(",", ":"))
