"""Distances on the ground."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from atlas.records.point import Point

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG)."""
NEAR = 30_000.0
"""How far away, in metres, something is still near, and a place outside the provinces of a base still belongs to it."""


def great_circle(a: Point, b: Point) -> float:
    """The distance between two points in metres, along the surface of a sphere (haversine formula)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    return 2 * EARTH_RADIUS * asin(sqrt(sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2))
