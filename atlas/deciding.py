"""From a case to its outcome: the decision table of ``data/entry/decisions.yaml``, read once.

A case is a passport on a day and five answers. Exactly one row fits each case; the build stops where that is not so.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import NamedTuple, get_args

from atlas.atlas import Atlas
from atlas.passport import BANDS, Passport, list_period
from atlas.records.decision import Purpose, Route, Stay, When, Where, Who


class Answers(NamedTuple):
    """What the checker asks, in its order."""

    where: str
    stay: str
    purpose: str
    who: str
    route: str


ANSWERS = tuple(
    Answers(*found) for found in itertools.product(get_args(Where), get_args(Stay), get_args(Purpose), get_args(Who), get_args(Route))
)
"""Every combination, in the order in which the browser counts them."""
PLACES = {answers: place for place, answers in enumerate(ANSWERS)}
"""The place of each combination in that order."""

_Facts = tuple[str, str, str, str, str, bool, str, bool, bool, bool]
"""What a row can ask, in the order of the fields of :class:`~atlas.records.decision.When`."""


_GROUPS = ("china-group", "indonesia-group")
_LISTS = (
    "jeju-visa-free",
    "jeju-closed",
    "transit-third-country",
    "transit-closed",
    "airside-visa",
    "invitation-closed",
    "centre-only",
    *_GROUPS,
)
"""The lists of countries on which a decision can turn."""


SHORT_STAY = BANDS["90"][1]
"""The longest short stay, in days."""


class Table:
    """The decision table of an atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._rows = tuple(atlas.decisions.values())
        self._found: dict[_Facts, tuple[str, ...]] = {}
        self._outcomes: dict[tuple[object, ...], tuple[str, ...]] = {}

    def rows(self, holder: Passport, answers: Answers) -> tuple[str, ...]:
        """The ids of the rows that fit a case."""
        facts = self._facts(holder, answers)
        if facts not in self._found:
            self._found[facts] = tuple(row.id for row in self._rows if _fits(row.when, facts))
        return self._found[facts]

    def outcome(self, holder: Passport, answers: Answers) -> str:
        """The id of the outcome of a case."""
        (row,) = self.rows(holder, answers)
        return self._atlas.decisions[row].outcome

    def outcomes(self, holder: Passport) -> tuple[str, ...]:
        """The outcome of every combination of answers, in the order of :data:`ANSWERS`."""
        key = self.key(holder)
        if key not in self._outcomes:
            self._outcomes[key] = tuple(self.outcome(holder, answers) for answers in ANSWERS)
        return self._outcomes[key]

    def key(self, holder: Passport) -> tuple[object, ...]:
        """What two passports have in common when all their outcomes are the same."""
        return (
            holder.status,
            holder.entry.days,
            *(holder.on(name) for name in _LISTS),
            *(self._days(name, holder.day) for name in _LISTS),
        )

    def _facts(self, holder: Passport, answers: Answers) -> _Facts:
        return (
            answers.where,
            answers.stay,
            answers.purpose,
            answers.who,
            holder.status,
            holder.fits(answers.stay),
            self._door(holder, answers),
            not holder.holds("invitation-closed"),
            holder.holds("centre-only"),
            SHORT_STAY < holder.entry.days < BANDS[answers.stay][1],
        )

    def _door(self, holder: Passport, answers: Answers) -> str:
        """The special way in that is open. Who enters visa-free anyway needs none."""
        if answers.where == "korea" or holder.status != "none":
            return "none"
        first = BANDS[answers.stay][0]
        if answers.route == "jeju":
            open_ = holder.holds("jeju-visa-free") and not holder.holds("jeju-closed")
            return "jeju" if open_ and first <= self._days("jeju-visa-free", holder.day) else "none"
        if answers.route == "transit" and first <= self._days("transit-third-country", holder.day):
            if holder.holds("airside-visa"):
                return "airside"
            return "none" if holder.holds("transit-closed") else "transit"
        if answers.route == "group":
            for name in _GROUPS:
                if holder.holds(name) and first <= self._days(name, holder.day):
                    return name
                if holder.on(name) == "ended" and answers.stay == "30":
                    return f"{name}-ended"
            return "group-visa" if answers.stay == "30" else "none"
        return "none"

    def _days(self, list_id: str, day: str) -> int:
        """How many days a list gives on ``day``; none when it has ended."""
        period = list_period(self._atlas.country_lists[list_id], day)
        return period.days or 0 if period and period.covers(day) else 0


def _fits(when: When, facts: _Facts) -> bool:
    for asked, fact in zip(
        (when.where, when.stay, when.purpose, when.who, when.status, when.fits, when.door, when.invitation, when.centre, when.long_free),
        facts,
        strict=True,
    ):
        if asked is None:
            continue
        if fact not in asked if isinstance(asked, tuple) else fact is not asked:
            return False
    return True


def turning_days(atlas: Atlas) -> tuple[str, ...]:
    """The day that the pages speak from, and every day on which a rule about a passport begins, ends, or has just ended."""
    days = {atlas.site.released}
    periods = [period for country in atlas.countries.values() for period in country.entry]
    for found in atlas.country_lists.values():
        periods += found.periods  # type: ignore[arg-type]  # only the days are read
    for period in periods:
        days |= {period.first, period.last}
        if period.valid_to:
            days.add((dt.date.fromisoformat(period.last) + dt.timedelta(days=1)).isoformat())
    return tuple(sorted(day for day in days if "2000" < day < "9999"))
