"""What an index keeps of one page: its terms and how heavy each is, and what of it others are told."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from atlas.search.analysis import normalised
from atlas.search.counted import COUNT, DESCRIPTION, HEADINGS, PLACE, TEXT, Counted, counts
from atlas.search.entry import About
from atlas.search.filing import as_json
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
        self._table = table
        self._terms = _Terms(stems, table)
        self._naming = Naming(stems, {normalised(word) for word in vocabulary.stop})
        self._place = lru_cache(1_000)(counts)

    def card(self, about: About, read: Counted) -> Card:
        """The card of a page."""
        number = self._table.__getitem__
        named = self._naming.named(read.title, about)
        found, words = self._found(about, read)
        words.update(map(number, named.read))
        sizes = {**read.sizes, PLACE: self._place(about.place)[0]}
        parts = [(part, most, half + sizes[part] / LENGTH) for part, most, half in READ]
        scale = about.weight * SCALE
        weights = {count: _heavy(0.0, count, parts, scale) for count in set(found.values())}
        terms = dict(zip(found, map(weights.__getitem__, found.values()), strict=True))
        for term, weight in zip(map(number, named.weights), named.weights.values(), strict=True):
            count = found.get(term, 0)
            terms[term] = _heavy(weight, count, parts, scale) if count else _step(weight * scale)
        return Card(
            about.kind,
            _page(about, read).encode(),
            array("I", terms).tobytes(),
            bytes(terms.values()),
            array("I", words).tobytes(),
            "\n".join(named.starts),
            array("d", named.starts.values()).tobytes(),
            "\n".join(named.forgiven),
        )

    def _found(self, about: About, read: Counted) -> tuple[dict[int, int], set[int]]:
        """How often each term stands in the parts of a page, and the words in it; both by their numbers."""
        counter: Counter[int] = Counter()
        seen: set[int] = set()
        number, terms = self._table.__getitem__, self._terms.__getitem__
        for listed in read.words.values():
            seen.update(map(number, listed.split(" ")))
        for count, listed in chain(read.words.items(), read.runs.items()):
            found_here = chain.from_iterable(map(terms, listed.split(" ")))
            if count == 1:
                counter.update(found_here)
            else:
                for term in found_here:
                    counter[term] = counter.get(term, 0) + count
        found = dict(counter)
        for count, listed in read.pairs.items():
            found |= dict.fromkeys(map(number, listed.split(" ")), count)  # of Chinese letters, unlike all others
        _, there = self._place(about.place)
        seen.update(map(number, there[0]))
        for token, times in chain.from_iterable(part.items() for part in there):
            for term in terms(token):
                found[term] = found.get(term, 0) + (times << PLACE)
        return found, seen


class _Terms(dict[str, tuple[int, ...]]):
    """The numbers of what each word or pair is found by."""

    def __init__(self, stems: Stems, table: Table) -> None:
        super().__init__()
        self._stems, self._table = stems, table

    def __missing__(self, token: str) -> tuple[int, ...]:
        terms = self[token] = tuple(map(self._table.__getitem__, self._stems.terms(token)))
        return terms


def _heavy(weight: float, found: int, parts: Sequence[tuple[int, float, float]], scale: float) -> int:
    """The weight of a term, with what it has as a word of a name, in steps."""
    for part, most, half in parts if found > COUNT else parts[-1:]:
        if count := found >> part & COUNT:
            weight += most * count / (count + half)
    return _step(weight * scale)


def _step(weight: float) -> int:
    step = round(weight)
    return HEAVIEST if step > HEAVIEST else step or 1


def _page(about: About, read: Counted) -> str:
    page: dict[str, object] = {"t": read.title, "u": about.path, "k": about.kind, "p": about.place, "d": about.description}
    page |= {"n": about.names, "w": about.words, "b": read.shown}
    return as_json({key: value for key, value in page.items() if value})
