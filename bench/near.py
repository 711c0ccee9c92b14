"""Wall time of the table of neighbours: ``python -m bench.near [places] [runs]``.

Places lie evenly over Korea, or, in the second row, half of them within 30 km of Seoul, where most hospitals are. A place has every other
place within 30 km in its list.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import time

from atlas.distance import NEAR
from atlas.neartable import NearTable
from atlas.records.point import Point


def places(count: int, *, crowded: bool) -> dict[str, Point]:
    """Made-up places, the same in every run."""
    chance = random.Random(7)
    found = {}
    for number in range(count):
        seoul = crowded and number % 2
        lat = chance.uniform(37.3, 37.8) if seoul else chance.uniform(34.3, 38.3)
        lon = chance.uniform(126.7, 127.3) if seoul else chance.uniform(126.3, 129.4)
        found[f"place-{number}"] = Point(lat=lat, lon=lon, source="made-up")
    return found


def main(count: int, runs: int) -> None:
    """Prints one row for each spread."""
    print(f"{count} places, {runs} runs, Python {platform.python_version()}")
    for crowded in (False, True):
        found, took, pairs = places(count, crowded=crowded), [], 0
        for _ in range(runs):
            began = time.perf_counter()
            table = NearTable(found, NEAR)
            nearest = [table.near(key, most=12) for key in found]
            took.append(time.perf_counter() - began)
            pairs = sum(table.count(key) for key in found)
        spread = "half round Seoul" if crowded else "even"
        times = f"median {statistics.median(took):.2f} s ({min(took):.2f} to {max(took):.2f})"
        print(f"{spread:18} {times}, {pairs} distances, {len(nearest)} lists")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
