"""The forms in which words stand on the pages of one language: which endings a browser tries to cut off, and where that misleads it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import cast

from atlas.search.analysis import beginnings, parts
from atlas.search.card import Table
from atlas.search.stems import Stems


class Forms:
    """Of one language. Words stand as their numbers in ``table``."""

    def __init__(self, stems: Stems, table: Table) -> None:
        self._stems, self._table = stems, table
        self._read = array("I")
        """On how many pages each word stands."""
        self._parts: Counter[str] = Counter()
        """In how many words each part of one stands."""
        self._cut: Counter[str] = Counter()
        """From how many parts of words each ending is cut off."""
        self._moved: set[str] = set()
        """Parts that have come or gone since they were last looked at."""
        self._ends: frozenset[str] = frozenset()
        """The endings when they were last looked at."""
        self._mistaken: set[str] = set()
        """Words that a browser would take for another."""

    def __getstate__(self) -> dict[str, object]:
        """One text is read much sooner than many words."""
        return {**vars(self), "_parts": ("\n".join(self._parts), array("I", self._parts.values()))}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        """As it was."""
        vars(self).update(state)
        words, counts = cast("tuple[str, array[int]]", state["_parts"])
        self._parts = Counter(dict(zip(words.split("\n"), counts, strict=True)) if words else {})

    def add(self, words: Iterable[int]) -> None:
        """Adds the words of a page."""
        read, listed = self._read, self._table.listed
        read.frombytes(bytes(read.itemsize * (len(listed) - len(read))))
        for word in words:
            read[word] += 1
            if read[word] == 1:
                self._count(listed[word], 1)

    def drop(self, words: Iterable[int]) -> None:
        """Takes away the words of a page."""
        for word in words:
            self._read[word] -= 1
            if not self._read[word]:
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

    def exceptions(self, known: Callable[[str], bool], moved: Collection[str]) -> Iterator[tuple[str, str | None]]:
        """Words that a browser would take for another, with what they stand under: ``accident``, under ``accid``, for ``accidental``.

        Those that are new or are none any more since this was last asked, these with ``None``; ``moved`` are the terms that have come or
        gone since, ``known`` says whether there is a term.
        """
        ends = frozenset(self.endings())
        for part in self._affected(moved, ends ^ self._ends):
            stem = self._stems.beginning(part)
            guess = next((one for one in beginnings(part, ends) if known(one)), stem) if part in self._parts and known(stem) else stem
            if guess != stem and part not in self._mistaken:
                self._mistaken.add(part)
                yield part, stem
            elif guess == stem and part in self._mistaken:
                self._mistaken.remove(part)
                yield part, None
        self._ends, self._moved = ends, set()

    def _affected(self, moved: Collection[str], ends: Collection[str]) -> set[str]:
        """The parts for which a browser may now find something else."""
        affected = set(self._moved)
        if affected >= self._parts.keys():
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
