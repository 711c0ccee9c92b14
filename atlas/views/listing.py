"""Lists of institutions, long ones in pages.

``hospitals/``, ``hospitals/in/<province>/``, ``hospitals/for/<specialty>/``, ``hospitals/speaking/<language>/``,
``hospitals/kind/<kind>/``, ``hospitals/evidence/<level>/``, ``hospitals/near/<base>/``. All are ordered by province, then by name; nobody
is ranked. On the first of them stands the finder, which needs a script; the others hold the same lists without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from atlas.distance import NEAR
from atlas.records.institution import Institution
from atlas.views.facet import Choice, Facet
from atlas.views.finder import finder_view
from atlas.views.grouping import by_province, groups_of, jumps, on_page, rowed
from atlas.views.hospitalfinder import SPECIMEN, hospital_facets, hospital_finder
from atlas.views.page import Draft, Page
from atlas.views.paging import fits, numbered, numbers, titled, turning
from atlas.views.reader import Reader

Crumbs = tuple[tuple[str, str], ...]


def listing_pages(reader: Reader) -> Iterator[Draft]:
    """The overview and every list."""
    words, atlas, links = reader.words, reader.atlas, reader.links
    yield Draft("hospitals/", partial(_overview, reader), of=())
    crumbs: Crumbs = ((words.say("nav-home"), ""), (words.say("nav-hospitals"), "hospitals/"))
    for code, province in atlas.provinces.items():
        found = links.by_province[code]
        title = words.say("list-in-title", place=reader.text(province.in_place))
        yield from _drafted(reader, f"hospitals/in/{province.slug}/", title, found, crumbs, by_kind=True)
    for key, specialty in atlas.specialties.items():
        if specialty.listed:
            title = words.say("list-for-title", specialty=reader.text(specialty.heading))
            treatments = [{"text": reader.text(one.name), "path": f"treatments/{one.id}/"} for one in links.treatments_of[key]]
            yield from _drafted(
                reader,
                f"hospitals/for/{key}/",
                title,
                links.by_specialty[key],
                crumbs,
                note="list-for-note",
                treatments=treatments,
            )
    for code in spoken(reader):
        title = words.say("list-speaking-title", language=words.language(code))
        silent = sum(1 for one in atlas.institutions.values() if one.desk.languages is None)
        yield from _drafted(
            reader,
            f"hospitals/speaking/{code}/",
            title,
            links.by_language[code],
            crumbs,
            note_text=words.say("list-speaking-note", count=silent),
        )
    for key, kind in atlas.institution_kinds.items():
        note = reader.text(kind.note) if kind.note else None
        yield from _drafted(reader, f"hospitals/kind/{key}/", reader.text(kind.plural), links.by_kind[key], crumbs, note_text=note)
    yield from _by_evidence(reader, crumbs)
    yield from _near(reader, crumbs)


def _drafted(reader: Reader, path: str, title: str, found: Sequence[Institution], crumbs: Crumbs, **rest: Any) -> Iterator[Draft]:
    for number in numbers(len(found)):
        yield Draft(numbered(path, number), partial(_list, reader, path, title, found, crumbs, number, **rest))


def _counted(reader: Reader, facet: Facet[Institution]) -> Mapping[str, int]:
    """Of how many institutions each choice holds, where that may be more than one page has room for."""
    everyone = reader.atlas.institutions
    return {} if fits(everyone) else facet.counts(everyone.values())


def spoken(reader: Reader) -> list[str]:
    """The codes of the languages that some institution serves."""
    return [code for code, found in reader.links.by_language.items() if found]


def _chosen(reader: Reader, facet: Facet[Institution], choice: Choice) -> list[Institution]:
    """The institutions that a choice holds of, looked through once for all pages of its list."""
    return reader.once(("chosen", facet.key, choice.value), lambda: facet.chosen(choice.value, reader.atlas.institutions.values()))


def _by_evidence(reader: Reader, crumbs: Crumbs) -> Iterator[Draft]:
    """A list for each level of evidence that is in force."""
    facet = next(one for one in hospital_facets(reader) if one.key == "evidence")
    counts = _counted(reader, facet)
    for level in facet.choices:
        for number in numbers(counts.get(level.value, 0)):
            yield Draft(numbered(level.path, number), partial(_of_level, reader, crumbs, facet, level, number))


def _of_level(reader: Reader, crumbs: Crumbs, facet: Facet[Institution], level: Choice, number: int) -> Page:
    words = reader.words
    found = _chosen(reader, facet, level)
    title = words.say("finder-evidence-title", level=level.text)
    note = words.say("two-sentences", first=words.say(f"level-{level.value}-text"), second=facet.note)
    return _list(reader, level.path, title, found, crumbs, number, note_text=note)


def _near(reader: Reader, crumbs: Crumbs) -> Iterator[Draft]:
    """A list for each base, with distances from its centre."""
    facet = next(one for one in hospital_facets(reader) if one.key == "near")
    counts = _counted(reader, facet)
    for near in facet.choices:
        for number in numbers(counts.get(near.value, 0)):
            yield Draft(numbered(near.path, number), partial(_near_base, reader, crumbs, facet, near, number))


def _near_base(reader: Reader, crumbs: Crumbs, facet: Facet[Institution], near: Choice, number: int) -> Page:
    words, base = reader.words, reader.links.bases[near.value]
    found = _chosen(reader, facet, near)
    far = {one.id: reader.links.near_bases[one.id][near.value] for one in found}
    title = words.say("finder-near-title", distance=words.kilometres(NEAR), place=reader.text(base.name))
    note = words.say(
        "two-sentences", first=words.say("finder-near-from", place=reader.text(base.centre.place)), second=words.say("finder-near-note")
    )
    return _list(reader, near.path, title, found, crumbs, number, note_text=note, far=far)


def _overview(reader: Reader) -> Page:
    words = reader.words
    everyone = reader.atlas.institutions.values()
    title = words.say("hospitals-title")
    return Page(
        path="hospitals/",
        language=reader.language,
        template="list.html",
        title=title,
        description=words.say("hospitals-description", count=len(everyone)),
        view={
            "heading": title,
            "lead": words.say("hospitals-lead", count=len(everyone)),
            "finder": finder_view(reader, hospital_finder(reader), SPECIMEN),
            "ways": ways(reader),
            "groups": _all_groups(reader),
        },
        crumbs=((words.say("nav-home"), ""),),
        section="hospitals",
        changed_on=reader.atlas.site.released,
        feedback="hospitals",
    )


def _all_groups(reader: Reader) -> list[dict[str, Any]]:
    """Every institution by province. More than a page has room for stand in the lists only: each is in one by kind."""
    everyone = tuple(reader.atlas.institutions.values())
    return rowed(reader, by_province(reader, everyone)) if fits(everyone) else []


def ways(reader: Reader) -> list[dict[str, Any]]:
    """The ways into the lists, one for each facet that has lists of its own, each list with its count."""
    named = {
        "for": "ways-specialty",
        "speaking": "ways-language",
        "in": "ways-province",
        "kind": "ways-kind",
        "evidence": "finder-ways-evidence",
        "near": "finder-ways-near",
    }
    return [_way(reader, facet, named[facet.key]) for facet in hospital_facets(reader) if facet.key in named]


def _way(reader: Reader, facet: Facet[Institution], heading: str) -> dict[str, Any]:
    counts = facet.counts(reader.atlas.institutions.values())
    links = [{"text": one.text, "path": one.path, "count": reader.words.number(counts[one.value])} for one in facet.choices]
    return {"id": heading, "heading": reader.words.say(heading), "links": links}


def _list(
    reader: Reader,
    path: str,
    title: str,
    found: Iterable[Institution],
    crumbs: Crumbs,
    number: int,
    *,
    by_kind: bool = False,
    note: str | None = None,
    note_text: str | None = None,
    treatments: list[dict[str, str]] | None = None,
    far: Mapping[str, float] | None = None,
) -> Page:
    words, institutions = reader.words, tuple(found)
    whole = groups_of(reader, path, institutions, by_kind=by_kind)
    groups = rowed(reader, on_page(whole, number), far or {})
    heading = titled(reader, title, number)
    view: dict[str, Any] = {
        "heading": heading,
        "lead": words.say("list-lead", count=len(institutions)),
        "groups": groups,
        "jump": len(whole) > 3,
    }
    if turn := turning(reader, path, number, len(institutions)):
        view["turn"], view["jumps"] = turn, jumps(reader, path, whole)
    if note or note_text:
        view["note"] = note_text or words.say(note or "")
    if treatments:
        view["treatments"] = treatments
    if not institutions:
        view["empty"] = words.say("list-empty")
    return Page(
        path=numbered(path, number),
        language=reader.language,
        template="list.html",
        title=heading,
        description=words.say("list-description", title=heading, count=len(institutions)),
        view=view,
        crumbs=crumbs if number == 1 else (*crumbs, (title, path)),
        section="hospitals",
        changed_on=max((one.checked_on for one in institutions), default=reader.atlas.site.released),
        feedback=path.rstrip("/"),
    )
