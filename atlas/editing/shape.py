"""What the fields of a model are, as a form needs it: read from the JSON Schema of the model, with what the schema alone does not tell.

That is: which kind of record an id names, that a text is a date, a telephone number or an address on the web, and what the sentence under a
field in the source says.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from atlas.records.date import Date, PartialDate
from atlas.records.hours import Time
from atlas.records.phone import Phone
from atlas.records.record import Refers
from atlas.records.weblink import WebLink

Sort = Literal["words", "localised", "number", "flag", "choice", "reference", "group", "languages", "figures", "pairs", "list"]
"""*localised*: a text in each language; *languages*: anything else by language; *figures*: what a text names as ``{name}``; *pairs*: a
value for each of several keys."""
Form = Literal["date", "partial-date", "phone", "link", "time", ""]


@dataclass(frozen=True)
class Shape:
    """What one value is. ``item`` is what a list, a group by language or a pair holds; ``kinds`` are those of a reference."""

    sort: Sort
    nullable: bool = False
    form: Form = ""
    fields: Mapping[str, Part] = field(default_factory=dict)
    item: Shape | None = None
    kinds: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()
    key: Shape | None = None
    alternatives: Mapping[str, Shape] = field(default_factory=dict)
    """Of *figures*: the groups that a figure can be, by the name of the model."""
    limits: Mapping[str, Any] = field(default_factory=dict)
    """``minimum``, ``maxLength``, ``minItems``, ``pattern``, … of the schema."""
    said: str = ""
    """What the docstring of the model says."""


@dataclass(frozen=True)
class Part:
    """One field of a group."""

    shape: Shape
    required: bool
    default: Any = None
    said: str = ""
    """What the source says below the field."""


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a model: a group."""
    schema = model.model_json_schema(schema_generator=_Telling)
    return _shape(schema, schema.get("$defs", {}))


_FORMS: dict[Any, Form] = {
    get_args(Date)[-1].func: "date",
    get_args(PartialDate)[-1].func: "partial-date",
    get_args(Phone)[-1].func: "phone",
    get_args(WebLink)[-1].func: "link",
    get_args(Time)[-1].func: "time",
}
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "pattern", "minItems", "maxItems")


class _Telling(GenerateJsonSchema):
    """JSON Schema that also tells what validators check and what docstrings below fields say."""

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        found = super().function_after_schema(schema)
        check = schema["function"]["function"]
        if isinstance(check, Refers):
            return {**found, "x-kinds": check.kinds}
        form = _FORMS.get(check)
        return {**found, "x-form": form} if form else found

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        for name, said in _said(schema["cls"]).items():
            if name in found.get("properties", {}):
                found["properties"][name] = {**found["properties"][name], "x-said": said}
        return found


def _said(model: type) -> dict[str, str]:
    """The docstrings below the fields of a model and of those that it builds on."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if one.__module__.startswith("atlas."):
            found |= _docstrings(one.__module__).get(one.__name__, {})
    return found


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """What stands below the fields of the classes of a module, by class and field."""
    found: dict[str, dict[str, str]] = {}
    for one in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(one, ast.ClassDef):
            for before, after in pairwise(one.body):
                match before, after:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as said)):
                        found.setdefault(one.name, {})[name] = " ".join(said.split())
    return found


def _shape(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Shape:
    """The shape that a schema describes. Raises :class:`TypeError` where a model has a field of another type than forms are made for."""
    schema, nullable = _resolved(schema, definitions)
    limits = {name: schema[name] for name in _LIMITS if name in schema}
    said = " ".join(str(schema.get("description", "")).split("\n\n")[0].split())

    def of(sort: Sort, **told: Any) -> Shape:
        return Shape(sort, nullable=nullable, limits=limits, said=said, **told)

    if "x-kinds" in schema:
        return of("reference", kinds=tuple(schema["x-kinds"]))
    if "enum" in schema or "const" in schema:
        return of("choice", choices=tuple(schema.get("enum", (schema.get("const"),))))
    match schema.get("type"):
        case "string":
            return of("words", form=schema.get("x-form", ""))
        case "integer" | "number":
            return of("number", choices=("int" if schema["type"] == "integer" else "float",))
        case "boolean":
            return of("flag")
        case "array":
            return of("list", item=_shape(schema["items"], definitions))
        case "object" if "properties" in schema:
            return of("group", fields={name: _part(name, schema, definitions) for name in schema["properties"]})
        case "object" if schema.get("title") == "Localised":
            return of("localised")
        case "object":
            return _map(schema, definitions, of)
    if all(one.get("type") in {"integer", "number"} for one in schema.get("anyOf", ({},))):
        return of("number", choices=("float",))
    raise TypeError(f"forms are made for no such field: {dict(schema)}")


def _map(schema: Mapping[str, Any], definitions: Mapping[str, Any], of: Any) -> Shape:
    values, names = schema["additionalProperties"], schema.get("propertyNames", {})
    if "oneOf" in values:
        found = {one["$ref"].rpartition("/")[2]: _shape(one, definitions) for one in values["oneOf"]}
        return of("figures", alternatives={name.rpartition("__")[2]: one for name, one in found.items()})  # type: ignore[no-any-return]
    item = _shape(values, definitions)
    if ("x-kinds" in names and "language" not in names["x-kinds"]) or "enum" in names:
        return of("pairs", key=_shape(names, definitions), item=item)  # type: ignore[no-any-return]
    return of("languages", item=item)  # type: ignore[no-any-return]


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """A schema without references and without the alternative ``null``, and whether it had that."""
    nullable = False
    while True:
        if "$ref" in schema:
            schema = {**definitions[schema["$ref"].rpartition("/")[2]], **{name: one for name, one in schema.items() if name != "$ref"}}
        elif any(one.get("type") == "null" for one in schema.get("anyOf", ())):
            rest = [one for one in schema["anyOf"] if one.get("type") != "null"]
            nullable, schema = True, rest[0] if len(rest) == 1 else {"anyOf": rest}
        else:
            return schema, nullable


def _part(name: str, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Part:
    told = schema["properties"][name]
    return Part(_shape(told, definitions), name in schema.get("required", ()), told.get("default"), told.get("x-said", ""))
