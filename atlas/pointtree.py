"""Points by where they lie: an R-tree that tells which of many are so far from one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, degrees, radians
from typing import Any

import numpy as np
import shapely

from atlas.distance import EARTH_RADIUS
from atlas.records.point import Point


class PointTree:
    """Points by key. The tree finds the candidates in a box; the same formula as :func:`atlas.distance.great_circle` decides."""

    def __init__(self, points: Mapping[str, Point]) -> None:
        self._keys = sorted(points)
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self._lat = np.array([points[key].lat for key in self._keys])
        self._lon = np.array([points[key].lon for key in self._keys])
        self._phi, self._lambda = np.radians(self._lat), np.radians(self._lon)
        self._trees: dict[str, tuple[Any, shapely.STRtree]] = {}

    def between(self, key: str, inner: float, outer: float, among: str = "") -> Iterator[tuple[float, str]]:
        """The other keys that begin with ``among`` and lie more than ``inner`` and at most ``outer`` metres from that of ``key``, the
        nearest first, each with how far."""
        here = self._rows[key]
        there, metres = self._within(here, outer, among)
        new = np.flatnonzero((metres <= outer) & (metres > inner) & (there != here))
        there, metres = there[new], metres[new]
        order = np.lexsort((there, metres))
        for far, other in zip(metres[order].tolist(), there[order].tolist(), strict=True):
            yield far, self._keys[other]

    def _tree(self, among: str) -> tuple[Any, shapely.STRtree]:
        """The rows of the keys that begin so, and the tree of their points."""
        if among not in self._trees:
            rows = np.array([row for row, key in enumerate(self._keys) if key.startswith(among)], dtype=int)
            self._trees[among] = rows, shapely.STRtree([shapely.Point(x, y) for x, y in zip(self._lon[rows], self._lat[rows], strict=True)])
        return self._trees[among]

    def _within(self, here: int, radius: float, among: str) -> tuple[Any, Any]:
        """The places in a box that holds all within ``radius`` metres, and how far each is."""
        rows, tree = self._tree(among)
        lat, lon = float(self._lat[here]), float(self._lon[here])
        high = degrees(radius / EARTH_RADIUS) * 1.001
        wide = high / cos(radians(min(abs(lat) + high, 89.0)))
        there = rows[tree.query(shapely.box(lon - wide, lat - high, lon + wide, lat + high))]
        phi = self._phi[there]
        half_lat, half_lon = (phi - self._phi[here]) / 2, (self._lambda[there] - self._lambda[here]) / 2
        height = np.cos(self._phi[here]) * np.cos(phi)
        return there, 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.sin(half_lat) ** 2 + height * np.sin(half_lon) ** 2))
