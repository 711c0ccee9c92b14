"""Media types by file ending (IANA), of all that the site publishes: a browser told ``nosniff`` goes by them alone."""

from __future__ import annotations

TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "cff": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "svg": "image/svg+xml",
}
"""Sent with ``charset=utf-8``."""
OTHERS = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "webmanifest": "application/manifest+json",
    "zip": "application/zip",
    "png": "image/png",
}
"""JSON is UTF-8 by definition and knows no ``charset`` (RFC 8259, section 8.1)."""
UNKNOWN = "application/octet-stream"


def media_type(name: str) -> str:
    """The ``Content-Type`` of a file by its name."""
    ending = name.rpartition(".")[2]
    return f"{TEXTS[ending]}; charset=utf-8" if ending in TEXTS else OTHERS.get(ending, UNKNOWN)
