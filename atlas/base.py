"""Bases: where a patient stays, and what there is around. The clusters, and the provinces with a centre that belong to no cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atlas.atlas import Atlas
from atlas.distance import NEAR, great_circle
from atlas.records.institution import Address, Line
from atlas.records.localised import Localised
from atlas.records.point import Centre, FoundPoint
from atlas.records.spot import Closed, Experience, Spot


@dataclass(frozen=True)
class Base:
    """One base: its page, names and provinces, and the place from which distances are measured."""

    id: str
    path: str
    name: Localised
    in_place: Localised
    provinces: tuple[str, ...]
    centre: Centre


@dataclass(frozen=True)
class Around:
    """A place that belongs to a base, and its distance from the centre in metres, if its point is known."""

    kind: str
    spot: Spot
    metres: float | None


def bases(atlas: Atlas) -> dict[str, Base]:
    """The bases by id, in the order of clusters and provinces."""
    found = {
        key: Base(key, f"clusters/{key}/", one.name, atlas.provinces[one.provinces[0]].in_place, one.provinces, one.centre)
        for key, one in atlas.clusters.items()
    }
    for code, province in atlas.provinces.items():
        if province.centre:
            found[province.slug] = Base(
                province.slug, f"regions/{province.slug}/", province.short, province.in_place, (code,), province.centre
            )
    return found


def around(atlas: Atlas, base: Base) -> tuple[Around, ...]:
    """The wellness sites and experiences of a base, the nearest first, those without a point at the end.

    An experience at a wellness site stands for both.
    """
    return tuple(sorted(_around(atlas, base), key=lambda one: (one.metres is None, one.metres or 0.0, one.spot.id)))


def _around(atlas: Atlas, base: Base) -> Iterator[Around]:
    taken = shown_by_experience(atlas)
    kinds: tuple[tuple[str, Mapping[str, Spot]], ...] = (("wellness-site", atlas.wellness_sites), ("experience", atlas.experiences))
    for kind, spots in kinds:
        for key, spot in spots.items():
            if closed(atlas, spot) or (kind == "wellness-site" and key in taken):
                continue
            point = point_of(atlas, spot)
            metres = great_circle(base.centre, point) if point else None
            if spot.province in base.provinces or (metres is not None and metres <= NEAR):
                yield Around(kind, spot, metres)


def shown_by_experience(atlas: Atlas) -> frozenset[str]:
    """The wellness sites for which an open experience stands in lists of both kinds."""
    return frozenset(one.site for one in atlas.experiences.values() if one.site and not one.closed)


def closed(atlas: Atlas, spot: Spot) -> Closed | None:
    """The end of a place: its own, or that of its wellness site."""
    return spot.closed or holder(atlas, spot).closed


def point_of(atlas: Atlas, spot: Spot) -> FoundPoint | None:
    """The point of a place; of an experience at a wellness site, that of the site."""
    return holder(atlas, spot).point


def address_of(atlas: Atlas, spot: Spot) -> Address | None:
    """The address of a place, found likewise."""
    return holder(atlas, spot).address


def phones_of(atlas: Atlas, spot: Spot) -> tuple[Line, ...]:
    """The telephone lines of a place, found likewise."""
    return holder(atlas, spot).phones


def holder(atlas: Atlas, spot: Spot) -> Spot:
    """The record that holds the address of a place: its own, or that of its wellness site."""
    return atlas.wellness_sites[spot.site] if isinstance(spot, Experience) and spot.site else spot
