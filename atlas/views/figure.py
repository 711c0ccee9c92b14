"""Figures, periods and dated statements in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from atlas.passport import list_period
from atlas.records.figure import (
    FORMS_OF_WORDS,
    Code,
    CountOf,
    Day,
    Email,
    EndOf,
    FeeOf,
    Figure,
    Figures,
    LawArticle,
    LineOf,
    Money,
    PhoneNumber,
    Quantity,
    SiteOf,
    StartOf,
)
from atlas.records.localised import Localised
from atlas.records.period import Period, current, shown
from atlas.records.phone import from_abroad
from atlas.records.rule import EntryRule, FiguredPeriod, Statement
from atlas.views.reader import Citations, Reader


class Said(str):
    """A figure in words; ``{days:genitive}`` in a text prints another form of it."""

    forms: Mapping[str, str]

    def __format__(self, form: str) -> str:
        return self.forms.get(form, str(self))


def filled(reader: Reader, text: Localised, values: Figures) -> dict[str, Any]:
    """A text for the template with its figures filled in; made once, because many pages print it."""

    def make() -> dict[str, Any]:
        found = text.passage(reader.language)
        own = reader.speaking(found.language)  # a text that is not translated has its figures in its own language too
        said = found.text.format(**{name: figure_text(own, value) for name, value in values.items()}) if values else found.text
        return reader.marked(said, found.language)

    return reader.once(("filled", id(text), id(values) if values else 0), make)


def filled_text(reader: Reader, text: Localised, values: Figures) -> str:
    """The same for a line that is put together from many."""
    view = filled(reader, text, values)
    return reader.quoted(view["text"], text.passage(reader.language).language)


def figure_text(reader: Reader, value: Figure) -> str:
    """An amount, a number of things, a date, or what another record says."""
    words, atlas = reader.words, reader.atlas
    if isinstance(value, Money):
        return words.money(value.amount, value.currency)
    if isinstance(value, Day):
        said = Said(words.date(value.date))
        said.forms = {case: words.date_in(value.date, case) for case in FORMS_OF_WORDS}
        return said
    if isinstance(value, Quantity):
        return _quantity(reader, value.number, value.unit)
    if isinstance(value, FeeOf):
        fee = current(atlas.fees[value.fee].periods, atlas.site.released)
        return words.money(fee.amount, fee.currency)
    if isinstance(value, SiteOf):
        return urlsplit(atlas.official_sites[value.site].url).netloc.removeprefix("www.")
    if isinstance(value, PhoneNumber):
        return from_abroad(value.phone)
    if isinstance(value, LineOf):
        return atlas.helplines[value.line].number
    if isinstance(value, Email):
        return value.email
    if isinstance(value, Code):
        return value.code
    if isinstance(value, LawArticle):
        return words.say("law-article", number=value.article.partition("-")[0], sub=_sub_article(reader, value.article))
    return _of_list(reader, value)


def _of_list(reader: Reader, value: Any) -> str:
    atlas, words = reader.atlas, reader.words
    name = value.count_of if isinstance(value, CountOf) else value.model_dump().popitem()[1]
    period = list_period(atlas.country_lists[name], atlas.site.released) or atlas.country_lists[name].periods[0]
    if isinstance(value, CountOf):
        return words.number(len(period.everyone))
    if isinstance(value, StartOf):
        return words.date(period.valid_from or "")
    if isinstance(value, EndOf):
        return words.date(period.valid_to or "")
    return _quantity(reader, period.days or 0, "day")


def _sub_article(reader: Reader, article: str) -> str:
    sub = article.partition("-")[2]
    return reader.words.say("law-sub-article", sub=sub) if sub else ""


def _quantity(reader: Reader, number: float, unit: str) -> str:
    words = reader.words
    if unit == "percent":
        return words.percent(number)
    if unit == "number":
        return words.number(number)
    said = Said(words.say(f"quantity-{unit}", count=number))
    said.forms = {"genitive": words.say_genitive(f"quantity-{unit}", number)}
    return said


def term(reader: Reader, period: Period, *, followed: bool = False) -> dict[str, Any] | None:
    """Since when and until when, in words; and for a period that ends, what the page says shortly before and after its last day."""
    words = reader.words
    start = words.date(period.valid_from) if period.valid_from else None
    if period.valid_to is None:
        return {"text": words.say("term-from", start=start)} if start else None
    end = words.date(period.valid_to)
    after = words.say("term-after-known" if followed else "term-after", date=words.date(period.last))
    if period.last < reader.atlas.site.released:
        text = words.say("term-was", start=start, end=end) if start else words.say("term-was-until", end=end)
        return {"text": text, "over": after}
    text = words.say("period-from-to", start=start, end=end) if start else words.say("period-to", end=end)
    return {"text": text, "until": period.last, "soon": words.say("term-soon", date=words.date(period.last)), "after": after}


def statement(reader: Reader, one: Statement, citations: Citations, *, dated: bool = True) -> list[dict[str, Any]]:
    """A dated statement for the template: what holds now, and below it what will hold; ``dated``: with the date of the newest source."""
    return [
        {**_in_period(reader, one, period, dated=dated), "refs": citations.cite(period.sources)}
        for period in shown(one.periods, reader.atlas.site.released)
    ]


def _in_period(reader: Reader, one: Statement, period: FiguredPeriod, *, dated: bool) -> dict[str, Any]:
    """A statement in one of its periods, without its sources, whose numbers differ from page to page; made once."""
    return reader.once(("statement", id(period), dated), lambda: _as_stated(reader, one, period, dated=dated))


def _as_stated(reader: Reader, one: Statement, period: FiguredPeriod, *, dated: bool) -> dict[str, Any]:
    view: dict[str, Any] = {"passage": filled(reader, one.text, period.values)}
    found = term(reader, period, followed=period is not one.periods[-1]) or _end_of_list(reader, one, period)
    if found:
        view["term"] = found
    if dated:
        as_of = reader.words.date(period.as_of) if period.as_of else None
        view["as_of"] = reader.words.say("rule-as-of", date=as_of) if as_of else reader.words.say("rule-undated")
    if one.doubt:
        view["doubt"] = filled(reader, one.doubt, period.values)
    return view


def _end_of_list(reader: Reader, one: Statement, period: FiguredPeriod) -> dict[str, Any] | None:
    """The end of a statement that names the last day of a list as its own: its text says the day, the page what follows it."""
    if isinstance(one, EntryRule) and one.aspect in {"history", "unknown"}:
        return None
    for value in period.values.values():
        if isinstance(value, EndOf):
            found = reader.atlas.country_lists[value.end_of]
            ends = current(found.periods, reader.atlas.site.released)
            limits = term(reader, ends, followed=ends is not found.periods[-1])
            return {**limits, "text": ""} if limits and ends.valid_to else None
    return None


def statements(reader: Reader, found: Iterable[Statement], citations: Citations, *, dated: bool = True) -> list[dict[str, Any]]:
    """Statements one after another."""
    return [view for one in found for view in statement(reader, one, citations, dated=dated)]
