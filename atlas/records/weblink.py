"""Addresses on the web."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from atlas.intake.characters import MIXED
from atlas.records.record import wrong

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})\.?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s\"'<>\\^`{|}\x00-\x1f\x7f]")
_LONGEST = 2000


def _checked(value: str) -> str:
    mend = "Write it in full: https://…"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise wrong("this is not a web address", mend) from None
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or _UNSAFE.search(value):
        raise wrong("this is not a web address", mend)
    if "@" in parts.netloc:
        raise wrong("a web address names no user and no password", "Take out what stands before the @.")
    host = parts.hostname or ""
    if not host.isascii():
        raise wrong("the host of this address is written in letters that can be mistaken", "Write it in ASCII, beginning with xn--.")
    if not _HOST.fullmatch(host) or port == 0:
        raise wrong("this address names no host", "Name the host, not its number: https://www.example.org/…")
    if "xn--" in host and MIXED.search(_spelled(host)):
        raise wrong("the host of this address mixes two alphabets in one word", "Compare it with the source: it may be a forgery.")
    if len(value) > _LONGEST:
        raise wrong(f"this address has more than {_LONGEST} characters", "Link to a page above it.")
    return value


def _spelled(host: str) -> str:
    """A host with its international labels in their letters (RFC 3492)."""
    try:
        return ".".join(
            label[4:].encode("ascii").decode("punycode") if label.lower().startswith("xn--") else label for label in host.split(".")
        )
    except UnicodeError:
        raise wrong("the host of this address cannot be spelled out", "Compare it with the source.") from None


WebLink = Annotated[str, AfterValidator(_checked)]
"""``http`` or ``https`` only, as the source prints it."""
