"""JSON Schemas of the records, for editors that complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from atlas.article import FrontMatter
from atlas.fielddoc import USUAL, field_docs
from atlas.kinds import KINDS
from atlas.loading import models_in

FRONT_MATTER = "front-matter.json"
"""The schema of what stands on top of written pages."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The text of each schema file by its name; for a kind that is kept in tables it is that of the table."""
    files: dict[str, str] = {}
    for kind in KINDS:
        schema = _described(kind.model)
        if kind.table:
            row = {**schema, "properties": {key: value for key, value in schema["properties"].items() if key != "id"}}
            row["required"] = [key for key in schema.get("required", []) if key != "id"]
            definitions = row.pop("$defs", {})
            row.pop("$schema")
            table = {
                "$schema": schema["$schema"],
                "title": f"Table: {kind.name}",
                "type": "object",
                "propertyNames": {"pattern": kind.id_form},
                "additionalProperties": row,
                "$defs": definitions,
            }
            files[kind.schema] = _text(table)
        else:
            files[kind.schema] = _text(schema)
    files[FRONT_MATTER] = _text(_described(FrontMatter))
    return files


def _described(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a model, with what each field means: editors show it while one types."""
    schema = {"$schema": _DIALECT, **model.model_json_schema()}
    models = {one.__name__: one for one in _models(model)}
    for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        docs = field_docs(models[name]) if name in models else {}
        for field, value in part.get("properties", {}).items():
            if said := docs.get(field) or USUAL.get(field):
                value["description"] = said
    return schema


def _models(model: type[BaseModel], seen: frozenset[type[BaseModel]] = frozenset()) -> frozenset[type[BaseModel]]:
    """A model and all models in its fields."""
    if model in seen:
        return seen
    seen |= {model}
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            seen = _models(inner, seen)
    return seen


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(root: Path) -> int:
    """Writes the schema files anew and returns how many there are."""
    folder = root / "data" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    found = schemas()
    for path in folder.glob("*.json"):
        if path.name not in found:
            path.unlink()
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(found)


def editor_schemas() -> dict[str, str]:
    """Which files each schema is for, below the project: what the settings of an editor need."""
    found = {f"data/schemas/{kind.schema}": f"data/{kind.files}" for kind in KINDS}
    return {**found, f"data/schemas/{FRONT_MATTER}": "docs/**/*.md"}
