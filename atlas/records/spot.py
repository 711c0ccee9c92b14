"""Places to go besides hospitals: wellness sites, and the experiences of Korean culture that a patient or guardian can join."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from atlas.records.date import Date, PartialDate
from atlas.records.institution import Address, Line, Name
from atlas.records.localised import Localised
from atlas.records.point import FoundPoint
from atlas.records.record import (
    DistrictId,
    ExperienceKindId,
    Known,
    LanguageCode,
    ProvinceCode,
    Record,
    Slug,
    WellnessKindId,
    WellnessSiteId,
    WorkId,
    wrong,
)
from atlas.records.statement import Doubt, Sources, Statement
from atlas.records.weblink import WebLink

Month = Annotated[int, Field(ge=1, le=12)]
Year = Annotated[int, Field(ge=1990, le=2100)]


class SpotKind(Record):
    """A kind of wellness site or of experience: what a list is headed with."""

    id: Slug
    order: Annotated[int, Field(gt=0)]
    name: Localised
    """For one of them, in lower case: “hot spring”."""
    heading: Localised
    """For a list of them: “Hot springs”."""
    lead: Localised
    """One sentence under the heading."""


class Work(Record):
    """A film, drama or video that was shot at a place. Korean is its title; the others are the international titles, or our renderings."""

    id: Slug
    name: Localised


class Body(Record):
    """What a place asks of a body. Our judgement from its description; a field left out is not known, and then nothing is suggested.

    ``effort``: *seated* (little walking), *light* (easy level walking with rests), *active* (long walks, slopes, crowds or heat).
    """

    effort: Literal["seated", "light", "active"] | None = None
    indoors: bool | None = None
    steps: bool | None = None
    """Stairs or a slope that cannot be avoided."""
    heat: bool | None = None
    """Sauna, steam, hot water."""
    water: bool | None = None
    """Some part of the body goes under water."""
    alcohol: bool | None = None
    crowds: bool | None = None
    meal: bool = False
    """One goes there to eat."""
    minutes: Annotated[int, Field(gt=0)] | None = None
    """Walking time at a stretch, where a source gives it."""
    seats: bool | None = None
    toilets: bool | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.effort in {"seated", "light"} and self.steps:
            raise wrong(f"a place with stairs or a slope is not {self.effort}", "Write effort: active, or correct steps.")
        return self


class Judged(Record):
    """A remark of ours on what a place asks of a body. It has no source."""

    text: Localised


class Closed(Record):
    """The end of a place: when, why as far as a source says it, and who says so."""

    date: PartialDate
    reason: Localised | None = None
    sources: Sources


class Spot(Record):
    """What wellness sites and experiences have in common. ``province: null`` means: all over the country, or no one place."""

    id: Slug
    names: dict[LanguageCode, Name]
    province: ProvinceCode | None
    district: DistrictId | None = None
    address: Address | None = None
    point: FoundPoint | None = None
    phones: tuple[Line, ...] = ()
    website: WebLink | None = None
    body: Body = Body.model_construct()
    facts: tuple[Statement, ...] = ()
    price: tuple[Statement, ...] = ()
    open: tuple[Statement, ...] = ()
    """Opening hours, closing days, booking."""
    judged: tuple[Judged, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sources: Sources
    as_of: PartialDate | None
    """The date of the newest source; ``null``: none of them has one."""
    checked_on: Date
    closed: Closed | None = None

    @model_validator(mode="after")
    def _placed(self, info: ValidationInfo) -> Self:
        province = info.context.province_of.get(self.district or "") if isinstance(info.context, Known) else None
        if province is not None and province != self.province:
            raise wrong(f"the district {self.district} does not lie in this province", f"Write province: {province}, or another district.")
        if "ko" not in self.names:
            raise wrong("a place without a Korean name cannot be shown to a driver", "Write names.ko.")
        return self


class WellnessSite(Spot):
    """A site that the Korea Tourism Organization selected as a wellness site.

    ``listed``: *listed* (in the list read in June 2025, or among the additions of April 2025), *article* (only an article of the
    organization was seen), *earlier* (an earlier selection; whether it still holds is not known).
    """

    kinds: Annotated[tuple[WellnessKindId, ...], Field(min_length=1)]
    selected: Year | None = None
    """The year of its first selection, where a source gives it."""
    listed: Literal["listed", "article", "earlier"]
    page: WebLink | None = None
    """Its page at the Korea Tourism Organization, in Korean."""


class Experience(Spot):
    """Something to see or do. ``site``: the wellness site where it is; address, point and telephone are then those of the site."""

    kind: ExperienceKindId
    months: tuple[Month, ...] = ()
    """The months in which it is held or worth going to by its sources; empty: no months are named."""
    works: tuple[WorkId, ...] = ()
    site: WellnessSiteId | None = None

    @model_validator(mode="after")
    def _once(self) -> Self:
        if self.site and (self.address or self.point or self.phones):
            raise wrong("the place is given twice: by its wellness site, and here", "Take address, point and phones out.")
        if list(self.months) != sorted(set(self.months)):
            raise wrong("the months are not in order", "Write each month once, the first first.")
        return self
