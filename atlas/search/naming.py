"""What a page is called, and what people type for it: how much each of their words says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from atlas.search.analysis import LEAST, is_run, normalised, parts, tokens
from atlas.search.entry import About
from atlas.search.stems import Stems

WHOLE = 10
"""The weight of a page under its whole name."""
NAME, WORD, FOREIGN, ASKED, ASKED_OF_LIST = 1.0, 0.8, 0.5, 0.4, 0.85
"""What a name of a page counts for, a word that people type for it, one in another language, one for all of its kind."""


@dataclass(frozen=True)
class Named:
    """The names of one page, taken apart."""

    weights: dict[str, float] = field(default_factory=dict)
    """By term; those of a whole name, written as one, begin with ``=``."""
    read: set[str] = field(default_factory=set)
    """Words that stand in them."""
    starts: dict[str, float] = field(default_factory=dict)
    """How well its names answer what they begin with: by ``^`` and the first letters."""
    forgiven: set[str] = field(default_factory=set)
    """Words and runs in which a slip is forgiven."""


class _Name(NamedTuple):
    """One name, taken apart."""

    size: float
    """How many words it has that say something."""
    whole: str
    """Written as one."""
    terms: Collection[str]
    letters: Collection[str]
    """Those of its runs."""
    read: Collection[str]
    forgiven: Collection[str]


class Naming:
    """Takes names apart in one language; ``stop`` are its words that say nothing."""

    def __init__(self, stems: Stems, stop: Collection[str]) -> None:
        self._stems, self._stop = stems, stop
        self._name = lru_cache(1_000)(self._apart)  # many pages have the same words for all of their kind

    def named(self, title: str, about: About) -> Named:
        """Names weigh by how much of them a word is: each term has the best of the names that hold it."""
        named = Named()
        weights, starts = named.weights, named.starts
        for written, share in _shares(title, about):
            name = self._name(written)
            named.read.update(name.read)
            weight = share * 11 / (0.6 + max(1, name.size))
            for term in name.terms:
                if weight > weights.get(term, 0.0):
                    weights[term] = weight
            for letter in name.letters:
                if weight / 2 > weights.get(letter, 0.0):
                    weights[letter] = weight / 2
            own = share > FOREIGN and share != ASKED_OF_LIST
            if own:
                named.forgiven.update(name.forgiven)
            if not name.whole:
                continue
            key = f"={name.whole}"
            weights[key] = max(weights.get(key, 0.0), share * WHOLE)
            if own:
                value = share * about.weight / (4 + len(name.whole))
                for stop in range(1, LEAST + 1):
                    key = f"^{name.whole[:stop]}"
                    starts[key] = max(starts.get(key, 0), value)
        return named

    def _apart(self, name: str) -> _Name:
        found = tokens(normalised(name))
        whole = "".join(found).replace("-", "")
        said = [token for token in found if token not in self._stop]
        runs = [token for token in found if is_run(token)]
        if not runs:
            return _Name(len(said), whole, self._terms(found), (), found, [part for word in found for part in parts(word)])
        words = [token for token in found if not is_run(token)]
        size = sum(len(token) / 2 if is_run(token) else 1 for token in said)
        if len(found) > 1 and is_run(whole):
            runs.append(whole)
        forgiven = [*runs, *(part for word in words for part in parts(word))]
        return _Name(size, whole, self._terms([*words, *runs]), set("".join(runs)), words, forgiven)

    def _terms(self, found: Iterable[str]) -> list[str]:
        return [term for token in found for term in self._stems.terms(token)]


def _shares(title: str, about: About) -> Iterator[tuple[str, float]]:
    """Each name of a page once, with what it counts for."""
    named = dict.fromkeys(about.asked, ASKED_OF_LIST if about.kind == "list" else ASKED)
    named |= dict.fromkeys(about.foreign, FOREIGN * _lessened(about.foreign))
    named |= dict.fromkeys(about.words, WORD * _lessened(about.words))
    named |= dict.fromkeys((title, *about.names), NAME)
    yield from named.items()


def _lessened(words: Collection[str]) -> float:
    """A page with many words, such as that of a region with its cities, says less by each."""
    return 1 - min(0.3, len(words) / 200)
