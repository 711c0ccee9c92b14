"""Schemes of accreditation and designation."""

from __future__ import annotations

from typing import Literal

from atlas.records.date import Date
from atlas.records.localised import Localised
from atlas.records.record import Record, Slug, SourceId
from atlas.records.statement import Statement


class Scheme(Record):
    """A scheme that gives institutions a mark or a status."""

    id: Slug
    order: int
    name: Localised
    short: str | None = None
    run_by: Localised
    level: Literal["accredited", "designated"]
    about_foreign_patients: bool
    what: Localised
    """What it checks or stands for."""
    what_not: Localised
    """What it does not say."""
    facts: tuple[Statement, ...] = ()
    sources: tuple[SourceId, ...]
    checked_on: Date
