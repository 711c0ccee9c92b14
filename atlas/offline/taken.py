"""What is known of the pages and assets that readers take along: the bytes of each, and what it loads; kept from one edition to the next.

What is kept is plain and can be pickled. It is good for the same engine only.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import NamedTuple

from atlas.offline.edition import Files
from atlas.offline.links import Assets
from atlas.publishing.manifest import PLACEHOLDER

DIGITS = 12
"""How many hexadecimal digits of the SHA-256 stand in the list."""
CORRECTION = re.compile(r'href="mailto:[^"?]*\?subject=[^"]*"')
"""The draft of a correction, which names the day of the release."""


class Figures(NamedTuple):
    """Of one file: the hash by which a copy of it is compared, the bytes that travel, and its bytes."""

    digest: str
    transferred: int
    size: int


@dataclass
class Taken:
    """What is known of the edition of one language. Where a SHA-256 stands beside it, it holds for a file with that content."""

    rules: tuple[str, ...] = ()
    """All that it depends on besides the content of files."""
    loading: dict[str, str] = field(default_factory=dict)
    """Styles and scripts by address: their SHA-256."""
    figures: dict[str, tuple[str, Figures]] = field(default_factory=dict)
    """Of pages and assets by address."""
    bundles: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """What pages load, by address."""
    packed: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """What stands in the zip file, by the name that it has there: of a page, to which others it links (:mod:`atlas.offline.archive`)."""
    archive: str = ""
    """The SHA-256 of the zip file."""

    def if_good(self, rules: tuple[str, ...], files: Files) -> Taken:
        """This, if it still holds; otherwise nothing."""
        same = self.rules == rules and all(files.there(name) and files.sha256(name) == one for name, one in self.loading.items())
        return self if same else Taken(rules)


class Looking:
    """Looks at the files of one language, if nobody has before. ``said`` is how the foot of a page names the day of the release."""

    def __init__(self, files: Files, said: str, last: Taken) -> None:
        self.files = files
        self.taken = Taken(last.rules)
        self._said, self._last = f'<p class="muted">{escape(said)}</p>', last
        self._assets = Assets(files)

    def bundle(self, page: str) -> tuple[str, ...]:
        """What a page loads. Raises :class:`FileNotFoundError` where it is not there."""
        sha256 = self.files.sha256(page)
        for known in (self.taken.bundles.get(page), self._last.bundles.get(page)):
            if known and known[0] == sha256:
                break
        else:
            known = sha256, self._assets.all_of(self.files.read(page).decode("utf-8"), page.removesuffix("index.html"))
        self.taken.bundles[page] = known
        for name in known[1]:
            if name not in self.taken.loading and name.endswith((".css", ".js")):
                self.taken.loading[name] = self.files.sha256(name)
        return known[1]

    def figures(self, address: str) -> Figures:
        """What a page or an asset weighs.

        The day of the release stands in the foot of every page and in the draft of a correction. It is left out of the hash of a page, so
        that a release in which little has changed does not make readers fetch everything again.
        """
        sha256 = self.files.sha256(address)
        for known in (self.taken.figures.get(address), self._last.figures.get(address)):
            if known and known[0] == sha256:
                break
        else:
            content = lasting = self.files.read(address)
            if address.endswith(".html"):
                lasting = CORRECTION.sub("", content.decode("utf-8").replace(self._said, "")).encode("utf-8")
            known = sha256, Figures(digest(lasting), transferred(content), len(content))
        self.taken.figures[address] = known
        return known[1]


def transferred(content: bytes) -> int:
    """The bytes that travel when a host compresses with gzip at its usual level; headers are not counted.

    The digest at the foot of a page is written last. It does not shrink as the zeros in its place do.
    """
    sealed = content.replace(PLACEHOLDER.encode(), sha256(content).hexdigest().encode())
    return len(zlib.compress(sealed, 6)) + 12


def digest(content: bytes) -> str:
    """The hash that stands in the list."""
    return sha256(content).hexdigest()[:DIGITS]
