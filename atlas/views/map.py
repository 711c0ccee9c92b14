"""Maps: static drawings of Korea and of regions, with each place at its coordinates and a link for every dot.

Units are pixels of a map 360 px wide. Places that would lie on each other share one dot; its name is the list of them. Colours come from
the style sheet by class, so that a map follows the reader's light or dark mode.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from atlas.outline import Outline, plane
from atlas.records.point import Point
from atlas.views.reader import Reader

if TYPE_CHECKING:
    import shapely  # loaded when a map is drawn: with numpy it takes as long to load as the rest of the engine

WIDTH = 360.0
APART = 29.0
"""How far apart two dots must be to stand by themselves: a finger has room between them."""
RADIUS = 12.0
"""The radius of a dot."""
LETTER, LETTER_WIDE = 7.2, 12.0
"""How wide a letter of a name is, in Latin or Cyrillic and in Korean or Chinese."""
_FEW = 64
"""Of so many dots all pairs may be looked at."""
EDGE = 14.0
"""Free room at the edges."""
STRAIGHT = 0.8
"""How far the outline of a province may leave its true course, which is itself known to about a pixel of the map of Korea."""
STEP = 0.5
"""The places that points of an outline may have: with fewer, a path takes half the bytes."""
FAR_EAST = 129.75
"""Ulleungdo and Dokdo lie further east than this; the map of Korea shows Ulleungdo in a box."""


@dataclass(frozen=True)
class Place:
    """Something to be drawn: its name, the address of its page or anchor, where it is, and its class (``h`` for institutions)."""

    name: str
    href: str
    point: Point
    kind: str = ""


@dataclass
class _Dot:
    x: float
    y: float
    places: list[Place]


@dataclass(frozen=True)
class Frame:
    """The part of the plane map that is drawn, in kilometres, and its scale."""

    west: float
    north: float
    east: float
    south: float

    @property
    def scale(self) -> float:
        """Pixels to a kilometre."""
        return WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        """The height of the map in pixels."""
        return round((self.south - self.north) * self.scale, 1)

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is drawn."""
        return self.at_degrees(point.lat, point.lon)

    def at_degrees(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a latitude and a longitude are drawn."""
        x, y = plane(lat, lon)
        return (x - self.west) * self.scale, (y - self.north) * self.scale


def country_map(reader: Reader, places: Sequence[Place]) -> dict[str, Any]:
    """The whole country: every province a link with its name, and dots for ``places``."""
    frame = _country()
    view = _drawn(reader, frame, places, on=(), linked=True, label="map-of-korea")
    view["provinces"] = _labels(reader, frame, view["dots"])
    view["inset"] = _inset(reader.atlas.outline, frame)
    return view


def region_map(reader: Reader, provinces: Sequence[str], places: Sequence[Place], name: str) -> dict[str, Any]:
    """Some provinces and what lies around them, with dots for ``places``."""
    frame = _around(reader.atlas.outline, provinces, [place.point for place in places])
    return _drawn(reader, frame, places, on=provinces, linked=False, label="map-of", name=name)


def outline_map(outline: Outline) -> str:
    """The whole country as an SVG file, without dots. It says how degrees become pixels.

    ``data-x="a b"``: *a* times the longitude plus *b*; ``data-y``: likewise of the latitude; ``data-east``: the longitude beyond which a
    place lies in the box of Ulleungdo, and the middle of that box.
    """
    frame = _country()
    inset = _inset(outline, frame)
    (x_0, y_0), (x_1, y_1) = frame.at_degrees(0.0, 0.0), frame.at_degrees(1.0, 1.0)
    land = "".join(f'<path class="land on" vector-effect="non-scaling-stroke" d="{path}"/>' for path in _land(outline, frame).values())
    east = f"{FAR_EAST} {inset['x'] + inset['w'] / 2} {inset['y'] + inset['h'] / 2}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {frame.height}" data-x="{x_1 - x_0:.6f} {x_0:.6f}" '
        f'data-y="{y_1 - y_0:.6f} {y_0:.6f}" data-east="{east}">{land}'
        f'<rect class="box" x="{inset["x"]}" y="{inset["y"]}" width="{inset["w"]}" height="{inset["h"]}"/>'
        f'<path class="land on" d="{inset["d"]}"/></svg>\n'
    )


def numbered(dots: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The number of the dot of each place, by its anchor."""
    return {href: dot["n"] for dot in dots for href in dot["hrefs"]}


def _country() -> Frame:
    left, top = plane(38.68, 125.85)
    right, bottom = plane(33.08, FAR_EAST)
    return Frame(left, top, right, bottom)


def _around(outline: Outline, provinces: Sequence[str], points: Sequence[Point]) -> Frame:
    """The mainland of the provinces and all points, with some room."""
    import shapely

    parts = [max(outline.shapes[code].geoms, key=lambda part: part.area) for code in provinces]
    parts += [shapely.Point(*plane(point.lat, point.lon)).buffer(1) for point in points]
    west, north, east, south = shapely.union_all(parts).bounds
    room = max(east - west, south - north) * EDGE / WIDTH
    wide, high = east - west + 2 * room, south - north + 2 * room
    if high > wide * 1.5:
        room_x = (high / 1.5 - wide) / 2 + room
        return Frame(west - room_x, north - room, east + room_x, south + room)
    return Frame(west - room, north - room, east + room, south + room)


def _drawn(
    reader: Reader, frame: Frame, places: Sequence[Place], *, on: Sequence[str], linked: bool, label: str, name: str = ""
) -> dict[str, Any]:
    words = reader.words
    return {
        "label": words.say(label, name=name) if name else words.say(label),
        "width": int(WIDTH),
        "height": frame.height,
        "land": [
            {"d": path, **({"on": True} if code in on else {}), **_link(reader, code, linked)}
            for code, path in _land(reader.atlas.outline, frame).items()
        ],
        "dots": _dots(reader, frame, places),
        "key": [
            {"kind": kind, "text": words.say(key)}
            for kind, key in (("", "key-places"), ("c", "key-clusters"), ("h", "key-hospitals"), ("a", "key-airports"))
            if any(place.kind == kind for place in places)
        ],
    }


def _link(reader: Reader, code: str, linked: bool) -> dict[str, str]:
    if not linked:
        return {}
    province = reader.atlas.provinces[code]
    return {"path": f"regions/{province.slug}/", "name": reader.text(province.short)}


def _land(outline: Outline, frame: Frame) -> dict[str, str]:
    """The path of every province that can be seen in a frame."""
    import shapely

    if frame not in outline.drawn:
        seen = shapely.box(frame.west, frame.north, frame.east, frame.south).buffer(5 / frame.scale)
        found = {}
        for code, shape in outline.shapes.items():
            part = shapely.intersection(shape, seen)
            simple = shapely.simplify(part, STRAIGHT / frame.scale)
            path = "".join(_ring(polygon.exterior.coords, frame) for polygon in _polygons(simple) if polygon.area * frame.scale**2 > 6)
            if path:
                found[code] = path
        outline.drawn[frame] = found
    return outline.drawn[frame]


def _polygons(shape: Any) -> list[Any]:
    if shape.geom_type == "Polygon":
        return [shape]
    return [part for whole in getattr(shape, "geoms", ()) for part in _polygons(whole)]


def _ring(coordinates: Iterable[tuple[float, ...]], frame: Frame) -> str:
    """A closed path, each step from the last point, written with as few signs as SVG 2 allows (section 9.3.9)."""
    points = [(round((x - frame.west) * frame.scale / STEP), round((y - frame.north) * frame.scale / STEP)) for x, y, *_ in coordinates]
    steps = [
        value * STEP
        for (before_x, before_y), (x, y) in pairwise(points[:-1])
        if (x, y) != (before_x, before_y)
        for value in (x - before_x, y - before_y)
    ]
    return f"M{_numbers(value * STEP for value in points[0])}l{_numbers(steps)}z" if len(steps) > 2 else ""


def _numbers(values: Iterable[float]) -> str:
    """Numbers one after the other: ``1.5 -0.5 2`` is ``1.5-.5 2``."""
    text = ""
    for value in values:
        one = f"{value:g}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:g}"
        text += one if not text or one.startswith("-") else f" {one}"
    return text


def _dots(reader: Reader, frame: Frame, places: Sequence[Place]) -> list[dict[str, Any]]:
    """The places at their coordinates, numbered in their order; places that would touch share a dot in their middle."""
    dots = _apart([_Dot(*frame.at(place.point), [place]) for place in places])
    order = {place.href: number for number, place in enumerate(places)}
    for dot in dots:
        dot.places.sort(key=lambda place: order[place.href])
    dots.sort(key=lambda dot: order[dot.places[0].href])
    return [_dot(reader, number, dot) for number, dot in enumerate(dots, 1)]


def _apart(dots: list[_Dot]) -> list[_Dot]:
    """The dots, of which the two that lie closest are made one as long as they lie too close; of the same closeness the first two.

    Of many dots those that lie closest are joined first, with a finer grid: of five thousand in one city each has thousands around it.
    """
    for finer in range(max(0, (len(dots) // _FEW).bit_length()), -1, -1):
        dots = _joined(dots, APART / 2**finer)
    return dots


def _joined(dots: list[_Dot], apart: float) -> list[_Dot]:
    """The same, of those that are closer than ``apart``.

    They stand in the same or in neighbouring squares of a grid: no dot is held against all others.
    """
    squares: dict[tuple[int, int], set[int]] = {}
    close: list[tuple[float, int, int, int]] = []
    moved = [0] * len(dots)

    def square(dot: _Dot) -> tuple[int, int]:
        return int(dot.x // apart), int(dot.y // apart)

    def placed(number: int) -> None:
        one = dots[number]
        column, row = square(one)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                for other in squares.get((x, y), ()):
                    first, second = sorted((number, other))
                    far = (dots[first].x - dots[second].x) ** 2 + (dots[first].y - dots[second].y) ** 2
                    if far < apart**2:
                        heapq.heappush(close, (far, first, second, moved[first] + moved[second]))
        squares.setdefault((column, row), set()).add(number)

    for number in range(len(dots)):
        placed(number)
    gone: set[int] = set()
    while close:
        _, first, second, state = heapq.heappop(close)
        if gone & {first, second} or state != moved[first] + moved[second]:
            continue
        one, other = dots[first], dots[second]
        squares[square(one)].discard(first)
        squares[square(other)].discard(second)
        many, more = len(one.places), len(other.places)
        one.x, one.y = (one.x * many + other.x * more) / (many + more), (one.y * many + other.y * more) / (many + more)
        one.places += other.places
        gone.add(second)
        moved[first] += 1
        placed(first)
    return [dot for number, dot in enumerate(dots) if number not in gone]


def _dot(reader: Reader, number: int, dot: _Dot) -> dict[str, Any]:
    names = reader.words.listing(place.name for place in dot.places)
    kinds = {place.kind for place in dot.places}
    return {
        "n": number,
        "x": round(dot.x, 1),
        "y": round(dot.y, 1),
        "href": dot.places[0].href,
        "hrefs": [place.href for place in dot.places],
        "name": reader.words.say("map-dot", number=number, names=names),
        **({"kind": kinds.pop()} if len(kinds) == 1 else {}),
    }


def _labels(reader: Reader, frame: Frame, dots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The names of the provinces, each where it covers neither a dot nor another name: inside its province, or else beside it."""
    import shapely

    taken = [shapely.Point(dot["x"], dot["y"]).buffer(RADIUS + 1) for dot in dots]
    labels = []
    shapes = {code: _on_map(shape, frame) for code, shape in reader.atlas.outline.shapes.items()}
    for code, shape in sorted(shapes.items(), key=lambda pair: -pair[1].area):
        text = reader.text(reader.atlas.provinces[code].short)
        wide = sum(LETTER if ord(sign) < 0x1100 else LETTER_WIDE for sign in text)
        for reach in (-2.0, 4.0, 14.0, 30.0):
            place = _free(shape, reach, wide, taken)
            if place:
                x, y = place
                taken.append(_box(x, y, wide))
                labels.append({"code": code, "x": round(x, 1), "y": round(y + 4, 1), "text": text})
                break
    return labels


def _on_map(shape: shapely.MultiPolygon, frame: Frame) -> shapely.Polygon:
    """The largest part of a province, in pixels of the map."""
    import shapely

    part = max(shape.geoms, key=lambda one: one.area)
    return shapely.Polygon([((x - frame.west) * frame.scale, (y - frame.north) * frame.scale) for x, y, *_ in part.exterior.coords])


def _box(x: float, y: float, wide: float) -> shapely.Polygon:
    """What a name covers whose middle is at a point."""
    import shapely

    return shapely.box(x - wide / 2, y - 7, x + wide / 2, y + 7)


def _free(shape: shapely.Polygon, reach: float, wide: float, taken: Sequence[shapely.Geometry]) -> tuple[float, float] | None:
    """The point nearest to the middle of a shape (made larger by ``reach``) where a name covers nothing."""
    import shapely

    room = shapely.buffer(shape, reach)
    west, north, east, south = room.bounds
    middle = shape.representative_point()
    points = [(west + (east - west) * column / 12, north + (south - north) * row / 12) for column in range(13) for row in range(13)]
    points.sort(key=lambda point: ((point[0] - middle.x) ** 2 + (point[1] - middle.y) ** 2, point))
    for x, y in points:
        box = _box(x, y, wide)
        inside = room.contains(shapely.Point(x, y)) and wide / 2 < x < WIDTH - wide / 2
        if inside and not any(box.intersects(other) for other in taken):
            return x, y
    return None


def _inset(outline: Outline, frame: Frame) -> dict[str, Any]:
    """Ulleungdo, in a box in the sea."""
    import shapely

    edge, _ = plane(36.0, FAR_EAST)
    east = [part for part in outline.shapes["KR-47"].geoms if part.centroid.x > edge]
    box = {"x": 306.0, "y": 66.0, "w": 44.0, "h": 40.0}
    middle = shapely.union_all(east).centroid
    moved = Frame(
        middle.x - (box["x"] + box["w"] / 2) / frame.scale,
        middle.y - (box["y"] + box["h"] / 2) / frame.scale,
        middle.x - (box["x"] + box["w"] / 2) / frame.scale + WIDTH / frame.scale,
        middle.y,
    )
    return {**box, "d": "".join(_ring(part.exterior.coords, moved) for part in east)}
