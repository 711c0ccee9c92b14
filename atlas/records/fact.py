"""What sources say about one thing, with the figures that written pages name as ``{{fact.figure}}``."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from atlas.records.figure import figures_fault
from atlas.records.localised import Localised
from atlas.records.record import Record, Slug
from atlas.records.rule import FiguredPeriods

Basis = Literal["state-media", "official", "independent", "anonymous-sources"]
"""Who stands behind a statement about the North: outlets of the state itself; a government or body outside it; press, scholars and
satellite pictures; people inside the country whom nobody names."""
BASES: tuple[str, ...] = get_args(Basis)


class Fact(Record):
    """A fact without a text of its own: written pages say it, in each language, and take its figures and sources from here."""

    id: Slug
    says: Annotated[str, Field(min_length=10)]
    """All that pages may say from it, in English, for editors; it is not published."""
    doubt: Localised | None = None
    """Printed below the text wherever the fact is named first on a page."""
    basis: Basis | None = None
    """Set on facts about the North."""
    periods: FiguredPeriods

    @model_validator(mode="after")
    def _doubt(self) -> Self:
        if self.doubt:
            for period in self.periods:
                figures_fault((self.doubt,), period.values, spare=True)
        return self
