"""Who says so."""

from __future__ import annotations

from typing import Literal

from atlas.records.date import Date, PartialDate
from atlas.records.localised import Localised
from atlas.records.record import LanguageCode, Record, Slug
from atlas.records.weblink import WebLink

SourceKind = Literal[
    "institution",
    "government",
    "public-body",
    "association",
    "press",
    "agency",
    "directory",
    "research",
    "encyclopedia",
    "public-code",
    "embassy",
]


class Source(Record):
    """A page, paper or data set that a fact rests on."""

    id: Slug
    url: WebLink | None
    """``null``: the address is not known."""
    title: Localised
    """A short description in our words."""
    publisher: Localised
    kind: SourceKind
    language: LanguageCode | None
    """The language that the source is written in; ``null``: not known."""
    published: PartialDate | None
    """``null``: no date is printed on it."""
    accessed: Date
    archived: WebLink | None = None
    copied: Literal["machine", "republished", "unattributed"] | None = None
    """Set when what was read is a machine translation, somebody's copy of another's data, or has no named author."""
