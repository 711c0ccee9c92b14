"""Rules of law and other dated statements, with their figures apart from the words."""

from __future__ import annotations

import string
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from atlas.records.date import Date, PartialDate, period_fault
from atlas.records.localised import Localised
from atlas.records.record import Record, Slug, SourceId, wrong


class Money(Record):
    """An amount, e.g. 100 million won."""

    amount: Annotated[int, Field(gt=0)]
    currency: Literal["KRW", "USD"]


class Quantity(Record):
    """A number of things, percent or years."""

    number: Annotated[int, Field(ge=0)]
    unit: Literal["percent", "year", "institution", "agent", "item", "number"]


class Day(Record):
    """A date."""

    date: PartialDate


class Rule(Record):
    """One rule or dated statement: ``text`` names its figures as ``{name}``, ``values`` holds them."""

    id: Slug
    topic: Literal["registration", "agents", "commission", "penalty", "count", "help"]
    order: int
    text: Localised
    values: dict[str, Money | Quantity | Day] = Field(default_factory=dict)
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    as_of: PartialDate | None
    doubt: Localised | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    checked_on: Date

    @model_validator(mode="after")
    def _figures(self) -> Self:
        period_fault(self.valid_from, self.valid_to)
        for language, text in self.text.root.items():
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            if named != set(self.values):
                raise wrong(
                    f"the figures in the {language} text ({', '.join(sorted(named)) or 'none'}) are not those in values "
                    f"({', '.join(sorted(self.values)) or 'none'})",
                    "Name each value once in every language as {name}.",
                )
            if any(character.isdigit() for character in text):
                raise wrong(f"a number is typed into the {language} text", "Put it into values and name it as {name}.")
        return self
