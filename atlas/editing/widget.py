"""What words, numbers and choices are edited with."""

from __future__ import annotations

from typing import Any

from atlas.editing.label import choice, hint
from atlas.editing.shape import Shape

LONG = {
    "text",
    "note",
    "lead",
    "description",
    "summary",
    "reason",
    "says",
    "what",
    "what_not",
    "condition",
    "answer",
    "doubt",
    "why",
    "case",
}
"""Fields whose texts run over several lines."""


def options(choices: tuple[Any, ...]) -> list[Any]:
    """The words to choose from, each with its Korean."""
    return [{"label": choice(str(one)), "value": one} for one in choices]


def number(shape: Shape) -> dict[str, Any]:
    """A number between its limits; what is no whole number has up to six digits behind the point, as degrees have."""
    limits = shape.limits
    least = limits.get("minimum", limits["exclusiveMinimum"] + 1 if "exclusiveMinimum" in limits else None)
    found: dict[str, Any] = {"widget": "number", "value_type": shape.choices[0]}
    if shape.choices[0] == "float":
        found["step"] = 0.000001
    return found | {name: one for name, one in (("min", least), ("max", limits.get("maximum"))) if one is not None}


PATTERNS = {
    "partial-date": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "phone": r"^\+\d+(-\d+)+$",
    "link": r"^https?://\S+$",
    "time": r"^([01]\d|2[0-3]):[0-5]\d$",
}


def is_long(name: str, shape: Shape) -> bool:
    """Whether a text runs over several lines."""
    return name in LONG or int(shape.limits.get("maxLength", 0)) > 200


def words(name: str, shape: Shape) -> dict[str, Any]:
    """A text, on one line or several, a day from the calendar, or what has a form of its own, such as a telephone number."""
    if shape.form == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    found: dict[str, Any] = {"widget": "text" if is_long(name, shape) else "string"}
    if pattern := PATTERNS.get(shape.form) or shape.limits.get("pattern"):
        found["pattern"] = [pattern, hint(shape.form) or pattern]
    if "maxLength" in shape.limits:
        found["maxlength"] = shape.limits["maxLength"]
    return found
