"""The outlines of the provinces: where a point lies, and how a province is drawn.

``data/outline.json`` holds the rings of each province in WGS84 degrees. They come from the paths of the npm package
``@svg-maps/south-korea`` 2.0.0 (MapSVG, CC BY 4.0), set to longitude and latitude by a second-degree polynomial that was fitted to places
of known coordinates and to ten extreme points of the coast; islands off Incheon that the paths count to Gyeonggi are counted to Incheon.
Against known places they are right to about a kilometre and a half. They show the provinces before Gunwi went to Daegu in July 2023.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, radians
from pathlib import Path

import shapely

from atlas.records.point import Point

FILE = "outline.json"
KILOMETRES = 111.2
"""A degree of latitude, in kilometres."""
LATITUDE = 36.0
"""The latitude at which maps are true to width."""

Ring = tuple[tuple[float, float], ...]


def plane(lat: float, lon: float) -> tuple[float, float]:
    """A point on a plane map, in kilometres to the east and to the south of 33° N, 124° E (equirectangular projection)."""
    return (lon - 124.0) * KILOMETRES * cos(radians(LATITUDE)), (39.0 - lat) * KILOMETRES


@dataclass(frozen=True)
class Outline:
    """The rings of each province by ISO 3166-2 code: latitude and longitude in degrees."""

    rings: Mapping[str, tuple[Ring, ...]]
    drawn: dict[object, dict[str, str]] = field(default_factory=dict, compare=False)
    """The paths of maps that were drawn already, by their frame: they are the same in every language."""

    @cached_property
    def shapes(self) -> dict[str, shapely.MultiPolygon]:
        """Each province on the plane map."""
        return {
            code: _whole([shapely.Polygon([plane(lat, lon) for lat, lon in ring]) for ring in rings]) for code, rings in self.rings.items()
        }

    def off(self, province: str, point: Point) -> float:
        """How many kilometres a point lies outside a province; 0 inside it."""
        return float(shapely.distance(self.shapes[province], shapely.Point(*plane(point.lat, point.lon))))


def _whole(parts: list[shapely.Polygon]) -> shapely.MultiPolygon:
    """One shape of all parts, each made valid."""
    found = shapely.union_all([shapely.make_valid(part) for part in parts])
    return shapely.MultiPolygon([part for part in getattr(found, "geoms", [found]) if isinstance(part, shapely.Polygon)])


def read_outline(root: Path) -> Outline:
    """The outlines of a project."""
    found = json.loads((root / "data" / FILE).read_text(encoding="utf-8"))
    return Outline({code: tuple(tuple((lat, lon) for lon, lat in ring) for ring in rings) for code, rings in found.items()})
