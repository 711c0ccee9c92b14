"""A new passport: a row of the table of countries, at its place in the order of codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from atlas.drafting.draft import Draft, sequence

FILE = "data/entry/countries.yaml"
_ROW = re.compile(r"^[\"']?([A-Z]{2})[\"']?:", re.MULTILINE)


@dataclass(frozen=True)
class Country:
    """What is known of it: its ISO 3166-1 code, and how one enters on its ordinary passport; ``days`` 0: with a visa."""

    id: str
    checked_on: str
    status: str = ""
    days: int | None = None
    sources: Sequence[str] = ()
    as_of: str = ""


def country(given: Country, table: str) -> tuple[Draft, str]:
    """The row, and the whole table with it."""
    after = [match for match in _ROW.finditer(table) if match[1] < given.id]
    first = [match for match in _ROW.finditer(table) if match[1] > given.id]
    place = first[0].start() if first else len(table)
    if not first and after and not table.endswith("\n"):
        table, place = table + "\n", place + 1
    draft = Draft(FILE, first=table.count("\n", 0, place) + 1)
    code = f'"{given.id}"' if given.id == "NO" else given.id
    draft.line(f"{code}:")
    draft.line("  entry:")
    if given.days == 0:
        draft.line("  - status: null")
    else:
        what = "b-1 (visa-free by an agreement), b-2-1 (by a decision of Korea), or null (a visa is needed, days: 0)"
        draft.either("  - status:", given.status, "entry.0.status", what)
    days = "" if given.days is None else str(given.days)
    draft.either("    days:", days, "entry.0.days", "how many days for each entry; 0 where a visa is needed")
    as_of = f'"{given.as_of}"' if given.as_of else ""
    draft.either("    as_of:", as_of, "entry.0.as_of", 'the date of the newest source, in quotes: "2026-11", or null')
    draft.either("    sources:", sequence(given.sources), "entry.0.sources", "ids from data/sources/: who says so")
    draft.line(f'    checked_on: "{given.checked_on}"')
    draft.then = ["atlas check", f"atlas new page from/{given.id.lower()}"]
    return draft, table[:place] + draft.text + table[place:]
