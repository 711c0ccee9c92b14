"""Which pages each term of an index stands on, and how heavily: the lines that a browser reads."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from atlas.search.analysis import is_run
from atlas.search.card import HEAVIEST, Card

BITS = 24
"""Weight and page stand in one number, the weight counted down and above so many bits: numbers in order are pages, the heaviest first."""
PAGE = (1 << BITS) - 1
KEPT, PAIRS_KEPT = 250, 150
"""How many pages a word, and a pair of letters, keeps."""
NAMED = 8
"""From this weight on a term stands in a name; elsewhere it is counted for less, so that *hospital* does not seem to be rare."""
ELSEWHERE = 0.15
_WEIGHED = tuple(HEAVIEST - weight << BITS for weight in range(HEAVIEST + 1))
_WRITTEN = tuple(f",{HEAVIEST - light}" for light in range(HEAVIEST + 1))
_LIGHTEST_NAMED = HEAVIEST - NAMED + 1 << BITS


class Postings(dict[int, "array[int]"]):
    """Weight and page of each page that a term stands on, by the number of the term.

    What was kept of an earlier build is one run of bytes, of which only the terms are taken out that are asked for.
    """

    def __init__(self, kept: bytes = b"", sizes: Iterable[int] = ()) -> None:
        super().__init__()
        self._kept = memoryview(kept).cast("I")
        self._ends = [0, *accumulate(sizes)]

    def __missing__(self, term: int) -> array[int]:
        found = self[term] = array("I", self._earlier(term))
        return found

    def _earlier(self, term: int) -> memoryview:
        start, end = self._ends[term : term + 2] if term + 1 < len(self._ends) else (0, 0)
        return self._kept[start:end]

    def add(self, number: int, card: Card) -> None:
        """Adds a page that was in none."""
        placed = map(number.__or__, map(_WEIGHED.__getitem__, card.weights))
        deque(map(array.append, map(self.__getitem__, card.terms), placed), 0)

    def change(self, number: int, before: Card, after: Card) -> tuple[set[int], set[int]]:
        """Puts what a page is now in the place of what it was.

        Returns the terms of which the weight has changed, and of them those that were on no page or are on none now.
        """
        old, new = (dict(zip(card.terms, card.weights, strict=True)) for card in (before, after))
        changed = {term for term, _ in old.items() ^ new.items()}
        moved = {term for term in changed if not self.pages(term)}
        for term in changed:
            if weight := old.get(term):
                self[term].remove(_WEIGHED[weight] | number)
            if weight := new.get(term):
                self[term].append(_WEIGHED[weight] | number)
        return changed, moved | {term for term in changed if not self.pages(term)}

    def pages(self, term: int) -> int:
        """On how many pages a term stands."""
        return len(self[term] if term in self else self._earlier(term))

    def __reduce__(self) -> tuple[object, ...]:
        """One run of bytes, and of each term how many numbers it has there, are read much sooner than many arrays."""
        terms = range(max(len(self._ends) - 1, max(self, default=-1) + 1))
        pieces = [self[term] if term in self else self._earlier(term) for term in terms]
        return Postings, (b"".join(pieces), array("I", map(len, pieces)))


class Written:
    """What browsers read of terms, in an index of so many pages."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._numbers = [str(number) for number in range(pages)]
        self._idf = cache(self._tenths)

    def posting(self, key: str, found: array[int]) -> str:
        """Of one term: tenths of its idf, then pages and weights, the heaviest first."""
        if len(found) == 1:
            one = found[0]
            return f"[{self._idf(one < _LIGHTEST_NAMED, 1)},{self._numbers[one & PAGE]}{_WRITTEN[one >> BITS]}]"
        ordered = sorted(found)
        idf = self._idf(bisect_left(ordered, _LIGHTEST_NAMED), len(ordered))
        if len(ordered) > PAIRS_KEPT:
            ordered = ordered[: PAIRS_KEPT if is_run(key) else KEPT]
        numbers = self._numbers
        return f"[{idf},{','.join([numbers[one & PAGE] + _WRITTEN[one >> BITS] for one in ordered])}]"

    def _tenths(self, named: int, found: int) -> int:
        return round(10 * math.log(1 + self._pages / max(1, named + ELSEWHERE * (found - named))))
