"""Treatments: what they are, how long one stays, when one may fly, what prices were seen."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date
from atlas.records.localised import Localised
from atlas.records.record import Record, Slug, SourceId, SpecialtyId, wrong

Unit = Literal["day", "week", "month", "session"]


class Span(Record):
    """A length of time or a number of sessions: ``least`` to ``most``, both inside."""

    least: Annotated[int, Field(gt=0)]
    most: Annotated[int, Field(gt=0)]
    unit: Unit
    about: bool = False
    """The source says “about”."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.least > self.most:
            raise wrong(f"the range is upside down (least {self.least}, most {self.most})", "Swap the two numbers.")
        return self


class Stay(Record):
    """The usual stay in Korea."""

    span: Span
    note: Localised | None = None
    source: SourceId


class FlyingAdvice(Record):
    """How long to wait before a flight, in one case."""

    case: Localised | None = None
    span: Span
    may_be: bool = False
    """The source says that it *may* be this long."""
    judged: bool = False
    """The source says that it is judged case by case."""
    source: SourceId


class Price(Record):
    """A price that was seen: KRW or USD, the year, what it is for. No numbers: the note says all."""

    low: Annotated[int, Field(gt=0)] | None
    high: Annotated[int, Field(gt=0)] | None
    currency: Literal["KRW", "USD"] | None
    year: Annotated[int, Field(ge=1990, le=2100)] | None
    year_about: bool = False
    tax: Literal["unknown", "included", "excluded"] = "unknown"
    note: Localised
    source: SourceId

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.low is None) != (self.high is None) or (self.low is not None and self.currency is None):
            raise wrong("a price needs low, high and currency together", "Give all three, or none and say it in the note.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise wrong(f"the range is upside down (low {self.low}, high {self.high})", "Swap the two amounts.")
        return self


class Treatment(Record):
    """One treatment."""

    id: Slug
    name: Localised
    name_basis: dict[str, Literal["source", "term", "own"]]
    summary: Localised
    """One sentence: what it is."""
    specialties: Annotated[tuple[SpecialtyId, ...], Field(min_length=1)]
    stay: Stay | None = None
    flying: tuple[FlyingAdvice, ...] = ()
    prices: tuple[Price, ...] = ()
    checked_on: Date
