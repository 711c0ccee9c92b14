"""Values between the files and the forms: what a form cannot hold as it is, such as figures by their names, becomes a list.

A form gives back more than it got: empty texts, switches that are off, groups that nobody filled in. What was not in the file and says
nothing is left out again, so that a form that nobody changed writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.editing.shape import Part, Shape
from atlas.editing.splicing import same

TYPE, NAME, KEY, VALUE = "type", "name", "key", "value"
"""The fields of the entry of a list that stands for a figure, or for a pair."""


def to_form(shape: Shape, value: Any) -> Any:
    """A value of a file as its form holds it."""
    if value is None:
        return None
    match shape:
        case Shape(sort="group"):
            return {name: to_form(shape.fields[name].shape, one) if name in shape.fields else one for name, one in value.items()}
        case Shape(sort="list", item=Shape() as item):
            return [to_form(item, one) for one in value]
        case Shape(sort="languages", item=Shape() as item):
            return {language: to_form(item, one) for language, one in value.items()}
        case Shape(sort="figures"):
            return [{TYPE: _kind(shape, one), NAME: name, **one} for name, one in value.items()]
        case Shape(sort="pairs"):
            return [{KEY: key, VALUE: one} for key, one in value.items()]
        case Shape(sort="words") if isinstance(value, int | float):
            return str(value)
    return value


def from_form(shape: Shape, value: Any, old: Any = None) -> Any:
    """What a form holds as the file says it. ``old`` is what the file says now; an empty value is ``None``, ``[]`` or ``{}``."""
    match shape:
        case Shape(sort="group"):
            return _group(shape, value if isinstance(value, dict) else {}, old if isinstance(old, dict) else {})
        case Shape(sort="list", item=Shape() as item):
            return _list(item, value if isinstance(value, list) else [], old if isinstance(old, list) else [])
        case Shape(sort="languages", item=Shape() as item):
            before = old if isinstance(old, dict) else {}
            return _filled({language: from_form(item, one, before.get(language)) for language, one in _items(value)})
        case Shape(sort="localised"):
            return _filled({language: _text(one) for language, one in _items(value)})
        case Shape(sort="figures"):
            before = old if isinstance(old, dict) else {}
            return {one.get(NAME, ""): _figure(shape, one, before.get(one.get(NAME))) for one in value or () if isinstance(one, dict)}
        case Shape(sort="pairs"):
            return {str(one.get(KEY, "")): one.get(VALUE) for one in value or () if isinstance(one, dict)}
        case Shape(sort="number"):
            return _number(shape, value)
    text = _text(value)
    return old if isinstance(old, int | float) and not isinstance(old, bool) and str(old) == text else text


def empty(value: Any) -> bool:
    """Whether a value says nothing; ``False`` and 0 say something."""
    return value is None or value in ("", [], {})


def _items(value: Any) -> Any:
    return value.items() if isinstance(value, dict) else ()


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if not empty(one)}


def _text(value: Any) -> Any:
    text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
    return None if text == "" else text


def _number(shape: Shape, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return int(value) if "int" in shape.choices else float(value)
    except ValueError:
        return _text(value)  # the check says what is wrong with it


def _group(shape: Shape, value: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, part in shape.fields.items():
        new = from_form(part.shape, value.get(name), old.get(name))
        if empty(new):
            if name in old and (empty(old[name]) or not _all_shown(part.shape, old[name])):
                found[name] = old[name]
            elif part.required and (part.shape.nullable or part.shape.sort in {"list", "languages", "figures", "pairs"}):
                found[name] = _nothing(part)
        elif name in old or part.required or not same(new, part.default):
            found[name] = new
    found |= {name: one for name, one in old.items() if name not in shape.fields}
    return found if old or not all(map(empty, found.values())) else {}


def _all_shown(shape: Shape, old: Any) -> bool:
    """Whether a form shows all that ``old`` says; if not, its being empty says nothing."""
    return not (shape.sort == "group" and isinstance(old, dict) and any(name not in shape.fields for name in old))


def _nothing(part: Part) -> Any:
    if part.shape.nullable:
        return None
    return [] if part.shape.sort == "list" else {}


def _list(item: Shape, value: list[Any], old: list[Any]) -> list[Any]:
    """Each entry against the one of the file that it is, or else the one in its place."""
    found = []
    for place, one in enumerate(value):
        beside = [old[place]] if place < len(old) else []
        for before in (*beside, *old):
            if same(from_form(item, one, before), before):
                new = before
                break
        else:
            new = from_form(item, one, beside[0] if len(old) == len(value) else None)
        if not empty(new):
            found.append(new)
    return found


def _kind(shape: Shape, figure: Mapping[str, Any]) -> str:
    """Which of the groups a figure is: that whose fields are those of the figure."""
    return next(name for name, one in shape.alternatives.items() if set(figure) <= set(one.fields) and figure)


def _figure(shape: Shape, value: Mapping[str, Any], old: Any) -> Any:
    group = shape.alternatives.get(str(value.get(TYPE)))
    return from_form(group, value, old) if group else dict(value)
