"""The outlines of the provinces: where a point lies, and how a province is drawn.

``data/outline.json`` holds the rings of each province in WGS84 degrees. They come from the paths of the npm package
``@svg-maps/south-korea`` 2.0.0 (MapSVG, CC BY 4.0), set to longitude and latitude by a second-degree polynomial that was fitted to places
of known coordinates and to ten extreme points of the coast; islands off Incheon that the paths count to Gyeonggi are counted to Incheon.
Against known places they are right to about a kilometre and a half. They show the provinces before Gunwi went to Daegu in July 2023.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.fault import Fault, FaultyInputError
from atlas.intake.encoding import read_text
from atlas.records.point import Point

if TYPE_CHECKING:
    import shapely  # loaded when a shape is wanted: a check whose places are known needs none

FILE = "outline.json"
KILOMETRES = 111.2
"""A degree of latitude, in kilometres."""
LATITUDE = 36.0
"""The latitude at which maps are true to width."""

Ring = tuple[tuple[float, float], ...]


def plane(lat: float, lon: float) -> tuple[float, float]:
    """A point on a plane map, in kilometres to the east and to the south of 39° N, 124° E (equirectangular projection)."""
    return (lon - 124.0) * KILOMETRES * cos(radians(LATITUDE)), (39.0 - lat) * KILOMETRES


@dataclass(frozen=True)
class Outline:
    """The rings of each province by ISO 3166-2 code: latitude and longitude in degrees."""

    rings: Mapping[str, tuple[Ring, ...]]
    drawn: dict[object, dict[str, str]] = field(default_factory=dict, compare=False)
    """The paths of maps that were drawn already, by their frame: they are the same in every language."""

    def __reduce__(self) -> tuple[object, ...]:
        """Without the shapes: who reads a kept outline may want none, and need not load what they are made of."""
        return Outline, (self.rings, self.drawn)

    @cached_property
    def shapes(self) -> dict[str, shapely.MultiPolygon]:
        """Each province on the plane map."""
        import shapely

        return {
            code: _whole([shapely.Polygon([plane(lat, lon) for lat, lon in ring]) for ring in rings]) for code, rings in self.rings.items()
        }

    def off(self, province: str, point: Point) -> float:
        """How many kilometres a point lies outside a province; 0 inside it."""
        import shapely

        return float(shapely.distance(self.shapes[province], shapely.Point(*plane(point.lat, point.lon))))


def _whole(parts: list[shapely.Polygon]) -> shapely.MultiPolygon:
    """One shape of all parts, each made valid."""
    import shapely

    found = shapely.union_all([shapely.make_valid(part) for part in parts])
    return shapely.MultiPolygon([part for part in getattr(found, "geoms", [found]) if isinstance(part, shapely.Polygon)])


def read_outline(root: Path, provinces: Iterable[str]) -> Outline:
    """The outlines of a project, of just these provinces. Raises :class:`~atlas.fault.FaultyInputError` when they cannot be read."""

    def fault(what: str, got: str, mend: str, line: int = 1, column: int = 1) -> FaultyInputError:
        return FaultyInputError([Fault(f"data/{FILE}", line, column, "file", what, got, mend)])

    if not (root / "data" / FILE).exists():
        raise fault("the outlines of the provinces are missing", "nothing", f"Put data/{FILE} back.")
    text, troubles = read_text(root, f"data/{FILE}", plain=True)
    if text is None or troubles:
        raise FaultyInputError(troubles)
    try:
        found = json.loads(text)
    except (RecursionError, ValueError) as error:
        if not isinstance(error, json.JSONDecodeError):
            raise fault("this is nested too deep, or has a number that is too long", "more", f"Put data/{FILE} back.") from None
        raise fault("this is not JSON", error.msg, "Correct it here.", error.lineno, error.colno) from None
    named = set(found) if isinstance(found, dict) else set()
    if named != set(provinces):
        got = ", ".join(sorted(named ^ set(provinces)))
        raise fault("the outlines are not those of the provinces", got, "Give each province in provinces.yaml its rings, and no other.")
    for code, rings in found.items():
        if (
            not isinstance(rings, list)
            or not rings
            or not all(isinstance(ring, list) and len(ring) > 3 and all(_pair(point) for point in ring) for ring in rings)
        ):
            raise fault("a province has no rings of at least four points", code, "Write each point as [longitude, latitude].")
    return Outline({code: tuple(tuple((lat, lon) for lon, lat in ring) for ring in rings) for code, rings in found.items()})


def _pair(point: object) -> bool:
    return (
        isinstance(point, list) and len(point) == 2 and all(isinstance(number, int | float) and -180 <= number <= 180 for number in point)
    )
