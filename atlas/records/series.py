"""Series of numbers: what a chart draws, a table lists and a CSV file holds."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from atlas.records.date import Date, PartialDate
from atlas.records.figure import Figures, figures_fault
from atlas.records.localised import Localised
from atlas.records.record import CountryCode, PatientCountId, ProvinceCode, Record, Slug, SourceId, wrong

SeriesPage = Literal["index", "countries", "departments", "regions", "institutions", "spending"]
SERIES_PAGES: tuple[str, ...] = get_args(SeriesPage)
"""The pages below ``numbers/``, in their order; ``index`` is ``numbers/`` itself."""
SeriesUnit = Literal["patient", "percent", "KRW", "institution", "agent"]


class Row(Record):
    """One number. What it belongs to is a year, a date, a country, a province or a label; or it is the number of a patient record."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    date: PartialDate | None = None
    country: CountryCode | None = None
    province: ProvinceCode | None = None
    label: Localised | None = None
    count: PatientCountId | None = None
    """Country, number, doubt and sources come from that record."""
    value: Annotated[int | float, Field(ge=0)] | None = None
    """In the unit of the series; KRW whole won."""
    share: Annotated[int | float, Field(ge=0, le=100)] | None = None
    """Percent of the whole, as the source prints it."""
    rounded: bool = False
    doubt: Localised | None = None
    values: Figures = Field(default_factory=dict)
    sources: tuple[SourceId, ...] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        named = [name for name in ("year", "date", "country", "province", "label", "count") if getattr(self, name) is not None]
        if len(named) != 1:
            raise wrong(f"a row names {', '.join(named) or 'nothing'}", "Give it one of year, date, country, province, label and count.")
        own = self.value is not None and bool(self.sources)
        if own == (self.count is not None):
            raise wrong("a row has a value and its sources, or a count", "Write value and sources, or only the id of a patient count.")
        figures_fault((self.doubt,) if self.doubt else (), self.values)
        return self


class Series(Record):
    """Numbers of one kind beside each other, in the order of the chart."""

    id: Slug
    page: SeriesPage
    order: int
    chart: Literal["columns", "bars"]
    """Columns for years, bars for what has names."""
    unit: SeriesUnit
    title: Localised
    counts: Localised
    """What one unit is, and what to be careful of."""
    values: Figures = Field(default_factory=dict)
    """The figures that the title names, such as its year."""
    rows: Annotated[tuple[Row, ...], Field(min_length=2)]
    as_of: PartialDate | None
    checked_on: Date

    @model_validator(mode="after")
    def _keys(self) -> Self:
        keys = [row.key for row in self.rows]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise wrong(f"two rows have the key {twice}", "Give each row its own key.")
        figures_fault((self.title,), self.values)
        figures_fault((self.counts,), {})
        return self
