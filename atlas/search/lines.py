"""The lines of an index, made of the cards of its pages, and made again where cards change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from atlas.search.card import Card, Table
from atlas.search.filing import Filing, as_json
from atlas.search.forms import Forms
from atlas.search.postings import Postings, Written
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
        self._postings, self.filing = Postings(), Filing()
        self.forms = Forms(stems, table)
        self.letters: Counter[str] = Counter()
        """On how many pages a character stands of those that readers may type in another form."""
        for typed, written in vocabulary.equal.items():
            self.filing.put(f"&{typed}", as_json(written))

    def fill(self, cards: Sequence[Card]) -> None:
        """Makes the lines of cards where there were none."""
        for number, card in enumerate(cards):
            self._postings.add(number, card)
            self.forms.add(card.words)
            self.letters.update(self._simple.intersection(card.page.decode()))
        listed = self._table.listed
        self._file_terms(self._postings, {listed[term] for term in self._postings}, len(cards))
        self._file_starts(cards, None)
        for key, words in slips(_forgiven(cards)).items():
            self.filing.put(key, as_json(words))

    def change(self, cards: Sequence[Card], before: Mapping[int, Card]) -> None:
        """Makes those lines again that depend on the cards of some numbers, which were others before."""
        terms, moved = set[int](), set[str]()
        for number, old in before.items():
            changed, turned = self._postings.change(number, old, cards[number])
            terms |= changed
            moved.update(map(self._table.listed.__getitem__, turned))
            self._recount(old, cards[number])
        self._file_terms(terms, moved, len(cards))
        pairs = [(old, cards[number]) for number, old in before.items()]
        if starts := {key for old, new in pairs for key, _ in old.starts.items() ^ new.starts.items()}:
            self._file_starts(cards, starts)
        if forgiven := {word for old, new in pairs for word in {*old.forgiven} ^ {*new.forgiven}}:
            wanted = groups(forgiven)
            earlier = [before.get(number, card) for number, card in enumerate(cards)]
            for key in slips(_forgiven(earlier), wanted):
                self.filing.drop(key)
            for key, words in slips(_forgiven(cards), wanted).items():
                self.filing.put(key, as_json(words))

    def _recount(self, old: Card, new: Card) -> None:
        """Counts what a page has that others can have too, in place of what it had."""
        if old.read != new.read:
            before, after = {*old.words}, {*new.words}
            self.forms.add(after - before)
            self.forms.drop(before - after)
        if old.page != new.page:
            self.letters.update(self._simple.intersection(new.page.decode()))
            self.letters.subtract(self._simple.intersection(old.page.decode()))

    def _file_terms(self, terms: Iterable[int], moved: Collection[str], cards: int) -> None:
        """Files what browsers read of these terms, and of the words that stand under others than a browser would guess.

        ``moved`` are those that have come or gone.
        """
        written = Written(cards)
        listed, postings, filing = self._table.listed, self._postings, self.filing
        for term in terms:
            if found := postings[term]:
                filing.put(listed[term], written.posting(listed[term], found))
            else:
                filing.drop(listed[term])
        for part, stem in self.forms.exceptions(self._is_term, moved):
            if stem:
                filing.put(f"{part}@", as_json(stem))
            else:
                filing.drop(f"{part}@")

    def _is_term(self, text: str) -> bool:
        number = self._table.get(text)
        return number is not None and self._postings.pages(number) > 0

    def _file_starts(self, cards: Sequence[Card], wanted: Collection[str] | None) -> None:
        """Files the pages that are known by these beginnings of names, ``None`` for all."""
        begun: dict[str, dict[int, float]] = {key: {} for key in wanted or ()}
        for number, card in enumerate(cards):
            starts = card.starts
            for key in starts if wanted is None else starts.keys() & wanted:
                begun.setdefault(key, {})[number] = starts[key]
        for key, pages in begun.items():
            if pages:
                self.filing.put(key, as_json(sorted(pages, key=lambda page, pages=pages: (-pages[page], page))[:COMPLETED]))  # type: ignore[misc]
            else:
                self.filing.drop(key)


def _forgiven(cards: Iterable[Card]) -> set[str]:
    return {word for card in cards for word in card.forgiven}
