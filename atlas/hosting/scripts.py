"""The inline scripts of a page, as the list of those that may run names them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser

_SCRIPTS = {"", "module", "importmap", "speculationrules"}
"""Types besides those of JavaScript that a browser acts on."""
_JAVASCRIPT = re.compile(r"(?:application|text)/(?:x-)?(?:java|ecma|j|live)script(?:1\.[0-5])?", re.IGNORECASE)


def inline_scripts(page: str) -> tuple[str, ...]:
    """The ``sha256-…`` of each script in a page that a browser would run from the page itself, in order.

    A script of another type, such as ``application/ld+json``, is a data block: *prepare the script element* (HTML, section 4.12.1.1)
    returns at the type, before it asks the policy. ``importmap`` and ``speculationrules`` are asked for.
    """
    return tuple(f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}" for text in _Scripts.of(page))


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._found: list[str] = []
        self._inside = False

    @classmethod
    def of(cls, page: str) -> Iterator[str]:
        reader = cls()
        reader.feed(page)
        reader.close()
        yield from reader._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = (given.get("type") or "").strip().lower()
        self._inside = tag == "script" and "src" not in given and (kind in _SCRIPTS or bool(_JAVASCRIPT.fullmatch(kind)))
        if self._inside:
            self._found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._found[-1] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = False
