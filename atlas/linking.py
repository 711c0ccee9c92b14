"""What belongs together: institutions by province, specialty, language and kind, and what lies near what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.base import Around, Base, around, bases
from atlas.deciding import Table
from atlas.distance import NEAR, great_circle
from atlas.due import Entry, ledger
from atlas.holiday import Holiday, public_holidays
from atlas.memory import Memory
from atlas.neartable import NearTable
from atlas.passport import Passport, passport
from atlas.records.institution import Institution
from atlas.records.point import Point
from atlas.records.recovery import Advice
from atlas.records.treatment import Treatment
from atlas.reference import cited
from atlas.trace import Noted, NotedRow, Trace


@dataclass(frozen=True)
class Links:
    """The lists and neighbours of an atlas. Lists keep the order of the ids."""

    by_province: Mapping[str, tuple[Institution, ...]]
    by_specialty: Mapping[str, tuple[Institution, ...]]
    by_language: Mapping[str, tuple[Institution, ...]]
    speaking: Mapping[str, int]
    """How many institutions serve patients in a language: of who they are, pages about countries do not depend."""
    by_kind: Mapping[str, tuple[Institution, ...]]
    by_treatment: Mapping[str, tuple[Institution, ...]]
    treatments_of: Mapping[str, tuple[Treatment, ...]]
    """Treatments by specialty."""
    near: NearTable
    """What lies near what, by kind and id: ``institution/severance-hospital``, ``experience/coex``."""
    bases: Mapping[str, Base]
    near_bases: Mapping[str, Mapping[str, float]]
    """By institution, the bases that are near, in their order, and how far away in metres."""
    around: Mapping[str, tuple[Around, ...]]
    """By base, the wellness sites and experiences there."""
    advice: Mapping[str, tuple[Advice, ...]]
    """By treatment, what sources say about the days after it."""
    holidays: tuple[Holiday, ...]
    unplaced: Sequence[Institution]
    """Institutions of which no source says where they are."""
    passports: Mapping[str, Passport]
    """Every passport on the day that the pages speak from."""
    outcomes: Mapping[str, tuple[str, ...]]
    """By country, the outcome of every combination of answers, in the order of :data:`atlas.deciding.ANSWERS`."""
    ledger: Sequence[Entry]
    """How fresh every record is on the day that the pages speak from."""
    told: Mapping[str, Mapping[str, Article]]
    """By fact, rule or series, the written page that names it most often, in every language."""

    def noted(self, trace: Trace) -> Links:
        """The same, of which is noted what is asked for: as ``("by_kind", "clinic")``, or as ``("ledger",)``."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        noted: dict[str, Any] = {name: Noted(name, part, trace) for name, part in parts.items() if isinstance(part, Mapping)}
        noted |= {name: NotedRow(name, parts[name], trace) for name in ("ledger", "unplaced")}
        return replace(self, **noted, near=self.near.noted(trace))


def link(atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], memory: Memory | None = None) -> Links:
    """The links of all records of an atlas, and of its written pages; what takes long is made anew only if its inputs have changed."""
    memory = memory or Memory()
    everyone = tuple(atlas.institutions.values())
    treatments = tuple(atlas.treatments.values())
    found = bases(atlas)
    by_language = _grouped(atlas.languages, everyone, lambda one: one.desk.languages.codes if one.desk.languages else ())
    decided = (atlas.decisions, atlas.countries, atlas.country_lists, atlas.site.released)
    passports, outcomes = memory.made("outcomes", decided, lambda: _outcomes(atlas))
    return Links(
        by_province=_grouped(atlas.provinces, everyone, lambda one: (one.province,) if one.province else ()),
        by_specialty=_grouped(atlas.specialties, everyone, lambda one: one.specialties),
        by_language=by_language,
        speaking={code: len(serving) for code, serving in by_language.items()},
        by_kind=_grouped(atlas.institution_kinds, everyone, lambda one: (one.kind,)),
        by_treatment={one.id: tuple(who for who in everyone if set(who.specialties) & set(one.specialties)) for one in treatments},
        treatments_of={key: tuple(one for one in treatments if key in one.specialties) for key in atlas.specialties},
        near=NearTable(_points(atlas), NEAR),
        bases=found,
        near_bases=memory.made(
            "near bases",
            (everyone, tuple(atlas.clusters.values()), tuple(atlas.provinces.values())),
            lambda: {one.id: dict(_near(found.values(), one.point)) for one in everyone if one.point},
        ),
        around={key: around(atlas, base) for key, base in found.items()},
        advice={key: tuple(one for one in atlas.advice.values() if key in one.treatments) for key in atlas.treatments},
        holidays=memory.made("holidays", (atlas.site.released,), lambda: public_holidays(atlas.site.released)),
        unplaced=tuple(one for one in everyone if one.province is None),
        passports=passports,
        ledger=memory.made("ledger", (atlas,), lambda: ledger(atlas, atlas.site.released)),
        told=memory.made("told", (articles,), lambda: _told(articles, memory)),
        outcomes=outcomes,
    )


def _near(found: Iterable[Base], point: Point) -> Iterator[tuple[str, float]]:
    for base in found:
        if (metres := great_circle(base.centre, point)) <= NEAR:
            yield base.id, metres


def _outcomes(atlas: Atlas) -> tuple[dict[str, Passport], dict[str, tuple[str, ...]]]:
    """Every passport, and the outcomes of each."""
    table = Table(atlas)
    passports = {code: passport(atlas, code, atlas.site.released) for code in atlas.countries}
    return passports, {code: table.outcomes(holder) for code, holder in passports.items()}


def _told(articles: Mapping[str, Mapping[str, Article]], memory: Memory) -> dict[str, Mapping[str, Article]]:
    """The page that names a record most often; of two the one further down the tree."""
    named: dict[str, Counter[str]] = {}
    for path, found in articles.items():
        for article in found.values():
            for key in memory.made(("cited", article.file), (article,), partial(_cited, article)):
                named.setdefault(key, Counter())[path] += 1
    return {key: articles[max(paths, key=lambda path: (paths[path], path.count("/"), path))] for key, paths in named.items()}


def _cited(article: Article) -> tuple[str, ...]:
    return tuple(reference.id for reference in cited(article.body))


def _grouped(
    keys: Iterable[str], everyone: tuple[Institution, ...], keys_of: Callable[[Institution], Iterable[str]]
) -> dict[str, tuple[Institution, ...]]:
    groups: dict[str, list[Institution]] = {key: [] for key in keys}
    for one in everyone:
        for key in keys_of(one):
            groups[key].append(one)
    return {key: tuple(found) for key, found in groups.items()}


def _points(atlas: Atlas) -> dict[str, Point]:
    """Every place with a point, by kind and id; an experience at a wellness site is not a place of its own."""
    found: dict[str, Point] = {f"institution/{key}": one.point for key, one in atlas.institutions.items() if one.point}
    found |= {f"wellness-site/{key}": one.point for key, one in atlas.wellness_sites.items() if one.point}
    found |= {f"experience/{key}": one.point for key, one in atlas.experiences.items() if one.point}
    return found | {f"cluster/{key}": one.centre for key, one in atlas.clusters.items()}
