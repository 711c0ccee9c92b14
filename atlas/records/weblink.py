"""Addresses on the web."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from atlas.records.record import wrong


def _checked(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or any(c in value for c in " \"'<>\\\t\n"):
        raise wrong("this is not a web address", "Write it in full: https://…")
    return value


WebLink = Annotated[str, AfterValidator(_checked)]
"""``http`` or ``https`` only, as the source prints it."""
