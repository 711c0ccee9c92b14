"""Regions: ``regions/`` with the map, a page for every province, the clusters, special zones and programmes, cards for drivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atlas.base import Around, Base, point_of
from atlas.distance import great_circle
from atlas.records.institution import Institution
from atlas.records.place import Province
from atlas.records.region import Airport, Anchor, Cluster, Designation, Round, SpecialZone
from atlas.views.institution import helplines, institution_path
from atlas.views.map import Place, country_map, numbered, region_map
from atlas.views.near import korean, near_groups, place_path
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader, collation
from atlas.views.spot import driver_card, spot_row, statements

Crumbs = tuple[tuple[str, str], ...]


def region_pages(reader: Reader) -> Iterator[Page]:
    """Every page about a region."""
    yield _regions(reader)
    for code, province in reader.atlas.provinces.items():
        yield _province(reader, code, province)
    yield _clusters(reader)
    for one in reader.atlas.clusters.values():
        yield _cluster(reader, one)
    yield _zones(reader)
    for zone in reader.atlas.special_zones.values():
        yield _zone(reader, zone)
    for base in reader.links.bases.values():
        yield _cards(reader, base)
    yield _programmes(reader)


def _crumbs(reader: Reader, *more: tuple[str, str]) -> Crumbs:
    words = reader.words
    return ((words.say("nav-home"), ""), (words.say("nav-regions"), "regions/"), *more)


def _page(
    reader: Reader,
    path: str,
    title: str,
    description: str,
    view: dict[str, Any],
    crumbs: Crumbs,
    citations: Citations,
    *,
    changed_on: str | None = None,
    template: str = "region.html",
) -> Page:
    view = {"facts": [], "doubts": [], **view, "sources": citations.listed()}
    if view["sources"]:
        view["sources_note"] = citations.note()
    return Page(
        path=path,
        language=reader.language,
        template=template,
        title=title,
        description=description,
        view=view,
        crumbs=crumbs,
        section="regions",
        changed_on=changed_on or reader.atlas.site.released,
        feedback=path.rstrip("/"),
    )


# The map of Korea and the provinces ---------------------------------------------------------------------------------------------


def _regions(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    places = [Place(reader.text(one.name), f"#cluster-{key}", one.centre, "c") for key, one in atlas.clusters.items()]
    places += [
        Place(words.say("airport-of", name=reader.text(one.name)), f"#airport-{key}", one.point, "a") for key, one in atlas.airports.items()
    ]
    drawn = country_map(reader, places)
    numbers = numbered(drawn["dots"])
    provinces = sorted(atlas.provinces.items(), key=lambda pair: collation(reader.text(pair[1].short), reader.language))
    links = reader.links
    sections: list[dict[str, Any]] = [
        {
            "id": "provinces",
            "heading": words.say("regions-provinces"),
            "links": [
                {
                    "text": reader.text(one.short),
                    "path": f"regions/{one.slug}/",
                    "count": words.say(
                        "region-counts",
                        hospitals=words.number(len(links.by_province[code])),
                        places=words.number(len(_spots(reader, code))),
                    ),
                }
                for code, one in provinces
            ],
            "note": words.say("regions-provinces-note"),
        },
        {
            "id": "clusters",
            "heading": words.say("clusters-title"),
            "note": words.say("regions-clusters-note"),
            "entries": [
                {
                    "id": f"cluster-{key}",
                    "n": numbers.get(f"#cluster-{key}"),
                    "text": reader.text(one.name),
                    "path": f"clusters/{key}/",
                    "small": _today(reader, one),
                }
                for key, one in atlas.clusters.items()
            ],
            "more": {"path": "clusters/", "text": words.say("clusters-more")},
        },
        {
            "id": "airports",
            "heading": words.say("airports-title"),
            "entries": [
                {
                    "id": f"airport-{key}",
                    "n": numbers.get(f"#airport-{key}"),
                    "text": words.say("airport-code", name=reader.text(one.name), code=key.upper()),
                    "path": f"regions/{atlas.provinces[one.province].slug}/",
                    "small": words.say("list-comma").join(reader.text(atlas.provinces[code].short) for code in one.serves),
                    "refs": citations.cite([one.point.source]),
                }
                for key, one in atlas.airports.items()
            ],
            "note": words.say("airports-note"),
            "doubts": _airport_doubts(reader, atlas.airports.values(), citations),
        },
        {
            "id": "more",
            "heading": words.say("regions-more"),
            "entries": [
                {"text": words.say(key), "path": path, "small": words.say(f"{key}-text")}
                for key, path in (
                    ("gentle-title", "gentle-days/"),
                    ("culture-title", "k-culture/"),
                    ("wellness-title", "wellness/"),
                    ("calendar-title", "k-culture/calendar/"),
                    ("zones-title", "clusters/zones/"),
                    ("programmes-all-title", "programmes/all/"),
                )
            ],
        },
    ]
    title = words.say("regions-title")
    view = {
        "heading": title,
        "lead": words.say("regions-lead"),
        "map": drawn,
        "country": True,
        "sections": sections,
        "doubts": _province_doubts(reader, citations),
    }
    return _page(reader, "regions/", title, words.say("regions-description"), view, ((words.say("nav-home"), ""),), citations)


def _province_doubts(reader: Reader, citations: Citations) -> list[dict[str, Any]]:
    """What is not sure of the provinces, each once."""
    found = {one.text.root["en"]: one for province in reader.atlas.provinces.values() for one in province.doubts}
    return statements(reader, found.values(), citations)


def _spots(reader: Reader, code: str) -> list[tuple[str, Any]]:
    """The wellness sites and experiences of a province; an experience at a site stands for both."""
    atlas = reader.atlas
    taken = {one.site for one in atlas.experiences.values()}
    found: list[tuple[str, Any]] = [
        ("wellness-site", one) for one in atlas.wellness_sites.values() if one.province == code and one.id not in taken
    ]
    found += [("experience", one) for one in atlas.experiences.values() if one.province == code]
    return [pair for pair in found if not pair[1].closed]


def _province(reader: Reader, code: str, province: Province) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    path = f"regions/{province.slug}/"
    institutions = [one for one in reader.by_name(reader.links.by_province[code]) if not one.closed]
    spots = sorted(_spots(reader, code), key=lambda pair: (pair[0], reader.sort_key(pair[1])))
    airports = [one for one in atlas.airports.values() if code in one.serves]
    places = [Place(reader.own_name(one)[1].text, f"#{one.id}", one.point, "h") for one in institutions if one.point]
    places += [Place(reader.own_name(one)[1].text, f"#{one.id}", point) for _, one in spots if (point := point_of(atlas, one))]
    places += [Place(reader.text(one.name), f"#airport-{one.id}", one.point, "a") for one in airports if one.province == code]
    drawn = region_map(reader, (code,), places, reader.text(province.short)) if places else None
    numbers = numbered(drawn["dots"]) if drawn else {}
    clusters = [one for one in atlas.clusters.values() if code in one.provinces or _was(one, code)]
    sections: list[dict[str, Any]] = []
    if institutions:
        sections.append(
            {
                "id": "hospitals",
                "heading": words.say("region-hospitals"),
                "note": words.say("region-hospitals-note"),
                "kinds": _by_kind(reader, institutions, numbers),
                "more": {"path": f"hospitals/in/{province.slug}/", "text": words.say("region-hospitals-more")},
            }
        )
    else:
        sections.append({"id": "hospitals", "heading": words.say("region-hospitals"), "note": words.say("region-no-hospitals")})
    for kind, heading in (("experience", "region-experiences"), ("wellness-site", "region-sites")):
        rows = [_numbered_row(spot_row(reader, kind, one, whole_place=False), numbers) for found, one in spots if found == kind]
        if rows:
            sections.append({"id": f"{kind}s", "heading": words.say(heading), "rows": rows})
    sections.append(_arrival(reader, code, airports, numbers, citations))
    facts: list[dict[str, Any]] = []
    if clusters:
        links = [
            {"text": words.say("label-value", label=reader.text(one.name), value=_today(reader, one)), "path": f"clusters/{one.id}/"}
            for one in clusters
        ]
        facts.append({"label": words.say("region-clusters"), "links": links})
    zones = [one for one in atlas.special_zones.values() if one.province == code]
    if zones:
        facts.append(
            {
                "label": words.say("region-zones"),
                "links": [{"text": reader.text(one.name), "path": f"clusters/zones/{one.id}/"} for one in zones],
            }
        )
    base = next((one for one in reader.links.bases.values() if code in one.provinces), None)
    if base:
        facts.append(_gentle_row(reader, f"{base.path}cards/"))
    view: dict[str, Any] = {
        "heading": reader.text(province.name),
        **_also(reader, province.name.root),
        "lead": words.say("region-lead", hospitals=words.number(len(institutions)), places=words.number(len(spots))),
        "facts": facts,
        "sections": sections,
        "doubts": statements(reader, province.doubts, citations),
    }
    if drawn:
        view["map"] = drawn
        view["beside"] = True
    if "own" in (province.basis.get(reader.language), ""):
        view["ours"] = True
    citations.cite(province.sources)
    title = words.say("region-title", name=reader.text(province.name))
    return _page(reader, path, title, words.say("region-description", name=reader.text(province.name)), view, _crumbs(reader), citations)


def _was(cluster: Cluster, code: str) -> bool:
    """Whether a province was partner of a cluster in an earlier round."""
    return any(code in item.provinces for item in cluster.designations)


def _by_kind(reader: Reader, institutions: Iterable[Institution], numbers: dict[str, int]) -> list[dict[str, Any]]:
    found = tuple(institutions)
    groups = []
    for key, kind in sorted(reader.atlas.institution_kinds.items(), key=lambda pair: pair[1].order):
        here = [one for one in found if one.kind == key]
        if here:
            groups.append({"heading": reader.text(kind.plural), "entries": [_hospital(reader, one, numbers) for one in here]})
    return groups


def _hospital(reader: Reader, one: Institution, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(f"#{one.id}")
    return {
        "id": one.id,
        "name": reader.name(one),
        "path": institution_path(one),
        **korean(reader, one),
        **({"n": number} if number else {}),
    }


def _numbered_row(row: dict[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(f"#{row['id']}")
    return {**row, **({"n": number} if number else {})}


def _arrival(reader: Reader, code: str, airports: Sequence[Airport], numbers: dict[str, int], citations: Citations) -> dict[str, Any]:
    """How to get there: the airports that serve a province, and what sources say of travel times."""
    words, atlas = reader.words, reader.atlas
    entries = [
        {
            "id": f"airport-{one.id}",
            "text": words.say("airport-code", name=reader.text(one.name), code=one.id.upper()),
            "small": words.say("airport-in", place=reader.text(atlas.provinces[one.province].short)),
            "refs": citations.cite([one.point.source]),
            **({"n": numbers[f"#airport-{one.id}"]} if f"#airport-{one.id}" in numbers else {}),
        }
        for one in airports
    ]
    section: dict[str, Any] = {"id": "arrival", "heading": words.say("region-arrival"), "entries": entries}
    section["doubts"] = _airport_doubts(reader, airports, citations)
    found = [one for cluster in atlas.clusters.values() if code in cluster.provinces for one in cluster.transfer]
    if found:
        section["statements"] = statements(reader, found, citations)
    section["note"] = words.say("region-arrival-note" if found else "region-arrival-none")
    return section


def _airport_doubts(reader: Reader, airports: Iterable[Airport], citations: Citations) -> list[dict[str, Any]]:
    """What is not sure of airports, each with the name of its airport."""
    words = reader.words
    return [
        {
            "passage": {"text": words.say("label-value", label=reader.text(one.name), value=reader.text(doubt.text))},
            "refs": citations.cite(doubt.sources),
        }
        for one in airports
        for doubt in one.doubts
    ]


def _also(reader: Reader, names: dict[str, str]) -> dict[str, Any]:
    """The Korean name, for readers of other languages."""
    return {"korean": names["ko"]} if reader.language != "ko" and "ko" in names else {}


def _gentle_row(reader: Reader, cards: str) -> dict[str, Any]:
    words = reader.words
    links = [{"text": words.say("gentle-choose"), "path": "gentle-days/"}, {"text": words.say("cards-title"), "path": cards}]
    return {"label": words.say("region-plan"), "links": links}


# Clusters and rounds ------------------------------------------------------------------------------------------------------------


def _today(reader: Reader, one: Cluster) -> str:
    """What a cluster is in the newest round: “wellness, 2026 to 2028”."""
    now = max(one.designations, key=lambda item: item.year)
    words = reader.words
    return words.say("cluster-today", kind=words.say(f"cluster-{now.kind}"), year=words.date(now.year))


def _clusters(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    places = [Place(reader.text(one.name), f"clusters/{key}/", one.centre, "c") for key, one in atlas.clusters.items()]
    sections = [_round(reader, one, citations) for one in sorted(atlas.rounds.values(), key=lambda one: one.first, reverse=True)]
    sections.append(
        {
            "id": "zones",
            "heading": words.say("zones-title"),
            "entries": [
                {"text": reader.text(one.name), "path": f"clusters/zones/{key}/", "small": _zone_since(reader, one)}
                for key, one in atlas.special_zones.items()
            ],
            "more": {"path": "clusters/zones/", "text": words.say("zones-more")},
        }
    )
    title = words.say("clusters-title")
    view = {
        "heading": title,
        "lead": words.say("clusters-lead"),
        "map": country_map(reader, places),
        "country": True,
        "table": _then_and_now(reader, citations),
        "sections": sections,
        "doubts": [item for one in atlas.rounds.values() for item in statements(reader, one.doubts, citations)],
    }
    return _page(reader, "clusters/", title, words.say("clusters-description"), view, _crumbs(reader), citations)


def _then_and_now(reader: Reader, citations: Citations) -> dict[str, Any]:
    """What each region was named for in each round."""
    words, atlas = reader.words, reader.atlas
    rounds = sorted(atlas.rounds.values(), key=lambda one: one.first)
    rows = []
    for key, one in atlas.clusters.items():
        cells = []
        for turn in rounds:
            item = next((item for item in one.designations if item.round == turn.id), None)
            cells.append(_cell(reader, item, citations))
        rows.append({"path": f"clusters/{key}/", "text": reader.text(one.name), "cells": cells})
    heads = [words.say("round-years", first=words.date(one.first), last=words.date(one.last)) for one in rounds]
    return {"caption": words.say("clusters-table"), "first": words.say("clusters-region"), "heads": heads, "rows": rows}


def _cell(reader: Reader, item: Designation | None, citations: Citations) -> dict[str, Any]:
    words = reader.words
    if item is None:
        return {"text": words.say("cluster-none"), "refs": []}
    text = words.say(f"cluster-{item.kind}")
    if item.partners:
        text = words.say("cluster-partners", kind=text, partners=reader.text(item.partners))
    return {"text": text, "refs": citations.cite(item.sources)}


def _round(reader: Reader, one: Round, citations: Citations) -> dict[str, Any]:
    words = reader.words
    return {
        "id": one.id,
        "heading": words.say(
            "label-value",
            label=words.say("round-years", first=words.date(one.first), last=words.date(one.last)),
            value=reader.text(one.name),
        ),
        **({"korean": one.name.root["ko"]} if reader.language != "ko" else {}),
        "note": words.say("round-chosen", date=words.date(one.chosen), by=reader.text(one.run_by)),
        "statements": statements(reader, one.facts, citations),
    }


def _cluster(reader: Reader, one: Cluster) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    base = reader.links.bases[one.id]
    found = reader.links.around[one.id]
    anchors = [anchor for anchor in one.anchors if anchor.institution]
    hospitals = [atlas.institutions[anchor.institution] for anchor in anchors if anchor.institution]
    places = [
        Place(reader.own_name(item.spot)[1].text, f"#{item.spot.id}", point) for item in found if (point := point_of(atlas, item.spot))
    ]
    places += [Place(reader.own_name(who)[1].text, f"#{who.id}", who.point, "h") for who in hospitals if who.point]
    drawn = region_map(reader, one.provinces, places, reader.text(one.name))
    numbers = numbered(drawn["dots"])
    facts = [_designations(reader, one, citations)]
    for label, items in (
        ("cluster-run-by", one.run_by),
        ("cluster-purpose", one.purpose),
        ("cluster-money", one.money),
        ("cluster-known", one.facts),
    ):
        if items:
            facts.append({"label": words.say(label), "facts": statements(reader, items, citations)})
    if one.airports:
        facts.append(
            {
                "label": words.say("cluster-airports"),
                "lines": [_airport_line(reader, one, atlas.airports[key], citations) for key in one.airports],
            }
        )
    facts.append(_gentle_row(reader, f"{base.path}cards/"))
    listed = [item.spot.id for item in found]
    sections: list[dict[str, Any]] = []
    if one.anchors:
        entries = [_anchor(reader, anchor, numbers, citations) for anchor in one.anchors]
        sections.append(
            {"id": "anchors", "heading": words.say("cluster-anchors"), "note": words.say("cluster-anchors-note"), "entries": entries}
        )
    if one.transfer:
        sections.append(
            {"id": "transfer", "heading": words.say("cluster-transfer"), "statements": statements(reader, one.transfer, citations)}
        )
    sections.append(_two_of_them(reader, found))
    rows = [_numbered_row(spot_row(reader, item.kind, item.spot, metres=item.metres), numbers) for item in found]
    note = words.say("cluster-near-note", place=reader.text(one.centre.place))
    sections.append({"id": "places", "heading": words.say("cluster-near"), "note": note, "rows": rows, "mapped": True})
    outside = [atlas.wellness_sites[key] for key in one.sites if key not in listed and not _shown(reader, key, listed)]
    if outside:
        entries = [{"name": reader.name(site), "path": place_path("wellness-site", site.id), **korean(reader, site)} for site in outside]
        sections.append(
            {
                "id": "sites",
                "heading": words.say("cluster-sites-outside"),
                "note": words.say("cluster-sites-outside-note"),
                "entries": entries,
            }
        )
    near = [group for group in near_groups(reader, "cluster", one.id) if group["kind"] == "institution"]
    citations.cite([one.centre.source])
    view = {
        "heading": reader.text(one.name),
        **_also(reader, one.name.root),
        "lead": words.say("cluster-lead", today=_today(reader, one)),
        "facts": facts,
        "map": drawn,
        "sections": sections,
        "near": near,
        "near_note": note,
        "doubts": statements(reader, one.doubts, citations),
        "checked": {"date": one.checked_on, "text": words.date(one.checked_on)},
        **({"as_of": words.date(one.as_of)} if one.as_of else {}),
    }
    citations.cite(one.sources)
    title = words.say("cluster-title", name=reader.text(one.name))
    crumbs = _crumbs(reader, (words.say("clusters-title"), "clusters/"))
    description = words.say("cluster-description", name=reader.text(one.name))
    return _page(reader, f"clusters/{one.id}/", title, description, view, crumbs, citations, changed_on=one.checked_on)


def _shown(reader: Reader, site: str, listed: Sequence[str]) -> bool:
    """Whether a wellness site is shown by the experience that is there."""
    return any(one.site == site and one.id in listed for one in reader.atlas.experiences.values())


def _designations(reader: Reader, one: Cluster, citations: Citations) -> dict[str, Any]:
    words, atlas, lines = reader.words, reader.atlas, []
    for item in sorted(one.designations, key=lambda item: item.year, reverse=True):
        text = words.say("cluster-named", year=words.date(item.year), kind=words.say(f"cluster-{item.kind}"))
        if item.partners:
            text = words.say("cluster-partners", kind=text, partners=reader.text(item.partners))
        if item.areas:
            text = words.say("cluster-areas", kind=text, areas=reader.text(item.areas))
        turn = atlas.rounds[item.round] if item.round else None
        small = words.say("round-years", first=words.date(turn.first), last=words.date(turn.last)) if turn else words.say("cluster-older")
        lines.append({"text": text, "small": small, "refs": citations.cite(item.sources)})
    return {"label": words.say("cluster-designated"), "lines": lines}


def _airport_line(reader: Reader, one: Cluster, airport: Airport, citations: Citations) -> dict[str, Any]:
    words = reader.words
    text = words.say("airport-code", name=reader.text(airport.name), code=airport.id.upper())
    far = words.kilometres(great_circle(one.centre, airport.point))
    return {
        "text": text,
        "small": words.say("airport-far", distance=far, place=reader.text(one.centre.place)),
        "refs": citations.cite([airport.point.source]),
    }


def _anchor(reader: Reader, anchor: Anchor, numbers: dict[str, int], citations: Citations) -> dict[str, Any]:
    refs = citations.cite(anchor.sources)
    note = {"small": reader.text(anchor.note)} if anchor.note else {}
    if anchor.institution:
        return {**_hospital(reader, reader.atlas.institutions[anchor.institution], numbers), "refs": refs, **note}
    assert anchor.name is not None
    return {"text": reader.text(anchor.name), **_also(reader, anchor.name.root), "refs": refs, **note}


def _two_of_them(reader: Reader, found: Sequence[Around]) -> dict[str, Any]:
    """What the guardian needs: help, where to stay, long stays."""
    words = reader.words
    stays = [item for item in found if item.kind == "wellness-site" and "stay" in getattr(item.spot, "kinds", ())]
    entries: list[dict[str, Any]] = [
        {"text": words.say("guardian-visa"), "path": "plan/visa/"},
        {"text": words.say("guardian-help"), "path": "programmes/", "small": words.say("guardian-help-text")},
        {"text": words.say("guardian-vip"), "path": "programmes/strategy/", "small": words.say("guardian-vip-text")},
    ]
    for item in stays:
        entries.append(
            {
                "name": reader.name(item.spot),
                "path": place_path(item.kind, item.spot.id),
                **korean(reader, item.spot),
                "small": words.say("guardian-stay"),
            }
        )
    section: dict[str, Any] = {
        "id": "guardian",
        "heading": words.say("guardian-heading"),
        "note": words.say("guardian-note"),
        "entries": entries,
    }
    section["helplines"] = helplines(reader, Citations(reader), everyone=True)
    return section


# Special zones ------------------------------------------------------------------------------------------------------------------


def _zone_since(reader: Reader, one: SpecialZone) -> str:
    words = reader.words
    place = reader.text(reader.atlas.provinces[one.province].short)
    if one.designated:
        since = words.say("zone-designated", date=words.date(one.designated))
    elif one.applied:
        since = words.say("zone-applied", date=words.date(one.applied))
    else:
        return place
    return words.say("label-value", label=place, value=since)


def _zones(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    entries = [
        {
            "text": reader.text(one.name),
            **_also(reader, one.name.root),
            "path": f"clusters/zones/{key}/",
            "small": _zone_since(reader, one),
            "refs": citations.cite(one.sources),
        }
        for key, one in atlas.special_zones.items()
    ]
    title = words.say("zones-title")
    view = {
        "heading": title,
        "lead": words.say("zones-lead"),
        "sections": [{"id": "all", "heading": words.say("zones-all"), "entries": entries}],
    }
    crumbs = _crumbs(reader, (words.say("clusters-title"), "clusters/"))
    return _page(reader, "clusters/zones/", title, words.say("zones-description"), view, crumbs, citations)


def _zone(reader: Reader, one: SpecialZone) -> Page:
    words, citations = reader.words, Citations(reader)
    facts: list[dict[str, Any]] = [
        {"label": words.say("zone-where"), "lines": [{"text": _zone_since(reader, one), "refs": citations.cite(one.sources)}]}
    ]
    if one.facts:
        facts.append({"label": words.say("cluster-known"), "facts": statements(reader, one.facts, citations)})
    sections = []
    if one.anchors:
        sections.append(
            {
                "id": "anchors",
                "heading": words.say("cluster-anchors"),
                "entries": [_anchor(reader, anchor, {}, citations) for anchor in one.anchors],
            }
        )
    name = reader.text(one.name)
    view = {
        "heading": name,
        **_also(reader, one.name.root),
        **({"ours": True} if reader.language in one.own_name else {}),
        "facts": facts,
        "sections": sections,
        "doubts": statements(reader, one.doubts, citations),
        "checked": {"date": one.checked_on, "text": words.date(one.checked_on)},
        **({"as_of": words.date(one.as_of)} if one.as_of else {}),
    }
    province = reader.atlas.provinces[one.province]
    crumbs = _crumbs(reader, (reader.text(province.short), f"regions/{province.slug}/"), (words.say("zones-title"), "clusters/zones/"))
    return _page(
        reader,
        f"clusters/zones/{one.id}/",
        name,
        words.say("zone-description", name=name),
        view,
        crumbs,
        citations,
        changed_on=one.checked_on,
    )


# Cards and programmes -----------------------------------------------------------------------------------------------------------


def _cards(reader: Reader, base: Base) -> Page:
    """Cards to show a driver: every place of a base with its Korean name and address, large."""
    words, citations = reader.words, Citations(reader)
    cards: list[dict[str, Any]] = []
    for one in reader.by_name(who for code in base.provinces for who in reader.links.by_province[code] if not who.closed):
        address = one.address.text.root.get("ko") if one.address else None
        if address and "ko" in one.names:
            cards.append({"own": reader.name(one), "path": institution_path(one), "name": one.names["ko"].text, "address": address})
    for item in reader.links.around[base.id]:
        card = driver_card(reader, item.spot)
        if "address" in card:
            cards.append({"own": reader.name(item.spot), "path": place_path(item.kind, item.spot.id), **card})
    title = words.say("cards-of", name=reader.text(base.name))
    view = {
        "heading": title,
        "lead": words.say("cards-lead"),
        "ask": reader.in_korean("driver-ask"),
        "asked": words.say("driver-ask"),
        "cards": cards,
    }
    crumbs = _crumbs(reader, (reader.text(base.name), base.path))
    return _page(
        reader,
        f"{base.path}cards/",
        title,
        words.say("cards-description", name=reader.text(base.name)),
        view,
        crumbs,
        citations,
        template="cards.html",
    )


def _programmes(reader: Reader) -> Page:
    """All programmes with what sources say of them."""
    words, citations = reader.words, Citations(reader)
    sections = [
        {
            "id": key,
            "heading": reader.text(one.name),
            **({"korean": one.name.root["ko"]} if reader.language != "ko" else {}),
            "note": words.say("label-value", label=words.say("as-of"), value=words.date(one.as_of))
            if one.as_of
            else words.say("source-undated"),
            "statements": statements(reader, one.facts, citations),
            "doubts": statements(reader, one.doubts, citations),
        }
        for key, one in reader.atlas.programmes.items()
    ]
    title = words.say("programmes-all-title")
    view = {"heading": title, "lead": words.say("programmes-all-lead"), "sections": sections}
    crumbs = ((words.say("nav-home"), ""), (words.say("foot-programmes"), "programmes/"))
    return _page(reader, "programmes/all/", title, words.say("programmes-all-description"), view, crumbs, citations)
