"""Points on the ground."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from atlas.records.localised import Localised
from atlas.records.record import Record, SourceId, wrong

SOUTH, NORTH, WEST, EAST = 33.0, 38.7, 124.5, 132.0
"""A box around the Republic of Korea, islands included."""


class Point(Record):
    """A place in WGS84 degrees, inside the Republic of Korea, and the source that gives it."""

    lat: float
    lon: float
    source: SourceId

    @model_validator(mode="after")
    def _in_korea(self) -> Self:
        if SOUTH <= self.lon <= NORTH and WEST <= self.lat <= EAST:
            raise wrong(
                f"latitude and longitude are swapped (lat {self.lat}, lon {self.lon})",
                "Write lat: 33 to 38.7, lon: 124.5 to 132.",
            )
        if not (SOUTH <= self.lat <= NORTH and WEST <= self.lon <= EAST):
            raise wrong(
                f"this point is not in Korea (lat {self.lat}, lon {self.lon})",
                "Write WGS84 degrees: lat 33 to 38.7, lon 124.5 to 132.",
            )
        return self


class FoundPoint(Point):
    """A point and how it was found.

    *open-api* (given by the Korea Tourism Organization), *geocoded* (computed by somebody from the address; can be off by several
    hundred metres), *filming-data* (from the register of filming locations), *reference* (a well-known place nearby).
    """

    found: Literal["open-api", "geocoded", "filming-data", "reference"]


class Centre(FoundPoint):
    """The place from which the distances of a region are measured."""

    place: Localised
