"""``/.well-known/security.txt`` (RFC 9116): whom to tell of a flaw, and until when this holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

ADDRESS = ".well-known/security.txt"
VALID = dt.timedelta(days=364)
"""From the release on; RFC 9116 advises less than a year (section 2.5.5)."""


def security_txt(contact: str, released: str, tags: Iterable[str], origin: str) -> str:
    """The text of the file for a site at ``origin``, in lines of UTF-8.

    ``contact`` is an e-mail address, ``released`` the day of the release (ISO 8601), ``tags`` the languages that are answered (BCP 47).
    The file counts only at the root of a host, so that ``Canonical`` leaves out the base path (section 3).
    """
    expires = dt.date.fromisoformat(released) + VALID
    host = urlsplit(origin)
    lines = {
        "Contact": f"mailto:{contact}",
        "Expires": f"{expires.isoformat()}T00:00:00Z",
        "Preferred-Languages": ", ".join(tags),
        "Canonical": f"{host.scheme}://{host.netloc}/{ADDRESS}",
        "Policy": f"{origin}about/security/",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
