"""Checks of records in the light of the others: figures that another record must have, passports, the decision table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atlas.atlas import Atlas
from atlas.deciding import ANSWERS, Table, turning_days
from atlas.passport import passport
from atlas.records.figure import EndOf, StartOf, StayOf
from atlas.records.period import current


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a record in the light of the others; ``record`` is its kind and id, or the kind alone."""

    record: tuple[str, str | None]
    what: str
    got: str
    mend: str


def naming_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """Records that prose could not tell apart: it names facts, rules and series by id alone."""
    taken: dict[str, str] = {}
    kinds: tuple[tuple[str, Any], ...] = (
        ("entry-rule", atlas.entry_rules),
        ("rule", atlas.rules),
        ("series", atlas.series),
        ("fact", atlas.facts),
    )
    for kind, records in kinds:
        for record_id in records:
            if record_id in taken:
                mend = "Choose another id: written pages name facts, rules and series by id alone."
                yield Trouble((kind, record_id), f"this id is that of a {taken[record_id]} too", record_id, mend)
            taken[record_id] = kind


def language_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """Languages of the site that cannot be told apart, and those in which it has no name."""
    fields: tuple[tuple[str, str], ...] = (("order", "Give each its own place in the header."), ("tag", "Correct one of them."))
    for field, mend in fields:
        taken: dict[object, str] = {}
        for code, language in atlas.site_languages.items():
            value = getattr(language, field)
            if value in taken:
                yield Trouble(("language", code), f"{taken[value]} has the same {field}", str(value), mend)
            taken.setdefault(value, code)
    for code in atlas.site_languages:
        if code not in atlas.site.name.root:
            mend = f"Write the name under {code}: it stands at the top of every page."
            yield Trouble(("site", atlas.site.id), f'the site has no name in "{code}"', "nothing", mend)


def figure_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """Texts that name the first day, the last day or the days of a list of passports that has none."""
    kinds: tuple[tuple[str, Any], ...] = (
        ("rule", atlas.rules),
        ("entry-rule", atlas.entry_rules),
        ("checklist", atlas.checklists),
        ("fee", atlas.fees),
        ("notice", atlas.notices),
        ("outcome", atlas.outcomes),
        ("patient-count", atlas.patient_counts),
        ("event", atlas.events),
        ("fact", atlas.facts),
    )
    for kind, records in kinds:
        for record_id, record in records.items():
            for holder in getattr(record, "periods", (record,)):
                for value in holder.values.values():
                    yield from _unfounded(atlas, kind, record_id, value)


def _unfounded(atlas: Atlas, kind: str, record_id: str, value: object) -> Iterator[Trouble]:
    match value:
        case EndOf(end_of=list_id):
            name, words = "valid_to", "last day"
        case StartOf(start_of=list_id):
            name, words = "valid_from", "first day"
        case StayOf(stay_of=list_id):
            name, words = "days", "days"
        case _:
            return
    if getattr(current(atlas.country_lists[list_id].periods, atlas.site.released), name) is None:
        what = f"the text names the {words} of a list that has none now"
        yield Trouble((kind, record_id), what, list_id, f"Give {list_id} its {name} in lists.yaml, or word the text without it.")


def passport_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """Passports for which no rule holds yet."""
    for code, country in atlas.countries.items():
        if country.entry[0].first > atlas.site.released:
            mend = "Write the period that holds now above it."
            yield Trouble(("country", code), f"no period holds on {atlas.site.released}", country.entry[0].first, mend)


def decision_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """What is wrong with the decision table, over all passports, days and answers."""
    table = Table(atlas)
    used: set[str] = set()
    reported: set[tuple[str, ...]] = set()
    holders = (passport(atlas, country, day) for day in turning_days(atlas) for country in atlas.countries)
    for holder in {table.key(holder): holder for holder in holders}.values():
        for answers in ANSWERS:
            rows = table.rows(holder, answers)
            used.update(rows)
            if len(rows) == 1 or rows in reported:
                continue
            reported.add(rows)
            case = f"{holder.country} on {holder.day}: {', '.join(answers)}"
            if rows:
                yield Trouble(
                    ("decision", rows[-1]), f"this row and {rows[0]} answer the same case", case, "Ask more in one of the two rows."
                )
            else:
                yield Trouble(("decision", None), "no row answers this case", case, "Add a row for it.")
    for row in atlas.decisions:
        if row not in used:
            yield Trouble(("decision", row), "no case reaches this row", row, "Correct what it asks, or take it out.")
    for outcome in atlas.outcomes.keys() - {row.outcome for row in atlas.decisions.values()}:
        yield Trouble(
            ("decision", None), "no row leads to this outcome", outcome, "Add a row for it to decisions.yaml, or take the outcome out."
        )


OFF = 5.0
"""How far, in kilometres, a point may lie outside the drawn outline of its province: outlines and addresses are that coarse."""


def place_troubles(atlas: Atlas) -> Iterator[Trouble]:
    """Points that lie outside their province, an experience in another province than its site, a centre where a cluster is the base."""
    for key, one in atlas.experiences.items():
        if one.site and one.province != atlas.wellness_sites[one.site].province:
            mend = "Correct the province, or the site."
            yield Trouble(("experience", key), "its wellness site lies in another province", str(one.province), mend)
    for key, cluster in atlas.clusters.items():
        if all(not atlas.outline.off(code, cluster.centre) <= OFF for code in cluster.provinces):
            yield Trouble(
                ("cluster", key), "its centre lies outside its provinces", f"{cluster.centre.lat}, {cluster.centre.lon}", "Correct it."
            )
    for code, province in atlas.provinces.items():
        if province.centre and province.slug in atlas.clusters:
            yield Trouble(("province", code), "a cluster is already the base here", province.slug, "Take its centre out.")
        if province.centre and not atlas.outline.off(code, province.centre) <= OFF:
            got = f"{province.centre.lat}, {province.centre.lon}"
            yield Trouble(("province", code), "its centre lies outside it", got, "Correct it.")
    kinds: tuple[tuple[str, Any], ...] = (
        ("institution", atlas.institutions),
        ("wellness-site", atlas.wellness_sites),
        ("experience", atlas.experiences),
        ("airport", atlas.airports),
    )
    for kind, records in kinds:
        for record_id, record in records.items():
            if record.point is None or record.province is None:
                continue
            district = atlas.districts.get(getattr(record, "district", None) or "")
            drawn = district.drawn_in if district and district.drawn_in else record.province
            off = atlas.outline.off(drawn, record.point)
            if not off <= OFF:
                what = f"this point lies {off:.0f} km outside its province"
                yield Trouble((kind, record_id), what, f"{record.point.lat}, {record.point.lon}", "Correct the point, or the province.")
