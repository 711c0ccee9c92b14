"""Records as flat tables, one for the records and one for each list of parts in them.

- A field inside a group is named with dots: ``point.lat``; a text in a language ``name.en``.
- A list of plain values is one cell: ``en|ko``.
- A list of groups, such as the evidence on an institution, is a table of its own, ``institution.evidence``: ``record`` is the id of the
  row it belongs to, ``id`` the place of the part in the JSON file as a JSON Pointer below ``records`` (RFC 6901), without the first slash.
- So is a group whose fields have names of their own, such as the figures of a text: ``name`` is the name.

Columns come from the schema, so that they stay when no record fills them. A value that is missing, ``null`` or an empty list is an
empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from atlas.kinds import Kind

OPEN = frozenset({"values", "by_country", "texts"})
"""Groups whose fields have names of their own."""
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}

Row = dict[str, Any]


@dataclass
class Table:
    """One table: the type of each column (Table Schema: string, integer, number, boolean; *list*: plain values), and its rows."""

    name: str
    above: str | None = None
    """The table that ``record`` refers to."""
    columns: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def tables_of(kind: Kind, schema: Mapping[str, Any], records: Mapping[str, Mapping[str, Any]], languages: Iterable[str]) -> list[Table]:
    """The tables of a kind, that of the records first; ``schema`` is its JSON Schema, with the record at ``$defs/Record``."""
    plan = _Plan(schema["$defs"], tuple(languages))
    plan.table(kind.name, None, {"$ref": "#/$defs/Record"})
    filling = _Filling(plan.tables)
    for record_id, record in records.items():
        filling.add(kind.name, {"id": record_id}, record, record_id)
    return list(plan.tables.values())


class _Plan:
    """The tables and columns that a schema makes room for."""

    def __init__(self, definitions: Mapping[str, Any], languages: tuple[str, ...]) -> None:
        self.definitions = definitions
        self.languages = languages
        self.tables: dict[str, Table] = {}

    def table(self, name: str, above: str | None, schema: Mapping[str, Any], *, named: bool = False) -> None:
        found = self.tables[name] = Table(name, above)
        found.columns |= {"id": "string", **({"record": "string"} if above else {}), **({"name": "string"} if named else {})}
        for one in self.alternatives(schema):
            self.columns(found, "" if _is_group(one) else "value", one)

    def columns(self, table: Table, path: str, schema: Mapping[str, Any]) -> None:
        for one in self.alternatives(schema):
            if one.get("type") == "array":
                self.entries(table, path, one["items"])
            elif not _is_group(one):
                known = table.columns.get(path)
                kind = _TYPES.get(one.get("type", ""), "string")
                table.columns[path] = kind if known in {None, kind} else "number" if {known, kind} == {"integer", "number"} else "string"
            elif path.rpartition(".")[2] in OPEN:
                self.table(f"{table.name}.{path}", table.name, one["additionalProperties"], named=True)
            else:
                for name, inner in self.fields(one):
                    if name != "id" or path:
                        self.columns(table, f"{path}.{name}" if path else name, inner)

    def entries(self, table: Table, path: str, items: Mapping[str, Any]) -> None:
        if any(_is_group(one) for one in self.alternatives(items)):
            self.table(f"{table.name}.{path}", table.name, items)
        else:
            table.columns[path] = "list"

    def fields(self, group: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """The fields of a group: those of a model, those that are listed, or the languages."""
        if "properties" in group:
            return list(group["properties"].items())
        names = group.get("propertyNames", {}).get("enum", self.languages)
        return [(name, group["additionalProperties"]) for name in names]

    def alternatives(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """What a value may be, besides null."""
        if "$ref" in schema:
            yield from self.alternatives(self.definitions[schema["$ref"].rpartition("/")[2]])
        elif one_of := schema.get("anyOf", schema.get("oneOf")):
            for one in one_of:
                yield from self.alternatives(one)
        elif schema.get("type") != "null":
            yield schema


def _is_group(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "object"


class _Filling:
    """One walk over the records, which adds rows to tables."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables

    def add(self, name: str, row: Row, value: Mapping[str, Any], place: str) -> None:
        self.tables[name].rows.append(row)
        self.fill(self.tables[name], row, value, "", place)

    def fill(self, table: Table, row: Row, value: Mapping[str, Any], prefix: str, place: str) -> None:
        for key, item in value.items():
            path = prefix + key
            if isinstance(item, dict):
                if key in OPEN:
                    self.parts(f"{table.name}.{path}", row["id"], ((f"{place}/{key}/{name}", name, part) for name, part in item.items()))
                else:
                    self.fill(table, row, item, f"{path}.", f"{place}/{key}")
            elif isinstance(item, tuple | list):
                if item and isinstance(item[0], dict):
                    parts = ((f"{place}/{key}/{number}", None, part) for number, part in enumerate(item))
                    self.parts(f"{table.name}.{path}", row["id"], parts)
                elif item:
                    row[path] = item
                    table.columns.setdefault(path, "list")
            elif item is not None:
                row[path] = item
                table.columns.setdefault(path, "string")

    def parts(self, name: str, record: str, parts: Iterable[tuple[str, str | None, Any]]) -> None:
        for place, own, part in parts:
            row = {"id": place, "record": record, **({"name": own} if own is not None else {})}
            self.add(name, row, part if isinstance(part, dict) else {"value": part}, place)
