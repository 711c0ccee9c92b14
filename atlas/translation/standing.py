"""How all translations stand together: by page for the page itself, in numbers for ``status/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from atlas.translation.state import PAGE, STATES, State, Unit


@dataclass(frozen=True)
class Standing:
    """Every unit of a project; without any, nothing is known and nothing is said."""

    units: tuple[Unit, ...] = ()

    def of_page(self, language: str, path: str) -> Mapping[str, Unit]:
        """The sections of a page in one language by id; none where it is the source."""
        return self._pages.get((language, path), {})

    def top_is_outdated(self, language: str, path: str) -> bool:
        """Whether the fields of a page of class A were translated from older ones."""
        unit = self.of_page(language, path).get("top")
        return unit is not None and unit.critical and unit.state == "stale"

    @cached_property
    def _pages(self) -> dict[tuple[str, str], dict[str, Unit]]:
        found: dict[tuple[str, str], dict[str, Unit]] = {}
        for unit in self.units:
            if unit.kind == PAGE:
                found.setdefault((unit.language, unit.path), {})[unit.key] = unit
        return found

    @cached_property
    def totals(self) -> dict[str, dict[str, dict[State, int]]]:
        """By language, then ``sections`` and ``texts`` (of records and of the interface), how many are in each state."""
        totals: dict[str, dict[str, dict[State, int]]] = {}
        for unit in self.units:
            kinds = totals.setdefault(unit.language, {kind: dict.fromkeys(STATES, 0) for kind in ("sections", "texts")})
            kinds["sections" if unit.kind == PAGE else "texts"][unit.state] += 1
        return totals

    @cached_property
    def pages(self) -> dict[str, dict[State, tuple[str, ...]]]:
        """By language and state, the addresses of the pages that have sections in it."""
        pages: dict[str, dict[State, dict[str, None]]] = {}
        for unit in self.units:
            if unit.kind == PAGE and unit.state != "current":
                pages.setdefault(unit.language, {}).setdefault(unit.state, {})[unit.path] = None
        return {code: {state: tuple(sorted(found)) for state, found in states.items()} for code, states in pages.items()}
