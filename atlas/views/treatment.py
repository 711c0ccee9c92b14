"""``treatments/`` and one page for each treatment: stay, flying, prices seen, institutions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlas.records.institution import Institution
from atlas.records.treatment import FlyingAdvice, Price, Span, Treatment
from atlas.views.figure import statements
from atlas.views.finder import finder_view
from atlas.views.page import Draft, Page
from atlas.views.paging import cut, fits
from atlas.views.reader import Citations, Reader
from atlas.views.row import institution_row
from atlas.views.treatmentfinder import SPECIMEN, other_lists, treatment_finder, treatment_lists, treatment_row


def treatment_pages(reader: Reader) -> Iterator[Draft]:
    """The overview, the same list in other groups, and every treatment."""
    yield Draft("treatments/", partial(_overview, reader), of=())
    yield from treatment_lists(reader)
    for one in reader.atlas.treatments.values():
        yield Draft(f"treatments/{one.id}/", partial(_page, reader, one), of=("treatments", one.id))


def _overview(reader: Reader) -> Page:
    words, atlas = reader.words, reader.atlas
    groups = []
    for key, specialty in atlas.specialties.items():
        found = [one for one in reader.links.treatments_of[key] if one.specialties[0] == key]
        rows = [treatment_row(reader, one) for one in found]
        if rows:
            rows.sort(key=lambda row: reader.collated(str(row["text"])))
            groups.append({"id": key, "heading": reader.text(specialty.heading), "rows": rows})
    groups.sort(key=lambda group: reader.collated(str(group["heading"])))
    title = words.say("treatments-title")
    return Page(
        path="treatments/",
        language=reader.language,
        template="treatments.html",
        title=title,
        description=words.say("treatments-description", count=len(atlas.treatments)),
        view={
            "heading": title,
            "lead": words.say("treatments-lead", count=len(atlas.treatments)),
            "finder": finder_view(reader, treatment_finder(reader), SPECIMEN),
            "others": {"id": "others", "heading": words.say("finder-others"), "links": other_lists(reader)},
            "groups": groups,
        },
        crumbs=((words.say("nav-home"), ""),),
        section="treatments",
        changed_on=atlas.site.released,
        feedback="treatments",
    )


def _page(reader: Reader, one: Treatment) -> Page:
    words, citations = reader.words, Citations(reader)
    name = reader.text(one.name)
    view: dict[str, Any] = {"heading": name, "summary": reader.passage(one.summary)}
    if one.stay:
        view["stay"] = {"text": span_text(reader, one.stay.span), "refs": citations.cite([one.stay.source])}
        if one.stay.note:
            view["stay"]["note"] = reader.passage(one.stay.note)
    view["flying"] = [flying_view(reader, advice, citations) for advice in one.flying]
    view["prices"] = [price_view(reader, price, citations) for price in one.prices]
    fields = set(one.specialties)
    taxes = statements(reader, (rule for rule in reader.atlas.rules.values() if fields.intersection(rule.specialties)), citations)
    if taxes:
        view["taxes"] = taxes
    found = reader.by_name(reader.links.by_treatment[one.id])
    view["groups"] = _groups(reader, found)
    if not fits(found):
        view["more"] = [
            {"text": words.say("list-for-title", specialty=reader.text(specialty.heading)), "path": f"hospitals/for/{key}/"}
            for key in one.specialties
            if (specialty := reader.atlas.specialties[key]).listed
        ]
    view["gentle"] = f"gentle-days/{one.id}/"
    if "ko" in one.name.root and reader.language != "ko":
        view["korean"] = one.name.root["ko"]
    view["count"] = words.say("institutions", count=len(found))
    view["specialties"] = [
        {"text": reader.text(reader.atlas.specialties[key].heading), "path": f"hospitals/for/{key}/"} for key in one.specialties
    ]
    view["sources"] = citations.listed()
    if view["sources"]:
        view["sources_note"] = citations.note()
    view["checked"] = {"date": one.checked_on, "text": words.date(one.checked_on)}
    if one.name_basis.get(reader.language) == "own":
        view["ours"] = True
    return Page(
        path=f"treatments/{one.id}/",
        language=reader.language,
        template="treatment.html",
        title=words.say("treatment-title", name=name),
        description=words.say("treatment-description", name=name),
        view=view,
        crumbs=((words.say("nav-home"), ""), (words.say("nav-treatments"), "treatments/")),
        section="treatments",
        changed_on=one.checked_on,
        feedback=one.id,
    )


def _groups(reader: Reader, found: list[Institution]) -> list[dict[str, Any]]:
    """First the institutions whose desk speaks the reader's language, then the others; both in order of name.

    Of more than a page has room for only the first: the lists by specialty have them all.
    """
    speaking = [one for one in found if one.desk.languages and reader.language in one.desk.languages.codes]
    spoken = {one.id for one in speaking}
    others = [one for one in found if one.id not in spoken]
    words = reader.words
    named = ((words.say("treatment-speaking", language=words.language(reader.language)), speaking), (words.say("treatment-others"), others))
    starts = (0, len(speaking))
    return [
        {"heading": heading, "count": words.number(len(group)), "rows": [institution_row(reader, one, whole_place=True) for one in shown]}
        for start, (heading, group) in zip(starts, named, strict=True)
        if (shown := cut(group, 1, start))
    ]


def span_text(reader: Reader, span: Span) -> str:
    """“about 7 to 10 days”: the plural follows the last number."""
    words = reader.words
    text = words.say(f"span-{span.unit}", count=span.most)
    if span.least != span.most:
        text = words.say(f"spans-{span.unit}", least=words.number(span.least), count=span.most)
    return words.say("about-span", span=text) if span.about else text


def flying_view(reader: Reader, advice: FlyingAdvice, citations: Citations) -> dict[str, Any]:
    """How long to wait before a flight, and in which case."""
    words = reader.words
    text = span_text(reader, advice.span)
    if advice.may_be:
        text = words.say("flying-may-be", span=text)
    if advice.judged:
        text = words.say("flying-judged", span=text)
    view: dict[str, Any] = {"text": text, "refs": citations.cite([advice.source])}
    if advice.case:
        view["case"] = reader.passage(advice.case)
    return view


def price_view(reader: Reader, price: Price, citations: Citations) -> dict[str, Any]:
    """A price that was seen: amount, what it is for, year, tax."""
    words = reader.words
    view: dict[str, Any] = {"note": reader.passage(price.note), "refs": citations.cite([price.source])}
    if price.low is not None and price.high is not None and price.currency:
        low, high = words.money(price.low, price.currency), words.money(price.high, price.currency)
        view["text"] = low if price.low == price.high else words.say("price-range", low=low, high=high)
    if price.year:
        year = words.date(str(price.year))
        view["year"] = words.say("year-about", year=year) if price.year_about else year
    else:
        view["year"] = words.say("year-unknown")
    view["tax"] = words.say(f"tax-{price.tax}")
    return view
