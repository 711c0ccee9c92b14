"""A site built in parts, as machines side by side would: ``python -m bench.parts [--pages 40000] [--parts 8]``.

Builds a project of hospitals in one go, then each of the parts one after the other as its own command, and merges them. Prints what each
took and how much it hands to the merge, and fails where the merged site is not the same byte by byte.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.corpus.__main__ import make
from bench.measure import Cost, cost, files, size
from bench.peers import machine

MOST = 9_999
"""Parts that there can be."""
HEAD = ("| command | CPU s (wall) | peak MB | pages | site MB (files) | to hand over MB |", f"|{'---|' * 6}")


def rows(project: Path, parts: int) -> Iterator[str]:
    """A row for each command. Raises :class:`SystemExit` where the merged site is another."""
    whole = _ran(project, "build")
    yield _row("build", whole, project / "site")
    pages = len(files(project / "site", ["**/index.html"]))
    yield _row("a part of next to nothing", _ran(project, "build", "--part", f"1/{min(pages, MOST)}", "--into", "one"), project / "one")
    found = []
    for number in range(1, parts + 1):
        found.append(_ran(project, "build", "--part", f"{number}/{parts}"))
        yield _row(f"build --part {number}/{parts}", found[-1], project / "build" / "parts" / str(number), handed=True)
    merged = _ran(project, "merge", *(f"build/parts/{number}" for number in range(1, parts + 1)), "--into", "merged")
    yield _row("merge", merged, project / "merged")
    cpu, wall = sum(one.cpu for one in found) + merged.cpu, max(one.wall for one in found) + merged.wall
    yield f"| all, side by side | {cpu:.0f} ({wall:.0f}) | {max(one.peak for one in (*found, merged)) / 1e6:.0f} | | | |"
    one, other = (hashlib.sha256((project / name / "manifest.json").read_bytes()).hexdigest() for name in ("site", "merged"))
    if one != other:
        raise SystemExit(f"the merged site is another: {one} and {other}")
    yield f"\nBoth sites have the same manifest: {one}."


def _ran(project: Path, *words: str) -> Cost:
    return cost([sys.executable, "-m", "atlas", *words], project)


def _row(name: str, found: Cost, folder: Path, *, handed: bool = False) -> str:
    everything = files(folder)
    pages = sum(1 for path in everything if path.name == "index.html")
    packed = f"{_packed(folder) / 1e6:.0f}" if handed else ""
    return (
        f"| {name} | {found.cpu:.0f} ({found.wall:.0f}) | {found.peak / 1e6:.0f} | {pages} "
        f"| {size(everything) / 1e6:.0f} ({len(everything)}) | {packed} |"
    )


def _packed(folder: Path) -> int:
    """The bytes of a folder as CI keeps it (tar, gzip at level 1)."""
    out = _Count()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        archive.add(folder, arcname=".")
    return out.bytes


class _Count(io.RawIOBase):
    """Counts what is written to it."""

    bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        length = len(memoryview(content))  # type: ignore[arg-type]  # whatever can be written
        self.bytes += length
        return length


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.parts", description=__doc__)
    parser.add_argument("--pages", type=int, default=40_000)
    parser.add_argument("--parts", type=int, default=8)
    asked = parser.parse_args()
    print(machine(), *HEAD, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        make("hospitals", asked.pages, Path(folder))
        for row in rows(Path(folder), asked.parts):
            print(row, flush=True)


if __name__ == "__main__":
    main()
