"""JSON Schemas of the records, for editors that complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path

from atlas.kinds import KINDS


def schemas() -> dict[str, str]:
    """The text of each schema file by its name; for a kind that is kept in tables it is that of the table."""
    files: dict[str, str] = {}
    for kind in KINDS:
        schema = kind.model.model_json_schema()
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
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
    return files


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
