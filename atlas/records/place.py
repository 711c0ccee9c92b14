"""Provinces (ISO 3166-2) and the cities, counties and districts below them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from atlas.records.localised import Localised
from atlas.records.point import Centre
from atlas.records.record import ProvinceCode, Record, Slug, SourceId
from atlas.records.statement import Doubt

NameBasis = Literal["official", "established", "own"]


class Province(Record):
    """One of the 17 provinces and metropolitan cities."""

    id: Annotated[str, Field(pattern=r"^KR-[0-9]{2}$")]
    """ISO 3166-2:KR."""
    slug: Slug
    name: Localised
    short: Localised
    in_place: Localised
    """With the preposition and case that the language needs: «в Сеуле», “in Seoul”."""
    basis: dict[str, NameBasis]
    """Where the name in each language comes from; the Korean name is official."""
    sources: tuple[SourceId, ...]
    centre: Centre | None = None
    """Where patients stay, for a province that is the base of gentle days without being a cluster."""
    doubts: tuple[Doubt, ...] = ()


class District(Record):
    """A city, county or district that addresses name."""

    id: Slug
    province: ProvinceCode
    name: Localised
    """With its city: “Bundang-gu, Seongnam”."""
    in_province: Localised
    """As it stands under the heading of its province."""
    drawn_in: ProvinceCode | None = None
    """The province in which the outlines still show it, where it has changed since."""
