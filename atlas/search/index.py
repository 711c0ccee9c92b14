"""The index of one language: sorted terms, cut into files of a few kilobytes, and one small file for each page.

A browser fetches ``index.json``, then the files that hold the terms of a query, then the pages that it shows. How much that is depends on
the query, not on the size of the site: a term keeps only its heaviest pages, and a file only so many terms. Words and whole names, of
which a reader may have typed the beginning only, stand in order in the files ``t``; all others are spread over the files ``h``. By which
text each file ``t`` begins stands in ``index.json``; of more than :data:`CUTS` in files ``c`` of :data:`GROUP`, whose first it names. Keys:

- ``word``, or a pair of letters: ``[tenths of idf, page, weight, page, weight, …]``, heaviest first;
- ``word@``: what the word stands under, where a browser would guess otherwise;
- ``=name``, a name written as one: the same, for queries that are a name or its beginning;
- ``^ab``: pages whose names begin so, for the first three letters typed;
- ``&typed``: what the site writes for it, by the term base;
- ``~se``, ``<ec``: words of names by their first and, turned round, last letters: a word with one slip still has the one or the other.

It is our own because the stock index of MkDocs loads whole on every page and finds nothing in Chinese, and Pagefind finds 암 only at the
start of a word, loses C-3-3 in 비자(C-3-3)는, knows no slips and no synonyms, and transfers 124 to 186 kB at the first search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from atlas.search.analysis import normalised
from atlas.search.card import Card, Table, Writer
from atlas.search.counted import VARIANT, Counted, counted
from atlas.search.entry import About, Entry
from atlas.search.filing import as_json
from atlas.search.lines import Lines
from atlas.search.stems import Stems
from atlas.search.vocabulary import Vocabulary

CUTS, GROUP = 400, 64
"""So many files of terms in order are told apart by what every reader loads; of more, a reader loads what tells so many apart."""


@dataclass(frozen=True)
class Update:
    """The files of an index as they are now, and which of them are others than when they were last asked for."""

    files: Mapping[str, bytes]
    """By name, below the folder of the index."""
    version: str
    """The folder in which all but ``index.json`` stand."""
    before: str
    """The folder in which they stood last; ``""`` when they were never asked for."""
    differing: frozenset[str]
    """Names without the folder, such as ``t3.json``, of files that are new or hold another text. All others hold what the file
    of the same name in the folder ``before`` holds."""


class Index:
    """The pages of one language, of which it makes the files. It can be pickled, and be brought up to date later.

    Pages are numbered in the order of the parts of their addresses: the files depend on what the pages are, not on how they came.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._table = Table()
        self._stems = Stems(vocabulary.stemmers)
        self._writer = Writer(vocabulary, self._stems, self._table)
        self._lines = Lines(vocabulary, self._stems, self._table)
        self._cards: dict[str, Card] = {}
        self._numbers: dict[str, int] = {}
        """The pages that the lines are made of, in order."""
        self._before: dict[str, Card] = {}
        """What pages were when the lines were made, where they are others now."""
        self._version = ""
        self._made: dict[str, bytes] = {}
        """The digest of each file that was made last, by its name without the folder."""

    def add(self, entry: Entry) -> None:
        """Adds a page, or puts another in its place."""
        read = entry.title, entry.headings, entry.text
        self.put(entry.about, counted(read, entry.description, whole=entry.weight >= VARIANT))

    def put(self, about: About, read: Counted) -> None:
        """Adds a page, or puts another in its place."""
        card = self._writer.card(about, read)
        if about.path in self._numbers and (before := self._cards.get(about.path)):
            self._before.setdefault(about.path, before)
        self._cards[about.path] = card

    def drop(self, path: str) -> None:
        """Takes a page away, if it is there."""
        card = self._cards.pop(path, None)
        if card and path in self._numbers:
            self._before.setdefault(path, card)

    def files(self) -> dict[str, str]:
        """All files by name, below the folder of the index."""
        return {name: content.decode() for name, content in self.update().files.items()}

    def update(self) -> Update:
        """The files as the pages are now."""
        self._refresh()
        cuts, ordered, spread = self._lines.filing.files()
        named = {f"t{number}.json": content for number, content in enumerate(ordered)}
        named |= {f"h{number}.json": content for number, content in enumerate(spread)}
        groups = [cuts[start : start + GROUP] for start in range(0, len(cuts), GROUP)] if len(cuts) > CUTS else []
        named |= {f"c{number}.json": as_json(group).encode() for number, group in enumerate(groups)}
        named |= {f"p{number}.json": self._cards[path].page for path, number in self._numbers.items()}
        before, self._version = self._version, hashlib.sha256(b"\n".join(named.values())).hexdigest()[:12]
        last, self._made = self._made, {name: hashlib.sha256(content).digest() for name, content in named.items()}
        files = {"index.json": as_json(self._manifest(cuts, groups, len(spread))).encode()}
        files |= {f"{self._version}/{name}": content for name, content in named.items()}
        return Update(files, self._version, before, frozenset(name for name, digest in self._made.items() if last.get(name) != digest))

    def _refresh(self) -> None:
        """Makes the lines again that depend on pages which are others now: all of them when pages have come or gone."""
        order = sorted(self._cards, key=lambda path: path.split("/"))
        if order == list(self._numbers):
            if self._before:
                cards = [self._cards[path] for path in order]
                self._lines.change(cards, {self._numbers[path]: card for path, card in self._before.items()})
        else:
            self._numbers = {path: number for number, path in enumerate(order)}
            self._lines = Lines(self.vocabulary, self._stems, self._table)
            self._lines.fill([self._cards[path] for path in order])
        self._before = {}

    def _manifest(self, cuts: list[str], groups: list[list[str]], heaps: int) -> dict[str, object]:
        """What a browser reads first."""
        letters = self._lines.letters
        return {
            "version": self._version,
            **({"cuts": [group[0] for group in groups], "group": GROUP} if groups else {"cuts": cuts}),
            "heaps": heaps,
            "kinds": [[kind, len(list(run))] for kind, run in groupby(self._cards[path].kind for path in self._numbers)],
            "says": self.vocabulary.says,
            "endings": self._lines.forms.endings(),
            "stop": sorted({normalised(word) for word in self.vocabulary.stop}),
            "others": {other: simple for other, simple in self.vocabulary.others.items() if letters[simple]},
        }

    def __getstate__(self) -> dict[str, object]:
        """All but the caches of the writer."""
        self._refresh()
        return {**vars(self), "_writer": None}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        """As it was."""
        vars(self).update(state)
        self._writer = Writer(self.vocabulary, self._stems, self._table)


def write_index(index: Index, folder: Path) -> None:
    """Writes the files of an index into a folder of the published site."""
    for name, content in index.update().files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
