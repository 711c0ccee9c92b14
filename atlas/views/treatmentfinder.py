"""What the list of treatments can be narrowed by, and the same list in other groups."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlas.records.treatment import Treatment
from atlas.views.facet import Choice, Facet, by_text, groups
from atlas.views.finder import Finder
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader

SPECIMEN = {"text": "{text}", "path": "{path}", "summary": {"text": "{summary}"}}
"""A row with the names of its fields."""
DAYS = {"day": 1, "week": 7, "month": 30}
WEEK = 7


def treatment_finder(reader: Reader) -> Finder[Treatment]:
    """All treatments with their facets."""
    found = sorted(reader.atlas.treatments.values(), key=lambda one: (reader.collated(reader.text(one.name)), one.id))
    return Finder(name="treatments", facets=treatment_facets(reader), records=found, row=lambda one: treatment_row(reader, one))


def treatment_row(reader: Reader, one: Treatment) -> dict[str, Any]:
    """One treatment in a list."""
    return {"text": reader.text(one.name), "path": f"treatments/{one.id}/", "summary": reader.passage(one.summary)}


def usual_stay(one: Treatment) -> str:
    """``week`` (seven days at most), ``longer``, ``sessions`` (no days are given), or ``unknown``."""
    if one.stay is None:
        return "unknown"
    days = DAYS.get(one.stay.span.unit)
    return "sessions" if days is None else "week" if one.stay.span.most * days <= WEEK else "longer"


def treatment_facets(reader: Reader) -> tuple[Facet[Treatment], ...]:
    """Specialty, usual stay, whether prices were seen, and the languages of the institutions for it."""
    words, atlas, links = reader.words, reader.atlas, reader.links
    fields = [
        Choice(key, reader.text(one.heading), f"hospitals/for/{key}/#treat")
        for key, one in atlas.specialties.items()
        if one.listed and links.treatments_of[key]
    ]
    stays = [
        Choice(value, words.say(f"finder-stay-{value}"), f"treatments/stay/#{value}") for value in ("week", "longer", "sessions", "unknown")
    ]
    prices = [Choice(value, words.say(f"finder-price-{value}"), f"treatments/price/#{value}") for value in ("known", "unknown")]
    spoken = [Choice(code, words.language(code), f"treatments/language/#{code}") for code, found in links.by_language.items() if found]
    heard = {
        key: {code for who in found if who.desk.languages for code in who.desk.languages.codes} for key, found in links.by_treatment.items()
    }
    return (
        Facet("for", words.say("finder-specialty"), by_text(reader, fields), lambda one: one.specialties),
        Facet("stay", words.say("finder-stay"), tuple(stays), lambda one: (usual_stay(one),)),
        Facet("price", words.say("finder-price"), tuple(prices), lambda one: ("known" if one.prices else "unknown",)),
        Facet(
            "speaking",
            words.say("finder-speaking"),
            by_text(reader, spoken),
            lambda one: heard[one.id],
            words.say("finder-speaking-note"),
        ),
    )


def other_lists(reader: Reader) -> list[dict[str, str]]:
    """The pages with the same treatments in other groups."""
    names = {"stay": "stay", "price": "price", "speaking": "language"}
    return [
        {"key": facet.key, "text": facet.label, "path": f"treatments/{names[facet.key]}/", "count": ""}
        for facet in treatment_facets(reader)
        if facet.key in names
    ]


def treatment_lists(reader: Reader) -> Iterator[Draft]:
    """Those pages."""
    for other in other_lists(reader):
        yield Draft(other["path"], partial(_by_facet, reader, other["key"], other["path"]))


def _by_facet(reader: Reader, key: str, path: str) -> Page:
    words, finder = reader.words, treatment_finder(reader)
    facet = next(facet for facet in finder.facets if facet.key == key)
    title = words.say("label-value", label=words.say("treatments-title"), value=facet.label)
    found = groups(facet, finder.records, finder.row, reader)
    return Page(
        path=path,
        language=reader.language,
        template="treatments.html",
        title=title,
        description=words.say("finder-page-description", title=title),
        view={"heading": title, "lead": facet.note or words.say("finder-page-lead"), "groups": found},
        crumbs=((words.say("nav-home"), ""), (words.say("nav-treatments"), "treatments/")),
        section="treatments",
        changed_on=reader.atlas.site.released,
        feedback=path.rstrip("/"),
    )
