"""What lies near what: for every place the others around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import degrees

import numpy as np
import shapely

from atlas.distance import EARTH_RADIUS
from atlas.records.point import Point


@dataclass(frozen=True, order=True)
class Near:
    """What lies near a place: how far in metres, in a straight line, and its key."""

    metres: float
    key: str


class NearTable:
    """For every place all others within ``radius`` metres, the nearest first.

    An R-tree of the points finds the candidates in a box round each place; the same formula as :func:`atlas.distance.great_circle`
    decides. Each list is put in order when it is asked for.
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
        phi, height = np.radians(lat), np.cos(np.radians(lat))
        half_lat, half_lon = (phi[there] - phi[here]) / 2, np.radians(lon[there] - lon[here]) / 2
        metres = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.sin(half_lat) ** 2 + height[here] * height[there] * np.sin(half_lon) ** 2))
        kept = np.flatnonzero((metres <= radius) & (here != there))
        self._there, self._metres = there[kept], metres[kept]
        self._starts = np.searchsorted(here[kept], np.arange(len(self._keys) + 1)).tolist()

    def near(self, key: str, *, most: int | None = None) -> tuple[Near, ...]:
        """What lies near a place, or the ``most`` nearest of it; nothing for a place without a point."""
        found = self._found(key)
        there, metres = self._there[found], self._metres[found]
        order = np.lexsort((there, metres))[:most]
        return tuple(Near(far, self._keys[other]) for far, other in zip(metres[order].tolist(), there[order].tolist(), strict=True))

    def count(self, key: str) -> int:
        """How many places lie near a place."""
        found = self._found(key)
        return int(found.stop - found.start)

    def _found(self, key: str) -> slice:
        if key not in self._rows:
            return slice(0, 0)
        row = self._rows[key]
        return slice(self._starts[row], self._starts[row + 1])
