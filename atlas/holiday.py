"""Public holidays of the Republic of Korea, on which clinics close."""

from __future__ import annotations

import re
from dataclasses import dataclass

YEARS = 3
"""For how many years after that of the release holidays are shown."""
KEPT = frozenset(
    {
        "buddha-birthday",
        "children-day",
        "christmas-day",
        "chuseok",
        "constitution-day",
        "hangul-day",
        "independence-movement-day",
        "korean-new-year",
        "labor-day",
        "liberation-day",
        "local-election-day",
        "memorial-day",
        "national-assembly-election-day",
        "national-foundation-day",
        "new-year-day",
        "presidential-election-day",
    }
)
"""The days that have a name on the pages; a day that the library adds is called a public holiday."""


@dataclass(frozen=True)
class Holiday:
    """One day off: ``day`` is YYYY-MM-DD; ``keys`` name what is kept (two where feasts meet), ``instead`` marks a substitute holiday."""

    day: str
    keys: tuple[str, ...]
    instead: bool


def public_holidays(released: str) -> tuple[Holiday, ...]:
    """The public holidays from the year of the release on, by the ``holidays`` library: its dates of lunar feasts are computed."""
    import holidays  # loaded where it is needed: `atlas check` must be quick

    first = int(released[:4])
    found = holidays.country_holidays("KR", years=range(first, first + YEARS + 1), language="en_US")
    return tuple(_holiday(day.isoformat(), name) for day, name in sorted(found.items()) if day.isoformat() >= released)


def _holiday(day: str, name: str) -> Holiday:
    instead = name.startswith("Alternative holiday for ")
    keys = tuple(_key(part.removeprefix("Alternative holiday for ")) for part in name.split("; "))
    return Holiday(day, keys, instead)


def _key(name: str) -> str:
    """The key of a name: “The day preceding Chuseok” and “The second day of Chuseok” are days of Chuseok."""
    name = re.sub(r"^The (?:day preceding|second day of) ", "", name)
    key = re.sub(r"[^a-z]+", "-", name.lower().replace("'s", "")).strip("-")
    return f"holiday-{key}" if key in KEPT else "holiday-other"
