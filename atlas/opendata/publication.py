"""Everything below ``/data/v1/``, in the order in which the page lists it."""

from __future__ import annotations

import csv
import hashlib
import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from atlas.atlas import Atlas
from atlas.kinds import Kind
from atlas.memory import Memory
from atlas.opendata.cell import joined, safe, said
from atlas.opendata.document import compact, document, schema_of
from atlas.opendata.geography import Geometry, collection, geometries
from atlas.opendata.kinds import FOLDER, OUTLINES, PUBLISHED, WITHOUT_TABLES, written
from atlas.opendata.package import citation, columns_of, licence, package, read_me
from atlas.opendata.table import Table, tables_of

BOM = "\ufeff"
"""CSV files begin with it: without it Excel takes UTF-8 for another encoding and garbles Korean, Russian and Chinese."""


@dataclass(frozen=True)
class File:
    """One published file. ``name`` is below :data:`FOLDER`; ``media_type`` as IANA lists it."""

    name: str
    media_type: str
    size: int
    """Bytes."""
    sha256: str
    """In hex."""
    packed: bytes
    """The content (zlib): a page tells of the file long before it is written, and with ten thousand institutions it is large."""
    rows: int = 0
    """Of a CSV file, how many records it has."""
    columns: Mapping[str, Any] | None = None
    """Of a CSV file, its columns as the package describes them."""

    @property
    def text(self) -> str:
        return zlib.decompress(self.packed).decode("utf-8")

    @property
    def address(self) -> str:
        """Below the root of the site."""
        return FOLDER + self.name


@dataclass(frozen=True)
class Files:
    """The files of one kind, and how many records there are."""

    kind: Kind
    count: int
    json: File
    schema: File
    csv: tuple[File, ...]
    """The table of the records first, then those of their parts; some kinds have none."""
    geojson: File | None

    @property
    def all(self) -> tuple[File, ...]:
        return (self.json, *self.csv, *([self.geojson] if self.geojson else []), self.schema)


@dataclass(frozen=True)
class Publication:
    """What is published: the files of each kind, and those that speak of all."""

    kinds: tuple[Files, ...]
    about: tuple[File, ...]
    """``datapackage.json`` first, then citation, licence and how to read the files."""

    def texts(self) -> Mapping[str, str]:
        """The texts of all files by address."""
        return {file.address: file.text for files in (*(found.all for found in self.kinds), self.about) for file in files}


def open_data(atlas: Atlas, origin: str, memory: Memory | None = None) -> Publication:
    """The records of an atlas as they are published at ``origin`` (with a slash at the end); only kinds of which one changed are made."""
    memory, records, places = memory or Memory(), written(atlas), geometries(atlas)
    frame = (atlas.site.released, tuple(atlas.grown_languages), origin)
    elsewhere = {OUTLINES.name: atlas.outline, "province": atlas.outline, "experience": atlas.wellness_sites}
    kinds = []
    for kind in PUBLISHED:
        found = records[kind.name]
        inputs = ({} if kind is OUTLINES else found, elsewhere.get(kind.name), *frame)
        kinds.append(memory.made(("open data", kind.name), inputs, partial(_files, kind, found, places.get(kind.name), *frame)))
    read = _file("README.md", "text/markdown", read_me(atlas, origin))
    cite = _file("CITATION.cff", "application/yaml", citation(atlas, origin))
    terms = _file("LICENSE.md", "text/markdown", licence())
    files = [file for found in kinds for file in found.all]
    described = _file("datapackage.json", "application/json", compact(package(atlas, origin, files)))
    return Publication(tuple(kinds), (described, cite, terms, read))


def _files(
    kind: Kind,
    found: Mapping[str, Any],
    place: Callable[[str], Geometry | None] | None,
    released: str,
    languages: tuple[str, ...],
    origin: str,
) -> Files:
    schema = schema_of(kind, origin)
    tables = [] if kind in WITHOUT_TABLES else tables_of(kind, schema, found, languages)
    return Files(
        kind,
        len(found),
        _file(f"{kind.name}.json", "application/json", document(kind, found, released)),
        _file(f"schema/{kind.name}.json", "application/schema+json", compact(schema)),
        tuple(_file(f"{table.name}.csv", "text/csv", csv_text(table), table) for table in tables),
        _file(f"{kind.name}.geojson", "application/geo+json", collection(tables[0], place)) if place else None,
    )


def _file(name: str, media_type: str, text: str, table: Table | None = None) -> File:
    content = text.encode("utf-8")
    digest, packed = hashlib.sha256(content).hexdigest(), zlib.compress(content, 1)
    return File(name, media_type, len(content), digest, packed, len(table.rows) if table else 0, columns_of(table) if table else None)


def csv_text(table: Table) -> str:
    """A table for spreadsheets and programs (RFC 4180; with a byte order mark); texts are made safe by :mod:`atlas.opendata.cell`."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_cell(row.get(name)) for name in table.columns] for row in table.rows)
    return out.getvalue()


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Sequence):
        return safe(joined(value))
    return said(value) if isinstance(value, bool) else value
