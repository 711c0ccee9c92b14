"""``changes/changes.json``: every fact that changed since the first edition, by day of release, in the languages of the site.

The file is part of the published site and is carried over from edition to edition: nothing in it is made anew but its newest day. Texts are
kept as they were said when the fact changed, so that what a feed has told does not change later.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date
from atlas.records.record import Record, wrong
from atlas.records.weblink import WebLink

JSON_PATH = "changes/changes.json"
VERSION = "v1"

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Texts = dict[Language, str]
"""A text by the language that it is in. Where the reader's is missing, the text has not been translated: English is shown, then Korean."""
How = Literal["changed", "added", "taken-out", "new", "closed", "gone"]
"""*added* and *taken out*: one of several values of a record; *new*, *closed* and *gone*: the record itself."""


class CitedSource(Record):
    """A source as it was when it was cited."""

    title: Texts
    url: WebLink | None
    kind: str


class Change(Record):
    """One fact that changed."""

    kind: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    id: Annotated[str, Field(min_length=1, max_length=120)]
    field: str
    """The dotted way to the value in the record; empty where the record itself is new or gone."""
    how: How
    topic: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    """The passports that it concerns (ISO 3166-1), where it concerns some only."""
    provinces: tuple[Annotated[str, Field(pattern=r"^KR-\d{2}$")], ...] = ()
    """The province of an institution (ISO 3166-2); both where it moved."""
    languages: tuple[Language, ...]
    """The languages in which what is said has changed: a corrected translation changes one of them."""
    name: Texts
    """What the record is called."""
    label: Texts
    """What of it changed."""
    old: Texts | None
    new: Texts | None
    path: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*$")]
    """The page that shows it, below the folder of the language."""
    sources: tuple[str, ...]
    """Of the new value; of a value that was taken out, its own."""
    unlinked: bool = False
    """Sources that are sites of institutions are not linked outside Korean: nothing shows that this one serves patients from abroad."""

    @property
    def key(self) -> str:
        """What it is a change of."""
        return f"{self.kind}/{self.id}/{self.field}"


class Day(Record):
    """All changes that were published with one day of release, compared with the edition before that day."""

    day: Date
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]
    sources: dict[str, CitedSource]
    """The sources of the changes by id."""
    before: dict[str, dict[str, dict[str, Any] | None]] = Field(default_factory=dict)
    """Of the newest day: the records as they stood before it, by kind and id (``null``: there was none), so that a second edition with the
    same day of release is compared with what stood before the first."""

    @model_validator(mode="after")
    def _cited(self) -> Self:
        for change in self.changes:
            if lost := set(change.sources) - self.sources.keys():
                raise wrong(f"the sources of {change.key} are not listed: {', '.join(sorted(lost))}", "Copy the published file anew.")
        return self


class History(Record):
    """All days on which facts changed, the newest first."""

    version: Literal["v1"] = "v1"
    since: Date
    """The release day of the first edition; what was before it is not known."""
    released: Date
    """The release day of the edition that published this file."""
    kinds: tuple[str, ...]
    """The kinds of record that were compared."""
    days: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.day for one in self.days]
        if any(later <= earlier for later, earlier in pairwise(days)):
            raise wrong("the days are not in order, the newest first, each once", "Copy the published file anew.")
        if days and (days[0] > self.released or days[-1] < self.since):
            raise wrong("a day lies outside the time from the first edition to this one", "Copy the published file anew.")
        return self

    def changes(self) -> Iterator[tuple[Day, Change]]:
        """Every change with its day, the newest first."""
        for day in self.days:
            for change in day.changes:
                yield day, change


def history_json(history: History) -> str:
    """The file as it is published."""
    return json.dumps(history.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
