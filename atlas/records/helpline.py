"""Numbers to call in Korea."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from atlas.records.date import Date, PartialDate
from atlas.records.localised import Localised
from atlas.records.record import LanguageCode, Record, Slug, SourceId


class Helpline(Record):
    """A public line, as dialled in Korea: ``119``, ``1577-7129``."""

    id: Slug
    order: int
    number: Annotated[str, Field(pattern=r"^[0-9]{3,4}(-[0-9]{4})?$")]
    name: Localised
    """What it is for, in a few words."""
    detail: Localised
    """Hours and interpreting, as the sources say."""
    languages: tuple[LanguageCode, ...] = ()
    footer: bool = False
    """Shown at the foot of every page."""
    for_clinics: bool = False
    """Helps to find or judge an institution: shown where no desk is known."""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    as_of: PartialDate | None
    checked_on: Date
