"""Regions: ``regions/`` with the map of Korea, and a page for every province."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from atlas.base import closed, point_of, shown_by_experience
from atlas.records.institution import Institution
from atlas.records.place import Province
from atlas.records.region import Airport, Cluster
from atlas.views.clusters import cluster_pages
from atlas.views.map import Place, country_map, numbered, region_map
from atlas.views.page import Draft, Page
from atlas.views.paging import fits
from atlas.views.reader import Citations, Reader
from atlas.views.regionpieces import (
    also,
    gentle_row,
    hospital_entry,
    numbered_row,
    region_crumbs,
    region_page,
    today,
)
from atlas.views.spot import spot_row, statements
from atlas.views.zones import zone_pages


def region_pages(reader: Reader) -> Iterator[Draft]:
    """The map of Korea, every province, the clusters, zones, cards and programmes."""
    yield Draft("regions/", partial(_regions, reader), of=())
    for code, province in reader.atlas.provinces.items():
        yield Draft(f"regions/{province.slug}/", partial(_province, reader, code, province), of=("provinces", code))
    yield from cluster_pages(reader)
    yield from zone_pages(reader)


def _regions(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    places = [Place(reader.text(one.name), f"#cluster-{key}", one.centre, "c") for key, one in atlas.clusters.items()]
    places += [
        Place(words.say("airport-of", name=reader.text(one.name)), f"#airport-{key}", one.point, "a") for key, one in atlas.airports.items()
    ]
    drawn = country_map(reader, places)
    numbers = numbered(drawn["dots"])
    provinces = sorted(atlas.provinces.items(), key=lambda pair: reader.collated(reader.text(pair[1].short)))
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
                    "small": today(reader, one),
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
                    "airport": {"name": reader.text(one.name), "iataCode": key.upper()},
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
    crumbs = ((words.say("nav-home"), ""),)
    return region_page(reader, "regions/", title, words.say("regions-description"), view, crumbs, citations, subject="regions")


def _province_doubts(reader: Reader, citations: Citations) -> list[dict[str, Any]]:
    """What is not sure of the provinces, each once."""
    found = {one.text.passage("en").text: one for province in reader.atlas.provinces.values() for one in province.doubts}
    return statements(reader, found.values(), citations)


def _spots(reader: Reader, code: str) -> list[tuple[str, Any]]:
    """The wellness sites and experiences of a province; an experience at a site stands for both."""
    atlas = reader.atlas
    taken = shown_by_experience(atlas)
    found: list[tuple[str, Any]] = [
        ("wellness-site", one) for one in atlas.wellness_sites.values() if one.province == code and one.id not in taken
    ]
    found += [("experience", one) for one in atlas.experiences.values() if one.province == code]
    return [pair for pair in found if not closed(atlas, pair[1])]


def _province(reader: Reader, code: str, province: Province) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    path = f"regions/{province.slug}/"
    institutions = [one for one in reader.by_name(reader.links.by_province[code]) if not one.closed]
    shown = institutions if fits(institutions) else []
    spots = sorted(_spots(reader, code), key=lambda pair: (pair[0], reader.sort_key(pair[1])))
    airports = [one for one in atlas.airports.values() if code in one.serves]
    places = [Place(reader.bare_name(one), f"#{one.id}", one.point, "h") for one in shown if one.point]
    places += [Place(reader.bare_name(one), f"#{one.id}", point) for _, one in spots if (point := point_of(atlas, one))]
    places += [Place(reader.text(one.name), f"#airport-{one.id}", one.point, "a") for one in airports if one.province == code]
    drawn = region_map(reader, (code,), places, reader.text(province.short)) if places else None
    numbers = numbered(drawn["dots"]) if drawn else {}
    clusters = [one for one in atlas.clusters.values() if code in one.provinces or _was(one, code)]
    sections: list[dict[str, Any]] = []
    if institutions and not shown:
        title = words.say("list-in-title", place=reader.text(province.in_place))
        more = {"path": f"hospitals/in/{province.slug}/", "text": title}
        sections.append({"id": "hospitals", "heading": words.say("region-hospitals"), "more": more})
    elif institutions:
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
        rows = [numbered_row(spot_row(reader, kind, one, whole_place=False), numbers) for found, one in spots if found == kind]
        if rows:
            sections.append({"id": f"{kind}s", "heading": words.say(heading), "rows": rows})
    sections.append(_arrival(reader, code, airports, numbers, citations))
    facts: list[dict[str, Any]] = []
    if clusters:
        links = [
            {"text": words.say("label-value", label=reader.text(one.name), value=today(reader, one)), "path": f"clusters/{one.id}/"}
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
        facts.append(gentle_row(reader, f"{base.path}cards/"))
    view: dict[str, Any] = {
        "heading": reader.text(province.name),
        **also(reader, province.name.root),
        "lead": words.say("region-lead", hospitals=words.number(len(institutions)), places=words.number(len(spots))),
        "facts": facts,
        "sections": sections,
        "doubts": statements(reader, province.doubts, citations),
    }
    if drawn:
        view["map"] = drawn
        view["beside"] = True
    if province.basis.get(reader.language) == "own":
        view["ours"] = True
    citations.cite(province.sources)
    title = words.say("region-title", name=reader.text(province.name))
    description = words.say("region-description", name=reader.text(province.name))
    return region_page(reader, path, title, description, view, region_crumbs(reader), citations, subject="province")


def _was(cluster: Cluster, code: str) -> bool:
    """Whether a province was partner of a cluster in an earlier round."""
    return any(code in item.provinces for item in cluster.designations)


def _by_kind(reader: Reader, institutions: Iterable[Institution], numbers: dict[str, int]) -> list[dict[str, Any]]:
    found = tuple(institutions)
    groups = []
    for key, kind in sorted(reader.atlas.institution_kinds.items(), key=lambda pair: pair[1].order):
        here = [one for one in found if one.kind == key]
        if here:
            groups.append({"heading": reader.text(kind.plural), "entries": [hospital_entry(reader, one, numbers) for one in here]})
    return groups


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
