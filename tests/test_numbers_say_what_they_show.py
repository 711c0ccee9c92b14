"""Charts without scripts: what is drawn, what is said, the table and the file hold the same numbers."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Browser

from atlas.chart import Mark, bars, columns
from atlas.records.series import SERIES_PAGES
from atlas.reference import counted_row
from atlas.views.numbers import csv_path
from atlas.wording import Wording
from tests.conftest import LANGUAGES, Site, checked, found

ATLAS, _ = checked()
SERIES = list(ATLAS.series.values())


def page_of(name: str) -> str:
    return "numbers/" if name == "index" else f"numbers/{name}/"


def test_every_page_of_numbers_has_series() -> None:
    assert {one.page for one in SERIES} == set(SERIES_PAGES)


@pytest.mark.parametrize("name", [one.id for one in SERIES])
def test_chart_table_and_words_hold_the_numbers_of_the_record(name: str, site: Site) -> None:
    one = ATLAS.series[name]
    rows = [counted_row(ATLAS, one, row) for row in one.rows]
    values = [row.number for row in rows]
    for code, (folder, _) in LANGUAGES.items():
        words = Wording(code, ATLAS.site_languages[code].locale, ATLAS.wordings[code], myriads=ATLAS.site_languages[code].myriads)
        [section] = found(site.pages[f"{folder}{page_of(one.page)}"], f"//section[@aria-labelledby='{one.id}']")
        drawn = [float(box.get("width" if one.chart == "bars" else "height")) for box in section.xpath(".//svg/rect")]
        assert len(drawn) == len(values)
        assert all(abs(length - max(1, max(drawn) * value / max(values))) < 1 for length, value in zip(drawn, values, strict=True))
        full = [said(words, one.unit, value) for value in values]
        cells = section.xpath(".//span[@data-fact]")
        assert [(cell.get("data-fact"), cell.text_content()) for cell in cells] == [
            (f"{one.id}.{row.key}", text) for row, text in zip(one.rows, full, strict=True)
        ]
        shares = [(span.get("data-share"), span.text_content()) for span in section.xpath(".//span[@data-share]")]
        assert shares == [(f"{one.id}.{row.key}", words.percent(row.share)) for row in one.rows if row.share is not None]
        assert len(section.xpath(".//td//p[contains(@class, 'unsure')]")) == sum(row.doubt is not None for row in rows)
        assert [len(head.xpath(".//a[@class='ref']")) for head in section.xpath(".//tbody//th")] == [len(set(row.sources)) for row in rows]
        labels = [head.xpath("string(text()[1])") for head in section.xpath(".//tbody//th")]
        texts = {text.text_content() for text in section.xpath(".//svg/text")}
        shorts = [words.compact(value) if one.unit == "KRW" else text for value, text in zip(values, full, strict=True)]
        most, least = values.index(max(values)), values.index(min(values))
        if one.chart == "bars":
            assert texts == {*labels, *shorts}
        else:
            assert shorts[most] in texts
            assert {labels[-1], *texts} - {shorts[most]} <= set(labels)
        caption = section.xpath("string(.//figcaption)")
        assert section.xpath("string(.//svg/@aria-labelledby)") == section.xpath("string(.//figcaption/@id)") == f"{one.id}-says"
        assert all(part in caption for place in (most, least) for part in (labels[place], full[place]))


def said(words: Wording, unit: str, value: float) -> str:
    """A number to its last digit, as a table has it."""
    if unit == "percent":
        return words.percent(value)
    return words.money(int(value), "KRW") if unit == "KRW" else words.number(value)


@pytest.mark.parametrize("name", [one.id for one in SERIES])
def test_the_file_of_a_series_holds_its_record(name: str, site: Site) -> None:
    one = ATLAS.series[name]
    rows = list(csv.DictReader(io.StringIO((site.folder / csv_path(one)).read_text(encoding="utf-8"))))
    assert len(rows) == len(one.rows)
    for row, record in zip(rows, one.rows, strict=True):
        counted = counted_row(ATLAS, one, record)
        sources = [ATLAS.sources[source] for source in counted.sources]
        assert (row["key"], float(row["value"]), row["unit"], row["checked_on"]) == (record.key, counted.number, one.unit, one.checked_on)
        assert row["share_percent"] == ("" if record.share is None else str(record.share))
        assert row["rounded"] == str(counted.rounded).lower()
        assert row["source_date"] == max((source.published for source in sources if source.published), default="")
        assert row["sources"] == " ".join(source.url or source.id for source in sources)
        assert row["publishers"] == "; ".join(source.publisher.root["en"] for source in sources)
        assert bool(row["doubt"]) == (counted.doubt is not None)
        assert "{" not in row["doubt"]


def test_charts_bring_no_style_script_or_font(site: Site) -> None:
    for folder, _ in LANGUAGES.values():
        for name in SERIES_PAGES:
            for chart in found(site.pages[f"{folder}{page_of(name)}"], "//figure/svg"):
                assert {element.tag for element in chart.iter()} <= {"svg", "text", "rect"}
                assert not chart.xpath(".//@style | .//@fill | .//@font-family")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_chart_can_be_read_on_a_phone(code: str, server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    for name in SERIES_PAGES:
        page.goto(f"{server}{LANGUAGES[code][0]}{page_of(name)}")
        small = page.evaluate(
            "[...document.querySelectorAll('.chart text')].map(t => t.getBoundingClientRect().height).filter(h => h < 11)"
        )
        assert small == [], name
        crossing = page.evaluate(
            """[...document.querySelectorAll('.chart')].flatMap(chart => {
                const edge = chart.getBoundingClientRect(), texts = [...chart.querySelectorAll('text')]
                const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()])
                const out = boxes.filter(([, b]) => b.left < edge.left - 4 || b.right > edge.right + 4).map(([t]) => 'out: ' + t)
                const over = boxes.flatMap(([t, a], i) => boxes.slice(i + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
                  && a.top < b.bottom - 4 && b.top < a.bottom - 4).map(([u]) => t + ' over ' + u))
                return [...out, ...over]
            })"""
        )
        assert crossing == [], name
    context.close()


def test_bars_are_as_long_as_their_numbers() -> None:
    marks = [Mark("A & B", "100", 100), Mark("C", "50", 50), Mark("D", "0", 0)]
    drawn = bars(marks, "x")
    assert "A &amp; B" in drawn
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', drawn)]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.1)
    assert widths[2] == 1
    heights = [float(height) for height in re.findall(r'<rect[^>]* height="([\d.]+)"', columns(marks, "x"))]
    assert heights[1] == pytest.approx(heights[0] / 2, abs=0.1)
