"""What is near: lists of places by straight-line distance."""

from __future__ import annotations

from itertools import islice
from typing import Any

from atlas.base import holder
from atlas.records.spot import WellnessSite
from atlas.views.reader import Named, Reader

SHOWN = {"institution": 4, "wellness-site": 3, "experience": 4}
"""How many places of each kind a page lists."""
FOLDERS = {"institution": "hospitals", "wellness-site": "wellness", "experience": "k-culture", "cluster": "clusters"}
"""Where the pages of each kind lie."""
SAME_PLACE = 50.0
"""Within so many metres two places are at the same place."""


def place_path(kind: str, record_id: str) -> str:
    """The page of a place."""
    return f"{FOLDERS[kind]}/{record_id}/"


def near_groups(reader: Reader, kind: str, record_id: str) -> list[dict[str, Any]]:
    """The nearest institutions, wellness sites and experiences of a place, each with its distance."""
    here = _key(reader, kind, record_id)
    records: dict[str, Any] = {
        "institution": reader.atlas.institutions,
        "wellness-site": reader.atlas.wellness_sites,
        "experience": reader.atlas.experiences,
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for other, most in SHOWN.items():
        near = ((one.metres, records[other][one.key.partition("/")[2]]) for one in reader.links.near.nearest(here, f"{other}/"))
        found[other] = [_row(reader, other, one, metres) for metres, one in islice((pair for pair in near if not pair[1].closed), most)]
    return [{"kind": key, "heading": reader.words.say(f"near-{key}"), "rows": rows} for key, rows in found.items() if rows]


def distance(reader: Reader, metres: float) -> str:
    """A straight-line distance in words."""
    return reader.words.say("distance-same") if metres < SAME_PLACE else reader.words.kilometres(metres)


def korean(reader: Reader, one: Named) -> dict[str, str]:
    """The Korean name, where the reader sees another."""
    return {"korean": one.names["ko"].text} if "ko" in one.names and reader.own_name(one)[0] != "ko" else {}


def _key(reader: Reader, kind: str, record_id: str) -> str:
    """The key of a place in the table: an experience at a wellness site is found there."""
    if kind == "experience":
        held = holder(reader.atlas, reader.atlas.experiences[record_id])
        return f"{'wellness-site' if isinstance(held, WellnessSite) else 'experience'}/{held.id}"
    return f"{kind}/{record_id}"


def _row(reader: Reader, kind: str, one: Named, metres: float) -> dict[str, Any]:
    return {"name": reader.name(one), "path": place_path(kind, one.id), "distance": distance(reader, metres), **korean(reader, one)}
