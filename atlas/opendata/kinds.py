"""The kinds that are published: those of the records, the texts of the interface, the outlines of the provinces, what translations
were made from, and how languages say numbers and *must*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

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


class TranslationSource(Record):
    """What translations were made from: of a page its sections by digest, of a kind of record its texts, each by language.

    ``for`` holds what differs for a language. Written by ``atlas accept``; :mod:`atlas.translation.memory` says it exactly.
    """

    id: str
    texts: dict[str, str | dict[str, str | dict[str, dict[str, str]]]]


class ModalForms(Record):
    """How one language says *must*, *may*, *need not* and *must not*: regular expressions (Python); ``other`` are forms that say none.

    ``strong`` is how the forms begin that no translation may leave out.
    """

    id: str
    begins_words: bool = False
    other: tuple[str, ...] = ()
    need_not: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


class NumberWords(Record):
    """How one language writes numbers: ``words`` and ``maybe`` by number, as regular expressions (Python); ``times`` multiply."""

    id: str
    whole_words: bool = False
    decimal: str = "."
    times: dict[str, int] = Field(default_factory=dict)
    months: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    maybe: dict[str, tuple[str, ...]] = Field(default_factory=dict)


TEXTS = Kind("interface-text", InterfaceTexts, "wordings/*.yaml", table=False, id_form=r"^[a-z]{2,3}$")
OUTLINES = Kind("outline", ProvinceOutline, "outline.json", table=False, id_form=r"^KR-\d{2}$")
TRANSLATED = Kind(
    "translation-source", TranslationSource, "translations/*.json", table=False, id_form=r"^(?:leaves|pages)(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+$"
)
TABLES = (
    Kind("modality", ModalForms, "modality.yaml", table=True, id_form=r"^[a-z]{2,3}$"),
    Kind("numerals", NumberWords, "numerals.yaml", table=True, id_form=r"^[a-z]{2,3}$"),
)
"""By which ``atlas check`` holds translations against their sources."""
PUBLISHED = (*KINDS, TEXTS, OUTLINES, TRANSLATED, *TABLES)
WITHOUT_TABLES = (OUTLINES, TRANSLATED, *TABLES)
"""Kinds that are no lists of things, and come as JSON only."""
"""In the order of ``data/``."""

Written = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Records as they are written, by name of the kind and id."""


def written(atlas: Atlas) -> Written:
    """All that is in ``data/``, as it is written."""
    texts = {code: {"id": code, "texts": found} for code, found in atlas.wordings.items()}
    outlines = {
        code: {"id": code, "rings": [[(lon, lat) for lat, lon in ring] for ring in rings]} for code, rings in atlas.outline.rings.items()
    }
    translated = {name: {"id": name, "texts": found} for name, found in atlas.translated.items()}
    tables = {name: {code: {**found, "id": code} for code, found in table.items()} for name, table in atlas.tables.items()}
    return {**atlas.written, **tables, TEXTS.name: texts, OUTLINES.name: outlines, TRANSLATED.name: translated}
