"""What a record says, line by line, and how two states of it differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from atlas.records.localised import Passage


@dataclass(frozen=True)
class Line:
    """One thing that a record says to a reader."""

    path: str
    """The dotted way to it in the record; several lines may share one, as the telephones of a desk do."""
    label: str
    said: Passage | None
    """``None``: withheld from this reader."""
    sources: tuple[str, ...] = ()
    countries: tuple[str, ...] | None = None
    """The passports that it concerns, where they are others than those of the record."""
    member: str = ""
    """Set on one of many that are told together: its id."""


@dataclass(frozen=True)
class Facet:
    """The same line in every language of the site."""

    path: str
    label: Mapping[str, str]
    said: Mapping[str, Passage | None]
    sources: tuple[str, ...]
    countries: tuple[str, ...] | None
    member: str

    @property
    def key(self) -> tuple[object, ...]:
        """What it says: two facets with the same key do not differ."""
        return (self.member,) if self.member else tuple(self.said.values())


@dataclass(frozen=True)
class Difference:
    """What one line said and says: a single facet each, or all members that came or went."""

    path: str
    old: tuple[Facet, ...]
    new: tuple[Facet, ...]

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What it says now; where nothing, what it said."""
        return self.new or self.old


def facets(lines: Mapping[str, Sequence[Line]]) -> list[Facet]:
    """The lines of a record by language, joined. Every language has the same lines in the same order."""
    codes = tuple(lines)
    return [
        Facet(
            found[0].path,
            {code: line.label for code, line in zip(codes, found, strict=True)},
            {code: line.said for code, line in zip(codes, found, strict=True)},
            found[0].sources,
            found[0].countries,
            found[0].member,
        )
        for found in zip(*lines.values(), strict=True)
    ]


def differences(old: Sequence[Facet], new: Sequence[Facet]) -> Iterator[Difference]:
    """How the two differ, in the order of the new one; what has gone comes last."""
    for path in dict.fromkeys(facet.path for facet in (*new, *old)):
        was, now = ([facet for facet in found if facet.path == path] for found in (old, new))
        if any(facet.member for facet in (*was, *now)):
            kept = {facet.key for facet in was} & {facet.key for facet in now}
            gone, come = (tuple(facet for facet in found if facet.key not in kept) for found in (was, now))
            if gone:
                yield Difference(path, gone, ())
            if come:
                yield Difference(path, (), come)
            continue
        matcher = SequenceMatcher(a=[facet.key for facet in was], b=[facet.key for facet in now], autojunk=False)
        for tag, first, last, start, end in matcher.get_opcodes():
            if tag != "equal":
                for before, after in zip_longest(was[first:last], now[start:end]):
                    yield Difference(path, (before,) if before else (), (after,) if after else ())
