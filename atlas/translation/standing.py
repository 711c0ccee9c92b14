"""How all translations stand together: by page for the page itself, in numbers for ``status/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.memory import Memory
from atlas.trace import Trace
from atlas.translation.leaf import WORDING
from atlas.translation.memory import stored_for, stored_of
from atlas.translation.place import Places
from atlas.translation.state import PAGE, STATES, State, Unit, page_units, units_of_kind

Counted = Mapping[tuple[str, State], int]
"""How many units are in each state, by language."""


@dataclass(frozen=True)
class Standing:
    """How the units of a project stand; without any, nothing is known and nothing is said."""

    texts: Counted = field(default_factory=dict)
    """Of the texts of records and of the interface."""
    sections: Mapping[str, Counted] = field(default_factory=dict)
    """Of the sections of each page, by its address."""
    units_of: Callable[[str], tuple[Unit, ...]] = field(default=lambda _: (), compare=False)
    """The units of one page. Raises :class:`~atlas.fault.FaultyInputError` where what is stored of its source cannot be read."""
    trace: Trace = field(default_factory=Trace, compare=False)

    @classmethod
    def of(cls, found: Iterable[Unit]) -> Standing:
        """How some units stand together."""
        texts: Counter[tuple[str, State]] = Counter()
        pages: dict[str, list[Unit]] = {}
        for unit in found:
            if unit.kind == PAGE:
                pages.setdefault(unit.path, []).append(unit)
            else:
                texts[unit.language, unit.state] += 1
        return cls(texts, {path: counted(own) for path, own in pages.items()}, lambda path: tuple(pages.get(path, ())))

    def of_page(self, language: str, path: str) -> Mapping[str, Unit]:
        """The sections of a page in one language by id; none where it is the source."""
        self.trace.note("page", path)
        return {unit.key: unit for unit in self.units_of(path) if unit.language == language}

    def top_is_outdated(self, language: str, path: str) -> bool:
        """Whether the fields of a page of class A were translated from older ones."""
        unit = self.of_page(language, path).get("top")
        return unit is not None and unit.critical and unit.state == "stale"

    @property
    def totals(self) -> dict[str, dict[str, dict[State, int]]]:
        """By language, then ``sections`` and ``texts`` (of records and of the interface), how many are in each state."""
        self.trace.note("standing")
        return self._totals

    @property
    def pages(self) -> dict[str, dict[State, tuple[str, ...]]]:
        """By language and state, the addresses of the pages that have sections in it."""
        self.trace.note("standing")
        return self._pages

    @cached_property
    def _totals(self) -> dict[str, dict[str, dict[State, int]]]:
        totals: dict[str, dict[str, dict[State, int]]] = {}
        for kind, found in (*(("sections", one) for one in self.sections.values()), ("texts", self.texts)):
            for (language, state), number in found.items():
                kinds = totals.setdefault(language, {kind: dict.fromkeys(STATES, 0) for kind in ("sections", "texts")})
                kinds[kind][state] += number
        return totals

    @cached_property
    def _pages(self) -> dict[str, dict[State, tuple[str, ...]]]:
        pages: dict[str, dict[State, list[str]]] = {}
        for path, found in self.sections.items():
            for language, state in found:
                if state != "current":
                    pages.setdefault(language, {}).setdefault(state, []).append(path)
        return {code: {state: tuple(sorted(found)) for state, found in states.items()} for code, states in pages.items()}


def counted(found: Iterable[Unit]) -> Counted:
    """How many of some units are in each state, by language."""
    return dict(Counter((unit.language, unit.state) for unit in found))


def standing(root: Path, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], memory: Memory, trace: Trace) -> Standing:
    """How the translations of a project stand; of a page that ``memory`` knows nothing is compared before it is asked for.

    Raises :class:`~atlas.fault.FaultyInputError` where what is stored of the sources cannot be read.
    """
    languages, places = tuple(atlas.site_languages), Places(root)
    made: dict[str, tuple[Unit, ...]] = {}

    def own_units(path: str) -> tuple[Unit, ...]:
        if path not in made:
            made[path] = tuple(page_units(root, articles[path], languages)) if path in articles else ()
        return made[path]

    def of_page(path: str) -> Counted:
        return counted(own_units(path))

    def of_kind(kind: str, records: Mapping[str, Any]) -> Counted:
        return counted(units_of_kind(root, languages, kind, records, memory, places))

    sections = {
        path: memory.made(("sections", path), (stored_for(atlas.translated, path), languages, found), partial(of_page, path))
        for path, found in articles.items()
    }
    texts: Counter[tuple[str, State]] = Counter()
    for kind, records in (*atlas.written.items(), (WORDING, atlas.wordings)):
        inputs = (records, stored_of(atlas.translated, kind), languages)
        texts.update(memory.made(("texts", kind), inputs, partial(of_kind, kind, records)))
    return Standing(texts, sections, own_units, trace)
