"""What a cold build costs: ``python -m bench.cold [runs]``.

Removes what earlier builds left, builds the whole site, and prints the median of user and system seconds of the whole process tree,
what of it is start-up (Python, MkDocs and its configuration loaded, nothing built), and the rest in milliseconds per page.
"""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from bench.measure import cost, files, median

ROOT = Path(__file__).resolve().parent.parent
START_UP = "import atlas.building.site"


def main(runs: int) -> None:
    """Prints one table."""
    cold, start = [], []
    for _ in range(runs):
        for name in ("build", "site"):
            shutil.rmtree(ROOT / name, ignore_errors=True)
        cold.append(cost([sys.executable, "-m", "atlas", "build"], ROOT))
        start.append(cost([sys.executable, "-c", START_UP], ROOT))
    pages = len(files(ROOT / "site", ["**/index.html"]))
    total, begin = median(cold), median(start)
    print(f"{platform.machine()}, Python {platform.python_version()}, median of {runs}")
    print(f"pages            {pages}")
    print(f"CPU s            {total.cpu:.2f} ({min(one.cpu for one in cold):.2f} to {max(one.cpu for one in cold):.2f})")
    print(f"wall s           {total.wall:.2f}")
    print(f"peak memory      {total.peak / 1e6:.0f} MB")
    print(f"of it start-up   {begin.cpu:.2f} CPU s")
    print(f"per page         {(total.cpu - begin.cpu) / pages * 1000:.2f} ms CPU besides start-up")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
