"""What sources say about the days after a treatment: what is unwise until when, and from when something may be done."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date
from atlas.records.localised import Localised
from atlas.records.record import Record, Slug, TreatmentId, wrong
from atlas.records.statement import Sources

About = Literal["outing", "walking", "exertion", "heat", "water", "sun", "alcohol", "crowds", "meal"]
DayAfter = Annotated[int, Field(ge=0, le=365)]
"""A day counted from that of the treatment, which is day 0."""


class Advice(Record):
    """One sentence of a source, about one thing, after some treatments.

    A *caution* has ``unwise_through`` (the last day on which it is unwise) or ``no_end``. A *leave* has ``allowed_from``. Where a
    source says to avoid something for a time, it is both.
    """

    id: Slug
    treatments: Annotated[tuple[TreatmentId, ...], Field(min_length=1)]
    about: About
    unwise_through: DayAfter | None = None
    no_end: bool = False
    allowed_from: DayAfter | None = None
    strength: Literal["authoritative", "clinic"]
    text: Localised
    sources: Sources
    checked_on: Date

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.unwise_through is None and self.allowed_from is None and not self.no_end:
            raise wrong("this advice says nothing", "Give unwise_through, no_end or allowed_from.")
        if self.no_end and (self.unwise_through is not None or self.allowed_from is not None):
            raise wrong("advice without an end cannot name a day", "Take no_end out, or the days.")
        if self.unwise_through is not None and self.allowed_from is not None and self.allowed_from <= self.unwise_through:
            raise wrong(
                f"the days overlap (unwise through {self.unwise_through}, allowed from {self.allowed_from})",
                "Write an allowed_from after unwise_through.",
            )
        return self

    @property
    def cautions(self) -> bool:
        """Whether it holds something back."""
        return self.no_end or self.unwise_through is not None
