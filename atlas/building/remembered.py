"""What is kept of the check of a project: of its written pages in every edition, of its records in a file that is read when one is edited.

That file names the records and their mappings, which the edition has, and does not hold them again: who reads both has one of each.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from atlas.atlas import Atlas
from atlas.kinds import KINDS, plural
from atlas.memory import Memory
from atlas.yamltext import Document

OF_PAGES = (
    *("atlas", "addresses", "tree", "article", "target", "reach", "links", "cited", "told", "outcomes", "holidays", "sections", "texts"),
    *("assets", "facts of prose", "prose", "prose and facts", "unclaimed", "unclaimed kind", "table faults", "fidelity", "shapes"),
    "vocabulary",
)
"""What is found in the records as a whole, and in each written page."""
OF_RECORDS = (
    *("text", "document", "entries", "raw", "known", "leaf faults", "shown", "records", "kind", "stored", "translated", "wordings"),
    *("wording faults", "table", "outline", "usage", "decision troubles", "place troubles", "near bases", "open data"),
)
"""What is read and found in each file of records."""
Name = tuple[str, ...]


def packed(memory: Memory, atlas: Atlas) -> bytes:
    """What a memory has of the records of an atlas."""
    written = io.BytesIO()
    names = {id(one): name for name, one in _named(atlas)}
    wanted = {id(one) for one in (*atlas.wordings.values(), *atlas.tables.values())}
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.persistent_id = lambda one: names.get(id(one))  # type: ignore[method-assign]
    # Of other documents nobody asks for the value again once its records are known.
    pickler.dispatch_table = copyreg.dispatch_table | {
        Document: lambda one: (Document, (one.path, one.value if id(one.value) in wanted else None, None, one.text))
    }
    pickler.dump(dict(memory.only(OF_RECORDS).entries))
    return written.getvalue()


def unpacked(payload: bytes | memoryview, atlas: Atlas) -> Memory:
    """The memory that :func:`packed` made ``payload`` of, with the records of the same atlas."""
    named = dict(_named(atlas))
    unpickler = pickle.Unpickler(io.BytesIO(payload))
    unpickler.persistent_load = named.__getitem__  # type: ignore[method-assign]
    return Memory.holding(unpickler.load())


def _named(atlas: Atlas) -> Iterator[tuple[Name, Any]]:
    """The atlas, its parts, and each record, as it is and as it is written."""
    yield ("atlas",), atlas
    yield from ((("field", field.name), getattr(atlas, field.name)) for field in fields(atlas))
    for kind in KINDS:
        yield ("kind", kind.name), atlas.written[kind.name]
        yield from ((("written", kind.name, key), one) for key, one in atlas.written[kind.name].items())
        if kind.name != "site":
            yield from ((("record", kind.name, key), one) for key, one in getattr(atlas, plural(kind.name)).items())
    yield from ((("table", name), one) for name, one in atlas.tables.items())
    yield from ((("stored", name), one) for name, one in atlas.translated.items())
    yield from ((("wordings", code), one) for code, one in atlas.wordings.items())
