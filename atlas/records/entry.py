"""Statuses of stay, schemes of entry, papers, fees and notices."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from atlas.records.figure import Currency, Figures, figures_fault
from atlas.records.localised import Localised
from atlas.records.period import Period, in_order
from atlas.records.record import CountryCode, CountryListId, DocumentId, Record, Slug, SourceId, SubjectId, wrong
from atlas.records.rule import FiguredPeriods
from atlas.records.weblink import WebLink


class Status(Record):
    """A status of stay (체류자격) by its official code."""

    id: Slug
    code: Annotated[str, Field(pattern=r"^[A-Z]-[0-9](-[0-9]{1,2})?$")]
    order: int
    name: Localised
    summary: Localised


class EntryScheme(Record):
    """A duty or an option beside the statuses: K-ETA, the arrival card, Jeju, transit, groups."""

    id: Slug
    kind: Literal["duty", "option", "information"]
    order: int
    name: Localised
    summary: Localised
    lists: tuple[CountryListId, ...] = ()
    """Lists of countries that its page prints."""


class OfficialSite(Record):
    """A web site of the Korean state that a traveller uses."""

    id: Slug
    url: WebLink
    name: Localised
    concerns: tuple[SubjectId, ...]


class Document(Record):
    """A paper that somebody asks for, with its Korean name."""

    id: Slug
    name: Localised

    @model_validator(mode="after")
    def _in_korean(self) -> Self:
        if "ko" not in self.name.root:
            raise wrong("the paper has no Korean name", "Write it as the official list does: name: {ko: …}.")
        return self


class Paper(Record):
    """A paper on a list."""

    document: DocumentId
    note: Localised | None = None


class Part(Record):
    """The papers that one person brings."""

    by: Literal["patient", "inviter", "companion", "proxy"]
    documents: Annotated[tuple[Paper, ...], Field(min_length=1)]


class ChecklistPeriod(Period):
    """The papers asked for in a time."""

    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    note: Localised | None = None
    values: Figures = Field(default_factory=dict)

    @model_validator(mode="after")
    def _figures(self) -> Self:
        notes = [paper.note for part in self.parts for paper in part.documents]
        figures_fault(tuple(text for text in (self.note, *notes) if text), self.values)
        return self


class Checklist(Record):
    """Papers for one application."""

    id: Slug
    of: SubjectId
    order: int
    title: Localised
    periods: Annotated[tuple[ChecklistPeriod, ...], Field(min_length=1), AfterValidator(in_order)]


class FeePeriod(Period):
    """What is paid in a time."""

    amount: Annotated[int, Field(gt=0)]
    currency: Currency
    by_country: dict[CountryCode, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    """Other amounts for some passports, in the same currency; 0: they pay nothing."""
    values: Figures = Field(default_factory=dict)
    """The figures of the texts."""


class Fee(Record):
    """What an office asks for."""

    id: Slug
    order: int
    concerns: Annotated[tuple[SubjectId, ...], Field(min_length=1)]
    """On whose pages it stands."""
    what: Localised
    countries: tuple[CountryCode, ...] = ()
    """Set where it was seen in one place only."""
    doubt: Localised | None = None
    periods: Annotated[tuple[FeePeriod, ...], Field(min_length=1), AfterValidator(in_order)]

    @model_validator(mode="after")
    def _figures(self) -> Self:
        for period in self.periods:
            figures_fault((self.what, self.doubt) if self.doubt else (self.what,), period.values)
        return self


class Side(Record):
    """What one side says."""

    text: Localised
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Notice(Record):
    """Where sources disagree (*conflict*), what no source says (*open*), and what one place does (*local*)."""

    id: Slug
    kind: Literal["conflict", "open", "local"]
    order: int
    concerns: tuple[SubjectId, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    """Set where it concerns some passports only."""
    title: Localised
    text: Localised | None = None
    sides: tuple[Side, ...] = ()
    printed: Localised | None = None
    """What we print, and why."""
    periods: FiguredPeriods

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "conflict" and (len(self.sides) < 2 or self.printed is None or self.text is not None):
            raise wrong("a conflict has at least two sides and says what is printed", "Write sides and printed, and no text.")
        if self.kind != "conflict" and (self.sides or self.printed is not None or self.text is None):
            raise wrong("this notice has a text and no sides", "Write text, or make it a conflict.")
        texts = [self.title, *(side.text for side in self.sides), *(text for text in (self.text, self.printed) if text)]
        for period in self.periods:
            figures_fault(tuple(texts), period.values)
        return self
