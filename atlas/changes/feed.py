"""A feed of changes: Atom (RFC 4287) and JSON Feed 1.1, with the same items.

Ids are tag URIs (RFC 4151), which hold the host and the day of the first release: they stay when the site is released again. Nothing in a
feed depends on the day of the release but the days of its items, so that a feed that nothing touches keeps its bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from atlas.xmltext import in_attribute, in_element

FOLDER = "changes/feeds/"
MOST = 100
"""How many items a feed holds, the newest first; the site has all."""


@dataclass(frozen=True)
class Item:
    """One change in one language. ``html`` is made of escaped texts only."""

    id: str
    url: str
    title: str
    html: str
    day: str
    topic: str


@dataclass(frozen=True)
class Feed:
    """The changes of one kind in one language, the newest first."""

    key: str
    """Its address below the folder of the language, without its ending: ``visa/kz``."""
    title: str
    language: str
    """BCP 47."""
    home: str
    """The page on which people read the same."""
    items: Sequence[Item]


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the address of the site with a slash at the end, its name in the language of the feed, and its first day."""

    origin: str
    name: str
    home: str
    founded: str

    def tag(self, what: str) -> str:
        """A tag URI (RFC 4151) for something of this site. An IP address or ``localhost``, as in a preview, stands for a host name."""
        parts = urlsplit(self.origin)
        return f"tag:{parts.hostname},{self.founded}:{parts.path.removeprefix('/')}{what}"

    def address(self, feed: Feed, folder: str, ending: str) -> str:
        """Where a feed is published; ``folder`` is that of its language."""
        return f"{self.origin}{FOLDER}{folder}/{feed.key}.{ending}"


def moment(day: str) -> str:
    """The beginning of a day in Korea, by RFC 3339."""
    return f"{day}T00:00:00+09:00"


def atom(feed: Feed, publisher: Publisher, folder: str) -> str:
    """The feed in Atom. An empty one was last changed when the site began."""
    newest = max((item.day for item in feed.items), default=publisher.founded)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(feed.language)}>',
        f"<id>{_text(publisher.tag(f'{FOLDER}{folder}/{feed.key}'))}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<updated>{moment(newest)}</updated>",
        f"<author><name>{_text(publisher.name)}</name><uri>{_text(publisher.home)}</uri></author>",
        f'<link rel="self" type="application/atom+xml" href={_quoted(publisher.address(feed, folder, "atom"))}/>',
        f'<link rel="alternate" type="text/html" hreflang={_quoted(feed.language)} href={_quoted(feed.home)}/>',
    ]
    for item in feed.items:
        lines += [
            "<entry>",
            f"<id>{_text(item.id)}</id>",
            f"<title>{_text(item.title)}</title>",
            f"<updated>{moment(item.day)}</updated>",
            f'<link rel="alternate" type="text/html" hreflang={_quoted(feed.language)} href={_quoted(item.url)}/>',
            f"<category term={_quoted(item.topic)}/>",
            f'<content type="html">{_text(item.html)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def json_feed(feed: Feed, publisher: Publisher, folder: str) -> str:
    """The feed as JSON Feed 1.1."""
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": publisher.address(feed, folder, "json"),
        "language": feed.language,
        "authors": [{"name": publisher.name, "url": publisher.home}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": moment(item.day),
                "tags": [item.topic],
            }
            for item in feed.items
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _text(text: str) -> str:
    return in_element(_allowed(text))


def _quoted(text: str) -> str:
    return in_attribute(_allowed(text))


def _allowed(text: str) -> str:
    """A text without the characters that XML 1.0 (section 2.2) does not allow, not even as references."""
    return _not_allowed().sub("", text)


@cache
def _not_allowed() -> re.Pattern[str]:
    # Not compiled before there is a feed: so large a set of characters takes as long as loading ten modules.
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
