"""Patient numbers by country, and dated events between Korea and a country."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from atlas.records.date import Date, PartialDate
from atlas.records.figure import Figures, figures_fault
from atlas.records.localised import Localised
from atlas.records.record import CountryCode, ProvinceCode, Record, Slug, SourceId


class PatientCount(Record):
    """Patients from one country in one year, as counted by the source; in one province where ``place`` is set."""

    id: Slug
    country: CountryCode
    year: Annotated[int, Field(ge=2000, le=2100)]
    patients: Annotated[int, Field(gt=0)]
    rounded: bool = False
    place: ProvinceCode | None = None
    doubt: Localised | None = None
    values: Figures = Field(default_factory=dict)
    as_of: PartialDate | None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    checked_on: Date

    @model_validator(mode="after")
    def _figures(self) -> Self:
        figures_fault((self.doubt,) if self.doubt else (), self.values)
        return self


class Event(Record):
    """Something that happened on a day or in a year."""

    id: Slug
    country: CountryCode
    date: PartialDate
    text: Localised
    values: Figures = Field(default_factory=dict)
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    checked_on: Date

    @model_validator(mode="after")
    def _figures(self) -> Self:
        figures_fault((self.text,), self.values)
        return self
