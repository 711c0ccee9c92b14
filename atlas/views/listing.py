"""Lists of institutions.

``hospitals/``, ``hospitals/in/<province>/``, ``hospitals/for/<specialty>/``, ``hospitals/speaking/<language>/``,
``hospitals/kind/<kind>/``. All are ordered by province, then by name; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from atlas.records.institution import Institution
from atlas.views.evidence import summary
from atlas.views.institution import institution_path, place_line
from atlas.views.page import Page
from atlas.views.reader import Reader, collation

Crumbs = tuple[tuple[str, str], ...]


def listing_pages(reader: Reader) -> Iterator[Page]:
    """The overview and every list."""
    words, atlas, links = reader.words, reader.atlas, reader.links
    yield _overview(reader)
    crumbs: Crumbs = ((words.say("nav-home"), ""), (words.say("nav-hospitals"), "hospitals/"))
    for code, province in atlas.provinces.items():
        found = links.by_province[code]
        title = words.say("list-in-title", place=reader.text(province.in_place))
        yield _list(reader, f"hospitals/in/{province.slug}/", title, found, crumbs, by_kind=True)
    for key, specialty in atlas.specialties.items():
        if specialty.listed:
            title = words.say("list-for-title", specialty=reader.text(specialty.heading))
            treatments = [{"text": reader.text(one.name), "path": f"treatments/{one.id}/"} for one in links.treatments_of[key]]
            yield _list(
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
        yield _list(
            reader,
            f"hospitals/speaking/{code}/",
            title,
            links.by_language[code],
            crumbs,
            note_text=words.say("list-speaking-note", count=silent),
        )
    for key, kind in atlas.institution_kinds.items():
        note = reader.text(kind.note) if kind.note else None
        yield _list(reader, f"hospitals/kind/{key}/", reader.text(kind.plural), links.by_kind[key], crumbs, note_text=note)


def spoken(reader: Reader) -> list[str]:
    """The codes of the languages that some institution serves."""
    return [code for code, found in reader.links.by_language.items() if found]


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
            "ways": ways(reader),
            "groups": _by_province(reader, everyone),
        },
        crumbs=((words.say("nav-home"), ""),),
        section="hospitals",
        changed_on=reader.atlas.site.released,
        feedback="hospitals",
    )


def ways(reader: Reader) -> list[dict[str, Any]]:
    """The ways into the lists: by specialty, language and province in order of name, and by kind; each with its count."""
    words, atlas, links = reader.words, reader.atlas, reader.links
    specialties = [
        (reader.text(one.heading), f"hospitals/for/{key}/", len(links.by_specialty[key]))
        for key, one in atlas.specialties.items()
        if one.listed
    ]
    provinces = [(reader.text(one.short), f"hospitals/in/{one.slug}/", len(links.by_province[key])) for key, one in atlas.provinces.items()]
    languages = [(words.language(code), f"hospitals/speaking/{code}/", len(links.by_language[code])) for code in spoken(reader)]
    by_order = sorted(atlas.institution_kinds.items(), key=lambda pair: pair[1].order)
    kinds = [(reader.text(one.plural), f"hospitals/kind/{key}/", len(links.by_kind[key])) for key, one in by_order]
    for found in (specialties, provinces, languages):
        found.sort(key=lambda way: collation(way[0], reader.language))
    named = (
        ("ways-specialty", specialties),
        ("ways-language", languages),
        ("ways-province", provinces),
        ("ways-kind", kinds),
    )
    return [
        {
            "id": key,
            "heading": words.say(key),
            "links": [{"text": text, "path": path, "count": words.number(count)} for text, path, count in found],
        }
        for key, found in named
    ]


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
) -> Page:
    words, institutions = reader.words, tuple(found)
    groups = _by_kind(reader, institutions) if by_kind else _by_province(reader, institutions)
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


def _by_province(reader: Reader, found: Iterable[Institution]) -> list[dict[str, Any]]:
    institutions = tuple(found)
    groups = []
    for code, province in reader.atlas.provinces.items():
        here = [one for one in institutions if one.province == code]
        if here:
            path = f"hospitals/in/{province.slug}/"
            groups.append(_group(reader, province.slug, reader.text(province.short), here, path=path))
    nowhere = [one for one in institutions if one.province is None]
    if nowhere:
        groups.append(_group(reader, "unplaced", reader.words.say("place-unknown"), nowhere, path=None))
    return groups


def _by_kind(reader: Reader, found: Iterable[Institution]) -> list[dict[str, Any]]:
    institutions = tuple(found)
    groups = []
    for key, kind in sorted(reader.atlas.institution_kinds.items(), key=lambda pair: pair[1].order):
        here = [one for one in institutions if one.kind == key]
        if here:
            groups.append(_group(reader, key, reader.text(kind.plural), here, path=None))
    return groups


def _group(reader: Reader, group_id: str, heading: str, found: list[Institution], *, path: str | None) -> dict[str, Any]:
    rows = [institution_row(reader, one) for one in reader.by_name(found)]
    return {
        "id": group_id,
        "heading": heading,
        "count": reader.words.say("institutions", count=len(rows)),
        "number": reader.words.number(len(rows)),
        "rows": rows,
        **({"path": path} if path else {}),
    }


def institution_row(reader: Reader, one: Institution, *, whole_place: bool = False) -> dict[str, Any]:
    """One institution in a list; with ``whole_place`` its province is named, which a list by province has in its headings."""
    words, atlas = reader.words, reader.atlas
    place = [reader.text(atlas.institution_kinds[one.kind].name)]
    if whole_place and (where := place_line(reader, one)):
        place.append(where)
    elif one.district:
        place.append(reader.text(atlas.districts[one.district].in_province))
    sure = summary(reader, one)
    row: dict[str, Any] = {
        "name": reader.name(one),
        "path": institution_path(one),
        "place": " · ".join(place),
        "specialties": words.say("list-comma").join(reader.text(atlas.specialties[key].name) for key in one.specialties),
    }
    if "ko" in one.names and reader.own_name(one)[0] != "ko":
        row["korean"] = one.names["ko"].text
    if one.desk.languages:
        row["languages"] = words.say("list-comma").join(words.language(code) for code in one.desk.languages.codes)
    row["sure"] = {"state": sure["state"], "level": words.say("row-unknown") if one.serves_foreigners_unknown else sure["level"]}
    if one.closed:
        row["closed"] = True
    return row
