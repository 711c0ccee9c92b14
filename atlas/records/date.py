"""Dates as precise as the source gives them (ISO 8601, reduced precision allowed)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from atlas.records.record import wrong

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _checked(value: str) -> str:
    match = _FORM.fullmatch(value)
    if not match:
        raise wrong("this is not a date", "Write YYYY-MM-DD, YYYY-MM or YYYY.")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    if not 1000 <= year < 2200:
        raise wrong("this year cannot be meant", "Correct it: years are from 1000 to 2199.")
    try:
        dt.date(year, month, day)
    except ValueError:
        raise wrong("this date does not exist", "Look it up in a calendar and write YYYY-MM-DD.") from None
    return value


def is_date(value: str) -> bool:
    """Whether ``value`` is a date of this century or the last, as precise as it is given."""
    try:
        return "1900" <= _checked(value)[:4] < "2100"
    except PydanticCustomError:
        return False


def _full(value: str) -> str:
    if len(_checked(value)) != 10:
        raise wrong("the day is missing", "Write the full date, YYYY-MM-DD.")
    return value


def _year_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999 else value


PartialDate = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_checked)]
"""``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

Date = Annotated[str, AfterValidator(_full)]
"""``YYYY-MM-DD``."""


def last_day(value: str) -> str:
    """The last day that ``value`` covers: ``2026`` → ``2026-12-31``, ``2026-02`` → ``2026-02-28``."""
    parts = [int(part) for part in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    if len(parts) == 3:
        return value
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).isoformat()


def period_fault(valid_from: str | None, valid_to: str | None) -> None:
    """Raises when a period ends before it begins."""
    if valid_from and valid_to and last_day(valid_to) < valid_from:
        raise wrong(
            f"the period is upside down: it ends ({valid_to}) before it begins ({valid_from})",
            "Swap or correct the two dates.",
        )
