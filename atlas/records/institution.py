"""Hospitals and clinics."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from atlas.records.date import Date, PartialDate
from atlas.records.evidence import Evidence
from atlas.records.hours import Hours
from atlas.records.localised import Localised
from atlas.records.phone import Phone
from atlas.records.place import NameBasis
from atlas.records.point import Point
from atlas.records.record import (
    DistrictId,
    InstitutionKindId,
    Known,
    LanguageCode,
    ProvinceCode,
    Record,
    Slug,
    SpecialtyId,
    wrong,
)
from atlas.records.statement import OpenSources, Sources, Statement
from atlas.records.weblink import WebLink


class Name(Record):
    """A name in one language. *own*: our rendering, marked as such on the page."""

    text: Annotated[str, Field(min_length=1)]
    basis: NameBasis
    sources: OpenSources = ()

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.basis != "own" and not self.sources:
            raise wrong(f"a name that is {self.basis} needs a source", "Name the source, or set basis: own.")
        return self


class Address(Record):
    """The postal address, in the languages in which a source prints it."""

    text: Localised
    sources: Sources


class Line(Record):
    """A telephone line. ``weak``: seen only in code files, compiled lists or old pages; the page says so."""

    number: Phone
    purpose: Localised | None = None
    sources: Sources
    weak: bool = False


class Website(Record):
    """A page on the web. ``weak`` as for lines."""

    url: WebLink
    sources: Sources
    weak: bool = False


class Mailbox(Record):
    """An e-mail address."""

    address: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    sources: Sources


class Spoken(Record):
    """Languages in which the international desk serves patients, by ISO 639-1 code."""

    codes: tuple[LanguageCode, ...]
    sources: Sources
    weak: bool = False


class Remark(Record):
    """A remark on one part of the record, for the reader."""

    about: Literal["phone", "email", "website", "page", "languages", "hours", "name", "address", "general"]
    text: Localised
    sources: OpenSources = ()


class Desk(Record):
    """The desk for patients from abroad: what is known of it."""

    page: Website | None = None
    phones: tuple[Line, ...] = ()
    email: Mailbox | None = None
    languages: Spoken | None = None
    hours: Hours | None = None


class Departments(Record):
    """Departments on the licence."""

    codes: tuple[SpecialtyId, ...]
    as_of: PartialDate
    sources: Sources


class Beds(Record):
    """Number of beds, on the day named."""

    number: Annotated[int, Field(gt=0)]
    as_of: PartialDate
    sources: Sources


class Dated(Record):
    """A day, month or year, and who gives it. No source: one of those of the record, the research does not say which."""

    date: PartialDate
    sources: OpenSources


class Closing(Record):
    """The end of an institution: when, why as far as a source says it, and who says so."""

    date: PartialDate
    reason: Localised | None = None
    sources: Sources


class Version(Record):
    """One of several values that sources give."""

    value: str
    sources: OpenSources = ()


class Conflict(Record):
    """Sources that differ: what each says, and the one that the page prints (``null``: none)."""

    about: Literal["phone", "website", "page", "languages", "hours", "beds", "address", "deposit"]
    versions: tuple[Version, ...]
    printed: str | None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.printed is not None and self.printed not in {version.value for version in self.versions}:
            raise wrong(f"the printed value ({self.printed}) is not one of the versions", "Print one of them, or write printed: null.")
        if self.about == "beds" and not all(version.value.isdigit() for version in self.versions):
            raise wrong("a number of beds is not a number", "Write digits only, in quotes.")
        return self


class Institution(Record):
    """One hospital or clinic.

    Names are by language; ``ko`` is what a taxi driver reads. ``reports`` are sources, other than the institution itself,
    that say it treats patients from abroad. ``checked_on`` is the day on which the record was compared with its sources,
    ``as_of`` the date of the newest of them.
    """

    id: Slug
    kind: InstitutionKindId
    names: dict[LanguageCode, Name]
    province: ProvinceCode | None
    """``null``: not found in any source."""
    district: DistrictId | None = None
    address: Address | None = None
    point: Point | None = None
    main_line: Line | None = None
    website: Website | None = None
    desk: Desk = Desk.model_construct()
    specialties: tuple[SpecialtyId, ...]
    """What sources stress; the sources are those of the record."""
    departments: Departments | None = None
    beds: Beds | None = None
    licensed: Dated | None = None
    opened: Dated | None = None
    evidence: tuple[Evidence, ...] = ()
    reports: OpenSources = ()
    facts: tuple[Statement, ...] = ()
    remarks: tuple[Remark, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    sources: Sources
    """All sources of the record that are not named at a field as well."""
    confidence: Literal["high", "medium", "low"]
    as_of: PartialDate | None
    checked_on: Date
    closed: Closing | None = None

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        province = info.context.province_of.get(self.district or "") if isinstance(info.context, Known) else None
        if province is not None and province != self.province:
            raise wrong(f"the district {self.district} does not lie in this province", f"Write province: {province}, or another district.")
        if not self.names:
            raise wrong("an institution without a name", "Write at least the Korean name under names.ko.")
        return self

    @property
    def serves_foreigners_unknown(self) -> bool:
        """Whether nothing was found that says it serves patients from abroad: then its level of evidence is *unknown*."""
        return not self.reports and not any(
            not item.weak and (item.level in {"registered", "self-declared"} or item.scheme in ABROAD) for item in self.evidence
        )


ABROAD = frozenset({"kahf", "moj-excellent", "gha"})
"""Schemes that are about serving patients from abroad; the others speak of the institution in general."""
