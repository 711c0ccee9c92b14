"""Calendar files (RFC 5545) of all-day events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One all-day event: ``day`` is YYYY-MM-DD, ``key`` makes its identifier."""

    day: str
    key: str
    summary: str
    description: str = ""


def calendar_file(name: str, language: str, entries: Iterable[Entry], stamped: str) -> str:
    """A calendar as text with CRLF line ends; ``stamped`` (YYYY-MM-DD) is the day it speaks from, so that equal input gives equal bytes."""
    from icalendar import Calendar, Event  # loaded where it is needed: `atlas check` must be quick

    calendar = Calendar()
    calendar.add("prodid", "-//Korea Care Atlas//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    stamp = dt.datetime.fromisoformat(f"{stamped}T00:00:00+00:00")
    for entry in entries:
        day = dt.date.fromisoformat(entry.day)
        event = Event()
        event.add("uid", f"{entry.key}-{entry.day}@korea-care-atlas.example")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("summary", entry.summary, parameters={"language": language})
        if entry.description:
            event.add("description", entry.description, parameters={"language": language})
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text
