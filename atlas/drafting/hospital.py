"""A new hospital or clinic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from atlas.drafting.draft import Draft, scalar, sequence


@dataclass(frozen=True)
class Hospital:
    """What is known of it: ``names`` by language, ``checked_on`` as YYYY-MM-DD; the others are ids, or empty."""

    id: str
    checked_on: str
    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    province: str = ""
    district: str = ""
    specialties: Sequence[str] = ()
    sources: Sequence[str] = ()
    phone: str = ""
    website: str = ""
    as_of: str = ""


def hospital(given: Hospital, languages: Sequence[str]) -> Draft:
    """The file of a hospital, with all fields that must be there and the usual ones as comments."""
    draft = Draft(f"data/hospitals/{given.id}.yaml")
    sources = sequence(given.sources)
    draft.line("# yaml-language-server: $schema=../schemas/institution.json")
    draft.line(f"id: {given.id}")
    draft.either("kind:", given.kind, "kind", "what it is: an id from data/institution-kinds.yaml, such as clinic")
    names(draft, given.names, languages)
    draft.either(
        "province:", given.province, "province", "an id from data/provinces.yaml, such as KR-11; null if no source says where it is"
    )
    if given.district:
        draft.line(f"district: {given.district}")
    else:
        draft.hint("district: …", "an id from data/districts.yaml")
    draft.hint("address: {text: {ko: …}, sources: [" + ", ".join(given.sources) + "]}", "the postal address as the source prints it")
    draft.hint("point: {lat: 37.5, lon: 127.0, source: …}", "WGS84 degrees, and who gives them")
    if given.phone:
        line(draft, "main_line", f'number: "{given.phone}"', given.sources)
    else:
        draft.hint('main_line: {number: "+82-2-…", sources: [' + ", ".join(given.sources) + "]}", "with the country code and hyphens")
    if given.website:
        line(draft, "website", f"url: {scalar(given.website)}", given.sources)
    else:
        draft.hint("website: {url: 'https://…', sources: [" + ", ".join(given.sources) + "]}", "the whole address")
    draft.either(
        "specialties:",
        sequence(given.specialties),
        "specialties",
        "what sources stress: ids from data/specialties.yaml, such as [dermatology]",
    )
    what = "sources other than the institution that say it treats patients from abroad; without them and evidence the page says unknown"
    draft.hint("reports: []", what)
    draft.either("sources:", sources, "sources", "ids from data/sources/; a new source is an entry there first")
    draft.gap("confidence:", "confidence", "high, medium or low: how far the sources agree and can be trusted")
    as_of = f'"{given.as_of}"' if given.as_of else ""
    draft.either("as_of:", as_of, "as_of", 'the date of the newest source, in quotes: "2026-11", or null')
    draft.line(f'checked_on: "{given.checked_on}"')
    draft.then = ["atlas check", "atlas serve", f"atlas accept --all-of institution/{given.id}"]
    return draft


def names(draft: Draft, given: Mapping[str, str], languages: Sequence[str]) -> None:
    """The names: Korean, for the driver, and English must be there; other languages fall back to English."""
    draft.line("names:")
    for code in ("ko", "en", *(code for code in languages if code not in {"ko", "en"})):
        if given.get(code):
            draft.line(f"  {code}: {{text: {scalar(given[code])}, basis: own}}")
        elif code == "ko":
            draft.gap("  ko: {text: , basis: own}", "names.ko.text", "the Korean name, as a driver reads it")
        elif code == "en":
            draft.gap("  en: {text: , basis: own}", "names.en.text", "the English name")
        else:
            draft.hint(f"  {code}: {{text: …, basis: own}}", "until it is there, the page shows the English name")
    draft.hint("  basis: …", "official or established with sources: […], as the source prints it; own: our rendering, marked as such")


def line(draft: Draft, name: str, value: str, sources: Sequence[str]) -> None:
    """A field with its own sources."""
    if sources:
        draft.line(f"{name}: {{{value}, sources: {sequence(sources)}}}")
    else:
        draft.gap(f"{name}: {{{value}, sources: []}}", f"{name}.sources", "ids from data/sources/: who says so")
