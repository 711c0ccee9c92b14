"""The editor's bar: what a page shows, where that is written, and what of it wants a look. In English or Korean, as the editor reads.

It stands in a shadow tree, so that neither the page nor the bar changes how the other looks, and it works without scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from atlas.due import Entry
from atlas.fault import Fault
from atlas.message import reader_language, said, translated
from atlas.preview.desk import State
from atlas.preview.shown import Fact
from atlas.translation.state import PAGE, Unit
from atlas.views.page import Page

FOLDER = Path(__file__).resolve().parent
FILES = {"bar.css": "text/css", "bar.js": "text/javascript"}
_SOON = 30
"""How many days before its end something is told."""
_MOST = 50
"""Faults that are shown on a page: who meets more reads the terminal."""


@dataclass(frozen=True)
class Seen:
    """A page as it was made: what it shows, and what was read for it."""

    page: Page
    facts: tuple[Fact, ...]

    def has(self, unit: Unit) -> bool:
        """Whether the page shows a text, or would if it were translated."""
        if unit.kind == PAGE or unit.path == self.page.feedback:
            return True
        shown = (fact.way for fact in self.facts if (fact.kind, fact.record) == (unit.kind, unit.path))
        return any(way == unit.key or way.startswith(f"{unit.key}.") for way in shown)


class Bar:
    """Draws the bar of a project at ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._template = env.get_template("bar.html")

    def draw(self, seen: Seen | None, state: State | None, faults: Sequence[Fault], note: str = "") -> str:
        """The bar as HTML. Without a page or a state it has the faults alone."""
        view: dict[str, Any] = {
            "lang": reader_language(),
            "say": said,
            "faults": [self._fault(fault) for fault in faults[:_MOST]],
            "more": max(len(faults) - _MOST, 0),
            "note": note,
            "page": None,
        }
        if seen and state:
            view |= self._page(seen, state)
        return self._template.render(view)

    def _page(self, seen: Seen, state: State) -> dict[str, Any]:
        page = seen.page
        records = list(dict.fromkeys((fact.kind, fact.record) for fact in seen.facts))
        fresh = [self._fresh(state.due[key], state, seen) for key in records if key in state.due]
        units = [unit for key in ((PAGE, page.path), *records) for unit in state.units(page.language, *key) if seen.has(unit)]
        languages = [
            {"tag": one.tag, "name": one.name, "address": f"/{state.stage.address(code, page.path)}", "here": code == page.language}
            for code, one in state.contents.atlas.site_languages.items()
        ]
        return {
            "page": page,
            "edit": self._edit(seen),
            "languages": languages,
            "look": [one for one in fresh if one["why"]],
            "units": [self._unit(unit) for unit in units],
            "groups": list(self._groups(seen)),
            "count": len(seen.facts),
        }

    def _edit(self, seen: Seen) -> dict[str, Any] | None:
        """The file of the page: what an editor has written, or else the record that the page is about."""
        if seen.page.source:
            return self._place(seen.page.source, 1)
        own = next((fact for fact in seen.facts if fact.record == seen.page.feedback), None)
        return self._place(own.file, min(fact.line for fact in seen.facts if fact.file == own.file)) if own else None

    def _groups(self, seen: Seen) -> Iterator[dict[str, Any]]:
        """The facts by record, those of the record that the page is about first."""
        ordered = sorted(seen.facts, key=lambda fact: fact.record != seen.page.feedback)
        for (kind, record), group in groupby(ordered, key=lambda fact: (fact.kind, fact.record)):
            found = list(group)
            yield {
                "kind": kind,
                "record": record,
                "file": found[0].file,
                "facts": [{"way": fact.way, "text": fact.text, **self._place(fact.file, fact.line)} for fact in found],
            }

    def _fresh(self, entry: Entry, state: State, seen: Seen) -> dict[str, Any]:
        why = list(_why(entry, state.day))
        first = next(fact for fact in seen.facts if (fact.kind, fact.record) == (entry.kind, entry.id))
        return {"kind": entry.kind, "record": entry.id, "why": why, **self._place(first.file, first.line)}

    def _unit(self, unit: Unit) -> dict[str, Any]:
        what = {
            "stale": said("the translation is older than its source"),
            "missing": said("the translation is missing"),
            "unreviewed": said("nobody has reviewed it"),
        }[unit.state]
        return {"name": unit.key or unit.path, "what": what, "critical": unit.critical, **self._place(unit.file, unit.line)}

    def _fault(self, fault: Fault) -> dict[str, Any]:
        return {
            "field": fault.field,
            "what": translated(fault.what),
            "got": translated(fault.got),
            "mend": translated(fault.mend),
            **self._place(fault.path, fault.line, fault.column),
        }

    def _place(self, path: str, line: int, column: int = 1) -> dict[str, Any]:
        return {"path": f"{path}:{line}", "href": f"vscode://file{quote(str(self._root / path))}:{line}:{column}"}


def _why(entry: Entry, day: str) -> Iterable[str]:
    """Why an editor should look at a record."""
    if entry.overdue(day):
        yield said("due for a new check since ${date}", date=entry.due_on)
    elif entry.due(day):
        yield said("due for a new check on ${date}", date=entry.due_on)
    if entry.ended:
        yield said("ended on ${date}", date=entry.ends_on)
    elif entry.ends_on and entry.ends(day, _SOON):
        yield said("ends on ${date}", date=entry.ends_on)
    if entry.doubt:
        yield said("sources disagree, or are weak")
