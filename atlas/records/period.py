"""What is true for a time: since when, until when, who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from atlas.records.date import Date, PartialDate, last_day, period_fault
from atlas.records.record import Record, SourceId, wrong


class Period(Record):
    """From the first moment of ``valid_from`` to the last of ``valid_to``, Korean time."""

    valid_from: PartialDate | None = None
    """``null``: since before anybody asks."""
    valid_to: PartialDate | None = None
    """``null``: no source names an end."""
    as_of: PartialDate | None
    """The date of the newest source; ``null``: the source has none."""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    checked_on: Date

    @model_validator(mode="after")
    def _right_way_up(self) -> Self:
        period_fault(self.valid_from, self.valid_to)
        return self

    @property
    def first(self) -> str:
        """Its first day, or the earliest there is."""
        return first_day(self.valid_from) if self.valid_from else "0001-01-01"

    @property
    def last(self) -> str:
        """Its last day, or the latest there is."""
        return last_day(self.valid_to) if self.valid_to else "9999-12-31"

    def covers(self, day: str) -> bool:
        """Whether it is valid on ``day`` (``YYYY-MM-DD``)."""
        return self.first <= day <= self.last


P = TypeVar("P", bound=Period)


def first_day(value: str) -> str:
    """The first day that ``value`` covers: ``2026`` → ``2026-01-01``."""
    return value + "-01" * (3 - len(value.split("-")))


def in_order(periods: tuple[P, ...]) -> tuple[P, ...]:
    """``periods``, each beginning the day after the one before ends. Raises when two overlap or leave a gap."""
    for before, after in pairwise(periods):
        if before.last >= after.first:
            raise wrong(
                f"two periods hold for one day: the first lasts until {before.valid_to or 'further notice'}, "
                f"the next begins on {after.valid_from or 'no day that is named'}",
                "End the first on the day before the second begins.",
            )
        following = (dt.date.fromisoformat(before.last) + dt.timedelta(days=1)).isoformat()
        if following != after.first:
            raise wrong(
                f"there is a gap: nothing holds from {following} until the next period begins on {after.first}",
                "Correct the dates, or write a period for the days between.",
            )
    return periods


def current(periods: Sequence[P], day: str) -> P:
    """The period that holds on ``day``, or the last that ended before it, or the first that is to come."""
    begun = [period for period in periods if period.first <= day]
    return begun[-1] if begun else periods[0]


def shown(periods: Sequence[P], day: str) -> tuple[P, ...]:
    """What a page of ``day`` prints: the current period and those to come."""
    now = current(periods, day)
    return (now, *(later for later in following(periods, day) if later is not now))


def following(periods: Sequence[P], day: str) -> tuple[P, ...]:
    """The periods that begin after ``day``."""
    return tuple(period for period in periods if period.first > day)
