"""A new place to go besides hospitals: a wellness site or an experience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from atlas.drafting.draft import Draft, scalar, sequence
from atlas.drafting.hospital import names


@dataclass(frozen=True)
class Site:
    """What is known of it: ``folder`` is that of its file in ``data/``, ``names`` are by language, the others ids or empty."""

    id: str
    checked_on: str
    folder: Literal["wellness", "experiences"]
    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    province: str = ""
    district: str = ""
    sources: Sequence[str] = ()
    phone: str = ""
    website: str = ""
    as_of: str = ""


def site(given: Site, languages: Sequence[str]) -> Draft:
    """The file of a wellness site or an experience."""
    draft = Draft(f"data/{given.folder}/{given.id}.yaml")
    wellness = given.folder == "wellness"
    schema = "wellness-site" if wellness else "experience"
    draft.line(f"# yaml-language-server: $schema=../schemas/{schema}.json")
    draft.line(f"id: {given.id}")
    if wellness:
        draft.either(
            "kinds:", sequence([given.kind] if given.kind else []), "kinds", "ids from data/wellness-kinds.yaml, such as [hot-spring]"
        )
    else:
        draft.either("kind:", given.kind, "kind", "an id from data/experience-kinds.yaml, such as palaces")
    names(draft, given.names, languages)
    draft.either("province:", given.province, "province", "an id from data/provinces.yaml, such as KR-11; null: all over the country")
    if given.district:
        draft.line(f"district: {given.district}")
    else:
        draft.hint("district: …", "an id from data/districts.yaml")
    draft.hint("address: {text: {ko: …}, sources: [" + ", ".join(given.sources) + "]}", "the postal address as the source prints it")
    what = "WGS84 degrees, who gives them, and how: open-api, geocoded, filming-data or reference"
    draft.hint("point: {lat: 37.5, lon: 127.0, source: …, found: …}", what)
    if given.phone:
        draft.line("phones:")
        entry = f'- {{number: "{given.phone}", sources: {sequence(given.sources)}}}'
        if given.sources:
            draft.line(entry)
        else:
            draft.gap(entry, "phones.0.sources", "ids from data/sources/: who says so")
    if given.website:
        draft.line(f"website: {scalar(given.website)}")
    if wellness:
        draft.gap("listed:", "listed", "listed, article or earlier: where the Korea Tourism Organization names it")
    draft.line("body: {}")
    draft.hint(
        "body: {effort: light, indoors: true, steps: false, heat: false, water: false, alcohol: false, crowds: false}",
        "what it asks of a body, as far as you know; what is left out is unknown, and then it is suggested to no patient",
    )
    if not wellness:
        draft.hint("months: [4, 5]", "the months that a source names")
    draft.either("sources:", sequence(given.sources), "sources", "ids from data/sources/; a new source is an entry there first")
    as_of = f'"{given.as_of}"' if given.as_of else ""
    draft.either("as_of:", as_of, "as_of", 'the date of the newest source, in quotes: "2026-11", or null')
    draft.line(f'checked_on: "{given.checked_on}"')
    draft.then = ["atlas check", "atlas serve", f"atlas accept --all-of {schema}/{given.id}"]
    return draft
