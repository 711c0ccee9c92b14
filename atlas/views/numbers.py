"""Series of numbers on the pages below ``numbers/``: a chart, what it says in words, the table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from atlas.atlas import Atlas
from atlas.cell import cell
from atlas.chart import Mark, bars, columns
from atlas.records.series import Row, Series
from atlas.reference import Counted, counted_row
from atlas.views.figure import filled
from atlas.views.reader import Citations, Reader

NUMBERS = "numbers/"
"""The folder of the pages with numbers."""


def csv_path(series: Series) -> str:
    """The address of a series as CSV, below the root of the site."""
    return f"{NUMBERS}{series.id}.csv"


def series_views(reader: Reader, path: str, citations: Citations) -> list[dict[str, Any]]:
    """The series of one page, in their order."""
    page = path.removeprefix(NUMBERS).rstrip("/") or "index"
    found = sorted((one for one in reader.atlas.series.values() if one.page == page), key=lambda one: one.order)
    return [_series(reader, one, citations) for one in found]


def _series(reader: Reader, series: Series, citations: Citations) -> dict[str, Any]:
    words = reader.words
    rows = [(row, counted_row(reader.atlas, series, row)) for row in series.rows]
    marks = [Mark(row_label(reader, row), _short(reader, series, one.number), one.number) for row, one in rows]
    as_of = max((one.as_of for _, one in rows if one.as_of), default=None)
    draw = columns if series.chart == "columns" else bars
    view: dict[str, Any] = {
        "id": series.id,
        "title": filled(reader, series.title, series.values),
        "counts": reader.passage(series.counts),
        "says": _says(reader, series),
        "svg": draw(marks, f"{series.id}-says"),
        "unit": words.say(f"series-unit-{series.unit.lower()}"),
        "first": words.say("series-year" if all(row.year or row.date for row in series.rows) else "series-what"),
        "rows": [_row(reader, series, row, one, citations) for row, one in rows],
        "csv": csv_path(series),
        "as_of": words.say("label-value", label=words.say("as-of"), value=words.date(as_of)) if as_of else words.say("rule-undated"),
    }
    if any(row.share is not None for row in series.rows):
        view["shared"] = True
    return view


def _row(reader: Reader, series: Series, row: Row, counted: Counted, citations: Citations) -> dict[str, Any]:
    words = reader.words
    view: dict[str, Any] = {
        "fact": f"{series.id}.{row.key}",
        "label": row_label(reader, row),
        "value": row_value(reader, series, counted.number),
        "share": words.percent(row.share) if row.share is not None else None,
        "refs": citations.cite(counted.sources),
    }
    if counted.rounded:
        view["rounded"] = words.say("series-rounded")
    if counted.doubt:
        view["doubt"] = filled(reader, counted.doubt, counted.values)
    return view


def row_label(reader: Reader, row: Row) -> str:
    """What a number belongs to: a country, a province, a year, or what its label says."""
    country = reader.atlas.patient_counts[row.count].country if row.count else row.country
    if country:
        return reader.country(country)
    if row.province:
        return reader.text(reader.atlas.provinces[row.province].name)
    if row.label:
        return reader.text(row.label)
    return reader.words.date(row.date) if row.date else str(row.year)


def row_value(reader: Reader, series: Series, value: float) -> str:
    """The number to its last digit, as a table has it."""
    words = reader.words
    if series.unit == "percent":
        return words.percent(value)
    return words.money(int(value), "KRW") if series.unit == "KRW" else words.number(value)


def _short(reader: Reader, series: Series, value: float) -> str:
    """The number as it stands in a chart: sums rounded and without their currency, which the text below names."""
    words = reader.words
    if series.unit == "percent":
        return words.percent(value)
    return words.compact(value) if series.unit == "KRW" else words.number(value)


def _says(reader: Reader, series: Series) -> str:
    """What the chart says: the first and the last year, the highest and the lowest."""
    values = [counted_row(reader.atlas, series, row).number for row in series.rows]
    marks = [Mark(row_label(reader, row), row_value(reader, series, value), value) for row, value in zip(series.rows, values, strict=True)]
    high, low = max(marks, key=lambda mark: mark.value), min(marks, key=lambda mark: mark.value)
    names = {"high": high.label, "most": high.said, "low": low.label, "least": low.said}
    if series.chart == "columns":
        first, last = marks[0], marks[-1]
        return reader.words.say("chart-years", first=first.label, start=first.said, last=last.label, end=last.said, **names)
    return reader.words.say("chart-bars", count=reader.words.number(len(marks)), **names)


def series_csv(atlas: Atlas, series: Series) -> str:
    """A series for spreadsheets (RFC 4180): English labels, numbers without separators, addresses of the sources."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["key", "what", "value", "unit", "share_percent", "rounded", "source_date", "checked_on", "publishers", "sources", "doubt"]
    )
    writer.writerows(map(cell, row) for row in _csv_rows(atlas, series))
    return out.getvalue()


def _csv_rows(atlas: Atlas, series: Series) -> Iterator[list[Any]]:
    for row in series.rows:
        counted = counted_row(atlas, series, row)
        what = counted.country or row.province or (row.label.root["en"] if row.label else row.date or row.year)
        sources = [atlas.sources[source] for source in counted.sources]
        yield [
            row.key,
            what,
            counted.number,
            series.unit,
            row.share,
            str(counted.rounded).lower(),
            max((source.published for source in sources if source.published), default=None),
            series.checked_on,
            "; ".join(source.publisher.root["en"] for source in sources),
            " ".join(source.url or source.id for source in sources),
            _in_english(counted),
        ]


def _in_english(counted: Counted) -> str:
    """The doubt about a number, as a note in the file; its figures are bare numbers there."""
    if counted.doubt is None:
        return ""
    values = {name: getattr(value, "number", None) or next(iter(value.model_dump().values())) for name, value in counted.values.items()}
    return str(counted.doubt.root["en"].format(**values))
