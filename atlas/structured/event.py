"""Festivals (schema.org ``Festival``, an ``Event``).

Their sources name months, not days: a ``Schedule`` with ``byMonth`` says that, a ``startDate`` would say more. Public holidays are not
events that one attends; they stand in the calendar file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.structured.node import Node, named, node
from atlas.structured.place import spot, where
from atlas.views.reader import Reader


def experience(reader: Reader, view: Mapping[str, Any]) -> Node | None:
    """An experience: a festival, or else a place."""
    if not any(kind["id"] == "festivals" for kind in view["kinds"]):
        return spot(reader, view)
    if "closed" in view:
        return None
    months = view["months"]["numbers"]
    return node(
        "Festival",
        **named(view),
        url=view.get("url"),
        location=node("Place", name=view["place"], **where(view)),
        eventSchedule=node("Schedule", byMonth=months) if months else None,
    )
