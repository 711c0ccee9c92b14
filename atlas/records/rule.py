"""Rules of law and other dated statements, with their figures apart from the words."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from atlas.records.figure import Figures, figures_fault
from atlas.records.localised import Localised
from atlas.records.period import Period, in_order
from atlas.records.record import CountryCode, Record, Slug, SpecialtyId, SubjectId


class FiguredPeriod(Period):
    """A period with the figures that hold in it."""

    values: Figures = Field(default_factory=dict)


FiguredPeriods = Annotated[tuple[FiguredPeriod, ...], Field(min_length=1), AfterValidator(in_order)]


class Statement(Record):
    """A statement whose words stay and whose figures change by period: ``text`` names its figures as ``{name}``."""

    id: Slug
    order: int
    text: Localised
    doubt: Localised | None = None
    periods: FiguredPeriods

    @model_validator(mode="after")
    def _figures(self) -> Self:
        texts = (self.text,) if self.doubt is None else (self.text, self.doubt)
        for period in self.periods:
            figures_fault(texts, period.values)
        return self


class Rule(Statement):
    """One rule about institutions and agents that attract patients from abroad, or about what patients pay."""

    topic: Literal["registration", "agents", "commission", "penalty", "count", "help", "tax"]
    specialties: tuple[SpecialtyId, ...] = ()
    """Set where it concerns treatments of some fields: it shows on their pages."""


Aspect = Literal[
    "who",
    "exempt",
    "not-for",
    "forbidden",
    "stay",
    "entries",
    "apply",
    "conditions",
    "companions",
    "fee",
    "time",
    "validity",
    "file",
    "officer",
    "work",
    "extend",
    "change",
    "register",
    "note",
    "history",
    "unknown",
]
"""What a statement about entry is about."""
ASPECTS: tuple[str, ...] = get_args(Aspect)
"""All of them, in the order of the page."""


class EntryRule(Statement):
    """One statement about a status of stay or a scheme of entry."""

    of: SubjectId
    aspect: Aspect
    countries: tuple[CountryCode, ...] = ()
    """Set where it concerns some passports or places only: it shows on their pages."""
