"""What search knows of one page: taken from the page as it is published, so that a reader finds what she would see."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LEFT_OUT = re.compile(
    r"<(nav|svg|select|button|template|form)\b.*?</\1>"
    r'|<ol class="sources">.*?</ol>'
    r'|<a class="ref".*?</a>'
    r"|<li[^>]*>(?:<div>)?<h[234]>.*?</li>"
    r'|<ul class="near">.*?</ul>'
    r'|<details class="src".*?</details>'
    r"|<li><a [^>]*>[^<]*(?:<span[^>]*>[^<]*</span>)?</a></li>",
    re.DOTALL,
)
"""What leads to other pages, what is there to be used rather than read, and passages of the source beside their translation."""
_HEADING = re.compile(r"<h([1-4])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|em|i|mark|q|s|small|span|strong|sub|sup|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
Read = tuple[str, tuple[str, ...], str]
"""Title, headings and text of a published page."""


@dataclass(frozen=True)
class About:
    """What search is told of one page besides what it reads there."""

    path: str
    kind: str
    place: str
    names: tuple[str, ...]
    """Its other names in all scripts."""
    words: tuple[str, ...]
    """What people type for it, in the language of the site."""
    foreign: tuple[str, ...]
    """What people type for it in the other languages."""
    asked: tuple[str, ...]
    """What people type for every page of its kind: *price* for a treatment."""
    description: str
    weight: float
    """How readily it is found: 1 for most pages, less for those that only vary another."""


@dataclass(frozen=True)
class Entry:
    """One page: what search is told of it as in :class:`About`, and what it reads there."""

    path: str
    title: str
    kind: str
    place: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    foreign: tuple[str, ...]
    asked: tuple[str, ...]
    headings: tuple[str, ...]
    description: str
    text: str
    weight: float

    @property
    def about(self) -> About:
        """What search is told of it."""
        own = (self.names, self.words, self.foreign, self.asked, self.description, self.weight)
        return About(self.path, self.kind, self.place, *own)


def _text(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", markup))).split())


def read(published: str) -> Read:
    """Title, headings and text of a published page."""
    start, stop = published.find("<main"), published.rfind("</main>")
    main = published[published.find(">", start) + 1 : stop] if 0 <= start < stop else ""
    title = next((_text(match[2]) for match in _HEADING.finditer(main) if match[1] == "1"), "")
    kept = _LEFT_OUT.sub(" ", main)
    below = tuple(dict.fromkeys(text for match in _HEADING.finditer(kept) if match[1] != "1" and (text := _text(match[2]))))
    return title, below, _text(_HEADING.sub(lambda match: " " if match[1] == "1" else match[0], kept))


def entry(front: Mapping[str, Any], told: Mapping[str, Any], published: str) -> Entry:
    """The entry of a published page, with the front matter that it was drawn from and what else search is told of it."""
    title, headings, text = read(published)
    known = about(front["path"], front["description"], told)
    return Entry(title=title, headings=headings, text=text, **vars(known))


def about(path: str, description: str, told: Mapping[str, Any]) -> About:
    """What search is told of a page."""
    names, words, foreign, asked = (tuple(told[key]) for key in ("names", "words", "foreign", "asked"))
    return About(path, told["kind"], told["place"], names, words, foreign, asked, description, told["weight"])
