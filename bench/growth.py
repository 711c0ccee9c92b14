"""How the cost of a page grows with the site: ``python -m bench.growth [--pages 1600 6400 …] [--runs 1]``.

Builds projects with as many hospitals as it takes, from nothing, and prints CPU per page beside that of the first row, the most memory that
the process tree held, the largest page, and what is fetched for search: the largest file of the index, and its number of files.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.corpus.__main__ import make
from bench.measure import cost, files, median
from bench.peers import machine

HEAD = (
    "| pages | CPU s (wall) | ms CPU a page | times the first | peak MB | largest page kB (gz) | files of search | largest kB (gz) |",
    f"|{'---|' * 8}",
)


def row(pages: int, runs: int, first: float | None) -> tuple[str, float]:
    """One size: its row, and the CPU milliseconds of a page."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        make("hospitals", pages, project)
        built = median([cost([sys.executable, "-m", "atlas", "build"], project) for _ in range(runs)])
        drawn = files(project / "site", ["**/index.html"])
        index = files(project / "site", ["search/**/*.json", "*/search/**/*.json"])
        each = built.cpu / len(drawn) * 1000
        cells = (
            str(len(drawn)),
            f"{built.cpu:.1f} ({built.wall:.1f})",
            f"{each:.2f}",
            f"{each / (first or each):.2f}",
            f"{built.peak / 1e6:.0f}",
            _largest(drawn),
            str(len(index)),
            _largest(index),
        )
        return f"| {' | '.join(cells)} |", each


def _largest(found: Sequence[Path]) -> str:
    content = max(found, key=lambda path: path.stat().st_size).read_bytes()
    return f"{len(content) / 1e3:.0f} ({len(gzip.compress(content, 6)) / 1e3:.0f})"


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1600, 40_000])
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_args()
    print(machine(), *HEAD, sep="\n")
    first: float | None = None
    for pages in asked.pages:
        line, each = row(pages, asked.runs, first)
        first = first or each
        print(line, flush=True)


if __name__ == "__main__":
    main()
