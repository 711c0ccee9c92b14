"""The decision table of entry: from a case to one outcome."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date
from atlas.records.figure import Figures, figures_fault
from atlas.records.localised import Localised
from atlas.records.record import ChecklistId, CountryListId, FeeId, OutcomeId, Record, Slug, SourceId, SubjectId
from atlas.records.rule import Aspect

Stay = Literal["30", "60", "90", "365", "more"]
"""The days that one will stay: up to 30, 31 to 60, 61 to 90, 91 to 365, more."""
Purpose = Literal["check", "outpatient", "inpatient", "long"]
"""Consultation or check-up; outpatient procedure; surgery or inpatient care; long treatment or rehabilitation."""
Who = Literal["patient", "family", "other"]
Route = Literal["direct", "jeju", "transit", "group"]
Where = Literal["abroad", "korea"]
Door = Literal[
    "none", "jeju", "transit", "airside", "china-group", "china-group-ended", "indonesia-group", "indonesia-group-ended", "group-visa"
]
"""A special way in that is open to this passport, by this route, for this stay."""


class When(Record):
    """What a row asks; what is left out may be anything."""

    where: tuple[Where, ...] | None = None
    stay: tuple[Stay, ...] | None = None
    purpose: tuple[Purpose, ...] | None = None
    who: tuple[Who, ...] | None = None
    status: tuple[Literal["b-1", "b-2-1", "none"], ...] | None = None
    """The visa-free status of the passport."""
    fits: bool | None = None
    """Whether the whole stay fits into the visa-free days."""
    door: tuple[Door, ...] | None = None
    invitation: bool | None = None
    """Whether the certificate and the e-visa are open to the passport."""
    centre: bool | None = None
    """Whether papers of this passport are taken at a visa centre only."""
    long_free: bool | None = None
    """Whether the visa-free days go beyond a short stay, and the stay asked for goes beyond them."""


class Decision(Record):
    """One row: when all that it asks is so, its outcome is the answer. Exactly one row fits each case."""

    id: Slug
    outcome: OutcomeId
    when: When


class Show(Record):
    """Which statements of a subject an outcome prints."""

    of: SubjectId
    aspects: Annotated[tuple[Aspect, ...], Field(min_length=1)]


class Outcome(Record):
    """What applies, in one line; under which condition, in the next; and what else belongs to it."""

    id: Slug
    order: int
    subject: SubjectId
    """The status or scheme that applies, whose page has all of it."""
    answer: Localised
    condition: Localised
    values: Figures = Field(default_factory=dict)
    shows: tuple[Show, ...]
    checklists: tuple[ChecklistId, ...] = ()
    fees: tuple[FeeId, ...] = ()
    alternatives: tuple[OutcomeId, ...] = ()
    rests_on: CountryListId | None = None
    """The list of passports whose dates bind it."""
    checked_on: Date
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _figures(self) -> Self:
        figures_fault((self.answer, self.condition), self.values)
        return self
