"""The page of one institution: ``hospitals/<id>/``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from atlas.records.hours import Hours
from atlas.records.institution import Conflict, Institution, Line, Website
from atlas.records.phone import e164, from_abroad, in_korea, korea_only
from atlas.views.evidence import evidence_card, registered, summary
from atlas.views.maplinks import map_links
from atlas.views.near import near_groups
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader

CONTACT = frozenset({"phone", "email", "website", "page", "hours"})
"""What counts as contact details, among the things that remarks and conflicts are about."""


def institution_path(one: Institution) -> str:
    """Where the page of an institution lies."""
    return f"hospitals/{one.id}/"


def institution_page(reader: Reader, one: Institution) -> Page:
    """The page of an institution for one reader."""
    words = reader.words
    name = reader.bare_name(one)
    place = place_line(reader, one)
    kind = reader.text(reader.atlas.institution_kinds[one.kind].name)
    province = reader.atlas.provinces[one.province] if one.province else None
    crumbs = [(words.say("nav-home"), ""), (words.say("nav-hospitals"), "hospitals/")]
    if province:
        crumbs.append((reader.text(province.short), f"hospitals/in/{province.slug}/"))
    return Page(
        path=institution_path(one),
        language=reader.language,
        template="institution.html",
        title=words.say("institution-title", name=name, place=reader.text(province.short) if province else kind),
        description=words.say("institution-description", name=name, kind=kind, place=place or words.say("place-unknown")),
        view=_view(reader, one, kind, place),
        crumbs=tuple(crumbs),
        section="hospitals",
        changed_on=one.checked_on,
        subject="institution",
        feedback=one.id,
    )


def place_line(reader: Reader, one: Institution) -> str | None:
    """District and province in words, e.g. “Songpa-gu, Seoul”."""
    if one.district:
        return reader.text(reader.atlas.districts[one.district].name)
    return reader.text(reader.atlas.provinces[one.province].short) if one.province else None


def shows_contact(reader: Reader, one: Institution) -> bool:
    """Whether contact details stand on the page.

    Where nothing shows that an institution serves patients from abroad, only the Korean page has them: pages in other languages
    must not lead patients to an institution that may not be registered to attract them.
    """
    return reader.language == "ko" or not one.serves_foreigners_unknown


def _view(reader: Reader, one: Institution, kind: str, place: str | None) -> dict[str, Any]:
    words, citations = reader.words, Citations(reader)
    contact = shows_contact(reader, one) and not one.closed
    view: dict[str, Any] = {
        "name": reader.name(one),
        "also": _other_names(reader, one),
        "kind": kind,
        "kind_id": one.kind,
        "place": place or words.say("place-unknown"),
    }
    if one.closed:
        view["closed"] = {
            "date": one.closed.date,
            "text": words.say("closed-on", date=words.date(one.closed.date)),
            "refs": citations.cite(one.closed.sources),
        }
        if one.closed.reason:
            view["closed"]["reason"] = reader.passage(one.closed.reason)
    if contact:
        view["desk"] = _desk(reader, one, citations)
    view["unknown"] = one.serves_foreigners_unknown
    if one.desk.languages:
        spoken = one.desk.languages
        each = [words.language(code) for code in spoken.codes]
        view["languages"] = {
            "each": each,
            "names": words.listing(each),
            "refs": citations.cite(spoken.sources),
            "weak": spoken.weak,
        }
    view["specialties"] = [
        {"id": key, "text": reader.text(reader.atlas.specialties[key].name), "path": f"hospitals/for/{key}/"} for key in one.specialties
    ]
    view["sure"] = summary(reader, one)
    doubtful = one.confidence == "low" and not one.serves_foreigners_unknown
    view["confidence"] = words.say("doubt-low-confidence" if doubtful else f"confidence-{one.confidence}")
    if not registered(one):
        view["ask"] = reader.in_korean("ask-sentence")
    view["more"] = _more(reader, one, citations, contact=contact)
    view["driver"] = _driver(reader, one, citations, contact=contact)
    view["evidence"] = evidence_card(reader, one, citations)
    view["doubts"] = _doubts(reader, one, citations, contact=contact)
    view["near"] = near_groups(reader, "institution", one.id)
    view["helplines"] = helplines(reader, citations)
    citations.cite(one.sources)
    citations.cite([one.point.source] if one.point else [])
    citations.cite(source for name in one.names.values() for source in name.sources)
    view["sources"] = citations.listed(institutions_linked=shows_contact(reader, one))
    view["sources_note"] = citations.note()
    view["checked"] = {"date": one.checked_on, "text": words.date(one.checked_on)}
    if one.as_of:
        view["as_of"] = words.date(one.as_of)
    return view


def _other_names(reader: Reader, one: Institution) -> list[dict[str, Any]]:
    """The Korean name first, then the others in the order of the site's languages."""
    shown, _ = reader.own_name(one)
    order = ["ko", *(code for code in reader.atlas.site_languages if code != "ko")]
    names = [(code, one.names[code]) for code in order if code in one.names and code != shown]
    return [{**reader.marked(name.text, code), **({"ours": True} if name.basis == "own" else {})} for code, name in names]


def phone_view(reader: Reader, line: Line, citations: Citations) -> dict[str, Any]:
    """A telephone line: how to read it, how to dial it, what to know of it."""
    local = korea_only(line.number)
    view: dict[str, Any] = {
        "text": in_korea(line.number) if local else from_abroad(line.number),
        "tel": in_korea(line.number).replace("-", "") if local else e164(line.number),
        "refs": citations.cite(line.sources),
    }
    if line.purpose:
        view["for"] = reader.passage(line.purpose)
    if local:
        view["korea_only"] = True
    if line.weak:
        view["weak"] = True
    return view


def _web(link: Website, citations: Citations) -> dict[str, Any]:
    bare = link.url.split("//", 1)[1].rstrip("/")
    return {
        "url": link.url,
        "text": bare,
        "host": bare.split("/")[0],
        "refs": citations.cite(link.sources),
        "weak": link.weak,
    }


def _desk(reader: Reader, one: Institution, citations: Citations) -> dict[str, Any]:
    words, desk = reader.words, one.desk
    view: dict[str, Any] = {
        "phones": [phone_view(reader, line, citations) for line in desk.phones],
        "known": bool(desk.phones or desk.email or desk.page),
    }
    if desk.email:
        view["email"] = {"address": desk.email.address, "refs": citations.cite(desk.email.sources)}
    if desk.page:
        view["page"] = _web(desk.page, citations)
    if desk.hours:
        view["hours"] = {
            "whose": desk.hours.of,
            "of": words.say(f"hours-of-{desk.hours.of}"),
            "openings": [opening.model_dump() for opening in desk.hours.openings],
            "lines": hours_lines(reader, desk.hours),
            "refs": citations.cite(desk.hours.sources),
            "weak": desk.hours.weak,
        }
    if one.main_line:
        view["main"] = phone_view(reader, one.main_line, citations)
    return view


def hours_lines(reader: Reader, hours: Hours) -> list[str]:
    """Opening hours by days of the week, and the days that the source calls closed."""
    words = reader.words
    lines = [
        words.say("hours-line", days=words.days(opening.days), opens=opening.opens, closes=opening.closes) for opening in hours.openings
    ]
    return [*lines, words.say("hours-closed", days=words.days(hours.closed))] if hours.closed else lines


def _more(reader: Reader, one: Institution, citations: Citations, *, contact: bool) -> list[dict[str, Any]]:
    """The further rows of the record: label, value, a remark in small print, sources."""
    words, rows = reader.words, []

    def row(label: str, value: str, refs: Iterable[str], small: str | None = None, **more: Any) -> None:
        found = {"key": label, "label": words.say(label), "text": value, "refs": citations.cite(refs), **more}
        rows.append({**found, "small": small} if small else found)

    kind = reader.atlas.institution_kinds[one.kind]
    if kind.note:
        row("row-kind", reader.text(kind.name), (), reader.text(kind.note), aside=True)
    if one.facts:
        facts = [{"passage": reader.passage(fact.text), "refs": citations.cite(fact.sources)} for fact in one.facts]
        rows.append({"key": "row-known", "label": words.say("row-known"), "facts": facts, "refs": []})
    if one.beds:
        row(
            "row-size",
            words.say("beds", count=one.beds.number),
            one.beds.sources,
            words.say("licence-as-of", date=words.date(one.beds.as_of)),
        )
    if one.departments:
        names = [reader.text(reader.atlas.specialties[key].name) for key in one.departments.codes]
        date = words.date(one.departments.as_of)
        row(
            "row-departments",
            words.say("list-comma").join(names),
            one.departments.sources,
            words.say("licence-as-of", date=date),
        )
    if one.opened:
        row(
            "row-opened",
            words.date(one.opened.date),
            one.opened.sources,
            None if one.opened.sources else words.say("row-unattributed"),
        )
    if one.licensed:
        row("row-licensed", words.date(one.licensed.date), one.licensed.sources, words.say("licence-note"))
    if contact and one.website:
        link = _web(one.website, citations)
        rows.append(
            {
                "key": "row-website",
                "label": words.say("row-website"),
                "link": link,
                "refs": link["refs"],
                **({"weak": True} if link["weak"] else {}),
            }
        )
    return rows


def _driver(reader: Reader, one: Institution, citations: Citations, *, contact: bool) -> dict[str, Any]:
    """The card for the taxi driver: Korean only."""
    view: dict[str, Any] = {"maps": [], "ask": reader.in_korean("driver-ask")}
    if "ko" in one.names:
        view["name"] = one.names["ko"].text
    if one.address and "ko" in one.address.text.root:
        view["address"] = one.address.text.root["ko"]
        view["refs"] = citations.cite(one.address.sources)
    if contact and one.main_line:
        number = one.main_line.number
        view["phone"] = {
            "text": in_korea(number),
            "tel": in_korea(number).replace("-", "") if korea_only(number) else e164(number),
        }
    searched = view.get("name") or view.get("address")
    if searched:
        view["maps"] = map_links(searched if one.point or "address" not in view else view["address"], one.point)
        if one.point:
            view["point"] = {"lat": one.point.lat, "lon": one.point.lon}
    return view


def _doubts(reader: Reader, one: Institution, citations: Citations, *, contact: bool) -> list[dict[str, Any]]:
    """What we are not sure of, each with a heading."""
    words, doubts = reader.words, []

    def doubt(about: str, text: dict[str, str], refs: Iterable[str] = ()) -> None:
        doubts.append({"about": words.say(f"about-{about}"), "passage": text, "refs": citations.cite(refs)})

    for remark in one.remarks:
        if contact or remark.about not in CONTACT:
            doubt(remark.about, reader.passage(remark.text), remark.sources)
    for conflict in one.conflicts:
        if contact or conflict.about not in CONTACT:
            doubt(
                conflict.about,
                {"text": conflict_text(reader, conflict)},
                [source for version in conflict.versions for source in version.sources],
            )
    ours = [code for code, name in one.names.items() if name.basis == "own"]
    if ours:
        names = words.listing(words.language(code) for code in reader.atlas.site_languages if code in ours)
        doubt("name", {"text": words.say("doubt-own-names", languages=names)})
    if "ko" not in one.names:
        doubt("name", {"text": words.say("doubt-no-korean-name")})
    if one.address is None and not any(remark.about == "address" for remark in one.remarks):
        doubt("address", {"text": words.say("doubt-no-address")})
    elif one.address is None:
        pass
    elif one.point is None:
        doubt("address", {"text": words.say("doubt-no-point")})
    return doubts


def conflict_text(reader: Reader, conflict: Conflict) -> str:
    """What each source says, and which of it is printed."""
    words = reader.words

    def said(value: str) -> str:
        if conflict.about == "beds":
            return words.number(int(value))
        if conflict.about == "languages":
            return words.listing(words.language(code) for code in value.split(", "))
        return from_abroad(value) if conflict.about == "phone" else value

    versions = words.say("list-or").join(said(version.value) for version in conflict.versions)
    if conflict.printed is None:
        return words.say("conflict-none", versions=versions)
    return words.say("conflict-printed", versions=versions, printed=said(conflict.printed))


def helplines(reader: Reader, citations: Citations, *, only: str | None = None, everyone: bool = False) -> list[dict[str, Any]]:
    """The public lines that help to find or judge an institution; or ``only`` one line, by its id; or every line."""
    lines = reader.atlas.helplines
    found = (
        [lines[only]] if only else sorted((line for line in lines.values() if everyone or line.for_clinics), key=lambda line: line.order)
    )
    return [
        {
            "number": line.number,
            "tel": line.number.replace("-", ""),
            "name": reader.passage(line.name),
            "detail": reader.passage(line.detail),
            **({"korea_only": True} if "-" in line.number else {}),
            "refs": citations.cite(line.sources),
        }
        for line in found
    ]
