"""Facets: what a list can be narrowed by, and the pages that hold the same lists without scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from atlas.views.reader import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One value of a facet, as it stands in the address and as it is said; ``path``: the page or part of a page with the same list."""

    value: str
    text: str
    path: str


@dataclass(frozen=True)
class Facet(Generic[T]):
    """One question about a list: its name in the address, its label, what one can choose, and what holds of a record."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    of: Callable[[T], Iterable[str]]
    note: str | None = None
    """What a reader must know of a list that was narrowed by it."""

    def chosen(self, value: str, records: Iterable[T]) -> list[T]:
        """The records of which a value holds, in their order."""
        return [one for one in records if value in self.of(one)]

    def counts(self, records: Iterable[T]) -> Counter[str]:
        """Of how many records each value holds."""
        return Counter(value for one in records for value in set(self.of(one)))


def by_text(reader: Reader, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Choices in the order of what they say."""
    return tuple(sorted(choices, key=lambda one: reader.collated(one.text)))


def groups(facet: Facet[T], records: Sequence[T], row: Callable[[T], Mapping[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """The records under a heading for each choice that finds any."""
    found = []
    for choice in facet.choices:
        rows = [row(one) for one in facet.chosen(choice.value, records)]
        if rows:
            found.append({"id": choice.value, "heading": choice.text, "number": reader.words.number(len(rows)), "rows": rows})
    return found
