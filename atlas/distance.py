"""Distances on the ground, and what lies near what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

import numpy as np
import shapely

from atlas.records.point import Point

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG)."""


def great_circle(a: Point, b: Point) -> float:
    """The distance between two points in metres, along the surface of a sphere (haversine formula)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    return 2 * EARTH_RADIUS * asin(sqrt(sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2))


@dataclass(frozen=True, order=True)
class Near:
    """What lies near a place: how far in metres, in a straight line, and its key."""

    metres: float
    key: str


class NearTable:
    """For every place all others within ``radius`` metres, the nearest first.

    An R-tree of the points finds the candidates in a box round each place; the same formula as :func:`great_circle` decides.
    """

    def __init__(self, points: Mapping[str, Point], radius: float) -> None:
        self._keys = sorted(points)
        self._rows = {key: row for row, key in enumerate(self._keys)}
        lat = np.array([points[key].lat for key in self._keys])
        lon = np.array([points[key].lon for key in self._keys])
        high = degrees(radius / EARTH_RADIUS) * 1.001
        wide = high / np.cos(np.radians(np.minimum(np.abs(lat) + high, 89.0)))
        tree = shapely.STRtree([shapely.Point(x, y) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)])
        here, there = tree.query(shapely.box(lon - wide, lat - high, lon + wide, lat + high))
        half_lat, half_lon = np.radians(lat[there] - lat[here]) / 2, np.radians(lon[there] - lon[here]) / 2
        metres = (
            2
            * EARTH_RADIUS
            * np.arcsin(
                np.sqrt(np.sin(half_lat) ** 2 + np.cos(np.radians(lat[here])) * np.cos(np.radians(lat[there])) * np.sin(half_lon) ** 2)
            )
        )
        kept = (metres <= radius) & (here != there)
        here, there, metres = here[kept], there[kept], metres[kept]
        order = np.lexsort((there, metres, here))
        self._there, self._metres = there[order], metres[order]
        self._starts = np.searchsorted(here[order], np.arange(len(self._keys) + 1))

    def near(self, key: str) -> tuple[Near, ...]:
        """What lies near a place; nothing for a place without a point."""
        if key not in self._rows:
            return ()
        row = self._rows[key]
        found = slice(self._starts[row], self._starts[row + 1])
        return tuple(
            Near(far, self._keys[other]) for far, other in zip(self._metres[found].tolist(), self._there[found].tolist(), strict=True)
        )
