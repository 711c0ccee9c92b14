"""Countries and regions whose passports the Korean tables of entry name, and lists of them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from atlas.records.localised import Localised
from atlas.records.period import Period, in_order
from atlas.records.record import CountryCode, LanguageCode, Record, Slug, StatusId, wrong


class Window(Record):
    """A limit over all stays: at most ``days`` in any ``within`` days."""

    days: Annotated[int, Field(gt=0)]
    within: Annotated[int, Field(gt=0)]


class EntryPeriod(Period):
    """How one enters on an ordinary passport: visa-free by a status of stay and for how long, or only with a visa."""

    status: StatusId | None
    """``b-1``: by an agreement; ``b-2-1``: by a Korean decision; ``null``: a visa is needed."""
    days: Annotated[int, Field(ge=0)]
    """Days for each entry; 0 where a visa is needed."""
    window: Window | None = None

    @model_validator(mode="after")
    def _days_go_with_a_status(self) -> Self:
        if (self.status is None) != (self.days == 0):
            raise wrong(
                f"{self.days} days do not go with {self.status or 'no visa-free status'}",
                "Write the days with a status such as b-1, or status: null with days: 0.",
            )
        if self.window and self.window.within <= self.window.days:
            raise wrong("a limit over a window must be shorter than the window", "Write it as {days: 60, within: 180}.")
        return self


class Country(Record):
    """A country or region by its ISO 3166-1 code; XK, which users assign, is Kosovo. Names come from CLDR."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Localised | None = None
    """Where the official list names it otherwise than CLDR."""
    languages: tuple[LanguageCode, ...] = ()
    """Languages of institutions that its people are likely to look for, besides its official ones by CLDR."""
    entry: Annotated[tuple[EntryPeriod, ...], Field(min_length=1), AfterValidator(in_order)]


class ListPeriod(Period):
    """Who is on a list for a time."""

    countries: tuple[CountryCode, ...]
    less_sure: tuple[CountryCode, ...] = ()
    """Named by secondary sources only."""
    days: int | None = None
    """How long one may stay by it."""

    @property
    def everyone(self) -> frozenset[str]:
        """All countries on the list."""
        return frozenset((*self.countries, *self.less_sure))

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = (*self.countries, *self.less_sure)
        twice = sorted({code for code in named if named.count(code) > 1})
        if twice:
            raise wrong(f"the list names {', '.join(twice)} twice", "Name each country once.")
        return self


class CountryList(Record):
    """Passports to which a scheme applies or is closed."""

    id: Slug
    name: Localised
    periods: Annotated[tuple[ListPeriod, ...], Field(min_length=1), AfterValidator(in_order)]
