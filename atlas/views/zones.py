"""Special zones (``clusters/zones/``), cards for drivers, and all programmes one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlas.base import Base
from atlas.records.institution import Institution
from atlas.records.region import SpecialZone
from atlas.views.institution import institution_path
from atlas.views.near import place_path
from atlas.views.page import Draft, Page
from atlas.views.paging import cut, numbered, numbers, page_number, titled, turning
from atlas.views.reader import Citations, Reader
from atlas.views.regionpieces import (
    also,
    anchor_entry,
    region_crumbs,
    region_page,
    zone_since,
)
from atlas.views.spot import driver_card, statements

Carded = tuple[Institution, str, str]
"""An institution with its Korean name and address."""


def zone_pages(reader: Reader) -> Iterator[Draft]:
    """The zones, the cards of every base, and the programmes."""
    yield Draft("clusters/zones/", partial(_zones, reader), of=())
    for zone in reader.atlas.special_zones.values():
        yield Draft(f"clusters/zones/{zone.id}/", partial(_zone, reader, zone), of=("special_zones", zone.id))
    for base in reader.links.bases.values():
        cards = f"{base.path}cards/"
        found = _institutions(reader, base)
        for number in numbers(len(found)):
            yield Draft(numbered(cards, number), partial(_cards, reader, base, found, number))
    yield Draft("programmes/all/", partial(_programmes, reader), of=())


def _zones(reader: Reader) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    entries = [
        {
            "text": reader.text(one.name),
            **also(reader, one.name.root),
            "path": f"clusters/zones/{key}/",
            "small": zone_since(reader, one),
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
    crumbs = region_crumbs(reader, (words.say("clusters-title"), "clusters/"))
    return region_page(reader, "clusters/zones/", title, words.say("zones-description"), view, crumbs, citations)


def _zone(reader: Reader, one: SpecialZone) -> Page:
    words, citations = reader.words, Citations(reader)
    facts: list[dict[str, Any]] = [
        {"label": words.say("zone-where"), "lines": [{"text": zone_since(reader, one), "refs": citations.cite(one.sources)}]}
    ]
    if one.facts:
        facts.append({"label": words.say("cluster-known"), "facts": statements(reader, one.facts, citations)})
    sections = []
    if one.anchors:
        sections.append(
            {
                "id": "anchors",
                "heading": words.say("cluster-anchors"),
                "entries": [anchor_entry(reader, anchor, {}, citations) for anchor in one.anchors],
            }
        )
    name = reader.text(one.name)
    view = {
        "heading": name,
        **also(reader, one.name.root),
        **({"ours": True} if reader.language in one.own_name else {}),
        "facts": facts,
        "sections": sections,
        "doubts": statements(reader, one.doubts, citations),
        "checked": {"date": one.checked_on, "text": words.date(one.checked_on)},
        **({"as_of": words.date(one.as_of)} if one.as_of else {}),
    }
    province = reader.atlas.provinces[one.province]
    crumbs = region_crumbs(
        reader, (reader.text(province.short), f"regions/{province.slug}/"), (words.say("zones-title"), "clusters/zones/")
    )
    return region_page(
        reader,
        f"clusters/zones/{one.id}/",
        name,
        words.say("zone-description", name=name),
        view,
        crumbs,
        citations,
        changed_on=one.checked_on,
        subject="zone",
    )


def _institutions(reader: Reader, base: Base) -> list[Carded]:
    """The institutions of a base that a driver can be shown, with their Korean names and addresses."""
    return [
        (one, one.names["ko"].text, one.address.text.root["ko"])
        for code in base.provinces
        for one in reader.links.by_province[code]
        if not one.closed and "ko" in one.names and one.address and one.address.text.root.get("ko")
    ]


def _cards(reader: Reader, base: Base, found: list[Carded], number: int) -> Page:
    """Cards to show a driver: every place of a base with its Korean name and address, large; the institutions page by page."""
    words, citations = reader.words, Citations(reader)
    ordered = reader.once(("cards", base.id), lambda: sorted(found, key=lambda one: reader.sort_key(one[0])))  # for all pages
    cards: list[dict[str, Any]] = [
        {"own": reader.name(one), "path": institution_path(one), "name": name, "address": address}
        for one, name, address in cut(ordered, number)
    ]
    for item in reader.links.around[base.id] if number == numbers(len(found))[-1] else ():
        card = driver_card(reader, item.spot)
        if "address" in card:
            cards.append({"own": reader.name(item.spot), "path": place_path(item.kind, item.spot.id), **card})
    path, whole = f"{base.path}cards/", words.say("cards-of", name=reader.text(base.name))
    title, turn = titled(reader, whole, number), turning(reader, path, number, len(found))
    view = {
        "heading": title,
        "lead": words.say("cards-lead"),
        "ask": reader.in_korean("driver-ask"),
        "asked": words.say("driver-ask"),
        "cards": cards,
        **({"turn": turn} if turn else {}),
    }
    crumbs = region_crumbs(reader, (reader.text(base.name), base.path), *([(whole, path)] if number > 1 else []))
    told = words.say("cards-description", name=reader.text(base.name))
    return region_page(
        reader,
        numbered(path, number),
        title,
        told if number == 1 else words.say("label-value", label=page_number(reader, number), value=told),
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
            **also(reader, one.name.root),
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
    return region_page(reader, "programmes/all/", title, words.say("programmes-all-description"), view, crumbs, citations)
