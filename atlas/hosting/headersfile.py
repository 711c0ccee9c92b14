"""``_headers`` in the root of the site, which Netlify, Cloudflare Pages and others read.

Both add up the rules that fit; Cloudflare joins two values of one header with a comma. So no header is set by two rules that fit one
address. What is not named is asked for again each time: that is what both hosts do by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from atlas.hosting.caching import HASHED_FOLDERS, KEPT, SHARED_FOLDERS
from atlas.hosting.policy import security_headers

RULES, LINE = 100, 2000
"""The limits of Cloudflare Pages: rules in the file, characters in a line."""


def headers_file(base: str, hashes: Iterable[str] = ()) -> str:
    """The text of ``_headers`` for a site below ``base`` (``/`` or ``/guide/``). Raises :class:`ValueError` beyond the limits."""
    rules = [("*", security_headers(hashes))]
    rules += [(folder, {"Cache-Control": KEPT}) for folder in HASHED_FOLDERS]
    rules += [(folder, {"Access-Control-Allow-Origin": "*"}) for folder in SHARED_FOLDERS]
    text = "\n".join("\n".join([base + path, *(f"  {name}: {value}" for name, value in found.items()), ""]) for path, found in rules)
    if len(rules) > RULES or any(len(line) > LINE for line in text.splitlines()):
        raise ValueError(f"_headers is over the limits of Cloudflare Pages: {RULES} rules, {LINE} characters in a line.")
    return text
