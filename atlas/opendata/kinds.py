"""The kinds that are published: those of the records, the texts of the interface and the outlines of the provinces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from atlas.atlas import Atlas
from atlas.kinds import KINDS, Kind
from atlas.records.record import Record

VERSION = "v1"
"""It changes when a field or file of an earlier release would be read wrongly; a new field or kind does not change it."""
FOLDER = f"data/{VERSION}/"
"""Below the root of the site, once for all languages."""


class InterfaceTexts(Record):
    """The texts of the interface in one language, by key; with plural forms (CLDR) where a number is filled in."""

    id: str
    texts: dict[str, str | dict[Literal["zero", "one", "two", "few", "many", "other"], str]]


class ProvinceOutline(Record):
    """The rings of one province, each point as longitude and latitude (WGS84). Taken from MapSVG, CC BY 4.0."""

    id: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


TEXTS = Kind("interface-text", InterfaceTexts, "wordings/*.yaml", table=False, id_form=r"^[a-z]{2,3}$")
OUTLINES = Kind("outline", ProvinceOutline, "outline.json", table=False, id_form=r"^KR-\d{2}$")
PUBLISHED = (*KINDS, TEXTS, OUTLINES)
"""In the order of ``data/``."""

Written = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Records as they are written, by name of the kind and id."""


def written(atlas: Atlas) -> Written:
    """All that is in ``data/``, as it is written."""
    texts = {code: {"id": code, "texts": found} for code, found in atlas.wordings.items()}
    outlines = {
        code: {"id": code, "rings": [[(lon, lat) for lat, lon in ring] for ring in rings]} for code, rings in atlas.outline.rings.items()
    }
    return {**atlas.written, TEXTS.name: texts, OUTLINES.name: outlines}
