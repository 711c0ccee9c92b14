"""Clusters, special zones, airports and programmes: what public bodies have set up in a region."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date, PartialDate
from atlas.records.localised import Localised
from atlas.records.point import Centre, Point
from atlas.records.record import (
    AirportId,
    InstitutionId,
    LanguageCode,
    ProvinceCode,
    Record,
    RoundId,
    Slug,
    WellnessSiteId,
    wrong,
)
from atlas.records.statement import Doubt, Sources, Statement

ClusterKind = Literal["medical", "wellness"]


class Round(Record):
    """One round of the state's cluster scheme: first and last year, the day on which its regions were chosen."""

    id: Slug
    name: Localised
    own_name: tuple[LanguageCode, ...] = ()
    """The languages in which the name is our rendering."""
    first: PartialDate
    last: PartialDate
    chosen: PartialDate
    run_by: Localised
    facts: Annotated[tuple[Statement, ...], Field(min_length=1)]
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    as_of: PartialDate | None
    checked_on: Date


class Designation(Record):
    """When a region was named a cluster, in which round, and of which type. ``older``: under the scheme before 2023."""

    year: PartialDate
    kind: ClusterKind
    round: RoundId | None = None
    older: bool = False
    partners: Localised | None = None
    provinces: tuple[ProvinceCode, ...] = ()
    """Provinces that were partners then and are none today."""
    areas: Localised | None = None
    sources: Sources

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.older == (self.round is not None):
            raise wrong("a designation belongs to a round, or to the older scheme", "Name the round, or write older: true.")
        return self


class Anchor(Record):
    """An institution that sources name with a cluster. ``name`` where it has no record of its own."""

    institution: InstitutionId | None = None
    name: Localised | None = None
    note: Localised | None = None
    sources: Sources

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.institution is None) == (self.name is None):
            raise wrong("an anchor is an institution with a record, or a name", "Write institution, or name.")
        return self


class Cluster(Record):
    """A region that the state supports as a cluster of medical or wellness tourism."""

    id: Slug
    name: Localised
    provinces: Annotated[tuple[ProvinceCode, ...], Field(min_length=1)]
    """Where it is today; partners of earlier rounds stand at their designation."""
    designations: Annotated[tuple[Designation, ...], Field(min_length=1)]
    run_by: tuple[Statement, ...] = ()
    purpose: Annotated[tuple[Statement, ...], Field(min_length=1)]
    money: tuple[Statement, ...] = ()
    facts: tuple[Statement, ...] = ()
    transfer: tuple[Statement, ...] = ()
    """How patients are met and brought to the hospital."""
    anchors: tuple[Anchor, ...] = ()
    sites: tuple[WellnessSiteId, ...] = ()
    airports: tuple[AirportId, ...] = ()
    centre: Centre
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    as_of: PartialDate | None
    checked_on: Date


class SpecialZone(Record):
    """A special zone or street for medical tourism, set up by a district, a city or a public corporation."""

    id: Slug
    name: Localised
    own_name: tuple[LanguageCode, ...] = ()
    province: ProvinceCode
    designated: PartialDate | None = None
    applied: PartialDate | None = None
    """When it asked to be designated; whether it was is then not known."""
    anchors: tuple[Anchor, ...] = ()
    facts: tuple[Statement, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    as_of: PartialDate | None
    checked_on: Date


class Airport(Record):
    """An airport, by its IATA code in lower case."""

    id: Annotated[str, Field(pattern=r"^[a-z]{3}$")]
    name: Localised
    province: ProvinceCode
    point: Point
    serves: Annotated[tuple[ProvinceCode, ...], Field(min_length=1)]
    """The provinces for which it is the nearest airport, or one of them."""
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    checked_on: Date


class Programme(Record):
    """Something that public bodies do for patients from abroad, or have done."""

    id: Slug
    name: Localised
    facts: Annotated[tuple[Statement, ...], Field(min_length=1)]
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    as_of: PartialDate | None
    checked_on: Date
