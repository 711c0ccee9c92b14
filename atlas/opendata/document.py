"""``/data/v1/<kind>.json``: the records of a kind as they are written, without loss; and ``schema/<kind>.json``, which describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from atlas.kinds import Kind
from atlas.opendata.kinds import FOLDER, VERSION

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def compact(value: object) -> str:
    """JSON (RFC 8259) in one line, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def document(kind: Kind, records: Mapping[str, Mapping[str, Any]], released: str) -> str:
    """The records by id. Their order is that of ``data/``, and counts where the site has no other."""
    return compact({"kind": kind.name, "version": VERSION, "released": released, "records": records})


def schema_of(kind: Kind, origin: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of such a file; ``origin`` is the address of the site, with a slash at the end."""
    record = kind.model.model_json_schema()
    definitions = record.pop("$defs", {})
    definitions["Record"] = record
    return {
        "$schema": DRAFT,
        "$id": f"{origin}{FOLDER}schema/{kind.name}.json",
        "title": kind.name,
        "type": "object",
        "properties": {
            "kind": {"const": kind.name},
            "version": {"const": VERSION},
            "released": {"type": "string", "format": "date"},
            "records": {
                "type": "object",
                "propertyNames": {"pattern": kind.id_form},
                "additionalProperties": {"$ref": "#/$defs/Record"},
            },
        },
        "required": ["kind", "version", "released", "records"],
        "additionalProperties": False,
        "$defs": definitions,
    }
