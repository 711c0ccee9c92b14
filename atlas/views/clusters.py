"""The clusters: ``clusters/`` with what each round named, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from atlas.base import Around, point_of
from atlas.distance import great_circle
from atlas.records.region import Airport, Cluster, Designation, Round
from atlas.views.institution import helplines
from atlas.views.map import Place, country_map, numbered, region_map
from atlas.views.near import korean, near_groups, place_path
from atlas.views.page import Draft, Page
from atlas.views.reader import Citations, Reader
from atlas.views.regionpieces import (
    also,
    anchor_entry,
    gentle_row,
    numbered_row,
    region_crumbs,
    region_page,
    today,
    zone_since,
)
from atlas.views.spot import spot_row, statements


def cluster_pages(reader: Reader) -> Iterator[Draft]:
    """The overview and every cluster."""
    yield Draft("clusters/", partial(_clusters, reader), of=())
    for one in reader.atlas.clusters.values():
        yield Draft(f"clusters/{one.id}/", partial(_cluster, reader, one), of=("clusters", one.id))


def _clusters(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    places = [Place(reader.text(one.name), f"clusters/{key}/", one.centre, "c") for key, one in atlas.clusters.items()]
    sections = [_round(reader, one, citations) for one in sorted(atlas.rounds.values(), key=lambda one: one.first, reverse=True)]
    sections.append(
        {
            "id": "zones",
            "heading": words.say("zones-title"),
            "entries": [
                {"text": reader.text(one.name), "path": f"clusters/zones/{key}/", "small": zone_since(reader, one)}
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
    return region_page(reader, "clusters/", title, words.say("clusters-description"), view, region_crumbs(reader), citations)


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
    heads = [words.say("round-years", first=one.first, last=one.last) for one in rounds]
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
            label=words.say("round-years", first=one.first, last=one.last),
            value=reader.text(one.name),
        ),
        **also(reader, one.name.root),
        "note": words.say("round-chosen", date=words.date(one.chosen), by=reader.text(one.run_by)),
        "statements": statements(reader, one.facts, citations),
    }


def _cluster(reader: Reader, one: Cluster) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    base = reader.links.bases[one.id]
    found = reader.links.around[one.id]
    anchors = [anchor for anchor in one.anchors if anchor.institution]
    hospitals = [who for anchor in anchors if anchor.institution and not (who := atlas.institutions[anchor.institution]).closed]
    places = [Place(reader.bare_name(item.spot), f"#{item.spot.id}", point) for item in found if (point := point_of(atlas, item.spot))]
    places += [Place(reader.bare_name(who), f"#{who.id}", who.point, "h") for who in hospitals if who.point]
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
    facts.append(gentle_row(reader, f"{base.path}cards/"))
    listed = [item.spot.id for item in found]
    sections: list[dict[str, Any]] = []
    if one.anchors:
        entries = [anchor_entry(reader, anchor, numbers, citations) for anchor in one.anchors]
        sections.append(
            {"id": "anchors", "heading": words.say("cluster-anchors"), "note": words.say("cluster-anchors-note"), "entries": entries}
        )
    if one.transfer:
        sections.append(
            {"id": "transfer", "heading": words.say("cluster-transfer"), "statements": statements(reader, one.transfer, citations)}
        )
    sections.append(_two_of_them(reader, found))
    rows = [numbered_row(spot_row(reader, item.kind, item.spot, metres=item.metres), numbers) for item in found]
    note = words.say("cluster-near-note", place=reader.text(one.centre.place))
    sections.append({"id": "places", "heading": words.say("cluster-near"), "note": note, "rows": rows, "mapped": True})
    outside = [
        atlas.wellness_sites[key]
        for key in one.sites
        if key not in listed and not _shown(reader, key, listed) and not atlas.wellness_sites[key].closed
    ]
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
        **also(reader, one.name.root),
        "lead": words.say("cluster-lead", today=today(reader, one)),
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
    crumbs = region_crumbs(reader, (words.say("clusters-title"), "clusters/"))
    description = words.say("cluster-description", name=reader.text(one.name))
    return region_page(
        reader, f"clusters/{one.id}/", title, description, view, crumbs, citations, changed_on=one.checked_on, subject="cluster"
    )


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
        small = words.say("round-years", first=turn.first, last=turn.last) if turn else words.say("cluster-older")
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
