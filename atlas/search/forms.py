"""The forms in which words stand on the pages of one language: which endings a browser tries to cut off, and where that misleads it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import takewhile

from atlas.search.analysis import beginnings, parts
from atlas.search.card import Table
from atlas.search.stems import Stems


class Forms:
    """Of one language. Words stand as their numbers in ``table``."""

    def __init__(self, stems: Stems, table: Table) -> None:
        self._stems, self._table = stems, table
        self._read: Counter[int] = Counter()
        """On how many pages each word stands."""
        self._parts: Counter[str] = Counter()
        """In how many words each part of one stands."""
        self._cut: Counter[str] = Counter()
        """From how many of them each ending is cut off."""
        self._moved: set[str] = set()
        """Parts that have come or gone since they were last looked at."""
        self._ends: frozenset[str] = frozenset()
        """The endings when they were last looked at."""

    def add(self, words: array[int]) -> None:
        """Adds the words of a page."""
        new = [word for word in words if word not in self._read]
        self._read.update(words)
        for word in new:
            self._count(self._table.listed[word], 1)

    def drop(self, words: array[int]) -> None:
        """Takes away the words of a page."""
        for word in words:
            self._read[word] -= 1
            if not self._read[word]:
                del self._read[word]
                self._count(self._table.listed[word], -1)

    def _count(self, word: str, step: int) -> None:
        for part in parts(word):
            stem = self._stems.beginning(part)
            if part.startswith(stem):
                self._cut[part[len(stem) :]] += step
            self._parts[part] += step
            if not self._parts[part]:
                del self._parts[part]
            self._moved.add(part)

    def endings(self) -> list[str]:
        """What was cut off from more than one word, which a browser will try to cut off."""
        return sorted(ending for ending, seen in self._cut.items() if seen > 1 and ending)

    def exceptions(self, known: Collection[str], moved: Collection[str]) -> Iterator[tuple[str, str | None]]:
        """Words that a browser would take for another, with what they stand under: ``accident``, under ``accid``, for ``accidental``.

        Those that can have changed since this was last asked, some now without what they stand under;
        ``moved`` are the terms that have come or gone since, ``known`` all terms.
        """
        ends = frozenset(self.endings())
        for part in self._affected(moved, ends ^ self._ends):
            if part not in self._parts:
                yield part, None
                continue
            stem = self._stems.beginning(part)
            mistaken = stem in known and next((one for one in beginnings(part, ends) if one in known), stem) != stem
            yield part, stem if mistaken else None
        self._ends, self._moved = ends, set()

    def _affected(self, moved: Collection[str], ends: Collection[str]) -> set[str]:
        """The parts for which a browser may now find something else."""
        affected = set(self._moved)
        if len(self._moved) == len(self._parts):
            return affected
        if ends:
            found = tuple(ends)
            affected.update(part for part in self._parts if part.endswith(found))
        if moved:
            ordered = sorted(self._parts)
            for term in moved:
                for start in (term, f"{term[:-1]}о{term[-1:]}", f"{term[:-1]}е{term[-1:]}"):  # as beginnings() leaves out a vowel
                    place = bisect_left(ordered, start)
                    affected.update(takewhile(lambda part, start=start: part.startswith(start), ordered[place:]))  # type: ignore[misc]
        return affected
