"""What the first view of every page weighs: ``python -m bench.weight [site]``; fails when a page is above the limits.

Counted is all that a browser asks for before the reader does anything, gzip at level 6 as hosts send it: the page, its styles, scripts and
icon, its pictures, and what styles and scripts name in their turn. ``depth`` is the longest chain of such requests: 2 where a page names
all by itself, 3 where a style brings a picture; a picture of a style is an ornament, and nothing waits for it.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bench.measure import files, zipped

ROOT = Path(__file__).resolve().parent.parent
PAGE, MEDIAN, SCRIPT = 30_000, 20_000, 8_000
"""Limits in bytes: of a page, of the median page, of the scripts of a page."""
_NAMED = re.compile(r"<script src=\"([^\"]+)\"|<link rel=\"(?:stylesheet|icon)\" href=\"([^\"]+)\"|<img [^>]*?src=\"([^\"]+)\"")
_IN_STYLE = re.compile(r"url\([\"']?([^\"')]+)")
_IN_SCRIPT = re.compile(r"(?:^|[;}])(?:import|export)[^;(]*?[\"'](\./[^\"']+)[\"']")
_LANGUAGE = re.compile(r"^(?:[a-z]{2}/)?")


@dataclass(frozen=True)
class Weight:
    """One page, in bytes."""

    address: str
    total: int
    script: int
    requests: int
    depth: int

    @property
    def kind(self) -> str:
        """Pages beside each other are of one kind: ``hospitals/*/``."""
        parts = _LANGUAGE.sub("", self.address, count=1).split("/")[:-1]
        return "/".join([*parts[:-1], "*" if len(parts) > 1 else parts[0]]) if parts else "home"


class Scales:
    """Weighs the pages of a built site; each file is looked at once."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._of = cache(self._looked)

    def pages(self) -> Iterator[Weight]:
        """Every page, in the order of their addresses."""
        for path in files(self._site, ["**/index.html"]):
            folder = path.parent.relative_to(self._site).as_posix()
            yield self.page("" if folder == "." else f"{folder}/")

    def page(self, address: str) -> Weight:
        """One page."""
        content = (self._site / address / "index.html").read_bytes()
        found: dict[str, int] = {}
        self._take(address, {one for match in _NAMED.findall(content.decode()) for one in match if one}, 2, found)
        script = sum(self._of(path)[0] for path in found if path.endswith(".js"))
        total = zipped(content) + sum(self._of(path)[0] for path in found)
        return Weight(address, total, script, 1 + len(found), max(found.values(), default=1))

    def _take(self, here: str, named: set[str], depth: int, found: dict[str, int]) -> None:
        for name in sorted(named):
            path = urlsplit(urljoin(f"https://x/{here}", name)).path.removeprefix("/")
            if path not in found:
                found[path] = depth
                self._take(path, self._of(path)[1], depth + 1, found)

    def _looked(self, path: str) -> tuple[int, set[str]]:
        """Bytes of a file, and what it names."""
        content = (self._site / path).read_bytes()
        form = {".css": _IN_STYLE, ".js": _IN_SCRIPT}.get(Path(path).suffix)
        return zipped(content), set(form.findall(content.decode())) if form else set()


def main(site: Path) -> int:
    """Prints the figures and the heaviest page of each kind; returns how many limits are broken."""
    weights = sorted(Scales(site).pages(), key=lambda one: (-one.total, one.address))
    heaviest: dict[str, Weight] = {}
    for one in weights:
        heaviest.setdefault(one.kind, one)
    middle = statistics.median(one.total for one in weights)
    script = max(one.script for one in weights)
    broken = [one for one in weights if one.total > PAGE or one.script > SCRIPT]
    print(f"pages {len(weights)}, median {middle:,.0f} bytes, heaviest {weights[0].total:,}, most script {script:,}")
    print(f"requests: median {statistics.median(one.requests for one in weights):.0f}, depth at most {max(one.depth for one in weights)}")
    print(f"above {PAGE:,} bytes, or {SCRIPT:,} of script: {len(broken)} pages; limit of the median {MEDIAN:,}")
    print(f"\n{'heaviest of each kind':60} bytes  script  requests  depth")
    for one in heaviest.values():
        print(f"/{one.address:59} {one.total:6,}  {one.script:5,}  {one.requests:8}  {one.depth:5}")
    return len(broken) + (middle > MEDIAN)


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")))
