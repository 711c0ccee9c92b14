"""A small race for every change: ``python -m bench.ratio`` builds the same 160 texts with stock MkDocs and with ours, from nothing.

It fails when ours takes more than :data:`LIMIT` times the CPU time of stock MkDocs, page by page. Both run one after the other on the same
machine, so that a slow runner makes no difference. Counted are all pages that stand in the site: ours cannot be built without those of its
records. How fast it really is, on many pages and beside other generators, ``bench/peers.py`` tells.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.corpus.__main__ import make
from bench.measure import Cost, cost, files

PAGES = 160
LIMIT = 1.5
"""1.08 when this was written; to be lowered as ours gets faster."""


def raced(layout: str, module: str) -> tuple[Cost, int]:
    """What a cold build of the corpus costs, and how many pages it makes."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        make(layout, PAGES, project)
        took = cost([sys.executable, "-m", module, "build"], project, {"NO_MKDOCS_2_WARNING": "1"})
        return took, sum(1 for path in files(project / "site", ["**/index.html"]))


def main() -> int:
    """Prints both and returns 1 where ours is too slow."""
    (stock, theirs), (ours, mine) = raced("mkdocs", "mkdocs"), raced("atlas", "atlas")
    times = (ours.cpu / mine) / (stock.cpu / theirs)
    print(f"stock MkDocs {stock.cpu:.2f} s CPU for {theirs} pages, ours {ours.cpu:.2f} s for {mine}: {times:.2f} per page, limit {LIMIT}")
    return int(times > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
