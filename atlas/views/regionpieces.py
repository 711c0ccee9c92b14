"""Pieces that the pages of regions, clusters and special zones share."""

from __future__ import annotations

from typing import Any

from atlas.records.institution import Institution
from atlas.records.region import Anchor, Cluster, SpecialZone
from atlas.views.institution import institution_path
from atlas.views.near import korean
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader

Crumbs = tuple[tuple[str, str], ...]


def region_crumbs(reader: Reader, *more: tuple[str, str]) -> Crumbs:
    words = reader.words
    return ((words.say("nav-home"), ""), (words.say("nav-regions"), "regions/"), *more)


def region_page(
    reader: Reader,
    path: str,
    title: str,
    description: str,
    view: dict[str, Any],
    crumbs: Crumbs,
    citations: Citations | None = None,
    *,
    changed_on: str | None = None,
    template: str = "region.html",
    subject: str = "",
) -> Page:
    """A page of this section, with the list of its sources."""
    view = {"facts": [], "doubts": [], **view, "sources": citations.listed() if citations else []}
    if citations and view["sources"]:
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
        subject=subject,
        feedback=path.rstrip("/"),
    )


def also(reader: Reader, names: dict[str, str]) -> dict[str, Any]:
    """The Korean name, for readers of other languages."""
    return {"korean": names["ko"]} if reader.language != "ko" and "ko" in names else {}


def gentle_row(reader: Reader, cards: str) -> dict[str, Any]:
    words = reader.words
    links = [{"text": words.say("gentle-choose"), "path": "gentle-days/"}, {"text": words.say("cards-title"), "path": cards}]
    return {"label": words.say("region-plan"), "links": links}


def hospital_entry(reader: Reader, one: Institution, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(f"#{one.id}")
    return {
        "id": one.id,
        "name": reader.name(one),
        "path": institution_path(one),
        **korean(reader, one),
        **({"n": number} if number else {}),
    }


def anchor_entry(reader: Reader, anchor: Anchor, numbers: dict[str, int], citations: Citations) -> dict[str, Any]:
    refs = citations.cite(anchor.sources)
    note = {"small": reader.text(anchor.note)} if anchor.note else {}
    if anchor.institution:
        return {**hospital_entry(reader, reader.atlas.institutions[anchor.institution], numbers), "refs": refs, **note}
    assert anchor.name is not None
    return {"text": reader.text(anchor.name), **also(reader, anchor.name.root), "refs": refs, **note}


def anchor_name(reader: Reader, anchor: Anchor) -> str:
    """The bare name of an institution that sources name with a region."""
    if anchor.institution:
        return reader.bare_name(reader.atlas.institutions[anchor.institution])
    assert anchor.name is not None
    return reader.text(anchor.name)


def numbered_row(row: dict[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(f"#{row['id']}")
    return {**row, **({"n": number} if number else {})}


def today(reader: Reader, one: Cluster) -> str:
    """What a cluster is in the newest round: “wellness, 2026 to 2028”."""
    now = max(one.designations, key=lambda item: item.year)
    words = reader.words
    return words.say("cluster-today", kind=words.say(f"cluster-{now.kind}"), year=words.date(now.year))


def zone_since(reader: Reader, one: SpecialZone) -> str:
    words = reader.words
    place = reader.text(reader.atlas.provinces[one.province].short)
    if one.designated:
        since = words.say("zone-designated", date=words.date(one.designated))
    elif one.applied:
        since = words.say("zone-applied", date=words.date(one.applied))
    else:
        return place
    return words.say("label-value", label=place, value=since)
