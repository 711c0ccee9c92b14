"""What the list of institutions can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.address import LEVELS
from atlas.distance import NEAR
from atlas.records.institution import Institution
from atlas.views.evidence import levels
from atlas.views.facet import Choice, Facet, by_text
from atlas.views.finder import Finder
from atlas.views.reader import Reader
from atlas.views.row import institution_row

SPECIMEN = {
    "name": {"text": "{name}"},
    "path": "{path}",
    "id": "{id}",
    "korean": "{korean}",
    "place": "{place}",
    "languages": "{languages}",
    "specialties": "{specialties}",
    "sure": {"state": "{sure.state}", "level": "{sure.level}"},
    "closed": "{closed}",
    "distance": "{distance}",
}
"""A row with the names of its fields."""


def hospital_finder(reader: Reader) -> Finder[Institution]:
    """All institutions in order of name, with their facets."""
    return Finder(
        name="hospitals",
        facets=hospital_facets(reader),
        records=reader.by_name(reader.atlas.institutions.values()),
        row=lambda one: {**institution_row(reader, one, whole_place=True), "id": one.id},
        point=lambda one: one.point,
        dot="finder-dot-institutions",
        picked="compare-picked",
    )


def hospital_facets(reader: Reader) -> tuple[Facet[Institution], ...]:
    """The facets in the order of the panel: specialty, language, province, treatment, kind, evidence, near a base."""
    return (*_what_sources_say(reader), *_where_and_what(reader))


def _what_sources_say(reader: Reader) -> tuple[Facet[Institution], ...]:
    words, atlas, links = reader.words, reader.atlas, reader.links
    specialties = [Choice(key, reader.text(one.heading), f"hospitals/for/{key}/") for key, one in atlas.specialties.items() if one.listed]
    spoken = [Choice(code, words.language(code), f"hospitals/speaking/{code}/") for code, found in links.by_language.items() if found]
    silent = sum(1 for one in atlas.institutions.values() if one.desk.languages is None)

    def languages_of(one: Institution) -> Iterable[str]:
        return one.desk.languages.codes if one.desk.languages else ()

    return (
        Facet("for", words.say("finder-specialty"), by_text(reader, specialties), lambda one: one.specialties, words.say("list-for-note")),
        Facet(
            "speaking",
            words.say("finder-language"),
            by_text(reader, spoken),
            languages_of,
            words.say("list-speaking-note", count=silent),
        ),
    )


def _where_and_what(reader: Reader) -> tuple[Facet[Institution], ...]:
    words, atlas, links, released = reader.words, reader.atlas, reader.links, reader.atlas.site.released
    provinces = [Choice(one.slug, reader.text(one.short), f"hospitals/in/{one.slug}/") for one in atlas.provinces.values()]
    treatments = [Choice(key, reader.text(one.name), f"treatments/{key}/") for key, one in atlas.treatments.items()]
    treated: dict[str, list[str]] = {key: [] for key in atlas.institutions}
    for key, found in links.by_treatment.items():
        for one in found:
            treated[one.id].append(key)
    by_order = sorted(atlas.institution_kinds.items(), key=lambda pair: pair[1].order)
    kinds = [Choice(key, reader.text(one.plural), f"hospitals/kind/{key}/") for key, one in by_order]
    sure = [Choice(level, words.say(f"level-{level}"), f"hospitals/evidence/{level}/") for level in LEVELS]
    near = [Choice(key, reader.text(one.name), f"hospitals/near/{key}/") for key, one in links.bases.items()]
    return (
        Facet(
            "in",
            words.say("filter-province"),
            by_text(reader, provinces),
            lambda one: (atlas.provinces[one.province].slug,) if one.province else (),
        ),
        Facet("treatment", words.say("finder-treatment"), by_text(reader, treatments), lambda one: treated[one.id]),
        Facet("kind", words.say("row-kind"), tuple(kinds), lambda one: (one.kind,)),
        Facet(
            "evidence",
            words.say("finder-evidence"),
            tuple(sure),
            lambda one: levels(one, released),
            words.say("finder-evidence-note", date=words.date(released)),
        ),
        Facet(
            "near",
            words.say("finder-near", distance=words.kilometres(NEAR)),
            by_text(reader, near),
            lambda one: links.near_bases.get(one.id, ()),
            words.say("finder-near-note"),
        ),
    )
