"""A share of the pages of a language, when it has been made: of each page only what the rest of the site needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atlas.building.aside import Laid
from atlas.publishing.manifest import Written
from atlas.search.counted import Counted
from atlas.trace import Key
from atlas.views.page import Page


@dataclass(frozen=True)
class Made:
    """A page that is drawn: the page with nothing of its view but the heading, what search reads in it, counted, and what it was made from.

    What search reads is not kept from one build to the next: the index knows it. It is not there either where the page is not drawn
    again because its ``stamp`` is what it was: the digest of all that is printed on it, and that search is told of it by itself.
    """

    page: Page
    read: Counted | Laid[Counted] | None
    stamp: bytes = b""
    keys: frozenset[Key] = frozenset()
    """But the records among it: see :class:`Share`."""

    @property
    def is_undrawn(self) -> bool:
        """Whether there is something that search would read in it, had it been drawn now."""
        return self.read is None and not self.page.is_fallback

    @property
    def counted(self) -> Counted | None:
        """What search reads in it, wherever it lies."""
        return self.read.value() if isinstance(self.read, Laid) else self.read


Asked = Mapping[str, frozenset[Key]]
"""What pages were made from of records, by their address: as much as all else that is kept of them, and wanted only when one is edited."""


@dataclass(frozen=True)
class Share:
    """The pages of one job, in order, and the files that it has written, or holds."""

    made: tuple[Made, ...]
    files: Mapping[str, Written]
    asked: Asked | Laid[Asked] = field(default_factory=dict)
    held: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def all_asked(self) -> Asked:
        """What was asked for, wherever it lies."""
        return self.asked.value() if isinstance(self.asked, Laid) else self.asked


def slim(page: Page) -> Page:
    """What lists, the sitemap and search need of a page."""
    return replace(page, view={"heading": page.view["heading"]} if "heading" in page.view else {}, body="", crumbs=())


def pages_of(shares: Sequence[Share]) -> tuple[Page, ...]:
    """The pages of some shares, in order."""
    return tuple(made.page for share in shares for made in share.made)
