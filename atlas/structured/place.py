"""Places besides institutions: wellness sites, experiences, provinces, clusters, special zones, airports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.structured.institution import telephones
from atlas.structured.node import Node, coordinates, named, node
from atlas.views.reader import Reader

KINDS: Mapping[str, str] = {"museums": "Museum"}
"""The type of a wellness site or experience by its kind, where schema.org has one that says no more than the page."""


def spot(reader: Reader, view: Mapping[str, Any]) -> Node | None:  # noqa: ARG001
    """A wellness site or an experience; nothing once it has closed."""
    if "closed" in view:
        return None
    kinds = [KINDS[kind["id"]] for kind in view["kinds"] if kind["id"] in KINDS]
    return node(
        kinds[0] if kinds else "Place",
        **named(view),
        url=view.get("url"),
        telephone=telephones(view["phones"]),
        **where(view),
        containedInPlace=node("Place", name=view["site"]["name"]["text"]) if "site" in view else None,
    )


def where(view: Mapping[str, Any]) -> dict[str, Any]:
    """The address as the driver reads it, and the point, of a wellness site or an experience."""
    return {"address": view.get("driver", {}).get("address"), "geo": coordinates(view.get("point"))}


def region(reader: Reader, view: Mapping[str, Any]) -> Node:  # noqa: ARG001
    """A cluster or a special zone."""
    return _area("Place", view)


def province(reader: Reader, view: Mapping[str, Any]) -> Node:  # noqa: ARG001
    """A province or a city of that rank."""
    return _area("AdministrativeArea", view)


def airports(reader: Reader, view: Mapping[str, Any]) -> list[Node]:  # noqa: ARG001
    """The airports on the page of all regions."""
    entries = next(section["entries"] for section in view["sections"] if section["id"] == "airports")
    return [node("Airport", **entry["airport"]) for entry in entries]


def _area(kind: str, view: Mapping[str, Any]) -> Node:
    return node(kind, name=view["heading"], alternateName=view.get("korean"))
