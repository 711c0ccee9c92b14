"""Whom a change concerns: its topic, the passports, the province. Each is a feed of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atlas.atlas import Atlas
from atlas.records.figure import CountOf, EndOf, Figures, StartOf, StayOf

TOPICS = ("hospitals", "treatments", "visa", "regions", "wellness", "k-culture", "plan", "numbers", "north-korea")
"""The topics, in the order of a page; *plan* is the journey with the rights of patients."""

_OF_KIND = {
    "institution": "hospitals",
    "scheme": "hospitals",
    "treatment": "treatments",
    "advice": "treatments",
    "country": "visa",
    "country-list": "visa",
    "status": "visa",
    "entry-scheme": "visa",
    "entry-rule": "visa",
    "official-site": "visa",
    "document": "visa",
    "checklist": "visa",
    "fee": "visa",
    "notice": "visa",
    "outcome": "visa",
    "round": "regions",
    "cluster": "regions",
    "special-zone": "regions",
    "airport": "regions",
    "programme": "regions",
    "wellness-site": "wellness",
    "experience": "k-culture",
    "rule": "plan",
    "helpline": "plan",
    "fact": "plan",
    "patient-count": "numbers",
    "event": "numbers",
    "series": "numbers",
}
TOLD = tuple(_OF_KIND)
"""The kinds of record that readers see. The others are how the site works: words, decisions, what a query finds."""


def topic(kind: str, path: str) -> str:
    """The topic of a record of ``kind`` that stands on the page ``path``; a fact belongs where it is told."""
    folder = path.partition("/")[0]
    if kind == "fact" and folder in TOPICS:
        return folder
    return "visa" if kind == "fact" and folder == "from" else _OF_KIND[kind]


def passports(atlas: Atlas, kind: str, record: Any) -> frozenset[str]:
    """The passports that a record of visa and entry names, or that a list holds which it names; none: it concerns everyone."""
    if _OF_KIND[kind] != "visa":
        return frozenset()
    if kind == "country":
        return frozenset({record.id})
    if kind == "country-list":
        return frozenset(code for period in record.periods for code in period.everyone)
    lists = {*_lists(record), *([record.rests_on] if getattr(record, "rests_on", None) else [])}
    held = {code for key in lists for period in atlas.country_lists[key].periods for code in period.everyone}
    return frozenset(held.union(getattr(record, "countries", ())))


def _lists(record: Any) -> Iterator[str]:
    """The lists of passports that the figures of a record name."""
    values: list[Figures] = [period.values for period in getattr(record, "periods", ())]
    values += [record.values] if hasattr(record, "values") else []
    for figures in values:
        for figure in figures.values():
            match figure:
                case CountOf(count_of=key) | StartOf(start_of=key) | EndOf(end_of=key) | StayOf(stay_of=key):
                    yield key
                case _:
                    pass


def provinces(record: Any) -> frozenset[str]:
    """The province of an institution (ISO 3166-2)."""
    return frozenset({record.province} if getattr(record, "province", None) else ())
