"""What one passport may do on one day: read from the country's own record and from the lists of countries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from atlas.atlas import Atlas
from atlas.records.country import CountryList, EntryPeriod, ListPeriod
from atlas.records.period import current, shown

BANDS = {"30": (1, 30), "60": (31, 60), "90": (61, 90), "365": (91, 365), "more": (366, 10**6)}
"""The days of each length of stay that one can choose: from, to."""

Membership = Literal["yes", "less-sure", "ended", "no"]


@dataclass(frozen=True)
class Passport:
    """An ordinary passport of ``country`` on ``day``."""

    country: str
    day: str
    entry: EntryPeriod
    lists: Mapping[str, Membership]

    @property
    def status(self) -> str:
        """``b-1``, ``b-2-1`` or ``none``."""
        return self.entry.status or "none"

    def on(self, list_id: str) -> Membership:
        """Whether the passport is on a list: *yes*, by secondary sources only, not any more as far as is known, or not."""
        return self.lists[list_id]

    def holds(self, list_id: str) -> bool:
        """Whether the passport is on a list now, be it by secondary sources only."""
        return self.on(list_id) in {"yes", "less-sure"}

    def fits(self, stay: str) -> bool:
        """Whether every length of this band fits into the visa-free days."""
        return BANDS[stay][1] <= self.entry.days


def passport(atlas: Atlas, country: str, day: str) -> Passport:
    """The passport of ``country`` (ISO 3166-1) on ``day`` (``YYYY-MM-DD``)."""
    entry = current(atlas.countries[country].entry, day)
    lists = {key: membership(found, country, day) for key, found in atlas.country_lists.items()}
    return Passport(country, day, entry, lists)


def membership(found: CountryList, country: str, day: str) -> Membership:
    """Whether ``country`` is on the list on ``day``."""
    period = list_period(found, day)
    if period is None or country not in period.everyone:
        return "no"
    if period.last < day:
        return "ended"
    return "less-sure" if country in period.less_sure else "yes"


def last_day_on(found: CountryList, country: str, day: str) -> str | None:
    """Until when ``country`` stays on the list without a break from ``day`` on, as precise as given; ``None``: no end is known."""
    until = None
    for period in shown(found.periods, day):
        if country not in period.everyone:
            break
        until = period.valid_to
    return until


def list_period(found: CountryList, day: str) -> ListPeriod | None:
    """The period of a list that holds on ``day``, or the last that ended before it; ``None`` before the first begins."""
    period = current(found.periods, day)
    return period if period.first <= day else None
