"""What the list of countries can be narrowed by, and the same list in those groups."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlas.address import country_path
from atlas.passport import Passport
from atlas.views.facet import Choice, Facet, groups
from atlas.views.finder import Finder
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader

SPECIMEN = {"text": "{text}", "path": "{path}", "count": "{count}"}
"""A row with the names of its fields."""
NAMES = {"entry": "from/entry/", "days": "from/days/"}
"""The page of each facet."""


def entry_in_short(reader: Reader, holder: Passport) -> str:
    """``B-1, 30 days`` or ``visa``."""
    words = reader.words
    if holder.entry.status is None:
        return words.say("short-visa")
    days = words.say("quantity-day", count=holder.entry.days)
    return words.say("short-free", code=reader.atlas.statuses[holder.entry.status].code, days=days)


def country_row(reader: Reader, holder: Passport) -> dict[str, Any]:
    """One country in a list, with its visa-free status and days."""
    return {"text": reader.country(holder.country), "path": country_path(holder.country), "count": entry_in_short(reader, holder)}


def country_rows(reader: Reader) -> list[dict[str, Any]]:
    """All countries in order of name, with their codes."""
    return [{**row, "entry": row["count"], "code": one.country.lower()} for one in by_name(reader) for row in (country_row(reader, one),)]


def by_name(reader: Reader) -> list[Passport]:
    """The passports in the order of the names of their countries."""
    return sorted(reader.links.passports.values(), key=lambda one: reader.collated(reader.country(one.country)))


def rule_of_entry(holder: Passport) -> str:
    """``free``: without a visa and without a K-ETA; ``k-eta``: without a visa, with a K-ETA; ``visa``."""
    if holder.entry.status is None:
        return "visa"
    return "free" if holder.holds("k-eta-exempt") else "k-eta"


def country_finder(reader: Reader) -> Finder[Passport]:
    """All countries with their facets."""
    return Finder(name="from", facets=country_facets(reader), records=by_name(reader), row=lambda one: country_row(reader, one))


def country_facets(reader: Reader) -> tuple[Facet[Passport], ...]:
    """The rule of entry, and the days of each stay without a visa."""
    words = reader.words
    rules = [Choice(value, words.say(f"finder-entry-{value}"), f"{NAMES['entry']}#{value}") for value in ("free", "k-eta", "visa")]
    lengths = sorted({one.entry.days for one in reader.links.passports.values() if one.entry.status})
    days = [Choice(str(count), words.say("quantity-day", count=count), f"{NAMES['days']}#d{count}") for count in lengths]
    return (
        Facet("entry", words.say("finder-entry"), tuple(rules), lambda one: (rule_of_entry(one),)),
        Facet("days", words.say("finder-days"), tuple(days), lambda one: (str(one.entry.days),) if one.entry.status else ()),
    )


def country_lists(reader: Reader) -> Iterator[Draft]:
    """The same countries by each facet."""
    for facet in country_finder(reader).facets:
        yield Draft(NAMES[facet.key], partial(_by_facet, reader, facet))


def _by_facet(reader: Reader, facet: Facet[Passport]) -> Page:
    words, finder = reader.words, country_finder(reader)
    title = words.say("label-value", label=words.say("from-all-title"), value=facet.label)
    found = groups(facet, finder.records, finder.row, reader)
    ways = [
        {"id": choice.path.partition("#")[2], "heading": group["heading"], "number": group["number"], "links": group["rows"]}
        for choice in facet.choices
        for group in found
        if group["id"] == choice.value
    ]
    return Page(
        path=NAMES[facet.key],
        language=reader.language,
        template="countries.html",
        title=title,
        description=words.say("finder-page-description", title=title),
        view={"heading": title, "lead": words.say("finder-entry-lead", date=words.date(reader.atlas.site.released)), "ways": ways},
        crumbs=((words.say("nav-home"), ""), (words.say("nav-visa"), "visa/"), (words.say("from-all-title"), "from/")),
        section="visa",
        changed_on=reader.atlas.site.released,
        feedback=NAMES[facet.key].rstrip("/"),
    )
