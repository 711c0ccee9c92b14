"""What lies near what: for every place the others around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from atlas.records.point import Point
from atlas.trace import Trace

if TYPE_CHECKING:
    from atlas.pointtree import PointTree


@dataclass(frozen=True, order=True)
class Near:
    """What lies near a place: how far in metres, in a straight line, and its key."""

    metres: float
    key: str


class NearTable:
    """For every place all others within ``radius`` metres, the nearest first.

    Nothing is worked out before it is asked for: of ten thousand places, half of them in one city, all pairs would not fit into memory.
    """

    def __init__(self, points: Mapping[str, Point], radius: float, trace: Trace | None = None) -> None:
        self._points = points
        self._radius = radius
        self._trace = trace or Trace()

    @property
    def points(self) -> Mapping[str, Point]:
        """Where the places are, by key."""
        return self._points

    def noted(self, trace: Trace) -> NearTable:
        """The same, of which is noted, as ``("near",)``, that it was asked."""
        return NearTable(self._points, self._radius, trace)

    @cached_property
    def _tree(self) -> PointTree:
        # Loaded when it is first asked: numpy and shapely take longer to load than all else that a build after an edit needs.
        from atlas.pointtree import PointTree

        return PointTree(self._points)

    def near(self, key: str, *, most: int | None = None) -> tuple[Near, ...]:
        """What lies near a place, or the ``most`` nearest of it; nothing for a place without a point."""
        return tuple(islice(self.nearest(key), most))

    def nearest(self, key: str, among: str = "") -> Iterator[Near]:
        """What lies near a place, from the nearest on, of the keys that begin with ``among``.

        Further out is looked only as long as more is asked for.
        """
        self._trace.note("near")
        if key not in self._points:
            return
        inner = -1.0
        for parts in (64, 16, 4, 1):
            outer = self._radius / parts
            for metres, other in self._tree.between(key, inner, outer, among):
                yield Near(metres, other)
            inner = outer

    def count(self, key: str) -> int:
        """How many places lie near a place."""
        return sum(1 for _ in self.nearest(key))
