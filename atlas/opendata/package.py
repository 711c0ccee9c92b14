"""What speaks of all files: ``datapackage.json`` (Data Package 2.0), ``CITATION.cff`` (1.2.0), the licence, and how to read the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from atlas.atlas import Atlas
from atlas.opendata.kinds import FOLDER, OUTLINES, VERSION
from atlas.opendata.table import Table

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
MAP_SVG = {"title": "MapSVG: @svg-maps/south-korea 2.0.0 (CC BY 4.0)", "path": "https://github.com/VictorCazanave/svg-maps"}
"""Where the outlines of the provinces come from."""
NAME = "korea-care-atlas"
SUMMARY = (
    "Hospitals and clinics, treatments, rules of visa and entry, regions, wellness sites and experiences in Korea for patients from "
    "abroad, with texts in English, Korean, Russian and Chinese; every fact with its sources and the day it was checked."
)


_TAKEN = "checklist.json"
"""Frictionless 5.21 takes a file of this name for a list of its own checks, unless its format is another word than ``json``."""


class Written(Protocol):
    """A file that is described."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def columns(self) -> Mapping[str, Any] | None: ...


def package(atlas: Atlas, origin: str, files: Sequence[Written]) -> dict[str, Any]:
    """The description of all files, each with its size, its SHA-256 and, of a table, its columns (Table Schema)."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "id": f"{origin}{FOLDER}",
        "title": atlas.site.name.root["en"],
        "description": SUMMARY,
        "homepage": f"{origin}data/",
        "version": f"{VERSION[1:]}.0.0+{atlas.site.released}",
        "created": f"{atlas.site.released}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [{"title": atlas.site.name.root["en"], "path": origin, "roles": ["creator"]}],
        "sources": [{"title": "The sources that each record names by id", "path": "source.json"}],
        "resources": [_resource(file) for file in files],
    }


def _resource(file: Written) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": file.name.lower(),
        "path": file.name,
        "format": "JSON" if file.name.endswith(_TAKEN) else file.name.rpartition(".")[2],
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.columns:
        found |= {"type": "table", "schema": file.columns}
    if file.name in {f"{OUTLINES.name}.json", "province.geojson"}:
        found |= {"licenses": [LICENCE], "sources": [MAP_SVG]}
    return found


def columns_of(table: Table) -> dict[str, Any]:
    """The columns of a table (Table Schema)."""
    schema: dict[str, Any] = {
        "fields": [{"name": name, "type": "string" if type_ == "list" else type_} for name, type_ in table.columns.items()]
    }
    if all(row["id"] for row in table.rows):  # the words for the home page have its address as their id, which is empty
        schema["primaryKey"] = ["id"]
    if table.above:
        schema["foreignKeys"] = [{"fields": ["record"], "reference": {"resource": f"{table.above}.csv", "fields": ["id"]}}]
    return schema


def citation(atlas: Atlas, origin: str) -> str:
    """How to cite the data. JSON is YAML: the values are quoted as JSON."""
    name = atlas.site.name.root["en"]
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with the day of their release, and each fact with its source.",
        "type": "dataset",
        "title": f"{name}: data",
        "abstract": SUMMARY,
        "authors": [{"name": name}],
        "version": VERSION,
        "date-released": atlas.site.released,
        "license": LICENCE["name"],
        "url": f"{origin}data/",
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


def licence() -> str:
    """The licence of texts and data, as in ``LICENSE-DATA.md``."""
    return _LICENCE


def read_me(atlas: Atlas, origin: str) -> str:
    """How to read the files, for those who find them without the page."""
    return _READ_ME.format(name=atlas.site.name.root["en"], released=atlas.site.released, origin=origin, folder=FOLDER)


_LICENCE = """\
# Licence of texts and data

Texts (`docs/`, `data/wordings/`) and data (`data/`) are under the Creative Commons licence
[Attribution 4.0 International (CC BY 4.0)](https://creativecommons.org/licenses/by/4.0/).

You may share and adapt them for any purpose if you name **Korea Care Atlas**, link to the licence and say what you changed.

The outlines of the provinces in `data/outline.json` are taken from
[@svg-maps/south-korea](https://github.com/VictorCazanave/svg-maps) 2.0.0 (MapSVG,
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)), set to longitude and latitude, with islands off Incheon counted to Incheon.

Facts rest on the sources that each record names. Attribution to a source goes with the fact; the rights in the sources stay with
their publishers. The code is under the Apache License, version 2.0 (`LICENSE`).
"""
_READ_ME = """\
# {name}: data

As of {released}. What there is, in words: {origin}data/

- `<kind>.json`: the records of a kind as they are written, without loss: `records` holds them by id, in the order of the site's files.
- `schema/<kind>.json`: the JSON Schema (2020-12) of that file.
- `<kind>.csv`, `<kind>.<part>.csv`: the same as flat tables; `datapackage.json` describes them.
- `<kind>.geojson`: the records that have a place (RFC 7946), with the fields of `<kind>.csv`.
- `source.json`: the sources, which records name by id.
- `LICENSE.md`, `CITATION.cff`: what you may do, and how to cite.

## The CSV files

UTF-8 with a byte order mark (without it Excel garbles Korean, Russian and Chinese), commas, CRLF (RFC 4180).

- A field inside a group is named with dots: `point.lat`; a text in a language: `name.en`. A list of plain values is one cell: `en|ko`;
  a backslash or bar inside an entry has a backslash before it.
- A list of groups is a file of its own, such as `institution.evidence.csv`: `record` is the `id` of the row it belongs to, and `id` the
  place in the JSON file (a JSON Pointer below `records`, without the first slash). So are figures that have names of their own: `name`.
- Formulas: where a text, or what follows a semicolon, tab or line break in it, begins (after any spaces) with `=`, `+`, `-`, `@`, a tab
  or a carriage return, or such a sign in full width, or with apostrophes before one, an apostrophe is put before it. Take that one away
  to have the text back: `'+82-2-2228-5800` is +82-2-2228-5800. Numbers stand as they are.
- An empty cell is a value that is missing, `null`, an empty text or an empty list; the JSON files tell them apart.
- The outlines of the provinces are in `outline.json` and `province.geojson` only.

Read columns by name, not by place: new ones may come.

## Ids and versions

An id never changes and is never used again. A record is not taken out: what has closed stays, with its date and its sources in `closed`.
What would make a program read `{folder}` wrongly gets a new folder beside it; new kinds and fields do not.

## The site from these files

With the program of the site, `python -m atlas restore <this folder> data` writes its records anew. The site built from them is the
same, byte for byte. The texts of the guides are not among them.
"""
