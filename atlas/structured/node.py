"""A node of JSON-LD: a thing with a type and properties of schema.org, and how nodes are written into a page.

A node says only what the page shows. What the page marks as doubtful is left out, for JSON-LD has no word for doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]

_ESCAPED = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


@dataclass(frozen=True)
class Addresses:
    """Absolute addresses: ``origin`` of the site with a slash at the end, ``base`` the folder of the language (``ru/``)."""

    origin: str
    base: str

    def page(self, path: str) -> str:
        """The address of a page in this language."""
        return f"{self.origin}{self.base}{path}"

    def file(self, path: str) -> str:
        """The address of a file below the root of the site."""
        return f"{self.origin}{path}"


def node(kind: str | Sequence[str], **properties: Any) -> Node:
    """A node with those properties that have a value; a list of one thing is that thing."""
    kept: Node = {"@type": kind}
    for name, value in properties.items():
        found = value[0] if isinstance(value, list) and len(value) == 1 else value
        if found not in (None, "", [], {}):
            kept[name] = found
    return kept


def named(view: Mapping[str, Any]) -> dict[str, Any]:
    """Name and other names, from a view that has them as marked texts."""
    return {"name": view["name"]["text"], "alternateName": [other["text"] for other in view["also"]]}


def coordinates(point: Mapping[str, float] | None) -> Node | None:
    """A point, WGS84 degrees, where the page links to it on maps."""
    return node("GeoCoordinates", latitude=point["lat"], longitude=point["lon"]) if point else None


def json_ld(nodes: Iterable[Node]) -> str:
    """The nodes as the text of a ``script`` element of type ``application/ld+json`` (JSON-LD 1.1, 7.2); empty without nodes.

    ``<``, ``>``, ``&`` and the line separators of JavaScript are written as ``\\u`` escapes: no text can close the element or open a
    comment in it (HTML, 4.12.1.3).
    """
    found = list(nodes)
    if not found:
        return ""
    whole = found[0] if len(found) == 1 else {"@graph": found}
    text = json.dumps({"@context": "https://schema.org", **whole}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPED)
