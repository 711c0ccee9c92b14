"""Which records are due for a new check, which have ended, and what ends soon: the ledger of all facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from atlas.atlas import Atlas
from atlas.records.date import last_day
from atlas.records.period import Period, current, following

KINDS: tuple[tuple[str, str], ...] = (
    ("institution", "institutions"),
    ("treatment", "treatments"),
    ("scheme", "schemes"),
    ("rule", "rules"),
    ("helpline", "helplines"),
    ("country", "countries"),
    ("country-list", "country_lists"),
    ("entry-rule", "entry_rules"),
    ("checklist", "checklists"),
    ("fee", "fees"),
    ("outcome", "outcomes"),
    ("notice", "notices"),
    ("patient-count", "patient_counts"),
    ("event", "events"),
    ("fact", "facts"),
    ("series", "series"),
    ("wellness-site", "wellness_sites"),
    ("experience", "experiences"),
    ("round", "rounds"),
    ("cluster", "clusters"),
    ("special-zone", "special_zones"),
    ("airport", "airports"),
    ("programme", "programmes"),
    ("advice", "advice"),
)
"""The kinds of record that are checked again and again, and where an atlas holds them."""

NOTICE_DAYS = (30, 14, 3)
"""How many days before its end a statement is announced."""


@dataclass(frozen=True)
class Entry:
    """One record in the ledger."""

    kind: str
    id: str
    checked_on: str
    due_on: str
    """The day from which it is overdue."""
    ends_on: str | None
    """The last day of what holds now, of an institution the next last day of its evidence; ``None``: no end is known."""
    ended: bool
    """Whether its last day is over and nothing is known after it."""
    doubt: bool

    def overdue(self, day: str) -> bool:
        """Whether the check is overdue on ``day``."""
        return self.due_on <= day

    def due(self, day: str) -> bool:
        """Whether the check falls due within 30 days after ``day``."""
        return not self.overdue(day) and self.due_on <= _after(day, 30)

    def ends(self, day: str, within: int) -> bool:
        """Whether it ends from ``day`` on, within so many days."""
        return self.ends_on is not None and day <= self.ends_on <= _after(day, within)


def ledger(atlas: Atlas, day: str) -> tuple[Entry, ...]:
    """Every record that is checked, as it stands on ``day`` (``YYYY-MM-DD``)."""
    return tuple(
        _entry(kind, record_id, record, atlas.site.check_days[kind], day)  # type: ignore[index]  # the keys are those of KINDS
        for kind, name in KINDS
        for record_id, record in _records(atlas, name).items()
    )


def _records(atlas: Atlas, name: str) -> Mapping[str, Any]:
    records: Mapping[str, Any] = getattr(atlas, name)
    return records


def _entry(kind: str, record_id: str, record: Any, days: int, day: str) -> Entry:
    periods: Sequence[Period] = getattr(record, "entry" if kind == "country" else "periods", ())
    checked_on, ends_on, ended = getattr(record, "checked_on", ""), None, False
    if periods:
        now = current(periods, day)
        checked_on = now.checked_on
        ends_on = now.last if now.valid_to else None
        ended = now.last < day and not following(periods, day)
    if kind == "institution":
        ends_on = min(
            (last_day(item.valid_to) for item in record.evidence if item.valid_to and last_day(item.valid_to) >= day), default=None
        )
    return Entry(kind, record_id, checked_on, _after(checked_on, days), ends_on, ended, _in_doubt(kind, record, day))


def _in_doubt(kind: str, record: Any, day: str) -> bool:
    """Whether sources disagree on a record, or are weak."""
    if kind == "institution":
        return bool(record.conflicts) or record.confidence == "low"
    if kind == "notice":
        return bool(record.kind != "local")
    if kind == "country-list":
        return bool(current(record.periods, day).less_sure)
    return bool(getattr(record, "doubt", None) or getattr(record, "doubts", None))


def _after(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def overdue(atlas: Atlas, today: str) -> Iterator[Entry]:
    """What should have been checked again by ``today``, the oldest first."""
    yield from sorted((entry for entry in ledger(atlas, today) if entry.overdue(today)), key=lambda entry: entry.due_on)


def ending(atlas: Atlas, today: str, *, within: int) -> Iterator[Entry]:
    """What ends from ``today`` on, within so many days, the next first."""
    found = (entry for entry in ledger(atlas, today) if entry.ends(today, within))
    yield from sorted(found, key=lambda entry: (entry.ends_on or "", entry.kind, entry.id))


def calendar(atlas: Atlas, today: str) -> Iterator[str]:
    """What an editor must look at, one line each: what ends within 3, 14 and 30 days, what is overdue."""
    told: set[tuple[str, str]] = set()
    for days in sorted(NOTICE_DAYS):
        for entry in ending(atlas, today, within=days):
            if (entry.kind, entry.id) not in told:
                told.add((entry.kind, entry.id))
                yield f"Ends within {days} days, on {entry.ends_on}: {entry.kind} {entry.id}."
    for entry in overdue(atlas, today):
        yield f"Due for a new check since {entry.due_on}: {entry.kind} {entry.id}."
