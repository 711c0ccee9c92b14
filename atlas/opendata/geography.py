"""``/data/v1/<kind>.geojson`` (RFC 7946): the records that have a place, with the fields of their table as properties.

A record whose place is not known has no geometry (``null``), as section 3.2 allows. Positions are longitude, latitude in WGS84 degrees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from atlas.atlas import Atlas
from atlas.base import point_of
from atlas.opendata.document import compact
from atlas.opendata.table import Table
from atlas.outline import Outline
from atlas.records.point import Point

if TYPE_CHECKING:
    import shapely  # loaded when an outline is wanted: with numpy it takes as long to load as the rest of the engine

GRID = 0.001
"""Outlines are given to a thousandth of a degree, about a hundred metres: they are right to about a kilometre and a half."""

Geometry = Mapping[str, Any]


def geometries(atlas: Atlas) -> dict[str, Callable[[str], Geometry | None]]:
    """By kind, what gives the geometry of a record by its id."""
    return {
        "province": lambda key: _outline(atlas.outline, key),
        "institution": lambda key: _point(atlas.institutions[key].point),
        "wellness-site": lambda key: _point(atlas.wellness_sites[key].point),
        "experience": lambda key: _point(point_of(atlas, atlas.experiences[key])),
        "airport": lambda key: _point(atlas.airports[key].point),
        "cluster": lambda key: _point(atlas.clusters[key].centre),
    }


def collection(table: Table, geometry: Callable[[str], Geometry | None]) -> str:
    """A FeatureCollection of the records of a table; the id of a feature is that of the record."""
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": geometry(row["id"]),
            "properties": {name: row[name] for name in table.columns if name in row},
        }
        for row in table.rows
    ]
    return compact({"type": "FeatureCollection", "features": features})


def _point(point: Point | None) -> Geometry | None:
    return {"type": "Point", "coordinates": (point.lon, point.lat)} if point else None


def _outline(outline: Outline, province: str) -> Geometry:
    """All rings of a province as one shape, outer rings counter-clockwise (section 3.1.6)."""
    import shapely

    parts = [shapely.make_valid(shapely.Polygon([(lon, lat) for lat, lon in ring])) for ring in outline.rings[province]]
    shape = shapely.orient_polygons(shapely.union_all(parts, grid_size=GRID), exterior_cw=False)
    polygons = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, shapely.Polygon)]
    rings = [[_ring(polygon.exterior), *map(_ring, polygon.interiors)] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": rings}


def _ring(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    return [(round(lon, 3), round(lat, 3)) for lon, lat in ring.coords]
