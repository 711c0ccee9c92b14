"""What search knows of one page: taken from the page as it is published, so that a reader finds what she would see."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
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
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Entry:
    """One page. ``names`` are its other names in all scripts, ``words`` what people type for it, in the language of the site first."""

    path: str
    title: str
    kind: str
    place: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    foreign: tuple[str, ...]
    """What people type for it in the other languages."""
    asked: tuple[str, ...]
    """What people type for every page of its kind: *price* for a treatment."""
    headings: tuple[str, ...]
    description: str
    text: str
    weight: float
    """How readily it is found: 1 for most pages, less for those that only vary another."""


def _text(markup: str) -> str:
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", _INLINE.sub("", markup)))).strip()


def read(published: str) -> Read:
    """Title, headings and text of a published page."""
    found = _MAIN.search(published)
    main = found[1] if found else ""
    headings = [(match[1], _text(match[2])) for match in _HEADING.finditer(main)]
    title = next((text for level, text in headings if level == "1"), "")
    kept = _LEFT_OUT.sub(" ", main)
    below = tuple(dict.fromkeys(text for match in _HEADING.finditer(kept) if match[1] != "1" and (text := _text(match[2]))))
    return title, below, _text(_HEADING.sub(lambda match: " " if match[1] == "1" else match[0], kept))


def entry(front: Mapping[str, Any], told: Mapping[str, Any], published: str) -> Entry:
    """The entry of a published page, with the front matter that it was drawn from and what else search is told of it."""
    return entry_of(front["path"], front["description"], told, read(published))


def entry_of(path: str, description: str, told: Mapping[str, Any], found: Read) -> Entry:
    """The entry of a page of which ``found`` has been read."""
    title, headings, text = found
    return Entry(
        path=path,
        title=title,
        kind=told["kind"],
        place=told["place"],
        names=tuple(told["names"]),
        words=tuple(told["words"]),
        foreign=tuple(told["foreign"]),
        asked=tuple(told["asked"]),
        headings=headings,
        description=description,
        text=text,
        weight=told["weight"],
    )
