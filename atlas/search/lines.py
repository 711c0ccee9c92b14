"""The lines of an index, made of the cards of its pages, and made again where cards change."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from atlas.search.card import Card, Table
from atlas.search.filing import Filing
from atlas.search.forms import Forms
from atlas.search.postings import Postings, posting
from atlas.search.slips import groups, slips
from atlas.search.stems import Stems
from atlas.search.vocabulary import Vocabulary

COMPLETED = 16
"""How many pages are known by what their names begin with."""


class Lines:
    """Of the pages of one language, each of which has a number: its place among the cards."""

    def __init__(self, vocabulary: Vocabulary, stems: Stems, table: Table) -> None:
        self._table = table
        self._simple = frozenset(vocabulary.others.values())
        self._postings, self._filing = Postings(), Filing({}, {}, ())
        self.forms = Forms(stems, table)
        self.letters: Counter[str] = Counter()
        """On how many pages a character stands of those that readers may type in another form."""
        for typed, written in vocabulary.equal.items():
            self._filing.put(f"&{typed}", _json(written))

    def fill(self, cards: Sequence[Card]) -> None:
        """Makes the lines of cards where there were none."""
        for number, card in enumerate(cards):
            self._postings.add(number, card)
            self.forms.add(card.words)
            self.letters.update(self._simple.intersection(card.page))
        self._file_terms(self._postings, len(cards))
        self._file_starts(cards, None)
        self._file_slips(cards, None)

    def change(self, cards: Sequence[Card], before: Mapping[int, Card]) -> None:
        """Makes those lines again that depend on the cards of some numbers, which were others before."""
        terms, starts, forgiven = set[int](), set[str](), set[str]()
        for number, old in before.items():
            new = cards[number]
            terms |= self._postings.change(number, old, new)
            self.forms.drop(old.words)
            self.forms.add(new.words)
            self.letters.subtract(self._simple.intersection(old.page))
            self.letters.update(self._simple.intersection(new.page))
            starts.update(key for key, _ in old.starts.items() ^ new.starts.items())
            forgiven |= {*old.forgiven} ^ {*new.forgiven}
        self._file_terms(terms, len(cards))
        if starts:
            self._file_starts(cards, starts)
        if forgiven:
            self._file_slips(cards, groups(forgiven))

    def files(self) -> tuple[dict[str, str], list[str]]:
        """The files of the lines in order, each by the shortest text that no earlier key reaches, and those of the others."""
        return self._filing.files()

    def _file_terms(self, terms: Iterable[int], cards: int) -> None:
        """Files what browsers read of these terms, and of the words that stand under others than a browser would guess."""
        numbers = [str(number) for number in range(cards)]
        listed, moved = self._table.listed, set()
        for term in terms:
            key, found = listed[term], self._postings[term]
            if self._filed(key, posting(key, found, numbers) if found else None):
                moved.add(key)
        for part, stem in self.forms.exceptions(self._filing.ordered, moved):
            self._filed(f"{part}@", _json(stem) if stem else None)

    def _file_starts(self, cards: Sequence[Card], wanted: Collection[str] | None) -> None:
        """Files the pages that are known by these beginnings of names, ``None`` for all."""
        begun: dict[str, dict[int, float]] = defaultdict(dict)
        for number, card in enumerate(cards):
            for key in card.starts if wanted is None else card.starts.keys() & wanted:
                begun[key][number] = card.starts[key]
        for key in wanted or begun:
            pages = begun.get(key, {})
            best = sorted(pages, key=lambda page, pages=pages: (-pages[page], page))[:COMPLETED]  # type: ignore[misc]
            self._filed(key, _json(best) if best else None)

    def _file_slips(self, cards: Sequence[Card], wanted: Collection[str] | None) -> None:
        """Files these groups of words of names, ``None`` for all."""
        found = slips({word for card in cards for word in card.forgiven}, wanted)
        if wanted:
            starts = tuple(wanted)
            for key in [key for key in self._filing.spread if key.startswith(starts) and key not in found]:
                self._filing.drop(key)
        for key, words in found.items():
            self._filing.put(key, _json(words))

    def _filed(self, key: str, value: str | None) -> bool:
        """Files a line, or takes it away. Returns whether the key is new, or was there."""
        return self._filing.drop(key) if value is None else self._filing.put(key, value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
