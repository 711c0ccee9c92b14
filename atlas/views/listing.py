"""Lists of institutions.

``hospitals/``, ``hospitals/in/<province>/``, ``hospitals/for/<specialty>/``, ``hospitals/speaking/<language>/``,
``hospitals/kind/<kind>/``, ``hospitals/evidence/<level>/``, ``hospitals/near/<base>/``. All are ordered by province, then by name; nobody
is ranked. On the first of them stands the finder, which needs a script; the others hold the same lists without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from atlas.distance import NEAR
from atlas.records.institution import Institution
from atlas.views.facet import Choice, Facet
from atlas.views.finder import finder_view
from atlas.views.hospitalfinder import SPECIMEN, hospital_facets, hospital_finder
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader
from atlas.views.row import institution_row

Crumbs = tuple[tuple[str, str], ...]


def listing_pages(reader: Reader) -> Iterator[Draft]:
    """The overview and every list."""
    words, atlas, links = reader.words, reader.atlas, reader.links
    yield Draft("hospitals/", partial(_overview, reader))
    crumbs: Crumbs = ((words.say("nav-home"), ""), (words.say("nav-hospitals"), "hospitals/"))
    for code, province in atlas.provinces.items():
        found = links.by_province[code]
        title = words.say("list-in-title", place=reader.text(province.in_place))
        yield _drafted(reader, f"hospitals/in/{province.slug}/", title, found, crumbs, by_kind=True)
    for key, specialty in atlas.specialties.items():
        if specialty.listed:
            title = words.say("list-for-title", specialty=reader.text(specialty.heading))
            treatments = [{"text": reader.text(one.name), "path": f"treatments/{one.id}/"} for one in links.treatments_of[key]]
            yield _drafted(
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
        yield _drafted(
            reader,
            f"hospitals/speaking/{code}/",
            title,
            links.by_language[code],
            crumbs,
            note_text=words.say("list-speaking-note", count=silent),
        )
    for key, kind in atlas.institution_kinds.items():
        note = reader.text(kind.note) if kind.note else None
        yield _drafted(reader, f"hospitals/kind/{key}/", reader.text(kind.plural), links.by_kind[key], crumbs, note_text=note)
    yield from _by_evidence(reader, crumbs)
    yield from _near(reader, crumbs)


def _drafted(reader: Reader, path: str, title: str, found: Iterable[Institution], crumbs: Crumbs, **rest: Any) -> Draft:
    return Draft(path, partial(_list, reader, path, title, found, crumbs, **rest))


def spoken(reader: Reader) -> list[str]:
    """The codes of the languages that some institution serves."""
    return [code for code, found in reader.links.by_language.items() if found]


def _by_evidence(reader: Reader, crumbs: Crumbs) -> Iterator[Draft]:
    """A list for each level of evidence that is in force."""
    facet = next(one for one in hospital_facets(reader) if one.key == "evidence")
    for level in facet.choices:
        yield Draft(level.path, partial(_of_level, reader, crumbs, facet, level))


def _of_level(reader: Reader, crumbs: Crumbs, facet: Facet[Institution], level: Choice) -> Page:
    words = reader.words
    found = facet.chosen(level.value, reader.atlas.institutions.values())
    title = words.say("finder-evidence-title", level=level.text)
    note = words.say("two-sentences", first=words.say(f"level-{level.value}-text"), second=facet.note)
    return _list(reader, level.path, title, found, crumbs, note_text=note)


def _near(reader: Reader, crumbs: Crumbs) -> Iterator[Draft]:
    """A list for each base, with distances from its centre."""
    facet = next(one for one in hospital_facets(reader) if one.key == "near")
    for near in facet.choices:
        yield Draft(near.path, partial(_near_base, reader, crumbs, facet, near))


def _near_base(reader: Reader, crumbs: Crumbs, facet: Facet[Institution], near: Choice) -> Page:
    words, base = reader.words, reader.links.bases[near.value]
    found = facet.chosen(near.value, reader.atlas.institutions.values())
    far = {one.id: reader.links.near_bases[one.id][near.value] for one in found}
    title = words.say("finder-near-title", distance=words.kilometres(NEAR), place=reader.text(base.name))
    note = words.say(
        "two-sentences", first=words.say("finder-near-from", place=reader.text(base.centre.place)), second=words.say("finder-near-note")
    )
    return _list(reader, near.path, title, found, crumbs, note_text=note, far=far)


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
            "groups": _by_province(reader, everyone, {}),
        },
        crumbs=((words.say("nav-home"), ""),),
        section="hospitals",
        changed_on=reader.atlas.site.released,
        feedback="hospitals",
    )


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
    *,
    by_kind: bool = False,
    note: str | None = None,
    note_text: str | None = None,
    treatments: list[dict[str, str]] | None = None,
    far: Mapping[str, float] | None = None,
) -> Page:
    words, institutions = reader.words, tuple(found)
    groups = _by_kind(reader, institutions) if by_kind else _by_province(reader, institutions, far or {})
    view: dict[str, Any] = {
        "heading": title,
        "lead": words.say("list-lead", count=len(institutions)),
        "groups": groups,
        "jump": len(groups) > 3,
    }
    if note or note_text:
        view["note"] = note_text or words.say(note or "")
    if treatments:
        view["treatments"] = treatments
    if not institutions:
        view["empty"] = words.say("list-empty")
    return Page(
        path=path,
        language=reader.language,
        template="list.html",
        title=title,
        description=words.say("list-description", title=title, count=len(institutions)),
        view=view,
        crumbs=crumbs,
        section="hospitals",
        changed_on=max((one.checked_on for one in institutions), default=reader.atlas.site.released),
        feedback=path.rstrip("/"),
    )


def _by_province(reader: Reader, found: Iterable[Institution], far: Mapping[str, float]) -> list[dict[str, Any]]:
    institutions = tuple(found)
    groups = []
    for code, province in reader.atlas.provinces.items():
        here = [one for one in institutions if one.province == code]
        if here:
            path = f"hospitals/in/{province.slug}/"
            groups.append(_group(reader, province.slug, reader.text(province.short), here, path=path, far=far))
    nowhere = [one for one in institutions if one.province is None]
    if nowhere:
        groups.append(_group(reader, "unplaced", reader.words.say("place-unknown"), nowhere, far=far))
    return groups


def _by_kind(reader: Reader, found: Iterable[Institution]) -> list[dict[str, Any]]:
    institutions = tuple(found)
    groups = []
    for key, kind in sorted(reader.atlas.institution_kinds.items(), key=lambda pair: pair[1].order):
        here = [one for one in institutions if one.kind == key]
        if here:
            groups.append(_group(reader, key, reader.text(kind.plural), here))
    return groups


def _group(
    reader: Reader,
    group_id: str,
    heading: str,
    found: list[Institution],
    *,
    path: str | None = None,
    far: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    rows = [institution_row(reader, one, metres=(far or {}).get(one.id)) for one in reader.by_name(found)]
    return {
        "id": group_id,
        "heading": heading,
        "count": reader.words.say("institutions", count=len(rows)),
        "number": reader.words.number(len(rows)),
        "rows": rows,
        **({"path": path} if path else {}),
    }
