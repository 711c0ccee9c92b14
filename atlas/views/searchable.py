"""What search is told of a page besides its text: of which kind it is, where it lies, its other names, and what people type for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global

from atlas.atlas import Atlas
from atlas.records.spot import Spot
from atlas.views.institution import place_line
from atlas.views.page import Page
from atlas.views.paging import is_further
from atlas.views.reader import Reader
from atlas.views.spot import where
from atlas.wording import language_name

KINDS = (
    ("hospitals/", "list"),
    ("treatments/", "treatment"),
    ("visa/", "visa"),
    ("from/", "country"),
    ("regions/", "place"),
    ("clusters/", "place"),
    ("wellness/", "place"),
    ("k-culture/", "place"),
    ("gentle-days/", "rest"),
)
"""The kind of a page by the beginning of its address; an institution is a *hospital*, everything else a *guide*."""
ASKED = ("hospital", "list", "treatment", "visa")
"""Kinds of page for which people use the same words: *hospital*, *price*, *visa*."""
FOUND_LESS = (
    ("cards/", 0.6),
    ("changes/", 0.6),
    ("numbers/", 0.8),
    ("north-korea/", 0.85),
    ("status/", 0.6),
    ("about/", 0.75),
    ("data/", 0.75),
    ("programmes/", 0.8),
)
"""Pages that fewer people look for, by a part of their address."""


def searched(reader: Reader, page: Page, elsewhere: Mapping[str, Page]) -> dict[str, Any]:
    """For the front matter of a page; ``elsewhere`` is the same page by language, its own among them."""
    record = _record(reader.atlas, page.path)
    names = dict.fromkeys(_names(reader, page.path, record))
    own = reader.atlas.search_words.get(page.path)
    typed = own.words if own else {}
    known = reader.atlas.known_in(reader.language)
    foreign = [str(other.view.get("heading", other.title)) for code, other in elsewhere.items() if code != page.language and code in known]
    kind = _kind(page.path, record)
    if page.path.startswith("hospitals/in/") and (region := reader.atlas.search_words.get(page.path.replace("hospitals/in/", "regions/"))):
        foreign += [word for code, words in region.words.items() if code in known for word in words]
    foreign += [word for code, words in typed.items() if code != page.language and code in known for word in words]
    return {
        "kind": kind,
        "place": _place(reader, record),
        "names": list(names),
        "words": list(typed.get(page.language, ())),
        "asked": reader.words.say(f"search-asked-{kind}").split(", ") if kind in ASKED else [],
        "foreign": list(dict.fromkeys(foreign)),
        "weight": readiness(page.path),
    }


def _record(atlas: Atlas, path: str) -> Any:
    """The record that the page is about."""
    folder, _, rest = path.partition("/")
    key = rest.rstrip("/")
    known: Mapping[str, Mapping[str, Any]] = {
        "hospitals": atlas.institutions,
        "treatments": atlas.treatments,
        "wellness": atlas.wellness_sites,
        "k-culture": atlas.experiences,
        "clusters": atlas.clusters,
        "regions": {one.slug: one for one in atlas.provinces.values()},
        "from": {code.lower(): one for code, one in atlas.countries.items()},
        "visa": atlas.statuses,
    }
    if path.startswith("clusters/zones/"):
        return atlas.special_zones.get(key.removeprefix("zones/"))
    return known.get(folder, {}).get(key)


def _kind(path: str, record: Any) -> str:
    if path.startswith("hospitals/") and record is not None:
        return "hospital"
    return next((kind for start, kind in KINDS if path.startswith(start)), "guide")


def _place(reader: Reader, record: Any) -> str:
    if isinstance(record, Spot):
        return where(reader, record)
    return (place_line(reader, record) or "") if hasattr(record, "desk") else ""


def _names(reader: Reader, path: str, record: Any) -> Iterator[str]:
    """Its names in every language and script; of a country also its main cities, by CLDR."""
    if path.startswith("from/") and record is not None:
        for site in reader.atlas.known_in(reader.language).values():
            locale = _locale(site.locale)
            yield str(locale.territories[record.id])
            yield from (city for zone in _zones().get(record.id, ()) if (city := _city(locale, zone)))
    elif path.startswith("visa/") and record is not None:
        yield record.code
    elif path.startswith("hospitals/") and record is None:
        yield from _list_names(reader, path)
    elif hasattr(record, "names"):
        yield from (name.text for name in record.names.values())
    elif record is not None:
        for field in ("name", "short"):
            if hasattr(record, field):
                yield from getattr(record, field).root.values()


def _list_names(reader: Reader, path: str) -> Iterator[str]:
    """What a list of institutions is a list by: a place, a specialty, a language, a kind."""
    atlas = reader.atlas
    _, way, key, *_ = (*path.split("/"), "", "")
    if way == "in":
        province = next(one for one in atlas.provinces.values() if one.slug == key)
        yield from province.short.root.values()
    elif way == "for":
        yield from (*atlas.specialties[key].heading.root.values(), *atlas.specialties[key].name.root.values())
    elif way == "speaking":
        yield from (language_name(_locale(site.locale), key) for site in atlas.known_in(reader.language).values())
    elif way == "kind":
        yield from (*atlas.institution_kinds[key].name.root.values(), *atlas.institution_kinds[key].plural.root.values())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


@cache
def _zones() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for zone, territory in sorted(get_global("zone_territories").items()):
        found.setdefault(territory, []).append(zone)
    return found


def _city(locale: Locale, zone: str) -> str:
    """The city that a time zone is named after: CLDR gives it where it is not the name of the zone."""
    named = locale.time_zones.get(zone, {}).get("city")
    return str(named) if named else zone.rpartition("/")[2].replace("_", " ") if locale.language == "en" else ""


def readiness(path: str) -> float:
    """How readily a page is found: 1 for most."""
    if is_further(path):
        return 0.1
    if path.startswith("gentle-days/"):
        return (1.0, 0.8, 0.5)[path.count("/") - 1]
    if path.startswith(("treatments/", "visa/", "hospitals/for/", "hospitals/speaking/")):
        return 1.15
    if path.startswith("regions/") and "cards" not in path:
        return 1.05
    return next((weight for part, weight in FOUND_LESS if part in path), 1.0)
