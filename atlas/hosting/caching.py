"""How long a browser may keep what it got, and what other sites may read: by the address below the root of the site.

What stands under a hashed name never changes and is kept for a year (RFC 9111; ``immutable``: RFC 8246). All else, ``sw.js`` too, is asked
for again each time, which costs one round trip and no bytes when it is the same.
"""

from __future__ import annotations

import re

KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "public, max-age=0, must-revalidate"

HASHED = r"(?:assets|find|(?:[a-z][a-z]/)?search)/(?:[^?]*[/.-])?[0-9a-f]{8,64}[/.]"
"""What addresses under a hashed name begin with: ``assets/style-0f1e2d3c4b.css``, ``ko/search/65b78491caf6/p1.json``. In the syntax that
Python, PCRE and RE2 share, without a slash at the beginning."""
HASHED_FOLDERS = ("assets/*", "find/*", "search/:version/*", ":language/search/:version/*")
"""The same for hosts that know folders and placeholders only: nothing else is published there. No address matches two of them, since
Cloudflare would then join both values."""

SHARED = r"(?:[a-z][a-z]/)?(?:data|changes)/"
"""Open data and feeds: programs on other sites may read them (``Access-Control-Allow-Origin``; there is nothing to log in to)."""
SHARED_FOLDERS = ("data/*", "changes/*", ":language/changes/*")


def cache_control(address: str) -> str:
    """The ``Cache-Control`` of a file that is found at an address below the root of the site."""
    return KEPT if re.match(HASHED, address) else ASKED_AGAIN
