"""Which facts a page shows, and where each is written: found by watching what is read of the records while the page is made.

A record is a Pydantic model, whose fields are read like those of any object. While a page is made, reading a field is noted; afterwards
those that were only asked (is this hospital in Seoul?) are told from those that are printed by looking for their values on the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from atlas.loading import Where
from atlas.records.localised import Localised
from atlas.records.record import Record
from atlas.views.reader import Reader
from atlas.wording import Wording
from atlas.yamltext import Loc

Reads = Mapping[int, tuple[BaseModel, set[str]]]
"""By identity of an object, the object and the names of its fields that were read."""
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL)
_BLANK = re.compile(r"\{\w+(?::\w+)?\}")
_CODE = re.compile(r"[a-z-]*|[A-Z]{1,3}")
"""Words of the schema, ids and codes such as ``KRW``: chosen, not stated."""
_NOT_FACTS = frozenset({"id", "order", "checked_on"})
"""Fields that are printed without being facts, or on every page."""


@dataclass(frozen=True)
class Fact:
    """One value that a page shows: the record, the way to it, what it says, and where it stands."""

    kind: str
    record: str
    way: str
    text: str
    file: str
    line: int


@contextmanager
def noted() -> Iterator[Reads]:
    """Notes which fields of records are read inside."""
    reads: dict[int, tuple[BaseModel, set[str]]] = {}
    plain = object.__getattribute__

    def read(self: Any, name: str) -> Any:
        value = plain(self, name)
        if name[0] != "_":
            held = reads.get(id(self))
            if held is None:
                held = reads[id(self)] = (self, set())
            held[1].add(name)
        return value

    for model in (Record, Localised):
        model.__getattribute__ = read  # type: ignore[method-assign]
    try:
        yield reads
    finally:
        for model in (Record, Localised):
            del model.__getattribute__


def facts(
    reads: Reads, kinds: Mapping[int, tuple[str, str]], places: Mapping[tuple[str, str], Where], page: str, reader: Reader
) -> Iterator[Fact]:
    """The facts of the records that were read whose values stand on a page (HTML), in the order of records and of their lines."""
    text = " ".join(html.unescape(_TAG.sub(" ", page)).split())
    for key, (record, fields) in reads.items():
        if (named := kinds.get(key)) is None or (where := places.get(named)) is None:
            continue
        kind, record_id = named
        found: dict[tuple[int, str], Fact] = {}
        for way, value in _leaves(record, fields, reads, ()):
            said = next((one for one in _forms(value, reader.words, reader.language) if one in text), None)
            if said is not None:
                code = (value.passage(reader.language).language,) if isinstance(value, Localised) else ()
                line, _ = where.document.place((*where.loc, *way, *code))
                name = ".".join(map(str, way))
                found[line, name] = Fact(kind, record_id, name, said, where.document.path, line)
        yield from (found[place] for place in sorted(found))


def _leaves(record: BaseModel, fields: set[str], reads: Reads, way: Loc) -> Iterator[tuple[Loc, Any]]:
    """The values of the fields that were read, with the way to each."""
    for name in type(record).model_fields:
        if name in fields and name not in _NOT_FACTS:
            yield from _values(getattr(record, name), reads, (*way, name))


def _values(value: Any, reads: Reads, way: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(value, Localised):
        yield way, value
    elif isinstance(value, BaseModel):
        if held := reads.get(id(value)):
            yield from _leaves(value, held[1], reads, way)
    elif isinstance(value, tuple | list):
        for place, item in enumerate(value):
            yield from _values(item, reads, (*way, place))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _values(item, reads, (*way, name))
    elif value is not None and not isinstance(value, bool):
        yield way, value


def _forms(value: Any, words: Wording, language: str) -> Iterator[str]:
    """How a value may stand on a page."""
    if isinstance(value, Localised):
        pieces = [" ".join(piece.split()) for piece in _BLANK.split(value.passage(language).text)]
        yield max(pieces, key=len).strip()
    elif isinstance(value, int | float):
        yield words.number(value)
        yield str(value)
    elif isinstance(value, str) and not _CODE.fullmatch(value):
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            yield words.date(value)
        else:
            yield " ".join(value.split())
            yield value.removeprefix("https://").removeprefix("www.").rstrip("/")
            yield value.removeprefix("+82-").join(("0", ""))
