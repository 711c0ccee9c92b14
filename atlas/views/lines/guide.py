"""What the facts of the guides, numbers and events say."""

from __future__ import annotations

from atlas.records.fact import Fact
from atlas.records.patients import Event, PatientCount
from atlas.records.series import Series
from atlas.reference import counted_row
from atlas.views.figure import figure_text
from atlas.views.lines.sheet import Sheet
from atlas.views.numbers import row_label, row_value


def fact_lines(sheet: Sheet, one: Fact) -> None:
    """The figures that guides name, in each period; what the guides say of them stands on their pages."""
    for key, period in zip(sheet.keys, one.periods, strict=True):
        for name, value in period.values.items():
            said = str(figure_text(sheet.reader, value))
            sheet.put(f"periods.{key}.values.{name}", sheet.word("change-figure"), said, period.sources)
        sheet.doubt(f"periods.{key}.doubt", one.doubt, period.sources, period.values)
        sheet.term(f"periods.{key}", period, followed=period is not one.periods[-1])
    if one.basis:
        sheet.put("basis", sheet.word("change-basis"), sheet.word(f"basis-{one.basis}"))


def count_lines(sheet: Sheet, one: PatientCount) -> None:
    """Patients from one country in one year."""
    number = sheet.reader.words.number(one.patients)
    said = sheet.word("about-number", number=number) if one.rounded else number
    sheet.put("patients", sheet.word("counts-patients"), said, one.sources)
    sheet.doubt("doubt", one.doubt, one.sources, one.values)


def event_lines(sheet: Sheet, one: Event) -> None:
    """Something that happened."""
    sheet.put("date", sheet.word("change-date"), sheet.reader.words.date(one.date), one.sources)
    sheet.text("text", sheet.word("change-event"), one.text, one.sources, one.values)


def series_lines(sheet: Sheet, one: Series) -> None:
    """The numbers of a series, row by row."""
    reader = sheet.reader
    sheet.text("title", sheet.word("about-name"), one.title, (), one.values)
    sheet.text("counts", sheet.word("change-what"), one.counts)
    for row in one.rows:
        counted = counted_row(reader.atlas, one, row)
        said = row_value(reader, one, counted.number)
        if row.share is not None:
            said = sheet.noted(said, reader.words.percent(row.share))
        if counted.rounded:
            said = sheet.noted(said, sheet.word("series-rounded"))
        sheet.put(f"rows.{row.key}", row_label(reader, row), said, counted.sources)
        sheet.doubt(f"rows.{row.key}.doubt", counted.doubt, counted.sources, counted.values)
