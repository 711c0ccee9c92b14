"""YAML as the files of this project are written: what fits a line stands on it, dates and numbers in words stand in quotes."""

from __future__ import annotations

import json
import re
from typing import Any

from atlas.yamltext import read_yaml

WIDTH = 140
"""A group of fields that is longer than this is written one field a line."""
_PLAIN = re.compile(r"[^\W\d_][^\n\t#:{}\[\]&*!|>%@`\\]*")
"""What may stand without quotes: begins with a letter and has no mark of YAML but the comma, which is one in lists on one line only."""
_LINK = re.compile(r"https?://[\w./~%+=&?-]+", re.ASCII)


def scalar(value: Any, style: str | None = None, *, alone: bool = False) -> str:
    """One value; a text in the quotes of ``style`` (``"``, ``'`` or none) where it can be. ``alone``: nothing else is on its line."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
    text = str(value)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _plain(text, alone=alone):
        return text
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str, *, alone: bool) -> bool:
    if not (_PLAIN.fullmatch(text) or _LINK.fullmatch(text)) or text != text.strip():
        return False
    document, faults = read_yaml(f"- {text}" if alone else f"[{text}]", "")
    return not faults and document.value == (text,)


def inline(value: Any) -> str:
    """A value on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{scalar(key)}: {inline(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value)


def entry(key: str, value: Any, column: int) -> str:
    """A field of a group that stands at ``column``: its name, and its value beside or below it."""
    name = f"{scalar(key)}:"
    if not isinstance(value, dict | list) or not value or _fits(value, column + len(name) + 1):
        return f"{name} {inline(value) if isinstance(value, dict | list) else scalar(value, alone=True)}"
    if isinstance(value, dict):
        return f"{name}\n{' ' * (column + 2)}{group(value, column + 2)}"
    return f"{name}\n{' ' * column}{items(value, column)}"


def group(value: dict[str, Any], column: int) -> str:
    """The fields of a group, one a line; the first without its indentation."""
    return f"\n{' ' * column}".join(entry(key, one, column) for key, one in value.items())


def items(value: list[Any], column: int) -> str:
    """The entries of a list, one a line; the first without its indentation."""
    return f"\n{' ' * column}".join(f"- {item(one, column + 2)}" for one in value)


def item(value: Any, column: int) -> str:
    """What stands behind the hyphen of an entry, at ``column``."""
    if not isinstance(value, dict | list) or not value or _fits(value, column):
        return inline(value) if isinstance(value, dict | list) else scalar(value, alone=True)
    return group(value, column) if isinstance(value, dict) else items(value, column)


def _fits(value: Any, column: int) -> bool:
    """Whether a group or list stands on one line: words and numbers always do; groups, and sentences in a list, stand below each other."""
    if isinstance(value, list):
        return all(not isinstance(one, dict | list) and (not isinstance(one, str) or len(one) <= 60) for one in value)
    inner = [one for one in value.values() if isinstance(one, dict)]
    return (
        column + len(inline(value)) <= WIDTH
        and len(inner) <= 1
        and all(not isinstance(one, list) or _fits(one, 0) for one in value.values())
    )
